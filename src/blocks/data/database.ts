import { DataAwsSecretsmanagerSecret } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret';
import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { Consumer, Usable } from '../../access/usable';
import type { DatabaseSpec } from '../../spec/sections/database';
import { engines } from '../../spec/values/engines';
import type { Network } from '../network/network';
import { type Endpoint, Login, MasterPassword, writeCredentials } from './database-credentials';
import { addReplica, copyBackups, makeInstance } from './database-instance';
import { DatabaseProxy } from './database-proxy';
import { randomText, SecretAccess, type StaleWith } from './secret';

/** Props of {@link Database}: the section of its engine, and where it stands. */
export interface DatabaseProps extends DatabaseSpec {
  readonly network: Network;
  readonly protect: boolean;
  readonly logRetentionDays: number;

  /** Where copies of the backups go, when `backup_copy_region` names a region. */
  readonly backupProvider: AwsProvider | undefined;
}

/**
 * An RDS instance in the private subnets, or with `public_access` in the public ones, behind a proxy where the file has one.
 *
 * Nothing inside the VPC can connect until `letUse` says so, and it never dials out.
 */
export class Database extends Construct implements Connectable, Usable {
  /** Of the instance itself; clients connect to the proxy where there is one. */
  readonly connections: Connections;
  readonly secretArns: Readonly<Record<string, string>>;
  readonly endpoint: string;

  /** The secret of the master user. */
  readonly masterSecretArn: string;

  /** What the one-off task that makes the application's user is given; undefined where there is no such user. */
  readonly userSetup: Usable | undefined;

  /** The master user's secret, for those whose `uses` names `database.admin`: readable, not injected. */
  readonly admin: Usable;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  private readonly instance: DbInstance;
  private readonly proxy: DatabaseProxy | undefined;
  private readonly login: Login;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseProps,
  ) {
    super(scope, id);
    const { port, passwordLength } = engines[props.engine];
    this.connections = new Connections(this, 'connections', {
      vpcId: props.network.vpcId,
      name: props.securityGroupName,
      port,
      egress: props.outbound === 'icmp' ? 'icmp' : 'named',
    });
    const password =
      props.rotation === 'managed' || props.import
        ? undefined
        : new MasterPassword(this, 'password', {
            parameterNames: props.passwordParameters,
            length: passwordLength,
            version: props.passwordVersion,
          }).value;
    for (const range of props.publicAccessFrom) this.connections.allowPortFromRange(port, range);
    const place = { ...props, securityGroupId: this.connections.securityGroupId, port, password };
    this.instance = makeInstance(this, place);
    this.metricDimensions = { DBInstanceIdentifier: this.instance.identifier };
    this.proxy = this.addProxy();
    this.endpoint = this.proxy ? `${this.proxy.host}:${port}` : this.instance.endpoint;

    const master = this.masterLogin(password);
    const application = props.applicationUser === undefined ? undefined : this.applicationLogin(props.applicationUser);
    this.proxy?.logInWith([master, ...(application ? [application] : [])]);
    this.login = application ?? master;
    this.masterSecretArn = master.arn;
    this.admin = { injection: { environment: {}, secrets: {} }, letUse: (consumer) => master.grantRead(consumer) };
    this.userSetup = application && this.setup(master, application);
    this.secretArns = { database: master.arn, ...(application && { database_application: application.arn }) };

    for (const replica of props.readReplicas) addReplica(this, replica, this.instance, place);
    if (props.backupProvider) copyBackups(this, this.instance, props.backupProvider, props);
  }

  get injection() {
    return this.login.injection;
  }

  get ready() {
    return this.login.ready;
  }

  /** For those whose `uses` names `database.read`: their code reads the secret by itself. */
  get reader(): Usable {
    return this.login.reader;
  }

  letUse(consumer: Consumer): void {
    this.letConnect(consumer);
    this.login.letUse(consumer);
  }

  /** Opens the network path, without any password. */
  letConnect(client: Connectable): void {
    (this.proxy ?? this).connections.allowFrom(client);
  }

  private addProxy(): DatabaseProxy | undefined {
    const { proxy, engine, network, logRetentionDays } = this.props;
    if (!proxy) return undefined;
    const made = new DatabaseProxy(this, 'proxy', {
      proxy,
      engine,
      network,
      logRetentionDays,
      port: engines[engine].port,
      instanceIdentifier: this.instance.identifier,
    });
    this.connections.allowFrom(made);
    return made;
  }

  /** Where clients go, and what makes a secret stale that names it. */
  private get reached(): { readonly endpoint: Endpoint; readonly staleWith: StaleWith } {
    const { engine, dbname } = this.props;
    const { instance, proxy } = this;
    return {
      endpoint: { host: proxy?.host ?? instance.address, port: engines[engine].port, dbname },
      staleWith: proxy
        ? { resource: proxy.resource, attribute: 'endpoint' }
        : { resource: instance, attribute: 'address' },
    };
  }

  private masterLogin(password: string | undefined): Login {
    const { engine, url, username, secretName, passwordVersion, protect, rotation } = this.props;
    const shared = { grant: 'database_admin_secret', engine, endpoint: this.reached.endpoint };
    if (rotation === 'managed') {
      const secret = new SecretAccess(this.instance.masterUserSecret.get(0).secretArn);
      return new Login({ ...shared, secret, hasUrl: false, rotates: true });
    }
    if (password === undefined) {
      // Taken over: who set its password has written the secret too.
      const secret = new SecretAccess(new DataAwsSecretsmanagerSecret(this, 'secret', { name: secretName }).arn);
      return new Login({ ...shared, secret, hasUrl: url !== undefined, rotates: rotation !== undefined });
    }
    const secret = writeCredentials(this, 'secret', {
      ...this.reached,
      secretName,
      username,
      password,
      url,
      version: passwordVersion,
      protect,
    });
    return new Login({ ...shared, secret, hasUrl: url !== undefined, rotates: rotation !== undefined });
  }

  /** A user with fewer rights: the password is only in its secret until a one-off task sets it in the database. */
  private applicationLogin(username: string): Login {
    const { engine, url, secretName, passwordVersion, protect } = this.props;
    const user = new Construct(this, 'application_user');
    const secret = writeCredentials(user, 'Default', {
      ...this.reached,
      secretName: `${secretName}-application`,
      username,
      password: randomText(user, 'password', engines[engine].passwordLength),
      url,
      version: passwordVersion,
      protect,
    });
    const { endpoint } = this.reached;
    return new Login({ secret, grant: 'database_secret', endpoint, engine, hasUrl: url !== undefined, rotates: false });
  }

  /** The variables that PostgreSQL's own programs read, and whom to make with which password. */
  private setup(master: Login, user: Login): Usable {
    const { host, port, dbname } = this.reached.endpoint;
    return {
      injection: {
        environment: {
          PGHOST: host,
          PGPORT: String(port),
          PGDATABASE: dbname,
          PGSSLMODE: 'require',
          APPLICATION_USER: this.props.applicationUser ?? '',
        },
        secrets: {
          PGUSER: master.valueFrom('username'),
          PGPASSWORD: master.valueFrom('password'),
          APPLICATION_PASSWORD: user.valueFrom('password'),
        },
      },
      letUse: (consumer) => {
        this.letConnect(consumer);
        master.grantInjection(consumer);
        user.grantInjection(consumer);
      },
    };
  }
}
