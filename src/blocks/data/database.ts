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
import { ApplicationUser, MasterPassword, MasterSecret } from './database-credentials';

const POSTGRES_PORT = 5432;

/**
 * Parameters that take effect without a reboot; all others wait for one.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
const dynamicParameters = new Set([
  'rds.force_ssl',
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

    const server = {
      host: instance.address,
      port: POSTGRES_PORT,
      dbname: props.dbname,
      urlParameters: props.url?.parameters,
      staleWith: { resource: instance, attribute: 'address' },
    };
    const master = new MasterSecret(this, 'secret', {
      ...server,
      secretName: props.secretName,
      username: props.username,
      password: password.value,
      version: props.passwordVersion,
    });
    this.admin = { injection: { environment: {}, secrets: {} }, letUse: (consumer) => master.grantRead(consumer) };
    const applicationUser =
      props.applicationUser === undefined
        ? undefined
        : new ApplicationUser(this, 'application_user', {
            ...server,
            secretName: `${props.secretName}-application`,
            username: props.applicationUser,
            version: props.passwordVersion,
          });
    this.credentials = applicationUser ?? master;
    this.userSetup = applicationUser && this.setup(master, applicationUser);
    this.secretArns = { database: master.arn, ...(applicationUser && { database_application: applicationUser.arn }) };

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

  private setup(master: MasterSecret, user: ApplicationUser): Usable {
    return {
      injection: {
        environment: { PGSSLMODE: 'require', APPLICATION_USER: user.username },
        secrets: { ...master.libpqSecrets, APPLICATION_PASSWORD: user.passwordFrom },
      },
      letUse: (consumer) => {
        this.connections.allowFrom(consumer);
        master.letUse(consumer);
        user.letUse(consumer);
      },
    };
  }

  private instance(props: DatabaseProps, password: MasterPassword): DbInstance {
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: props.name,
      description: `Private subnets of ${props.name}`,
      subnetIds: [...props.network.privateSubnetIds],
    });
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
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${props.name}-final`,
      enabledCloudwatchLogsExports: props.logExports ? ['postgresql', 'upgrade'] : undefined,
      lifecycle: { preventDestroy: props.protect },
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
