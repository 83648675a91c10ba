import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformOutput, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { Moved } from '../../src/terraform/moved';
import { RootStack } from '../../src/terraform/root-stack';
import { resource, synth } from '../support/stacks';

const MOVES = [
  { from: 'aws_s3_bucket.bucket_old_files', to: 'aws_s3_bucket.bucket_media' },
  { from: 'aws_s3_bucket.bucket_old_files_logs_deep', to: 'aws_s3_bucket.bucket_media_logs_deep' },
];

test('moves every resource inside a renamed block, and nothing else', () => {
  expect(JSON.parse(Testing.synth(renamed())).moved).toEqual(MOVES);
});

test('says the same in HCL', () => {
  const { hcl } = renamed().toHclTerraform();

  const found = [...hcl.matchAll(/moved \{\s+from\s+= (\S+)\s+to\s+= (\S+)\s+\}/g)].map(([, from, to]) => ({
    from,
    to,
  }));
  expect(found).toEqual(MOVES);
});

test('collects the moves of everything that the file has renamed', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: {}
secrets: [{ name: jwt, was: sessions, fill_in: [key] }]
logs: { saved_queries: [{ name: errors, was: find-errors, query: fields @message }] }
`);

  expect(JSON.parse(terraform).moved).toEqual([
    { from: 'aws_secretsmanager_secret.secret_sessions', to: 'aws_secretsmanager_secret.secret_jwt' },
    {
      from: 'aws_cloudwatch_query_definition.saved_query_find_errors',
      to: 'aws_cloudwatch_query_definition.saved_query_errors',
    },
  ]);
});

test('moves services and tasks with all that is theirs', () => {
  const terraform = JSON.parse(
    synth(`
region: eu-central-1
state: local
workload: {}
services: [{ name: reports, was: report }]
tasks: [{ name: migrate, was: migration }]
`),
  );

  const addresses = Object.entries<object>(terraform.resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  const expected = addresses.filter((address) => /(?:service_reports|task_migrate)/.test(address)).sort();
  expect(terraform.moved.map(({ to }: { to: string }) => to).sort()).toEqual(expected);
  expect(terraform.moved).toContainEqual({
    from: 'aws_ecs_service.service_report',
    to: 'aws_ecs_service.service_reports',
  });
  expect(terraform.moved).toContainEqual({
    from: 'aws_iam_role.task_migration_task_role',
    to: 'aws_iam_role.task_migrate_task_role',
  });
});

test('moves nothing when nothing was renamed', () => {
  expect(JSON.parse(synth('{ region: eu-central-1, state: local, buckets: [{ name: media }] }'))).not.toHaveProperty(
    'moved',
  );
});

function renamed(): RootStack {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  const scope = new Construct(stack, 'bucket');
  const media = new Construct(scope, 'media');
  new S3Bucket(media, 'Default', {});
  new S3Bucket(new Construct(media, 'logs'), 'deep', {});
  new TerraformOutput(media, 'name', { value: 'x' });
  new S3Bucket(new Construct(scope, 'other'), 'Default', {});
  new Moved(media, 'old-files');
  return stack;
}

test('the rules that peers have named after a renamed service move too', () => {
  const terraform = synth(`region: us-east-1
alb: { http: forward }
workload: {}
services:
  - { name: fresh, was: stale, route: { path: /x/*, priority: 1 } }
`);
  expect(JSON.parse(terraform).moved).toEqual(
    expect.arrayContaining([
      {
        from: 'aws_vpc_security_group_egress_rule.alb_connections_to_service_stale',
        to: 'aws_vpc_security_group_egress_rule.alb_connections_to_service_fresh',
      },
    ]),
  );
});

test('a renamed service keeps the names it has in AWS', () => {
  const terraform = synth('region: us-east-1\nservices:\n  - { name: fresh, was: stale }\n');
  expect(terraform).not.toMatch(/demo-dev-fresh|demo_fresh/);
  expect(resource(terraform, 'aws_ecs_service.service_fresh').name).toBe('demo-dev-stale');
});

test('who may use a renamed thing goes on to, by the grant that there is', () => {
  const yaml = (suffix: string, was: (name: string) => string) => `region: us-east-1
state: local
buckets: [{ name: media${suffix}${was('media')} }]
secrets: [{ name: jwt${suffix}${was('jwt')}, generate: { key: 32 } }]
sqs: [{ name: jobs${suffix}${was('jobs')}, visibility_timeout_seconds: 60 }]
topics: [{ name: news${suffix}${was('news')} }]
efs: [{ name: files${suffix}${was('files')} }]
functions: [{ name: work, code: functions/worker, queues: [{ name: jobs${suffix} }] }]
workload: { efs: [{ name: files${suffix}, mount_point: /files }] }
`;
  const grants = (text: string) => {
    const { aws_iam_role_policy: policies, aws_lambda_event_source_mapping: sources } = JSON.parse(
      synth(text),
    ).resource;
    return [...Object.keys(policies), ...Object.keys(sources)].sort();
  };
  expect(grants(yaml('-2', (name) => `, was: ${name}`))).toEqual(grants(yaml('', () => '')));
});
