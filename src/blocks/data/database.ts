import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { type Connectable, Connections } from '../../access/connections';
import type { Consumer, Usable } from '../../access/usable';
import { GP3_BASELINE, type PostgresSpec } from '../../spec/sections/postgres';
import { constructId } from '../../terraform/logical-ids';
import { Moved } from '../../terraform/moved';
import type { Network } from '../network/network';
import { Credentials, type CredentialsProps, MasterPassword, PASSWORD_LENGTH } from './database-credentials';
import { randomText } from './secret';

const POSTGRES_PORT = 5432;

/**
 * Parameters that take effect without a reboot; all others wait for one.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
const dynamicParameters = new Set([
  'log_statement',
  'log_min_duration_statement',
  'log_connections',
  'log_disconnections',
  'log_lock_waits',
  'work_mem',
  'maintenance_work_mem',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'random_page_cost',
  'effective_cache_size',
  'autovacuum_naptime',
]);

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
    const instance = this.instance(props, password);
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

    for (const replica of props.readReplicas) this.addReplica(replica, instance, props);
    if (props.backupProvider) this.copyBackups(instance, props.backupProvider, props);
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

  private instance(props: DatabaseProps, password: MasterPassword): DbInstance {
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: props.name,
      description: `Private subnets of ${props.name}`,
      subnetIds: [...props.network.privateSubnetIds],
    });
    const exported = props.logExports ? ['postgresql', 'upgrade'] : [];
    // RDS would make these itself, and keep them for ever.
    const logs = exported.map(
      (log) =>
        new CloudwatchLogGroup(this, `logs_${log}`, {
          name: `/aws/rds/instance/${props.name}/${log}`,
          retentionInDays: props.logRetentionDays,
        }),
    );
    return new DbInstance(this, 'Default', {
      ...placement(props, this.connections.securityGroupId),
      identifier: props.name,
      engine: 'postgres',
      engineVersion: props.engineVersion,
      instanceClass: props.instanceClass,
      dbSubnetGroupName: subnets.name,
      parameterGroupName: this.parameters(props).name,
      multiAz: props.multiAz,
      allocatedStorage: props.allocatedStorage,
      maxAllocatedStorage: props.maxAllocatedStorage,
      storageType: props.storageType,
      ...storagePerformance(props),
      storageEncrypted: true,
      dbName: props.dbname,
      port: POSTGRES_PORT,
      username: props.username,
      passwordWo: password.value,
      passwordWoVersion: props.passwordVersion,
      backupRetentionPeriod: props.backupRetentionDays,
      backupWindow: props.backupWindow,
      maintenanceWindow: props.maintenanceWindow,
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection,
      skipFinalSnapshot: !props.protect,
      finalSnapshotIdentifier: props.protect ? `${props.name}-final` : undefined,
      enabledCloudwatchLogsExports: exported.length > 0 ? exported : undefined,
      lifecycle: { preventDestroy: props.protect },
      dependsOn: logs,
    });
  }

  private parameters({ name, engineVersion, forceSsl, parameters }: DatabaseProps): DbParameterGroup {
    const family = `postgres${engineVersion.split('.')[0]}`;
    const all = { 'rds.force_ssl': forceSsl ? '1' : '0', ...parameters };
    return new DbParameterGroup(this, 'parameters', {
      name: `${name}-${family}`,
      family,
      description: `Parameters of ${name}`,
      parameter: Object.entries(all).map(([name, value]) => ({
        name,
        value,
        applyMethod: dynamicParameters.has(name) ? 'immediate' : 'pending-reboot',
      })),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addReplica(replica: PostgresSpec['readReplicas'][number], source: DbInstance, props: DatabaseProps): void {
    const scope = new Construct(this, `replica_${constructId(replica.name)}`);
    new DbInstance(scope, 'Default', {
      ...placement(props, this.connections.securityGroupId),
      identifier: `${props.name}-${replica.was ?? replica.name}`,
      replicateSourceDb: source.identifier,
      instanceClass: replica.instanceClass ?? props.instanceClass,
      storageType: props.storageType,
      storageEncrypted: true,
      maintenanceWindow: props.maintenanceWindow,
      skipFinalSnapshot: true,
    });
    if (replica.was !== undefined) new Moved(scope, `replica_${replica.was}`);
  }

  private copyBackups(source: DbInstance, provider: AwsProvider, props: DatabaseProps): void {
    const key = new KmsKey(this, 'backup_key', {
      provider,
      description: `Encrypts the copies of the backups of ${props.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    new DbInstanceAutomatedBackupsReplication(this, 'backup_copy', {
      provider,
      sourceDbInstanceArn: source.arn,
      kmsKeyId: key.arn,
      retentionPeriod: props.backupRetentionDays,
    });
  }
}

/** What the instance and its replicas have in common. */
function placement(props: DatabaseProps, securityGroupId: string) {
  return {
    vpcSecurityGroupIds: [securityGroupId],
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    performanceInsightsEnabled: props.performanceInsights,
    performanceInsightsRetentionPeriod: props.performanceInsights ? 7 : undefined,
  };
}

/** Below 400 GiB a gp3 volume has its baseline, which RDS refuses to be told. */
function storagePerformance({ storageType, allocatedStorage, iops, throughput }: PostgresSpec) {
  const fixed = storageType === 'gp3' && allocatedStorage < GP3_BASELINE.upToGiB;
  return fixed ? {} : { iops, storageThroughput: throughput };
}
