import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { BootstrapStack, bootstrapSpecs } from '../../../src/environment/bootstrap-stack';
import { loadEnvironments } from '../../../src/spec/load/load';
import { folder } from '../../support/files';
import { resource } from '../../support/stacks';
import { all, statements } from '../reading';

const BASE = 'region: eu-central-1';

test('makes the bucket of the states, which can’t be destroyed and keeps old states for 90 days', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': BASE });

  expect(resource(terraform, 'aws_s3_bucket.state_bucket')).toMatchObject({
    bucket: 'demo-terraform-state',
    lifecycle: { prevent_destroy: true },
  });
  expect(resource(terraform, 'aws_s3_bucket_versioning.state_bucket_versioning')).toMatchObject({
    versioning_configuration: { status: 'Enabled' },
  });
  expect(resource(terraform, 'aws_s3_bucket_lifecycle_configuration.state_bucket_lifecycle')['rule']).toMatchObject([
    { id: 'old-states', noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
    { id: 'abort-uploads', abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
  ]);
});

test('makes the table by which only one apply runs at a time', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\nstate: { lock_table: locks }` });

  expect(resource(terraform, 'aws_dynamodb_table.state_locks')).toEqual({
    name: 'locks',
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'LockID',
    attribute: [{ name: 'LockID', type: 'S' }],
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

test('keeps its own state in a file until it has been applied, then in the bucket it made', () => {
  const before = JSON.parse(bootstrap({ 'demo/dev.yaml': BASE }));
  const after = JSON.parse(
    bootstrap({ 'demo/dev.yaml': `${BASE}\naccount_id: "123456789012"\nstate: { bootstrapped: true }` }),
  );

  expect(before.terraform.backend).toEqual({ local: { path: '../../../terraform.demo-bootstrap.tfstate' } });
  expect(after.terraform.backend).toEqual({
    s3: {
      bucket: 'demo-terraform-state',
      key: 'demo/bootstrap/terraform.tfstate',
      region: 'eu-central-1',
      encrypt: true,
      dynamodb_table: 'demo-terraform-locks',
      use_lockfile: true,
      allowed_account_ids: ['123456789012'],
    },
  });
});

test('stands in the region of the state, tagged as the bootstrap', () => {
  const { provider } = JSON.parse(
    bootstrap({
      'demo/dev.yaml': `${BASE}\naccount_id: "123456789012"\ntags: { team: shop }\nstate: { region: eu-west-1 }`,
    }),
  );

  expect(provider.aws).toEqual([
    {
      region: 'eu-west-1',
      allowed_account_ids: ['123456789012'],
      default_tags: [
        { tags: { team: 'shop', project: 'demo', env: 'bootstrap', stack: 'demo-bootstrap', managed_by: 'terraform' } },
      ],
    },
  ]);
});

test('is one for all environments of a system in one account, bound to it', () => {
  const files = (dev: string, prod: string) => ({
    'demo/base.yaml': BASE,
    'demo/dev.yaml': `account_id: "${dev}"`,
    'demo/prod.yaml': `account_id: "${prod}"${dev === prod ? '' : '\nstate: { bucket: demo-prod-states }'}`,
  });

  expect(specs(files('111111111111', '111111111111'))).toMatchObject([
    { name: 'demo-bootstrap', accountId: '111111111111' },
  ]);
  expect(specs(files('111111111111', '222222222222'))).toMatchObject([
    { name: 'demo-bootstrap-111111111111', accountId: '111111111111', state: { bucket: 'demo-terraform-state' } },
    { name: 'demo-bootstrap-222222222222', accountId: '222222222222', state: { bucket: 'demo-prod-states' } },
  ]);
});

test('is not made for states that are local or whose bucket is there already', () => {
  expect(
    specs({ 'demo/dev.yaml': `${BASE}\nstate: local`, 'shop/dev.yaml': `${BASE}\nstate: { existing: true }` }),
  ).toEqual([]);
});

test('records nothing of the account unless asked to', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': BASE });

  for (const type of [
    'aws_cloudtrail',
    'aws_config_configuration_recorder',
    'aws_sesv2_account_suppression_attributes',
  ]) {
    expect(all(terraform, type)).toEqual({});
  }
  expect(JSON.parse(terraform)).not.toHaveProperty('data');
});

test('records who called which API in all regions, in a bucket that only this trail writes', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { cloudtrail: true }` });

  expect(resource(terraform, 'aws_cloudtrail.trail')).toEqual({
    name: 'demo',
    s3_bucket_name: '${aws_s3_bucket.trail_bucket.bucket}',
    is_multi_region_trail: true,
    include_global_service_events: true,
    enable_log_file_validation: true,
    enable_logging: true,
    cloud_watch_logs_group_arn: '${aws_cloudwatch_log_group.trail_logs.arn}:*',
    cloud_watch_logs_role_arn: '${aws_iam_role.trail_role.arn}',
    depends_on: ['aws_s3_bucket_policy.trail_bucket_policy', 'aws_iam_role_policy.trail_role_write_logs'],
  });
  const account = '${data.aws_caller_identity.account.account_id}';
  const source = { 'aws:SourceArn': `arn:aws:cloudtrail:eu-central-1:${account}:trail/demo` };
  const trail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.trail_bucket_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
    {
      ...trail,
      Sid: 'TrailChecks',
      Action: ['s3:GetBucketAcl'],
      Resource: 'aws_s3_bucket.trail_bucket.arn',
      Condition: { StringEquals: source },
    },
    {
      ...trail,
      Sid: 'TrailWrites',
      Action: ['s3:PutObject'],
      Resource: [`\${aws_s3_bucket.trail_bucket.arn}/AWSLogs/${account}/*`],
      Condition: { StringEquals: { ...source, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ]);
  expect(resource(terraform, 'aws_s3_bucket_lifecycle_configuration.trail_bucket_lifecycle')['rule']).toMatchObject([
    { transition: [{ days: 90, storage_class: 'GLACIER' }], expiration: [{ days: 365 }] },
    { id: 'abort-uploads' },
  ]);
});

