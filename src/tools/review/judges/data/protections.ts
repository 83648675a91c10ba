import { isMap, type Values, valueAt, valuesAt } from '../../../graph/values';
import { isEmpty } from '../../meaning';
import { type AttributeRule, numberIn, shortened, switchedOff, switchedOn, wasSet } from '../attribute-rule';
import { isRarer } from './schedules';

const NOT_YET = 'nothing is lost yet';
const LEAVE_ON = 'leave it on, unless the next step is to delete it on purpose';
const LEAVE_OFF = 'leave it off, unless the next step is to delete it on purpose';

/** What protects data, and is switched off or taken away in place. */
export const protections: readonly AttributeRule[] = [
  {
    path: /^(?:deletion_protection|deletion_protection_enabled|termination_protection|termination_protection_enabled|disable_api_termination)$/,
    when: switchedOff,
    types: /^(?!aws_(?:lb|alb)$)/,
    says: 'loses its deletion protection',
    effect: `${NOT_YET}, but AWS no longer refuses the next plan that destroys or replaces it`,
    advice: LEAVE_ON,
  },
  {
    path: /^skip_final_snapshot$/,
    when: switchedOn,
    says: 'will go without a final snapshot',
    effect: `${NOT_YET}, but once it is destroyed or replaced, no final snapshot brings its data back`,
    advice: LEAVE_OFF,
  },
  {
    // A database without this name is not destroyed at all, unless skip_final_snapshot is on, which is told by itself.
    types: /^aws_(?:elasticache_\w+|memorydb_cluster)$/,
    path: /^final_snapshot_(?:identifier|name)$/,
    when: (before, after) => wasSet(before) && !wasSet(after),
    says: 'will go without a final snapshot',
    effect: `${NOT_YET}, but once it is destroyed or replaced, no final snapshot brings its data back`,
    advice: 'keep the name',
  },
  {
    path: /^delete_automated_backups$/,
    when: switchedOn,
    says: 'will take its automated backups along',
    effect: `${NOT_YET}, but once it is destroyed or replaced, its automated backups go with it`,
    advice: LEAVE_OFF,
  },
  {
    path: /^(?:force_destroy|force_delete|force_delete_on_destroy)$/,
    types: /bucket|repository|backup_vault|route53_zone|table|database|archive|user$/,
    when: switchedOn,
    says: 'may be destroyed with everything in it',
    effect: `${NOT_YET}, but a plan that destroys or replaces it deletes what is in it, where AWS would have refused`,
    advice: LEAVE_OFF,
  },
  {
    types: /^aws_(?:instance|launch_template)$/,
    path: /^(?:root_block_device|ebs_block_device|block_device_mappings\.ebs)\.delete_on_termination$/,
    when: switchedOn,
    says: 'will take a volume along',
    effect: `${NOT_YET}, but once it is destroyed or replaced, the volume and what is on it go with it`,
    advice: LEAVE_OFF,
  },
  {
    types: /^aws_s3_bucket(?:_versioning)?$/,
    path: /^versioning(?:_configuration)?\.(?:status|enabled)$/,
    when: switchedOff,
    says: 'is suspended',
    effect: 'from now on an object that is overwritten or deleted is gone; existing versions stay',
    advice: 'leave it on; a lifecycle rule that expires old versions keeps the cost down',
  },
  {
    types: /^aws_s3_bucket(?:_versioning)?$/,
    path: /^versioning(?:_configuration)?\.mfa_delete$/,
    when: switchedOff,
    says: 'asks for no second factor any more before a version is deleted',
    effect: `${NOT_YET}, but whoever may delete versions can delete them for good`,
    advice: 'leave it on',
  },
  {
    types: /^aws_s3_bucket_replication_configuration$/,
    path: /^rule(?:\.status)?$/,
    when: (before, after) => switchedOff(before, after) || (isMap(before) && isEmpty(after)),
    says: 'no longer copies what a rule covered',
    effect: 'new objects are no longer copied; existing copies stay',
    advice: 'keep the rule for as long as the copies are needed',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^point_in_time_recovery(?:\.enabled)?$/,
    when: (before, after) => hasRecovery(before) && !hasRecovery(after),
    says: 'loses its point-in-time recovery',
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
    effect: 'it can no longer be restored to any earlier moment; on again, its recovery begins anew from then on',
    advice: 'leave it on, or make a backup on demand first',
  },
  {
    types: /^aws_keyspaces_table$/,
    path: /^point_in_time_recovery(?:\.status)?$/,
    when: (_, __, { before, after }) =>
      switchedOff(valueAt(before, 'point_in_time_recovery.status'), valueAt(after, 'point_in_time_recovery.status')),
    says: 'loses its point-in-time recovery',
    // https://docs.aws.amazon.com/keyspaces/latest/devguide/PointInTimeRecovery_HowItWorks.html
    effect: 'it can no longer be restored to any earlier moment; on again, its recovery begins anew from then on',
    advice: 'leave it on, or restore it into another table first',
  },
  {
    types: /^aws_dynamodb_table$/,
    path: /^replica$/,
    when: (before) => isMap(before),
    says: 'loses a replica',
    effect: 'the copy in that region is deleted; those in other regions stay',
    advice: 'see that nothing reads or writes it there any more',
  },
  {
    types: /^aws_sqs_queue$|^aws_sqs_queue_redrive_policy$|^aws_lambda_function$|^aws_sns_topic_subscription$/,
    path: /^(?:redrive_policy|dead_letter_config)$/,
    when: (before, after) => !isEmpty(before) && isEmpty(after),
    says: 'loses its dead-letter queue',
    effect: "what can't be handled is tried until its retention or its tries end, and is gone then",
    advice: 'keep it: it is where one sees what has failed',
  },
  {
    types: /^aws_lambda_event_source_mapping$/,
    path: /^filter_criteria(?:\.|$)/,
    when: (_, __, { after }) => valuesAt(after, 'filter_criteria.filter').length > 0,
    says: 'handles only what its filter lets through',
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
    effect: 'what does not match is dropped: from a queue it is deleted, of a stream it is passed over',
    advice: 'see first that all that has to be handled matches',
  },
  {
    types: /^aws_efs_backup_policy$|^aws_efs_file_system$/,
    path: /^backup_policy\.status$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'AWS Backup makes no new backups of the file system; existing ones stay until they expire',
    advice: 'leave it on',
  },
  {
    types: /^aws_dlm_lifecycle_policy$/,
    path: /^state$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'new snapshots are no longer made, and old ones no longer deleted',
    advice: 'leave it on',
  },
  {
    types: /^aws_(?:kms_key|secretsmanager_secret)$/,
    path: /^(?:deletion_window_in_days|recovery_window_in_days)$/,
    when: (_, after) => after === 0,
    says: 'can no longer be brought back once it is destroyed',
    effect: `${NOT_YET}, but once it is destroyed or replaced, its value is gone at once`,
    advice: 'leave at least 7 days, unless the next step is to delete it on purpose',
  },
  {
    types: /^aws_(?:kms_key|secretsmanager_secret)$/,
    path: /^(?:deletion_window_in_days|recovery_window_in_days)$/,
    when: shortened,
    says: 'can be brought back for a shorter time once it is destroyed',
    effect: NOT_YET,
    advice: 'leave the time as it was, unless the next step is to delete it on purpose',
  },
  {
    types: /^aws_backup_plan$/,
    path: /^rule\.schedule$/,
    when: isRarer,
    says: 'makes its backups more rarely',
    effect:
      'more time lies between two backups: what is written after the last one is gone once it has to be restored; existing ones keep their own end',
    advice: 'compare how much may be lost at most with the time between two backups',
  },
  {
    types: /^aws_backup_plan$/,
    path: /^rule(?:\.|$)/,
    when: (before, after, change) => backsUpLess(before, after, change.before, change.after),
    says: 'keeps fewer backups',
    effect: 'backups that are made from now on are kept as the new plan says; existing ones keep their own end',
    advice: 'compare how far back you have to be able to go with what the new plan keeps',
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
    advice: 'keep tags immutable, and push under new ones',
  },
];

function hasRecovery(value: unknown): boolean {
  return value === true || (isMap(value) && value['enabled'] === true);
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
