import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Consumer } from '../../access/usable';
import { Ephemeral } from '../../terraform/ephemeral';
import { jsonText } from '../../terraform/json-text';

export interface SecretProps {
  readonly name: string;
  readonly description: string;
}

/** What one version of a secret holds. Written once and never stored by Terraform; a higher `version` writes it anew. */
export interface SecretContent {
  readonly values: Readonly<Record<string, unknown>>;
  readonly version: number;

  /** Resources whose replacement makes the content wrong, such as the database whose address it holds. */
  readonly replacedWith?: readonly ITerraformDependable[];
}

/** A JSON object in Secrets Manager. */
export class Secret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'Default', {
      name: props.name,
      description: props.description,
      recoveryWindowInDays: 30,
    });
    this.arn = secret.arn;
  }

  /** Writes the secret through a write-only argument, which no plan and no state holds. */
  write({ values, version, replacedWith = [] }: SecretContent): void {
    new SecretsmanagerSecretVersion(this, 'version', {
      secretId: this.arn,
      secretStringWo: jsonText(values),
      secretStringWoVersion: version,
      lifecycle: replacedWith.length > 0 ? { replaceTriggeredBy: replacedWith.map((resource) => resource.fqn) } : undefined,
    });
  }

  /** What a container definition names to get one key of it. */
  valueFrom(key: string): string {
    return `${this.arn}:${key}::`;
  }

  /** Lets the consumer's code read it, and ECS inject keys of it. */
  grantRead(id: string, consumer: Consumer): void {
    const read = { actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] };
    consumer.role.allow(`read_${id}`, read);
    consumer.executionRole.allow(`read_${id}`, read);
  }
}

/** A random text of letters and digits that exists only while Terraform runs. */
export function randomText(scope: Construct, id: string, length: number): string {
  return new Ephemeral(scope, id, 'random_password', { length, special: false }).attribute('result');
}
