import { cache, key, keyAlias, proxy, rds, table } from './scopes';
import { actionTable } from './table';

const tagged = 'AddTagsToResource RemoveTagsFromResource';

/** Databases, caches and keys. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html */
export const databaseActions = actionTable({
  aws_db_instance: {
    read: 'rds: DescribeDBInstances ListTagsForResource',
    manage: `rds: CreateDBInstance ModifyDBInstance RebootDBInstance DeleteDBInstance CreateDBSnapshot ${tagged}`,
    on: rds,
    passes: ['monitoring.rds.amazonaws.com'],
    linked: 'rds.amazonaws.com',
  },
  aws_db_instance_automated_backups_replication: {
    read: 'rds: DescribeDBInstanceAutomatedBackups',
    manage: 'rds: StartDBInstanceAutomatedBackupsReplication StopDBInstanceAutomatedBackupsReplication',
    on: rds,
  },
  aws_db_subnet_group: {
    read: 'rds: DescribeDBSubnetGroups ListTagsForResource',
    manage: `rds: CreateDBSubnetGroup ModifyDBSubnetGroup DeleteDBSubnetGroup ${tagged}`,
    on: rds,
  },
  aws_db_parameter_group: {
    read: 'rds: DescribeDBParameterGroups DescribeDBParameters ListTagsForResource',
    manage: `rds: CreateDBParameterGroup ModifyDBParameterGroup ResetDBParameterGroup DeleteDBParameterGroup ${tagged}`,
    on: rds,
  },
  aws_db_option_group: {
    read: 'rds: DescribeOptionGroups ListTagsForResource',
    manage: `rds: CreateOptionGroup ModifyOptionGroup DeleteOptionGroup ${tagged}`,
    on: rds,
  },
  aws_db_proxy: {
    read: 'rds: DescribeDBProxies ListTagsForResource',
    manage: `rds: CreateDBProxy ModifyDBProxy DeleteDBProxy ${tagged}`,
    on: proxy,
    passes: ['rds.amazonaws.com'],
  },
  aws_db_proxy_default_target_group: {
    read: 'rds: DescribeDBProxyTargetGroups',
    manage: 'rds: ModifyDBProxyTargetGroup',
    on: proxy,
  },
  // It names the target group, which has no tags, and the database.
  aws_db_proxy_target: {
    read: 'rds: DescribeDBProxyTargets',
    anywhere: 'rds: RegisterDBProxyTargets DeregisterDBProxyTargets',
  },
  aws_elasticache_replication_group: {
    read: 'elasticache: DescribeReplicationGroups DescribeCacheClusters ListTagsForResource',
    manage: `elasticache: CreateReplicationGroup ModifyReplicationGroup IncreaseReplicaCount DecreaseReplicaCount DeleteReplicationGroup ${tagged}`,
    on: cache,
    linked: 'elasticache.amazonaws.com',
  },
  aws_elasticache_subnet_group: {
    read: 'elasticache: DescribeCacheSubnetGroups ListTagsForResource',
    manage: `elasticache: CreateCacheSubnetGroup ModifyCacheSubnetGroup DeleteCacheSubnetGroup ${tagged}`,
    on: cache,
  },
  aws_elasticache_parameter_group: {
    read: 'elasticache: DescribeCacheParameterGroups DescribeCacheParameters ListTagsForResource',
    manage: `elasticache: CreateCacheParameterGroup ModifyCacheParameterGroup ResetCacheParameterGroup DeleteCacheParameterGroup ${tagged}`,
    on: cache,
  },
  aws_elasticache_user: {
    read: 'elasticache: DescribeUsers ListTagsForResource',
    manage: `elasticache: CreateUser ModifyUser DeleteUser ${tagged}`,
    on: cache,
  },
  aws_elasticache_user_group: {
    read: 'elasticache: DescribeUserGroups ListTagsForResource',
    manage: `elasticache: CreateUserGroup ModifyUserGroup DeleteUserGroup ${tagged}`,
    on: cache,
  },
  aws_dynamodb_table: {
    read: 'dynamodb: DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource kms: DescribeKey',
    manage: 'dynamodb: CreateTable UpdateTable UpdateContinuousBackups DeleteTable TagResource UntagResource',
    on: table,
  },
  aws_kms_key: {
    read: 'kms: DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags',
    manage:
      'kms: CreateKey PutKeyPolicy EnableKeyRotation DisableKeyRotation UpdateKeyDescription ScheduleKeyDeletion TagResource UntagResource',
    on: key,
  },
  // An alias acts on the key too, which aws_kms_key's scope covers.
  aws_kms_alias: { read: 'kms: ListAliases', manage: 'kms: CreateAlias UpdateAlias DeleteAlias', on: keyAlias },
  'data.aws_db_instance': { read: 'rds: DescribeDBInstances ListTagsForResource' },
});
