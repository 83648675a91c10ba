import type { Change } from '../../change';
import { type AttributeRule, switchedOff, wasSet } from '../attribute-rule';

const BOTH_KEYS = 'keep the old key until everything is written anew, and let all readers use both';

/** What is encrypted with another key, or with one that is switched off. */
export const encryption: readonly AttributeRule[] = [
  {
    types: /^aws_kms_key$/,
    path: /^is_enabled$/,
    when: switchedOff,
    says: 'is switched off',
    effect: 'what is encrypted with it can be neither read nor written until it is on again',
    advice: 'leave it on',
  },
  {
    types: /^aws_s3_bucket_server_side_encryption_configuration$/,
    path: /\.(?:kms_master_key_id|sse_algorithm)$/,
    when: (before, after) => wasSet(before) && !sameKey(before, after),
    says: 'takes another key',
    effect:
      'objects that are written from now on take the new key; existing ones can be read only for as long as the old one lives',
    advice: BOTH_KEYS,
  },
  {
    types: /^(?!aws_(?:ecs_cluster|lambda_function|cloudtrail|flow_log|codebuild_project|cloudwatch_event_bus)$)/,
    path: /^(?:kms_key_id|kms_key_arn|kms_master_key_id|performance_insights_kms_key_id|master_user_secret_kms_key_id|kms_key|encryption_key|key_id|server_side_encryption\.kms_key_arn|encryption_configuration\.kms_key(?:_id)?)$|\.(?:kms_master_key_id|sse_algorithm)$/,
    when: (before, after, change) => wasSet(before) && !sameKey(before, after) && staysEncrypted(change),
    says: 'is encrypted with another key',
    effect:
      'what is there stays encrypted with the old key and can be read only for as long as that key lives; whoever reads needs both keys',
    advice: BOTH_KEYS,
  },
  {
    types: /^aws_kms_alias$/,
    path: /^target_key_(?:id|arn)$/,
    says: 'stands for another key',
    effect: 'what is there stays encrypted with the old key; what is written from now on takes the new one',
    advice: BOTH_KEYS,
  },
];

/** A parameter that is plain from now on needs no key: that it is plain is told by itself. */
function staysEncrypted({ type, after }: Change): boolean {
  return type !== 'aws_ssm_parameter' || after?.['type'] === 'SecureString';
}

/** A key's id, its ARN and the ARN with a region of its own name the same key. */
function sameKey(before: unknown, after: unknown): boolean {
  if (typeof before !== 'string' || typeof after !== 'string' || after === '') return before === after;
  return before.endsWith(`/${after}`) || after.endsWith(`/${before}`);
}
