import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { GP3_BASELINE, type PostgresSpec } from '../../spec/sections/postgres';
import { constructId } from '../../terraform/logical-ids';
import { Moved } from '../../terraform/moved';
import type { Network } from '../network/network';

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

/** What the instance is made from: the `postgres` section, and where it stands. */
export interface InstanceProps extends PostgresSpec {
  readonly network: Network;
  readonly securityGroupId: string;
  readonly port: number;
  readonly password: string;
  readonly protect: boolean;
  readonly logRetentionDays: number;
}

/** The instance with its subnet group, parameter group and log groups, all named after it. */
export function makeInstance(scope: Construct, props: InstanceProps): DbInstance {
  const subnets = new DbSubnetGroup(scope, 'subnets', {
    name: props.name,
    description: `Private subnets of ${props.name}`,
    subnetIds: [...props.network.privateSubnetIds],
  });
  const exported = props.logExports ? ['postgresql', 'upgrade'] : [];
  // RDS would make these itself, and keep them for ever.
  const logs = exported.map(
    (log) =>
      new CloudwatchLogGroup(scope, `logs_${log}`, {
        name: `/aws/rds/instance/${props.name}/${log}`,
        retentionInDays: props.logRetentionDays,
      }),
  );
  return new DbInstance(scope, 'Default', {
    ...placement(props),
    identifier: props.name,
    engine: 'postgres',
    engineVersion: props.engineVersion,
    instanceClass: props.instanceClass,
    dbSubnetGroupName: subnets.name,
    parameterGroupName: makeParameters(scope, props).name,
    multiAz: props.multiAz,
    allocatedStorage: props.allocatedStorage,
    maxAllocatedStorage: props.maxAllocatedStorage,
    storageType: props.storageType,
    ...storagePerformance(props),
    storageEncrypted: true,
    dbName: props.dbname,
    port: props.port,
    username: props.username,
    passwordWo: props.password,
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

function makeParameters(
  scope: Construct,
  { name, engineVersion, forceSsl, parameters }: PostgresSpec,
): DbParameterGroup {
  const family = `postgres${engineVersion.split('.')[0]}`;
  const all = { 'rds.force_ssl': forceSsl ? '1' : '0', ...parameters };
  return new DbParameterGroup(scope, 'parameters', {
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

/** A read-only copy of `source`, behind the same security group. */
export function addReplica(
  scope: Construct,
  replica: PostgresSpec['readReplicas'][number],
  source: DbInstance,
  props: InstanceProps,
): void {
  const place = new Construct(scope, `replica_${constructId(replica.name)}`);
  new DbInstance(place, 'Default', {
    ...placement(props),
    identifier: `${props.name}-${replica.was ?? replica.name}`,
    replicateSourceDb: source.identifier,
    instanceClass: replica.instanceClass ?? props.instanceClass,
    storageType: props.storageType,
    storageEncrypted: true,
    maintenanceWindow: props.maintenanceWindow,
    skipFinalSnapshot: true,
  });
  if (replica.was !== undefined) new Moved(place, `replica_${replica.was}`);
}

/** Copies of the automated backups in another region, under a key made there. */
export function copyBackups(scope: Construct, source: DbInstance, provider: AwsProvider, props: PostgresSpec): void {
  const key = new KmsKey(scope, 'backup_key', {
    provider,
    description: `Encrypts the copies of the backups of ${props.name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
  });
  new DbInstanceAutomatedBackupsReplication(scope, 'backup_copy', {
    provider,
    sourceDbInstanceArn: source.arn,
    kmsKeyId: key.arn,
    retentionPeriod: props.backupRetentionDays,
  });
}

/** What the instance and its replicas have in common. */
function placement(props: InstanceProps) {
  return {
    vpcSecurityGroupIds: [props.securityGroupId],
    publiclyAccessible: false,
    // A pinned minor version stays: after an upgrade by AWS every plan would want to go back, which RDS refuses.
    autoMinorVersionUpgrade: !props.engineVersion.includes('.'),
    performanceInsightsEnabled: props.performanceInsights,
    performanceInsightsRetentionPeriod: props.performanceInsights ? 7 : undefined,
  };
}

/** Below 400 GiB a gp3 volume has its baseline, which RDS refuses to be told. */
function storagePerformance({ storageType, allocatedStorage, iops, throughput }: PostgresSpec) {
  const fixed = storageType === 'gp3' && allocatedStorage < GP3_BASELINE.upToGiB;
  return fixed ? {} : { iops, storageThroughput: throughput };
}
