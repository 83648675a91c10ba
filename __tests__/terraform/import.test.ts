import { parse } from '@cdktf/hcl2json';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client';
import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { Import } from '../../src/terraform/import';
import { RootStack } from '../../src/terraform/root-stack';
import { folder } from '../support/files';
import { run } from '../support/program';
import { resource, synth } from '../support/stacks';

const ID = 'sgr-1 "quoted" \\ back';

test('is an import block of address and id', () => {
  expect(imports(Testing.synth(stack()))).toEqual([
    { to: 'aws_cloudwatch_log_group.logs', id: ID },
    { to: 'aws_cloudwatch_log_group.other', id: '/other' },
  ]);
});

test('says the same in HCL, quotes and backslashes included', async () => {
  const parsed = await parse('cdk.tf', stack().toHclTerraform().hcl);
  expect(parsed.import).toEqual([
    { to: '${aws_cloudwatch_log_group.logs}', id: ID },
    { to: '${aws_cloudwatch_log_group.other}', id: '/other' },
  ]);
});

test('keeps a client whose secret AWS tells nothing about from being replaced', () => {
  const root = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  const client = new CognitoUserPoolClient(root, 'web', {
    name: 'web',
    userPoolId: 'p',
    lifecycle: { preventDestroy: true },
  });
  new Import(client, 'p/c');
  expect(resource(Testing.synth(root), 'aws_cognito_user_pool_client.web').lifecycle).toEqual({
    prevent_destroy: true,
    ignore_changes: ['generate_secret'],
  });
});

test('takes over the main resource of each block that says so, and nothing else', () => {
  const terraform = synth(`
region: us-east-1
network: { import: vpc-0123456789abcdef0 }
domain: { domain_name: example.com, zone: { import: Z0123456789ABC }, delegated: false }
cluster: { name: acme, import: true }
workload: { log_group_name: /acme/app, log_group_import: true, repository: { name: acme/app, import: true } }
services: [{ name: jobs, log_group_import: true }]
functions: [{ name: api, image: "x:1", function_name: acme-api, import: true, log_group_import: true }]
redis: { name: acme-redis, import: true }
cognito: { import: us-east-1_abc }
buckets: [{ name: media, bucket_name: acme-media, import: true }]
secrets: [{ name: mail, secret_name: acme/mail, fill_in: [user], import: "arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/mail-a1B2c3" }]
sqs: [{ name: mails, queue_name: acme-mails, import: "https://sqs.us-east-1.amazonaws.com/123456789012/acme-mails" }]
topics: [{ name: news, topic_name: acme-news, import: "arn:aws:sns:us-east-1:123456789012:acme-news" }]
`);
  expect(Object.fromEntries(imports(terraform).map(({ to, id }) => [to, id]))).toEqual({
    'aws_vpc.network': 'vpc-0123456789abcdef0',
    'aws_route53_zone.domain': 'Z0123456789ABC',
    'aws_ecs_cluster.cluster': 'acme',
    'aws_cloudwatch_log_group.workload_task_logs': '/acme/app',
    'aws_ecr_repository.workload_repository': 'acme/app',
    'aws_cloudwatch_log_group.service_jobs_task_logs': '/ecs/demo-dev/jobs',
    'aws_lambda_function.function_api': 'acme-api',
    'aws_cloudwatch_log_group.function_api_logs': '/aws/lambda/acme-api',
    'aws_elasticache_replication_group.redis': 'acme-redis',
    'aws_cognito_user_pool.users': 'us-east-1_abc',
    'aws_s3_bucket.bucket_media': 'acme-media',
    'aws_secretsmanager_secret.secret_mail': 'arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/mail-a1B2c3',
    'aws_sqs_queue.queue_mails': 'https://sqs.us-east-1.amazonaws.com/123456789012/acme-mails',
    'aws_sns_topic.topic_news': 'arn:aws:sns:us-east-1:123456789012:acme-news',
  });
});

test('the rest is taken over by its address', () => {
  const terraform = synth(`
region: us-east-1
buckets: [{ name: media }]
imports: { aws_s3_bucket_versioning.bucket_media_versioning: acme-media, aws_subnet.network_public_a: subnet-1 }
`);
  expect(imports(terraform)).toEqual([
    { to: 'aws_subnet.network_public_a', id: 'subnet-1' },
    { to: 'aws_s3_bucket_versioning.bucket_media_versioning', id: 'acme-media' },
  ]);
});

test('imports nothing where nothing says so', () => {
  expect(JSON.parse(synth('region: us-east-1\nbuckets: [{ name: media, import: false }]'))).not.toHaveProperty(
    'import',
  );
});

test('fails on an address that no resource has, that is imported already or that has been renamed', () => {
  const home = folder({
    'environments/demo/dev.yaml': `region: us-east-1
buckets: [{ name: media, import: true }, { name: files, was: old }]
imports:
  aws_s3_bucket.bucket_meda: a
  aws_s3_bucket.bucket_media: b
  aws_s3_bucket_versioning.bucket_files_versioning: c
`,
  });
  const { status, stderr } = run('synth', [], home);
  expect(status).toBe(1);
  expect(stderr.split('\n')).toEqual([
    'environments/demo/dev.yaml:4:30 imports["aws_s3_bucket.bucket_meda"]: expected the address of a resource of demo-dev, got "aws_s3_bucket.bucket_meda": did you mean "aws_s3_bucket.bucket_media"?',
    'environments/demo/dev.yaml:5:31 imports["aws_s3_bucket.bucket_media"]: expected the address of something that is not imported yet, got "aws_s3_bucket.bucket_media": "import" beside the thing itself does it',
    'environments/demo/dev.yaml:6:53 imports["aws_s3_bucket_versioning.bucket_files_versioning"]: expected the address of something that "was" does not move, got "aws_s3_bucket_versioning.bucket_files_versioning": what Terraform moves it has imported before',
    '',
  ]);
});

function stack(): RootStack {
  const root = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  new Import(new CloudwatchLogGroup(root, 'logs', {}), ID);
  new Import(new CloudwatchLogGroup(root, 'other', {}), '/other');
  return root;
}

function imports(terraform: string): { readonly to: string; readonly id: string }[] {
  return JSON.parse(terraform).import;
}
