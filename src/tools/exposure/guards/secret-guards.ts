import { textsAt, valueAt, valuesAt } from '../../graph/values';
import { becomes, type Guard, gone, off, on, smaller, was } from './guard';

const READABLE = 'whoever gets at the disk, a copy or a backup reads it';
const KEEP = 'leave it as it was';

const encryption = (types: RegExp, path: string): Guard => ({
  types,
  path,
  weaker: off(path),
  says: 'keeps its data unencrypted',
  effect: READABLE,
  advice: KEEP,
});

/** Encryption, and what keeps credentials from those whom they are not for. */
export const secretGuards: readonly Guard[] = [
  encryption(/^aws_(?:db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/, 'storage_encrypted'),
  encryption(/^aws_(?:efs_file_system|ebs_volume|redshift_cluster|fsx_\w+)$/, 'encrypted'),
  encryption(/^aws_elasticache_replication_group$/, 'at_rest_encryption_enabled'),
  encryption(/^aws_(?:opensearch|elasticsearch)_domain$/, 'encrypt_at_rest.enabled'),
  encryption(/^aws_instance$/, 'root_block_device.encrypted'),
  encryption(/^aws_launch_template$/, 'block_device_mappings.ebs.encrypted'),
  encryption(/^aws_ebs_encryption_by_default$/, 'enabled'),
  {
    types: /^aws_sqs_queue$/,
    path: 'sqs_managed_sse_enabled',
    weaker: (before, after) => (isOnOrKey(before) ? !isOnOrKey(after) : false),
    says: 'keeps its messages unencrypted',
    effect: READABLE,
    advice: KEEP,
  },
  {
    types: /^aws_sns_topic$|^aws_cloudtrail$/,
    path: 'kms_master_key_id',
    weaker: (before, after) => gone('kms_master_key_id')(before, after) || gone('kms_key_id')(before, after),
    says: 'is no longer encrypted with a key of its own',
    effect: READABLE,
    advice: KEEP,
  },
  {
    types: /^aws_kinesis_stream$/,
    path: 'encryption_type',
    weaker: was('encryption_type', 'KMS'),
    says: 'keeps its data unencrypted',
    effect: READABLE,
    advice: KEEP,
  },
  {
    types: /^aws_kms_key$/,
    path: 'enable_key_rotation',
    weaker: off('enable_key_rotation'),
    says: 'is no longer rotated',
    effect: 'a key that got out stays of use',
    advice: KEEP,
  },
  {
    types: /^aws_(?:instance|launch_template|launch_configuration)$/,
    path: 'metadata_options.http_tokens',
    weaker: becomes('metadata_options.http_tokens', 'optional'),
    says: 'hands out its credentials without a token (IMDSv1)',
    effect: 'a server that can be made to fetch a URL gives its role away',
    advice: 'http_tokens = "required"',
  },
  {
    types: /^aws_ecr_repository$/,
    path: 'image_tag_mutability',
    weaker: was('image_tag_mutability', 'IMMUTABLE'),
    says: 'lets tags be overwritten',
    effect: 'whoever may push puts other code under a tag that runs already',
    advice: 'keep tags immutable, and push under new ones',
  },
  {
    types: /^aws_ecr_repository$/,
    path: 'image_scanning_configuration.scan_on_push',
    weaker: off('image_scanning_configuration.scan_on_push'),
    says: 'no longer scans what is pushed',
    effect: 'known holes in images are found by others first',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: 'mfa_configuration',
    weaker: (before, after) => mfa(after) < mfa(before),
    says: 'asks for no second factor any more where it did',
    effect: 'a password alone is enough',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: 'password_policy.minimum_length',
    weaker: smaller('password_policy.minimum_length'),
    says: 'takes shorter passwords',
    effect: 'they are guessed sooner',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool$/,
    path: 'user_pool_add_ons.advanced_security_mode',
    weaker: (before, after) => security(after) < security(before),
    says: 'no longer stops logins that look stolen',
    effect: 'passwords that leaked elsewhere work here',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool_client$/,
    path: 'prevent_user_existence_errors',
    weaker: was('prevent_user_existence_errors', 'ENABLED'),
    says: 'tells whether somebody has an account',
    effect: 'accounts can be listed by trying',
    advice: KEEP,
  },
  {
    types: /^aws_cognito_user_pool_client$/,
    path: 'enable_token_revocation',
    weaker: off('enable_token_revocation'),
    says: 'can no longer take tokens back',
    effect: 'a stolen token works until it ends',
    advice: KEEP,
  },
  {
    types: /^aws_iam_account_password_policy$/,
    path: 'minimum_password_length',
    weaker: smaller('minimum_password_length'),
    says: 'takes shorter passwords',
    effect: 'they are guessed sooner',
    advice: KEEP,
  },
  {
    types: /^aws_ecs_service$/,
    path: 'enable_execute_command',
    weaker: on('enable_execute_command'),
    says: 'lets people run commands inside of its containers',
    effect: 'whoever may call ecs:ExecuteCommand has what the containers have',
    advice: 'switch it on for as long as it is needed',
  },
  {
    types: /^aws_ecs_task_definition$/,
    path: 'container_definitions',
    weaker: (before, after) => privileged(after) && !privileged(before),
    says: 'runs a privileged container',
    effect: 'who breaks into it holds the machine',
    advice: KEEP,
  },
  {
    types: /^aws_elasticache_user$|^aws_memorydb_user$/,
    path: 'no_password_required',
    weaker: (before, after) =>
      on('no_password_required')(before, after) && /^on\b/.test(String(after['access_string'])),
    says: 'signs in without a password',
    effect: 'whoever reaches the cache reads it',
    advice: KEEP,
  },
  {
    types: /^aws_elasticache_(?:replication_group|serverless_cache)$/,
    path: 'user_group_ids',
    weaker: (before, after) => users(before).length > 0 && users(after).length === 0,
    says: 'asks nobody any more who they are',
    effect: 'whoever reaches the cache reads it',
    advice: KEEP,
  },
  {
    types: /^aws_memorydb_cluster$/,
    path: 'acl_name',
    weaker: becomes('acl_name', 'open-access'),
    says: 'asks nobody any more who they are',
    effect: 'whoever reaches it reads it',
    advice: KEEP,
  },
  {
    types: /^aws_iam_(?:role|user)$/,
    path: 'permissions_boundary',
    weaker: gone('permissions_boundary'),
    says: 'has no permissions boundary any more',
    effect: 'all that its policies allow works, and what it gives itself as well',
    advice: KEEP,
  },
  {
    types: /^aws_msk_cluster$/,
    path: 'client_authentication.unauthenticated',
    weaker: on('client_authentication.unauthenticated'),
    says: 'takes clients that do not sign in',
    effect: 'whoever reaches it reads it',
    advice: KEEP,
  },
  {
    types: /^aws_opensearch_domain$/,
    path: 'advanced_security_options.enabled',
    weaker: off('advanced_security_options.enabled'),
    says: 'has no users of its own any more',
    effect: 'its policy alone decides who reads it',
    advice: KEEP,
  },
  {
    types: /^aws_db_instance$|^aws_rds_cluster$/,
    path: 'iam_database_authentication_enabled',
    weaker: off('iam_database_authentication_enabled'),
    says: 'takes no short-lived passwords of IAM any more',
    effect: 'users need passwords that stay',
    advice: KEEP,
  },
];

type Values = Readonly<Record<string, unknown>>;

function isOnOrKey(values: Values): boolean {
  return (
    values['sqs_managed_sse_enabled'] !== false ||
    (typeof values['kms_master_key_id'] === 'string' && values['kms_master_key_id'] !== '')
  );
}

function users(values: Values): readonly string[] {
  return ['user_group_ids', 'user_group_id'].flatMap((key) => textsAt(values, key)).filter((one) => one !== '');
}

function mfa(values: Values): number {
  return ['OFF', 'OPTIONAL', 'ON'].indexOf(String(valueAt(values, 'mfa_configuration') ?? 'OFF'));
}

function security(values: Values): number {
  return ['OFF', 'AUDIT', 'ENFORCED'].indexOf(textsAt(values, 'user_pool_add_ons.advanced_security_mode')[0] ?? 'OFF');
}

function privileged(values: Values): boolean {
  return valuesAt(values, 'container_definitions').some((text) => /"privileged"\s*:\s*true/.test(String(text)));
}
