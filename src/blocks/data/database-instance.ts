import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { DbOptionGroup } from '@cdktf/provider-aws/lib/db-option-group';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import type { DatabaseSpec } from '../../spec/sections/database';
import { engines } from '../../spec/values/engines';
import { Import } from '../../terraform/import';
import { constructId } from '../../terraform/logical-ids';
import { Moved } from '../../terraform/moved';
import type { Network } from '../network/network';

/** What the instance is made from: the section of its engine, and where it stands. */
export interface InstanceProps extends DatabaseSpec {
  readonly network: Network;
  readonly securityGroupId: string;
  readonly port: number;

  /** Undefined where RDS makes one itself, and where the instance has one when it is taken over. */
  readonly password: string | undefined;
  readonly protect: boolean;
  readonly logRetentionDays: number;
}

/** The instance with its subnet group, parameter group and log groups, all named after it. */
export function makeInstance(scope: Construct, props: InstanceProps): DbInstance {
  const subnets = new DbSubnetGroup(scope, 'subnets', {
    name: props.name,
    description: `${props.publicAccess ? 'Public' : 'Private'} subnets of ${props.name}`,
    subnetIds: [...(props.publicAccess ? props.network.publicSubnetIds : props.network.databaseSubnetIds)],
  });
  // RDS would make these itself, and keep them for ever.
  const logs = props.logs.map(
    (log) =>
      new CloudwatchLogGroup(scope, `logs_${log}`, {
        name: `/aws/rds/instance/${props.name}/${log}`,
        retentionInDays: props.logRetentionDays,
      }),
  );
  const instance = new DbInstance(scope, 'Default', {
    ...placement(props),
    identifier: props.name,
    engine: props.rdsEngine,
    engineVersion: props.engineVersion,
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade || undefined,
    ...oracle(props),
    instanceClass: props.instanceClass,
    dbSubnetGroupName: subnets.name,
    parameterGroupName: makeParameters(scope, props).name,
    optionGroupName: makeOptions(scope, props)?.name,
    multiAz: props.multiAz,
    availabilityZone: props.multiAz ? undefined : (props.availabilityZone ?? props.network.databaseZone),
    allocatedStorage: props.allocatedStorage,
    maxAllocatedStorage: props.maxAllocatedStorage,
    storageType: props.storageType,
    ...storagePerformance(props),
    storageEncrypted: true,
    dbName: props.dbname,
    port: props.port,
    username: props.username,
    ...masterPassword(props),
    backupRetentionPeriod: props.backupRetentionDays,
    backupWindow: props.backupWindow,
    maintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: !props.protect,
    finalSnapshotIdentifier: props.protect ? `${props.name}-final` : undefined,
    enabledCloudwatchLogsExports: props.logs.length > 0 ? [...props.logs] : undefined,
    lifecycle: { preventDestroy: props.protect },
    dependsOn: logs,
  });
  if (props.import) new Import(instance, props.name);
  return instance;
}

function makeParameters(
  scope: Construct,
  { engine, name, family, impliedParameters, parameters }: DatabaseSpec,
): DbParameterGroup {
  const { dynamicParameters } = engines[engine];
  return new DbParameterGroup(scope, 'parameters', {
    // No dots in the name of a parameter group, as in "mysql8.0".
    name: `${name}-${family.replace(/\./g, '-')}`,
    family,
    description: `Parameters of ${name}`,
    parameter: Object.entries({ ...impliedParameters, ...parameters }).map(([name, value]) => ({
      name,
      value,
      applyMethod: dynamicParameters.has(name) ? 'immediate' : 'pending-reboot',
    })),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Options go with the engine and its major version: a group of their own, where there are any. */
function makeOptions(
  scope: Construct,
  { name, rdsEngine, engineVersion, family, options }: DatabaseSpec,
): DbOptionGroup | undefined {
  if (options.length === 0) return undefined;
  return new DbOptionGroup(scope, 'options', {
    name: `${name}-${family}`,
    engineName: rdsEngine,
    majorEngineVersion: engineVersion.split('.')[0] ?? engineVersion,
    optionGroupDescription: `Options of ${name}`,
    option: options.map(({ name, version, port, settings }) => ({
      optionName: name,
      version,
      port,
      optionSettings: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
    lifecycle: { createBeforeDestroy: true },
  });
}

function masterPassword({ password, passwordVersion, rotation }: InstanceProps) {
  if (rotation === 'managed') return { manageMasterUserPassword: true };
  if (password === undefined) return {};
  return { passwordWo: password, passwordWoVersion: passwordVersion };
}

/** Of Oracle alone. */
function oracle({ ofOracle }: DatabaseSpec) {
  return (
    ofOracle && {
      licenseModel: ofOracle.license,
      characterSetName: ofOracle.characterSet,
      // Told only where it differs from what RDS takes by itself: a change of it replaces the database.
      ncharCharacterSetName: ofOracle.nationalCharacterSet === 'AL16UTF16' ? undefined : ofOracle.nationalCharacterSet,
    }
  );
}

/** A read-only copy of `source`, behind the same security group. */
export function addReplica(
  scope: Construct,
  replica: DatabaseSpec['readReplicas'][number],
  source: DbInstance,
  props: InstanceProps,
): void {
  const place = new Construct(scope, `replica_${constructId(replica.name)}`);
  new DbInstance(place, 'Default', {
    ...placement(props),
    identifier: `${props.name}-${replica.was ?? replica.name}`,
    replicateSourceDb: source.identifier,
    instanceClass: replica.instanceClass ?? props.instanceClass,
    availabilityZone: props.network.databaseZone,
    storageType: props.storageType,
    storageEncrypted: true,
    maintenanceWindow: props.maintenanceWindow,
    skipFinalSnapshot: true,
  });
  if (replica.was !== undefined) new Moved(place, `replica_${replica.was}`);
}

/** Copies of the automated backups in another region, under a key made there. */
export function copyBackups(scope: Construct, source: DbInstance, provider: AwsProvider, props: DatabaseSpec): void {
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
    publiclyAccessible: props.publicAccess,
    // A pinned minor version stays: after an upgrade by AWS every plan would want to go back, which RDS refuses.
    autoMinorVersionUpgrade: props.family.endsWith(props.engineVersion),
    performanceInsightsEnabled: props.performanceInsights,
    performanceInsightsRetentionPeriod: props.performanceInsights ? 7 : undefined,
  };
}

/** A small gp3 volume has its baseline, which RDS refuses to be told. */
function storagePerformance({ engine, storageType, allocatedStorage, iops, throughput }: DatabaseSpec) {
  const fixed = storageType === 'gp3' && allocatedStorage < engines[engine].gp3BaselineUpTo;
  return fixed ? {} : { iops, storageThroughput: throughput };
}
