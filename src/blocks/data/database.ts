import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { Consumer, Usable } from '../../access/usable';
import type { PostgresSpec } from '../../spec/sections/postgres';
import type { Network } from '../network/network';
import { Credentials, type CredentialsProps, MasterPassword, PASSWORD_LENGTH } from './database-credentials';
import { addReplica, copyBackups, makeInstance } from './database-instance';
import { randomText } from './secret';

const POSTGRES_PORT = 5432;

/** Props of {@link Database}: the `postgres` section, where it stands and what its names begin with. */
export interface DatabaseProps extends PostgresSpec {
  readonly network: Network;
  readonly project: string;
  readonly env: string;
  readonly protect: boolean;
  readonly logRetentionDays: number;

  /** Where copies of the backups go, when `backup_copy_region` names a region. */
  readonly backupProvider: AwsProvider | undefined;
}

/**
 * A PostgreSQL instance in the private subnets.
 *
 * Nothing can connect until `connections.allowFrom` says so, and it never dials out.
 */
export class Database extends Construct implements Connectable, Usable {
  readonly connections: Connections;
  readonly secretArns: Readonly<Record<string, string>>;
  readonly endpoint: string;

  /** What the one-off task that makes the application's user is given; undefined where there is no such user. */
  readonly userSetup: Usable | undefined;

  /** The master user's secret, for those whose `uses` names `database.admin`: readable, not injected. */
  readonly admin: Usable;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  private readonly credentials: Usable;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port: POSTGRES_PORT,
    });
    const password = new MasterPassword(this, 'password', {
      parameterName: `/${props.env}/${props.project}/postgres_password`,
      version: props.passwordVersion,
    });
    const place = {
      ...props,
      securityGroupId: this.connections.securityGroupId,
      port: POSTGRES_PORT,
      password: password.value,
    };
    const instance = makeInstance(this, place);
    this.endpoint = instance.endpoint;
    this.metricDimensions = { DBInstanceIdentifier: instance.identifier };

    const shared = {
      host: instance.address,
      port: POSTGRES_PORT,
      dbname: props.dbname,
      urlParameters: props.url?.parameters,
      version: props.passwordVersion,
      staleWith: { resource: instance, attribute: 'address' },
      protect: props.protect,
    };
    const master = new Credentials(this, 'secret', {
      ...shared,
      secretName: props.secretName,
      username: props.username,
      password: password.value,
      grant: 'database_admin_secret',
    });
    const application =
      props.applicationUser === undefined
        ? undefined
        : this.addApplicationUser(props.applicationUser, { ...shared, secretName: props.secretName });
    this.admin = { injection: { environment: {}, secrets: {} }, letUse: (consumer) => master.grantRead(consumer) };
    this.credentials = application ?? master;
    this.userSetup = application && this.setup(master, application, props);
    this.secretArns = { database: master.arn, ...(application && { database_application: application.arn }) };

    for (const replica of props.readReplicas) addReplica(this, replica, instance, place);
    if (props.backupProvider) copyBackups(this, instance, props.backupProvider, props);
  }

  get injection() {
    return this.credentials.injection;
  }

  letUse(consumer: Consumer): void {
    this.connections.allowFrom(consumer);
    this.credentials.letUse(consumer);
  }

  /** A user with fewer rights: the password is only in its secret until a one-off task sets it in the database. */
  private addApplicationUser(
    username: string,
    shared: Omit<CredentialsProps, 'username' | 'password' | 'grant'>,
  ): Credentials {
    const user = new Construct(this, 'application_user');
    return new Credentials(user, 'Default', {
      ...shared,
      username,
      secretName: `${shared.secretName}-application`,
      password: randomText(user, 'password', PASSWORD_LENGTH),
      grant: 'database_secret',
    });
  }

  /** The variables that PostgreSQL's own programs read, and whom to make with which password. */
  private setup(master: Credentials, user: Credentials, { applicationUser = '' }: DatabaseProps): Usable {
    const keys = { PGHOST: 'host', PGPORT: 'port', PGDATABASE: 'dbname', PGUSER: 'username', PGPASSWORD: 'password' };
    const libpq = Object.entries(keys).map(([name, key]) => [name, master.valueFrom(key)]);
    return {
      injection: {
        environment: { PGSSLMODE: 'require', APPLICATION_USER: applicationUser },
        secrets: { ...Object.fromEntries(libpq), APPLICATION_PASSWORD: user.valueFrom('password') },
      },
      letUse: (consumer) => {
        this.connections.allowFrom(consumer);
        master.grantInjection(consumer);
        user.grantInjection(consumer);
      },
    };
  }
}
