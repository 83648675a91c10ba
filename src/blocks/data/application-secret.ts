import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { MadeSecretSpec } from '../../spec/sections/secret';
import { secretArnVariable } from '../../spec/values/variable-name';
import { constructId, firstId } from '../../terraform/logical-ids';
import { randomText, Secret, type SecretAccess } from './secret';

/** Props of {@link ApplicationSecret}: an item of `secrets`, and whether it is kept when it is deleted. */
export interface ApplicationSecretProps extends MadeSecretSpec {
  readonly protect: boolean;
}

/** One of `secrets`: generated when it is made, or filled in by a person afterwards. */
export class ApplicationSecret extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;
  private readonly access: SecretAccess;

  /** Whether its value changes by itself: then nothing of it is injected, which would go stale. */
  private readonly rotates: boolean;
  private readonly grantId: string;

  constructor(scope: Construct, id: string, props: ApplicationSecretProps) {
    super(scope, id);
    this.grantId = firstId(props);
    const secret = new Secret(this, 'Default', {
      name: props.secretName,
      description: props.description ?? `${props.name} of the application`,
      protect: props.protect,
      importArn: props.import,
    });
    this.arn = secret.arn;
    this.access = secret.access;

    const generated = Object.entries(props.generate ?? {});
    const values = new Construct(this, 'value');
    if (generated.length > 0) {
      secret.write({
        values: Object.fromEntries(
          generated.map(([key, length]) => [key, randomText(values, constructId(key), length)]),
        ),
        version: props.version,
      });
    }
    const keys = [...generated.map(([key]) => key), ...(props.fillIn ?? [])];
    this.rotates = props.rotation !== undefined;
    this.injection = this.rotates
      ? { environment: { [secretArnVariable(props.name)]: this.arn }, secrets: {} }
      : this.access.injectionOf(keys);
  }

  get ready() {
    return this.access.ready;
  }

  /** For those whose `uses` names `secrets.<name>.read`. */
  reader(variable: string): Usable {
    return this.access.reader(`secret_${this.grantId}`, variable);
  }

  letUse(consumer: Consumer): void {
    if (this.rotates) this.access.grantRead(`secret_${this.grantId}`, consumer);
    else this.access.grantInjection(`secret_${this.grantId}`, consumer);
  }
}
