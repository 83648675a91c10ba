import { bucket, fileSystem, parameter, parametersByPath, secret, userPool } from './scopes';
import { actionTable } from './table';

/** Buckets, files, secrets and users. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const dataActions = actionTable({
  aws_s3_bucket: {
    read: 's3: ListBucket GetBucketLocation GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetAccelerateConfiguration GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration',
    manage: 's3: CreateBucket DeleteBucket PutBucketTagging',
    on: bucket,
  },
  aws_s3_bucket_cors_configuration: { read: 's3: GetBucketCORS', manage: 's3: PutBucketCORS', on: bucket },
  aws_s3_bucket_lifecycle_configuration: {
    read: 's3: GetLifecycleConfiguration',
    manage: 's3: PutLifecycleConfiguration',
    on: bucket,
  },
  aws_s3_bucket_logging: { read: 's3: GetBucketLogging', manage: 's3: PutBucketLogging', on: bucket },
  aws_s3_bucket_ownership_controls: {
    read: 's3: GetBucketOwnershipControls',
    manage: 's3: PutBucketOwnershipControls',
    on: bucket,
  },
  aws_s3_bucket_policy: { read: 's3: GetBucketPolicy', manage: 's3: PutBucketPolicy DeleteBucketPolicy', on: bucket },
  aws_s3_bucket_public_access_block: {
    read: 's3: GetBucketPublicAccessBlock',
    manage: 's3: PutBucketPublicAccessBlock',
    on: bucket,
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    read: 's3: GetEncryptionConfiguration',
    manage: 's3: PutEncryptionConfiguration',
    on: bucket,
  },
  aws_s3_bucket_versioning: { read: 's3: GetBucketVersioning', manage: 's3: PutBucketVersioning', on: bucket },
  aws_efs_file_system: {
    read: 'elasticfilesystem: DescribeFileSystems DescribeLifecycleConfiguration ListTagsForResource',
    manage:
      'elasticfilesystem: CreateFileSystem UpdateFileSystem UpdateFileSystemProtection DeleteFileSystem PutLifecycleConfiguration TagResource UntagResource',
    on: fileSystem,
    linked: 'elasticfilesystem.amazonaws.com',
  },
  aws_efs_access_point: {
    read: 'elasticfilesystem: DescribeAccessPoints ListTagsForResource',
    manage: 'elasticfilesystem: CreateAccessPoint DeleteAccessPoint TagResource UntagResource',
    on: fileSystem,
  },
  aws_efs_backup_policy: {
    read: 'elasticfilesystem: DescribeBackupPolicy',
    manage: 'elasticfilesystem: PutBackupPolicy',
    on: fileSystem,
  },
  aws_efs_file_system_policy: {
    read: 'elasticfilesystem: DescribeFileSystemPolicy',
    manage: 'elasticfilesystem: PutFileSystemPolicy DeleteFileSystemPolicy',
    on: fileSystem,
  },
  aws_efs_mount_target: {
    read: 'elasticfilesystem: DescribeMountTargets DescribeMountTargetSecurityGroups ec2: DescribeSubnets DescribeNetworkInterfaces',
    manage: 'elasticfilesystem: CreateMountTarget DeleteMountTarget ModifyMountTargetSecurityGroups',
    on: fileSystem,
    // EFS makes the interface in the name of the caller, and without tags.
    anywhere: 'ec2: CreateNetworkInterface DeleteNetworkInterface ModifyNetworkInterfaceAttribute',
  },
  aws_secretsmanager_secret: {
    read: 'secretsmanager: DescribeSecret GetResourcePolicy',
    manage: 'secretsmanager: CreateSecret UpdateSecret DeleteSecret RestoreSecret TagResource UntagResource',
    on: secret,
  },
  // The provider reads the value also of a write-only one, and keeps it out of the state.
  aws_secretsmanager_secret_version: {
    read: 'secretsmanager: DescribeSecret',
    open: 'secretsmanager: GetSecretValue',
    manage: 'secretsmanager: PutSecretValue UpdateSecretVersionStage',
    on: secret,
  },
  aws_secretsmanager_secret_rotation: {
    read: 'secretsmanager: DescribeSecret',
    manage: 'secretsmanager: RotateSecret CancelRotateSecret',
    on: secret,
  },
  aws_ssm_parameter: {
    read: 'ssm: DescribeParameters ListTagsForResource',
    open: 'ssm: GetParameter GetParameters',
    manage: 'ssm: PutParameter DeleteParameter AddTagsToResource RemoveTagsFromResource',
    on: parameter,
  },
  aws_cognito_user_pool: {
    read: 'cognito-idp: DescribeUserPool GetUserPoolMfaConfig ListTagsForResource',
    manage:
      'cognito-idp: CreateUserPool UpdateUserPool AddCustomAttributes SetUserPoolMfaConfig DeleteUserPool TagResource UntagResource',
    on: userPool,
    linked: 'email.cognito-idp.amazonaws.com',
  },
  aws_cognito_user_pool_client: {
    read: 'cognito-idp: DescribeUserPoolClient',
    manage: 'cognito-idp: CreateUserPoolClient UpdateUserPoolClient DeleteUserPoolClient',
    on: userPool,
  },
  aws_cognito_user_pool_domain: {
    read: 'cognito-idp: DescribeUserPoolDomain',
    manage: 'cognito-idp: CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain',
    on: userPool,
  },
  aws_cognito_user_group: {
    read: 'cognito-idp: GetGroup',
    manage: 'cognito-idp: CreateGroup UpdateGroup DeleteGroup',
    on: userPool,
  },
  'data.aws_cognito_user_pool': { read: 'cognito-idp: DescribeUserPool' },
  'data.aws_s3_bucket': { read: 's3: ListBucket GetBucketLocation' },
  'data.aws_secretsmanager_secret': { read: 'secretsmanager: DescribeSecret GetResourcePolicy' },
  'data.aws_ssm_parameters_by_path': { open: 'ssm: GetParametersByPath', on: parametersByPath },
  'ephemeral.aws_ssm_parameter': { open: 'ssm: GetParameter', on: parameter },
});
