import { type Values, valueAt } from '../../../graph/values';

/** What holds nothing itself, and keeps the data of others. */
export interface Keeper {
  /** What is no longer done once it is destroyed. */
  readonly effect: string;

  /** Goes on from its name, where "is destroyed" would say less. */
  readonly says?: string;

  /** Whether it keeps anything as it is set up; each does, when this is not told. */
  readonly when?: (before: Values) => boolean;
}

/** What holds nothing itself, and keeps the data of others. */
export const keepers: Readonly<Record<string, Keeper>> = {
  aws_s3_bucket_versioning: {
    says: 'is suspended',
    effect: 'from now on an object that is overwritten or deleted is gone; existing versions stay',
    when: (before) => valueAt(before, 'versioning_configuration.status') === 'Enabled',
  },
  aws_s3_bucket_replication_configuration: { effect: 'new objects are no longer copied; existing copies stay' },
  aws_s3_bucket_object_lock_configuration: {
    effect: 'new objects are locked no longer, and can be deleted by whoever may; those that are locked stay locked',
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    effect: 'new objects are encrypted with a key of S3 instead of yours; existing ones keep theirs',
    // Every bucket encrypts with S3's own key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
    when: (before) =>
      String(valueAt(before, 'rule.apply_server_side_encryption_by_default.sse_algorithm')).startsWith('aws:kms'),
  },
  aws_backup_plan: { effect: 'it makes no new backups; existing ones stay until they expire' },
  aws_backup_selection: { effect: 'what it chose gets no new backups; existing ones stay until they expire' },
  aws_backup_vault_lock_configuration: { effect: 'backups can be deleted by whoever may' },
  aws_backup_vault_policy: { effect: 'backups can be deleted by whoever may' },
  aws_efs_backup_policy: {
    says: 'is switched off',
    effect: 'AWS Backup makes no new backups of the file system; existing ones stay until they expire',
    when: (before) => valueAt(before, 'backup_policy.status') === 'ENABLED',
  },
  aws_efs_replication_configuration: { effect: 'the copy stays as it is now, and is no longer kept up to date' },
  aws_ecr_replication_configuration: { effect: 'new images are no longer copied; existing copies stay' },
  aws_dlm_lifecycle_policy: { effect: 'no new snapshots are made; existing ones stay' },
  aws_redshift_snapshot_schedule: { effect: 'no new snapshots are made by it' },
  aws_redshift_snapshot_schedule_association: { effect: 'no new snapshots are made by it' },
  aws_sqs_queue_redrive_policy: {
    effect: "what can't be handled is tried until its retention ends, and is gone then",
  },
  aws_lambda_function_event_invoke_config: {
    effect: 'events of asynchronous calls that fail are dropped after two more tries',
    when: (before) => valueAt(before, 'destination_config.on_failure.destination') !== undefined,
  },
  aws_dynamodb_kinesis_streaming_destination: { effect: 'changes are no longer written to the stream' },
  aws_cloudwatch_log_subscription_filter: { effect: 'new logs are no longer sent to where it sent them' },
  aws_glacier_vault_lock: { effect: 'archives can be deleted by whoever may' },
};
