import { DataAwsSecretsmanagerSecret } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { ExistingSecretSpec } from '../../spec/sections/secret';
import { SecretAccess } from './secret';

/** A secret that is there already: looked up by its name, never by its value, and left as it is. */
export class ExistingSecret extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;
  private readonly access: SecretAccess;

  constructor(scope: Construct, id: string, props: ExistingSecretSpec) {
    super(scope, id);
    this.arn = new DataAwsSecretsmanagerSecret(this, 'Default', { name: props.secretName }).arn;
    this.access = new SecretAccess(this.arn);
    this.injection = this.access.injectionOf(props.keys);
  }

  get ready() {
    return this.access.ready;
  }

  /** For those whose `uses` names `secrets.<name>.read`. */
  reader(variable: string): Usable {
    return this.access.reader(`secret_${this.node.id}`, variable);
  }

  letUse(consumer: Consumer): void {
    this.access.grantInjection(`secret_${this.node.id}`, consumer);
  }
}
