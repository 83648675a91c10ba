import { type Values, valueAt } from '../../../graph/values';
import type { Change } from '../../change';
import { type AttributeRule, numberIn, shortened } from '../attribute-rule';
import { RESTARTS, timed } from '../timing';

const CLUSTERS = /^aws_(?:db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/;
const SNAPSHOTS = /^aws_(?:elasticache_\w+|memorydb_cluster|redshift_cluster|fsx_\w+)$/;
const SNAPSHOT_DAYS =
  /^(?:snapshot_retention_limit|automated_snapshot_retention_period|automatic_backup_retention_days)$/;
const SNAPSHOT_FIRST = 'take a snapshot first where the older days may be needed';

const toNothing = (before: unknown, after: unknown) => numberIn(before) > 0 && numberIn(after) === 0;

/** What is kept for some time, and will be kept for a shorter one. */
export const retention: readonly AttributeRule[] = [
  {
    types: /^aws_db_instance$/,
    path: /^backup_retention_period$/,
    when: toNothing,
    says: 'gets no automated backups any more',
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Disabling.html
    effect: (change) =>
      timed(
        change,
        `existing ones are deleted, and only snapshots that were made by hand bring anything back; ${RESTARTS}`,
      ),
    advice: 'leave at least one day; take a snapshot first where the older days may be needed',
  },
  {
    types: CLUSTERS,
    path: /^backup_retention_period$/,
    when: shortened,
    says: 'keeps its automated backups for a shorter time',
    effect: ({ after }) =>
      `backups that are older are deleted, and nothing brings them back: it can be restored to a moment of the last ${days(after?.['backup_retention_period'])} only`,
    advice: SNAPSHOT_FIRST,
  },
  {
    types: SNAPSHOTS,
    path: SNAPSHOT_DAYS,
    when: toNothing,
    says: 'gets no automatic backups any more',
    effect: 'no new ones are made; existing ones go once their time is over, or with it',
    advice: 'leave at least one day; copy the backup that may be needed first',
  },
  {
    types: SNAPSHOTS,
    path: SNAPSHOT_DAYS,
    when: shortened,
    says: 'keeps its automatic backups for a shorter time',
    effect: 'backups that are older are deleted, and nothing brings them back',
    advice: 'copy the backup that may be needed first',
  },
  {
    types: /^aws_rds_cluster$/,
    path: /^backtrack_window$/,
    when: shortened,
    says: 'can be rewound less far',
    effect: 'what it has written before the new window can no longer be rewound',
    advice: SNAPSHOT_FIRST,
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^point_in_time_recovery\.recovery_period_in_days$/,
    when: (_, after, change) => recoveryDays(change.after) > 0 && recoveryDays(change.before) > numberIn(after),
    says: 'can be restored to fewer days back',
    effect: ({ after }) => `what lies more than ${days(recoveryDays(after))} back can no longer be restored`,
    advice: 'make a backup on demand first where the older days may be needed',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^ttl(?:\.enabled)?$/,
    when: (_, __, change) => !expires(change.before) && expires(change.after),
    says: 'deletes its items once their time is over',
    effect: (change) => `${expiry(change)} within a few days, and nothing brings them back`,
    advice: 'see what the attribute holds first',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^ttl\.attribute_name$/,
    when: (_, __, change) => expires(change.before) && expires(change.after),
    says: 'deletes its items by another attribute',
    effect: (change) => `${expiry(change)} within a few days, and nothing brings them back`,
    advice: 'see what the attribute holds first',
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
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
    effect: 'messages that are older are deleted within 15 minutes, and nothing brings them back',
    advice: 'let the readers empty it first',
  },
  {
    types: /^aws_kinesis_stream$/,
    path: /^retention_period$/,
    when: shortened,
    says: 'keeps its records for a shorter time',
    // https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
    effect: 'records that are older can no longer be read, almost at once, and nothing brings them back',
    advice: 'let the readers catch up first',
  },
  {
    types: /^aws_kinesis_video_stream$/,
    path: /^data_retention_in_hours$/,
    when: shortened,
    says: 'keeps its video for a shorter time',
    // https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/API_UpdateDataRetention.html
    effect: ({ after }) =>
      numberIn(after?.['data_retention_in_hours']) === 0
        ? 'nothing is kept any more, and what is there is deleted: video can only be watched while it arrives'
        : 'what is older is deleted, and nothing brings it back',
    advice: 'export the video that may be needed first',
  },
  {
    types: /^aws_s3_bucket_object_lock_configuration$/,
    path: /^rule\.default_retention\.(?:days|years)$|^rule(?:\.default_retention)?$/,
    when: (_, __, { before, after }) => lockedDays(before) > lockedDays(after),
    says: 'locks new objects for a shorter time',
    effect: ({ after }) =>
      `objects that are written from now on can be deleted ${lockedDays(after) === 0 ? 'at any time' : `after ${days(lockedDays(after))}`}; existing ones keep their own lock`,
    advice: 'leave it as long as the law or your contract asks for',
  },
  {
    types: /^aws_s3_bucket_object_lock_configuration$/,
    path: /^rule\.default_retention\.mode$/,
    when: (before, after) => before === 'COMPLIANCE' && after !== 'COMPLIANCE',
    says: 'locks new objects less strictly',
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
    effect:
      'whoever has s3:BypassGovernanceRetention can delete objects that are written from now on; existing ones keep their own lock',
    advice: 'leave it at COMPLIANCE where nobody may delete them',
  },
  {
    types: /^aws_cloudwatch_event_archive$/,
    path: /^retention_days$/,
    // 0 keeps events for ever.
    when: (before, after) => numberIn(after) > 0 && (numberIn(before) === 0 || shortened(before, after)),
    says: 'keeps its events for a shorter time',
    effect: 'events that are older are deleted, and nothing brings them back',
    advice: 'replay or export them first where they may be needed',
  },
  {
    types:
      /^aws_(?:cloudtrail_event_data_store|timestreamwrite_table|glacier_vault_lock|backup_vault_lock_configuration)$/,
    path: /^(?:retention_period|retention_properties\.magnetic_store_retention_period_in_days|min_retention_days)$/,
    when: shortened,
    says: 'keeps what is in it for a shorter time',
    effect: 'what is older is deleted or may be, and nothing brings it back',
    advice: 'export what may be needed first',
  },
  {
    types: /^aws_dlm_lifecycle_policy$/,
    path: /^policy_details\.schedule\.retain_rule\.(?:count|interval)$/,
    when: shortened,
    says: 'keeps fewer snapshots',
    effect: 'snapshots beyond the new number are deleted when the next one is made',
    advice: 'copy the snapshot that may be needed first',
  },
];

function days(count: unknown): string {
  return count === 1 ? '1 day' : `${numberIn(count)} days`;
}

/** 35 where it is on and nothing else is said: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html */
function recoveryDays(values: Values | undefined): number {
  if (valueAt(values, 'point_in_time_recovery.enabled') !== true) return 0;
  return numberIn(valueAt(values, 'point_in_time_recovery.recovery_period_in_days')) || 35;
}

function expires(values: Values | undefined): boolean {
  return valueAt(values, 'ttl.enabled') === true;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
function expiry({ after }: Change): string {
  return `items whose time in "${valueAt(after, 'ttl.attribute_name')}" lies in the past are deleted`;
}

function lockedDays(values: Values | undefined): number {
  const retention = valueAt(values, 'rule.default_retention');
  return numberIn(valueAt(retention, 'days')) + 365 * numberIn(valueAt(retention, 'years'));
}