test('makes the trail searchable in CloudWatch Logs', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { cloudtrail: true }` });

  expect(resource(terraform, 'aws_cloudwatch_log_group.trail_logs')).toEqual({
    name: '/cloudtrail/demo',
    retention_in_days: 90,
  });
  expect(statements(resource(terraform, 'aws_iam_role.trail_role')['assume_role_policy'])).toMatchObject([
    { Principal: { Service: ['cloudtrail.amazonaws.com'] } },
  ]);
  expect(statements(resource(terraform, 'aws_iam_role_policy.trail_role_write_logs')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: ['${aws_cloudwatch_log_group.trail_logs.arn}:*'],
    },
  ]);
});

test('records what every resource looked like, once there is somewhere to deliver to', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { config: true }` });

  expect(resource(terraform, 'aws_config_configuration_recorder.config')).toEqual({
    name: 'demo',
    role_arn: '${aws_iam_role.config_role.arn}',
    recording_group: { all_supported: true, include_global_resource_types: true },
  });
  expect(resource(terraform, 'aws_config_delivery_channel.config_channel')).toMatchObject({
    s3_bucket_name: '${aws_s3_bucket.config_bucket.bucket}',
    depends_on: ['aws_config_configuration_recorder.config'],
  });
  expect(resource(terraform, 'aws_config_configuration_recorder_status.config_status')).toMatchObject({
    is_enabled: true,
    depends_on: ['aws_config_delivery_channel.config_channel'],
  });
  expect(resource(terraform, 'aws_s3_bucket_versioning.config_bucket_versioning')).toMatchObject({
    versioning_configuration: { status: 'Enabled' },
  });
  expect(resource(terraform, 'aws_s3_bucket_lifecycle_configuration.config_bucket_lifecycle')['rule']).toMatchObject([
    { id: 'old-records', expiration: [{ days: 365 }] },
    { id: 'abort-uploads' },
  ]);
  expect(resource(terraform, 'aws_iam_role_policy_attachment.config_read')).toMatchObject({
    policy_arn: 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole',
  });
  expect(statements(resource(terraform, 'aws_iam_role_policy.config_role_deliver')['policy'])).toMatchObject([
    {
      Action: ['s3:PutObject'],
      Resource: ['${aws_s3_bucket.config_bucket.arn}/AWSLogs/${data.aws_caller_identity.account.account_id}/*'],
    },
    { Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: ['aws_s3_bucket.config_bucket.arn'] },
  ]);
});

test('stops sending to addresses that bounce', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { ses_suppression: [BOUNCE] }` });

  expect(resource(terraform, 'aws_sesv2_account_suppression_attributes.ses_suppression')).toEqual({
    suppressed_reasons: ['BOUNCE'],
  });
});

test('lets GitHub’s workflows sign in, for AWS alone, where asked to', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { github_oidc: true }` });

  expect(resource(terraform, 'aws_iam_openid_connect_provider.github')).toEqual({
    url: 'https://token.actions.githubusercontent.com',
    client_id_list: ['sts.amazonaws.com'],
  });
  expect(all(bootstrap({ 'demo/dev.yaml': BASE }), 'aws_iam_openid_connect_provider')).toEqual({});
});

test('divides the bill by the tags that the file names, and by none unasked', () => {
  const terraform = bootstrap({ 'demo/dev.yaml': `${BASE}\naccount: { cost_allocation_tags: [stack, cost-center] }` });

  expect(all(terraform, 'aws_ce_cost_allocation_tag')).toEqual({
    cost_tag_stack: { tag_key: 'stack', status: 'Active' },
    cost_tag_cost_center: { tag_key: 'cost-center', status: 'Active' },
  });
  expect(all(bootstrap({ 'demo/dev.yaml': BASE }), 'aws_ce_cost_allocation_tag')).toEqual({});
});

function specs(files: Record<string, string>) {
  return bootstrapSpecs(loadEnvironments([folder(files)]).map(({ spec }) => spec));
}

function bootstrap(files: Record<string, string>): string {
  const [spec] = specs(files);
  if (!spec) throw new Error('there is nothing to bootstrap');
  return Testing.synth(new BootstrapStack(Testing.app({ stackTraces: false }), spec));
}
