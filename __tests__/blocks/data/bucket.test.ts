import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

const BUCKET = '${aws_s3_bucket.bucket_media.id}';

test('is private in every way that S3 knows, encrypted and versioned', () => {
  const terraform = buckets('[{ name: media }]');

  expect(resource(terraform, 'aws_s3_bucket.bucket_media')).toEqual({
    bucket: 'demo-media-dev',
    force_destroy: false,
    tags: { Name: 'demo-media-dev' },
    lifecycle: { prevent_destroy: true },
  });
  expect(resource(terraform, 'aws_s3_bucket_public_access_block.bucket_media_public_access')).toEqual({
    bucket: BUCKET,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(resource(terraform, 'aws_s3_bucket_ownership_controls.bucket_media_ownership')).toEqual({
    bucket: BUCKET,
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
  expect(resource(terraform, 'aws_s3_bucket_server_side_encryption_configuration.bucket_media_encryption')).toEqual({
    bucket: BUCKET,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
  expect(resource(terraform, 'aws_s3_bucket_versioning.bucket_media_versioning')).toEqual({
    bucket: BUCKET,
    versioning_configuration: { status: 'Enabled' },
  });
});

test('takes its settings from the file', () => {
  const terraform = buckets(
    '[{ name: media, bucket_name: shop-media, versioning: false, abort_uploads_after_days: 2 }]',
    'protect: false',
  );

  expect(resource(terraform, 'aws_s3_bucket.bucket_media')).toMatchObject({
    bucket: 'shop-media',
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(all(terraform, 'aws_s3_bucket_versioning')).not.toHaveProperty('bucket_media_versioning');
  expect(resource(terraform, 'aws_s3_bucket_lifecycle_configuration.bucket_media_lifecycle')['rule']).toMatchObject([
    { abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }] },
  ]);
});

test('refuses requests without TLS, once it is closed to the public', () => {
  const policy = resource(buckets('[{ name: media }]'), 'aws_s3_bucket_policy.bucket_media_policy');

  expect(policy).toMatchObject({
    bucket: BUCKET,
    depends_on: ['aws_s3_bucket_public_access_block.bucket_media_public_access'],
  });
  expect(statements(policy['policy'])).toEqual([
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: ['aws_s3_bucket.bucket_media.arn', '${aws_s3_bucket.bucket_media.arn}/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('lets anybody read a public bucket, and neither list it nor write', () => {
  const terraform = buckets('[{ name: media, public: true }]');

  expect(resource(terraform, 'aws_s3_bucket_public_access_block.bucket_media_public_access')).toEqual({
    bucket: BUCKET,
    block_public_acls: true,
    block_public_policy: false,
    ignore_public_acls: true,
    restrict_public_buckets: false,
  });
  expect(resource(terraform, 'aws_s3_bucket_ownership_controls.bucket_media_ownership')).toMatchObject({
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_media_policy')['policy'])).toEqual([
    expect.objectContaining({ Sid: 'TlsOnly', Effect: 'Deny' }),
    {
      Sid: 'AnybodyReads',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['s3:GetObject'],
      Resource: ['${aws_s3_bucket.bucket_media.arn}/*'],
    },
  ]);
});

test('lets pages of any origin read a public bucket, and of those that the file names do what it says', () => {
  expect(
    all(buckets('[{ name: media }, { name: open, public: true, cors_rules: [] }]'), 'aws_s3_bucket_cors_configuration'),
  ).toEqual({});
  expect(
    all(
      buckets(`
  - { name: media, public: true }
  - name: uploads
    cors_rules:
      - { allowed_methods: [PUT], allowed_origins: ["https://*.example.com"], allowed_headers: [content-type], expose_headers: [ETag], max_age_seconds: 60 }
`),
      'aws_s3_bucket_cors_configuration',
    ),
  ).toEqual({
    bucket_media_cors: {
      bucket: BUCKET,
      cors_rule: [
        {
          allowed_methods: ['GET', 'HEAD'],
          allowed_origins: ['*'],
          allowed_headers: ['*'],
          expose_headers: [],
          max_age_seconds: 3600,
        },
      ],
    },
    bucket_uploads_cors: {
      bucket: '${aws_s3_bucket.bucket_uploads.id}',
      cors_rule: [
        {
          allowed_methods: ['PUT'],
          allowed_origins: ['https://*.example.com'],
          allowed_headers: ['content-type'],
          expose_headers: ['ETag'],
          max_age_seconds: 60,
        },
      ],
    },
  });
});

test('moves and deletes objects by its lifecycle rules, and always the rests of uploads', () => {
  const terraform = buckets(`
  - name: media
    lifecycle:
      - { name: archive, prefix: backups/, standard_ia_after_days: 30, glacier_after_days: 90, expire_after_days: 365 }
      - { name: old-versions, expire_old_versions_after_days: 60 }
`);

  expect(resource(terraform, 'aws_s3_bucket_lifecycle_configuration.bucket_media_lifecycle')).toEqual({
    bucket: BUCKET,
    rule: [
      {
        id: 'archive',
        status: 'Enabled',
        filter: [{ prefix: 'backups/' }],
        transition: [
          { days: 30, storage_class: 'STANDARD_IA' },
          { days: 90, storage_class: 'GLACIER' },
        ],
        expiration: [{ days: 365 }],
        noncurrent_version_expiration: [],
      },
      {
        id: 'old-versions',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        transition: [],
        expiration: [],
        noncurrent_version_expiration: [{ noncurrent_days: 60 }],
      },
      {
        id: 'abort-uploads',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ],
    depends_on: ['aws_s3_bucket_versioning.bucket_media_versioning'],
  });
});

test('lets what uses it read, write and list, and tells it the name', () => {
  const terraform = buckets('[{ name: user-uploads }]', 'workload: {}');

  expect(
    statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_use_bucket_user_uploads')['policy']),
  ).toEqual([
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      Resource: ['${aws_s3_bucket.bucket_user_uploads.arn}/*'],
    },
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['aws_s3_bucket.bucket_user_uploads.arn'] },
  ]);
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toEqual([
    { name: 'USER_UPLOADS_BUCKET', value: 'aws_s3_bucket.bucket_user_uploads.bucket' },
  ]);
});

test('keeps a renamed bucket, with the name that it has in AWS', () => {
  const terraform = buckets('[{ name: media, was: files }]');

  expect(resource(terraform, 'aws_s3_bucket.bucket_media')).toMatchObject({ bucket: 'demo-files-dev' });
  expect(JSON.parse(terraform).moved).toContainEqual({
    from: 'aws_s3_bucket.bucket_files',
    to: 'aws_s3_bucket.bucket_media',
  });
  expect(JSON.parse(terraform).moved).toHaveLength(
    Object.values(JSON.parse(terraform).resource)
      .flatMap((type) => Object.keys(type as object))
      .filter((name) => name.startsWith('bucket_media')).length,
  );
});

test('takes ACLs where access logs may come, because CloudFront writes by them alone', () => {
  const terraform = buckets('[{ name: logs, access_log_target: true }]');

  expect(resource(terraform, 'aws_s3_bucket_ownership_controls.bucket_logs_ownership')).toMatchObject({
    rule: { object_ownership: 'BucketOwnerPreferred' },
  });
});

test('logs its requests to another bucket, which lets S3 write the logs of these buckets alone', () => {
  const terraform = buckets(
    '[{ name: media, access_logs: logs }, { name: logs, access_log_target: true }, { name: site, access_logs: logs }]',
  );

  const logging = (name: string) => ({
    bucket: `\${aws_s3_bucket.bucket_${name}.bucket}`,
    target_bucket: '${aws_s3_bucket.bucket_logs.bucket}',
    target_prefix: `s3/${name}/`,
    depends_on: ['aws_s3_bucket_policy.bucket_logs_policy'],
  });
  expect(all(terraform, 'aws_s3_bucket_logging')).toEqual({
    bucket_media_access_logs: logging('media'),
    bucket_site_access_logs: logging('site'),
  });
  const written = (name: string) => ({
    Sid: `LogsOf${name}`,
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: ['s3:PutObject'],
    Resource: `\${aws_s3_bucket.bucket_logs.arn}/s3/${name}/*`,
    Condition: {
      ArnLike: { 'aws:SourceArn': `aws_s3_bucket.bucket_${name}.arn` },
      StringEquals: { 'aws:SourceAccount': 'data.aws_caller_identity.bucket_logs_account.account_id' },
    },
  });
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_logs_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
    written('media'),
    written('site'),
  ]);
});

test('takes logs of the load balancer and of buckets side by side', () => {
  const terraform = buckets(
    '[{ name: logs, access_log_target: true }, { name: media, access_logs: logs }]',
    'alb: { http: forward, access_logs: logs }\nworkload: {}',
  );

  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_logs_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
    { Sid: 'BalancerLogs' },
    { Sid: 'LogsOfmedia' },
  ]);
});

test('is gone from an environment that disables it', () => {
  expect(all(buckets('[{ name: media, enabled: false }]'), 'aws_s3_bucket')).toEqual({});
});

function buckets(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
buckets: ${section}
${more}
`);
}

test('lets those who only read change nothing', () => {
  const terraform = synth(`region: us-east-1
buckets: [{ name: media }]
workload: { image: "nginx:1", uses: [buckets.media.read] }
`);
  const { policy } = resource(terraform, 'aws_iam_role_policy.workload_task_role_read_bucket_media');
  expect(statements(policy)).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['${aws_s3_bucket.bucket_media.arn}/*'] },
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['aws_s3_bucket.bucket_media.arn'] },
  ]);
});

test('has no lifecycle where nothing expires and unfinished uploads stay', () => {
  const terraform = synth('region: us-east-1\nbuckets: [{ name: media, abort_uploads_after_days: 0 }]\n');
  expect(all(terraform, 'aws_s3_bucket_lifecycle_configuration')).not.toHaveProperty('bucket_media_lifecycle');
});

test('is told by the name that the application knows it by', () => {
  const terraform = synth(`region: us-east-1
buckets: [{ name: media, variable_name: S3_BUCKET_NAME }]
sqs: [{ name: jobs, variable_name: JOBS_URL }]
topics: [{ name: news, variable_name: NEWS_ARN }]
workload: { image: "nginx:1" }
`);
  const { environment } = container(resource(terraform, 'aws_ecs_task_definition.workload_task')) as {
    environment: { name: string }[];
  };
  expect(environment.map(({ name }) => name)).toEqual(['S3_BUCKET_NAME', 'JOBS_URL', 'NEWS_ARN']);
});
