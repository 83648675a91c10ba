import { DataAwsDbInstance } from '@cdktf/provider-aws/lib/data-aws-db-instance';
import { DataAwsSecretsmanagerSecret } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret';
import { Construct } from 'constructs';
import type { Connectable } from '../../access/connections';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { ExistingDatabaseSpec } from '../../spec/sections/database';
import { engines } from '../../spec/values/engines';
import { mainName } from '../../terraform/logical-ids';
import type { Network } from '../network/network';
import { Login } from './database-credentials';
import { DatabaseProxy } from './database-proxy';
import { SecretAccess } from './secret';

/** Props of {@link ExistingDatabase}: the section of its engine, and where a proxy would stand. */
export type ExistingDatabaseProps = ExistingDatabaseSpec & {
  readonly network: Network;
  readonly logRetentionDays: number;
};

/** A database that is there already: looked up, used, and left as it is; a proxy in front of it is ours. */
export class ExistingDatabase extends Construct implements Usable {
  readonly endpoint: string;
  readonly injection: Injection;
  readonly secretArns: Readonly<Record<string, string>>;
  readonly reader: Usable | undefined;
  readonly metricDimensions: Readonly<Record<string, string>>;
  readonly admin = undefined;
  readonly userSetup = undefined;
  private readonly proxy: DatabaseProxy | undefined;
  private readonly login: Login | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExistingDatabaseProps,
  ) {
    super(scope, id);
    const { engine, name, dbname, secretName } = props;
    const { port } = engines[engine];
    const instance = new DataAwsDbInstance(this, 'Default', { dbInstanceIdentifier: name });
    const secret =
      secretName === undefined
        ? undefined
        : new SecretAccess(new DataAwsSecretsmanagerSecret(this, 'secret', { name: secretName }).arn);
    this.proxy = secret && this.addProxy(secret);
    const host = this.proxy?.host ?? instance.address;
    this.endpoint = `${host}:${port}`;
    this.metricDimensions = { DBInstanceIdentifier: name };
    const endpoint = { host, port, dbname };
    this.login =
      secret && new Login({ secret, grant: 'database_secret', endpoint, engine, hasUrl: false, rotates: false });
    this.reader = this.login?.reader;
    this.secretArns = secret ? { database: secret.arn } : {};
    this.injection = this.login?.injection ?? {
      environment: { DATABASE_HOST: host, DATABASE_PORT: String(port), DATABASE_NAME: dbname },
      secrets: {},
    };
  }

  letUse(consumer: Consumer): void {
    if (this.proxy) this.proxy.connections.allowFrom(consumer);
    else this.letDial(consumer);
    this.login?.letUse(consumer);
  }

  private letDial({ connections }: Connectable): void {
    connections.allowToGroup(engines[this.props.engine].port, {
      id: this.props.securityGroupId,
      name: mainName(this),
    });
  }

  private addProxy(secret: SecretAccess): DatabaseProxy | undefined {
    const { proxy, engine, network, name, logRetentionDays } = this.props;
    if (!proxy) return undefined;
    const made = new DatabaseProxy(this, 'proxy', {
      proxy,
      engine,
      network,
      logRetentionDays,
      port: engines[engine].port,
      instanceIdentifier: name,
    });
    made.logInWith([secret]);
    this.letDial(made);
    return made;
  }
}
