import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Construct } from 'constructs';
import type { Connectable } from '../../access/connections';
import type { Consumer, Injection, Usable } from '../../access/usable';
import { randomText } from './secret';

const PASSWORD_LENGTH = 32; // about 190 bits

/** Props of {@link PgadminAccess}. */
export interface PgadminAccessProps {
  readonly passwordParameter: string;

  /** Generates a new password when it rises. */
  readonly passwordVersion: number;
  readonly database: { letConnect(client: Connectable): void };
}

/** What pgAdmin is given: the way to the database, and its own password; whose users log in, it asks them. */
export class PgadminAccess extends Construct implements Usable {
  readonly injection: Injection;
  private readonly password: SsmParameter;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PgadminAccessProps,
  ) {
    super(scope, id);
    this.password = new SsmParameter(this, 'Default', {
      name: props.passwordParameter,
      description: 'Password of pgAdmin',
      type: 'SecureString',
      valueWo: randomText(this, 'generated', PASSWORD_LENGTH),
      valueWoVersion: props.passwordVersion,
    });
    this.injection = { environment: {}, secrets: { PGADMIN_DEFAULT_PASSWORD: this.password.arn } };
  }

  get ready() {
    return [this.password];
  }

  letUse(consumer: Consumer): void {
    this.props.database.letConnect(consumer);
    consumer.executionRole.allow('read_pgadmin_password', {
      actions: ['ssm:GetParameters'],
      resources: [this.password.arn],
    });
  }
}
