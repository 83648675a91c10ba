import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { Grantee } from '../../access/role';
import type { Consumer, Injection, Usable } from '../../access/usable';
import { Ephemeral } from '../../terraform/ephemeral';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { addressOf } from '../../terraform/logical-ids';

const RECOVERY_DAYS = 30;

export interface SecretProps {
  readonly name: string;
  readonly description: string;

  /** Whether a deleted secret can be restored for 30 days, which also keeps its name taken. */
  readonly protect: boolean;

  /** The ARN of one that is there already, to be taken over. */
  readonly importArn?: string | undefined;
}

/** What one version of a secret holds. Written once and never stored by Terraform; a higher `version` writes it anew. */
export interface SecretContent {
  readonly values: Readonly<Record<string, unknown>>;
  readonly version: number;

  /** A value whose change makes the content wrong, such as the address of the database. */
  readonly staleWith?: StaleWith;
}

/** One attribute of a resource; an update of its other attributes leaves the secret alone. */
export interface StaleWith {
  readonly resource: TerraformResource;
  readonly attribute: string;
}

/** A JSON object in Secrets Manager, whoever writes it. */
export class SecretAccess {
  /** Its content, where Terraform writes it. */
  readonly ready: ITerraformDependable[] = [];

  constructor(readonly arn: string) {}

  /** What a container definition names to get one key of it. */
  valueFrom(key: string): string {
    return `${this.arn}:${key}::`;
  }

  /** What a container learns about it: the values of these keys, under their names. */
  injectionOf(keys: readonly string[]): Injection {
    return {
      environment: {},
      secrets: Object.fromEntries(keys.map((key) => [key.toUpperCase(), this.valueFrom(key)])),
    };
  }

  /** For those whose `uses` names it with `.read`: their code is told where it is, and reads it. */
  reader(id: string, variable: string): Usable {
    return {
      injection: { environment: { [variable]: this.arn }, secrets: {} },
      letUse: (consumer) => this.grantRead(id, consumer),
    };
  }

  /** Lets the consumer's code read it. */
  grantRead(id: string, consumer: Grantee): void {
    consumer.role.allow(`read_${id}`, { actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] });
  }

  /** Lets ECS inject keys of it, without the consumer's code being able to ask for more. */
  grantInjection(id: string, consumer: Consumer): void {
    this.grantRead(id, { role: consumer.executionRole });
  }
}

/** A JSON object in Secrets Manager that Terraform makes. */
export class Secret extends Construct {
  readonly arn: string;
  readonly access: SecretAccess;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'Default', {
      name: props.name,
      description: props.description,
      recoveryWindowInDays: props.protect ? RECOVERY_DAYS : 0,
    });
    this.arn = secret.arn;
    this.access = new SecretAccess(secret.arn);
    if (props.importArn !== undefined) new Import(secret, props.importArn);
  }

  /** Writes the secret through a write-only argument, which no plan and no state holds. */
  write({ values, version, staleWith }: SecretContent): void {
    const content = new SecretsmanagerSecretVersion(this, 'version', {
      secretId: this.arn,
      secretStringWo: jsonText(values),
      secretStringWoVersion: version,
      lifecycle: staleWith && { replaceTriggeredBy: [reference(staleWith)] },
    });
    this.access.ready.push(content);
  }
}

function reference({ resource, attribute }: StaleWith): string {
  return `${addressOf(resource)}.${attribute}`;
}

/** A random text of letters and digits that exists only while Terraform runs. */
export function randomText(scope: Construct, id: string, length: number): string {
  return new Ephemeral(scope, id, 'random_password', { length, special: false }).attribute('result');
}
