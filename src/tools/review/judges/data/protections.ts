import { isMap, type Values, valueAt, valuesAt } from '../../../graph/values';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, shortened, switchedOff, switchedOn, wasSet } from '../attribute-rule';

const RDS = /^aws_(?:db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/;
const ANY_BACKUP = 'backups that are older than the new retention are deleted at once, and nothing brings them back';

/** What keeps data, and is switched off, shortened or taken away in place. */
export const protections: readonly AttributeRule[] = [
  {
    path: /^(?:deletion_protection|deletion_protection_enabled|termination_protection|disable_api_termination)$/,
    when: switchedOff,
    types: /^(?!aws_(?:lb|alb)$)/,
    says: 'loses its deletion protection',
    effect: 'nothing is lost yet: but the next plan that destroys or replaces it is no longer refused by AWS',
    advice: 'leave it on, unless the next step is to delete it on purpose',
  },
  {
    types: RDS,
    path: /^backup_retention_period$/,
    when: shortened,
    says: 'keeps its automated backups for a shorter time',
    effect: ({ after }) =>
      after?.['backup_retention_period'] === 0
        ? 'automated backups are switched off: those there are are deleted at once, point-in-time recovery ends, and the instance restarts'
        : ANY_BACKUP,
    advice: 'take a snapshot first where the older days may be needed',
  },
  {
    types: /^aws_(?:elasticache_\w+|memorydb_cluster|redshift_cluster|fsx_\w+|opensearch_domain)$/,
    path: /^(?:snapshot_retention_limit|automated_snapshot_retention_period|automatic_backup_retention_days)$/,
    when: shortened,
    says: 'keeps its automated snapshots for a shorter time',
    effect: ANY_BACKUP,
    advice: 'copy the snapshot that may be needed first',
  },
  {
    path: /^skip_final_snapshot$/,
    when: switchedOn,
    says: 'will go without a final snapshot',
    effect: 'nothing is lost yet: but whenever it is destroyed or replaced, its data is gone',
    advice: 'leave it off',
  },
  {
    path: /^final_snapshot_identifier$/,
    when: (before, after) => wasSet(before) && !wasSet(after),
    says: 'no longer names its final snapshot',
    effect: 'a cache goes without one; a database refuses to be destroyed',
    advice: 'keep the name',
  },
  {
    path: /^delete_automated_backups$/,
    when: switchedOn,
    says: 'will take its automated backups along',
    effect: 'nothing is lost yet: but whenever it is destroyed or replaced, its backups go with it',
  },
  {
    path: /^(?:force_destroy|force_delete|force_delete_on_destroy)$/,
    types: /bucket|repository|backup_vault|route53_zone|table|database|archive|user$/,
    when: switchedOn,
    says: 'may be destroyed with everything in it',
    effect:
      'nothing is lost yet: but a plan that destroys or replaces it deletes what is in it, where AWS would have refused',
    advice: 'leave it off, unless the next step is to delete it on purpose',
  },
  {
    types: /^aws_s3_bucket(?:_versioning)?$/,
    path: /^versioning(?:_configuration)?\.(?:status|enabled|mfa_delete)$/,
    when: switchedOff,
    says: 'is no longer on',
    effect: 'from now on an object that is overwritten or deleted is gone; the versions there are stay',
    advice: 'leave it on; a lifecycle rule that expires old versions keeps the cost down',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^point_in_time_recovery\.(?:enabled|recovery_period_in_days)$|^point_in_time_recovery$/,
    when: (before, after) => recovery(before) > recovery(after),
    says: 'loses its point-in-time recovery',
    effect: 'its continuous backups are deleted at once; on again, they begin anew',
    advice: 'leave it on, or make a backup on demand first',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^ttl(?:\.(?:enabled|attribute_name))?$/,
    when: (_, __, { before, after }) =>
      valueAt(after, 'ttl.enabled') === true &&
      (valueAt(before, 'ttl.enabled') !== true ||
        valueAt(before, 'ttl.attribute_name') !== valueAt(after, 'ttl.attribute_name')),
    says: 'expires items by another attribute',
    effect: 'items whose time in this attribute lies in the past are deleted within days, and nothing brings them back',
    advice: 'look at what the attribute holds first',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^replica$/,
    when: (before) => isMap(before),
    says: 'loses a replica',
    effect: 'the copy in that region is deleted',
  },
  {
    types: /^aws_cloudwatch_log_group$/,
    path: /^retention_in_days$/,
    // 0 keeps logs for ever: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    when: (before, after) => numberIn(after) > 0 && (numberIn(before) === 0 || shortened(before, after)),
    says: 'keeps its logs for a shorter time',
    effect: 'what is older is deleted within 72 hours, and nothing brings it back',
    advice: 'export the older logs to S3 first where they may be needed',
  },
  {
    types: /^aws_sqs_queue$/,
    path: /^message_retention_seconds$/,
    when: shortened,
    says: 'keeps its messages for a shorter time',
    effect: 'messages that are older are deleted within 15 minutes',
    advice: 'let the readers empty it first',
  },
  {
    types: /^aws_sqs_queue$|^aws_sqs_queue_redrive_policy$|^aws_lambda_function$|^aws_sns_topic_subscription$/,
    path: /^(?:redrive_policy|dead_letter_config)$/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'loses its dead-letter queue',
    effect: "what can't be handled is tried until its retention ends, and is gone then",
  },
  {
    types: /^aws_kinesis_stream$/,
    path: /^retention_period$/,
    when: shortened,
    says: 'keeps its records for a shorter time',
    effect: 'older records can no longer be read',
  },
  {
    types:
      /^aws_(?:cloudtrail_event_data_store|timestreamwrite_table|cloudwatch_event_archive|s3_bucket_object_lock_configuration|glacier_vault_lock|prometheus_workspace)$/,
    path: /retention/,
    when: shortened,
    says: 'keeps what it has for a shorter time',
    effect: 'what is older goes, and nothing brings it back',
  },
  {
    types: /^aws_efs_backup_policy$|^aws_efs_file_system$/,
    path: /^backup_policy\.status$/,
    when: switchedOff,
    says: 'no longer happens',
    effect: 'AWS Backup makes no new ones; those there are stay until they expire',
    advice: 'leave it on',
  },
  {
    types: /^aws_kms_key$/,
    path: /^is_enabled$/,
    when: switchedOff,
    says: 'is switched off',
    effect: "all that is encrypted with it can't be read until it is on again",
    advice: 'leave it on',
  },
  {
    types: /^aws_(?:kms_key|secretsmanager_secret)$/,
    path: /^(?:deletion_window_in_days|recovery_window_in_days)$/,
    when: shortened,
    says: 'can be brought back for a shorter time once it is destroyed',
    effect: 'nothing is lost yet',
  },
  {
    types: /^(?!aws_(?:ecs_cluster|lambda_function|cloudtrail|flow_log|codebuild_project|cloudwatch_event_bus)$)/,
    path: /^(?:kms_key_id|kms_key_arn|kms_master_key_id|performance_insights_kms_key_id|master_user_secret_kms_key_id|kms_key|encryption_key|key_id|server_side_encryption\.kms_key_arn|encryption_configuration\.kms_key(?:_id)?)$|\.(?:kms_master_key_id|sse_algorithm)$/,
    when: (before, after) => wasSet(before) && !sameKey(before, after),
    says: 'is encrypted with another key',
    effect:
      'what is there stays encrypted with the old key and can be read only for as long as that key lives; whoever reads needs both keys',
    advice: 'keep the old key until everything is written anew, and let all readers use both',
  },
  {
    types: /^aws_(?:kms_alias)$/,
    path: /^target_key_(?:id|arn)$/,
    says: 'stands for another key',
    effect: 'what is there stays encrypted with the old key; what is written from now on takes the new one',
    advice: 'keep the old key until everything is written anew',
  },
  {
    types: /^aws_backup_plan$/,
    path: /^rule(?:\.|$)/,
    when: (before, after, change) => backsUpLess(before, after, change.before, change.after),
    says: 'keeps fewer backups',
    effect: 'backups that are made from now on are kept as the new plan says; those there are keep their own end',
  },
  {
    types: /^aws_backup_selection$/,
    path: /^(?:resources|selection_tag|condition|not_resources)/,
    says: 'covers other things',
    effect: 'what is no longer chosen gets no new backups',
    advice: 'compare what it chose with what it will choose',
  },
  {
    types: /^aws_ecr_repository$/,
    path: /^image_tag_mutability$/,
    when: (before, after) => before === 'IMMUTABLE' && after !== 'IMMUTABLE',
    says: 'lets tags be overwritten',
    effect: 'an image that is pushed with a known tag takes its place, and a roll-back to that tag is another image',
  },
];

function recovery(value: unknown): number {
  if (typeof value === 'number') return value;
  return value === true || (isMap(value) && value['enabled'] === true) ? 35 : 0;
}

/** A key's id, its ARN and the ARN with a region of its own name the same key. */
function sameKey(before: unknown, after: unknown): boolean {
  if (typeof before !== 'string' || typeof after !== 'string' || after === '') return before === after;
  return before.endsWith(`/${after}`) || after.endsWith(`/${before}`);
}

function backsUpLess(before: unknown, after: unknown, was: Values = {}, is: Values = {}): boolean {
  const days = (values: Values) =>
    valuesAt(values, 'rule.lifecycle.delete_after')
      .map(numberIn)
      .sort((a, b) => a - b);
  if (isMap(before) && after === undefined) return true;
  const [old, now] = [days(was), days(is)];
  return (
    now.length < old.length || now.some((count, index) => count > 0 && count < (old[index] ?? 0)) || before === true
  );
}
