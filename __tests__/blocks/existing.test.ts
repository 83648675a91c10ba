import { expect, test } from 'vitest';
import { costSection } from '../../src/spec/sections/cost';
import { estimateCost } from '../../src/tools/cost';
import type { PriceTable } from '../../src/tools/price-table';
import { resource, synth } from '../support/stacks';
import { container, statements } from './reading';

const MEDIA = '{ name: media, bucket_name: acme-media, existing: true, access_log_target: true }';
const EVERYTHING = `
region: us-east-1
state: local
workload:
  repository: { name: acme/app, existing: true }
  uses: [buckets.media, secrets.mail, sqs.jobs, topics.news, cognito]
cognito: { existing: true, user_pool_id: us-east-1_abc, client_id: c1 }
buckets: [${MEDIA}]
secrets: [{ name: mail, secret_name: acme/mail, existing: true, keys: [user, api_key] }]
sqs: [{ name: jobs, queue_name: acme-jobs, existing: true }]
topics: [{ name: news, topic_name: acme-news, existing: true }]
`;
const MADE = EVERYTHING.replaceAll(/, existing: true/g, '')
  .replace('existing: true, user_pool_id: us-east-1_abc, client_id: c1', 'enabled: true')
  .replace('keys:', 'fill_in:');

test('is looked up, and nothing of it is managed', () => {
  const { data, resource } = JSON.parse(synth(EVERYTHING));
  expect(withoutComments(data)).toEqual({
    aws_caller_identity: { account: {} },
    aws_cognito_user_pool: { users: { user_pool_id: 'us-east-1_abc' } },
    aws_ecr_repository: { workload_repository: { name: 'acme/app' } },
    aws_s3_bucket: { bucket_media: { bucket: 'acme-media' } },
    aws_secretsmanager_secret: { secret_mail: { name: 'acme/mail' } },
    aws_sns_topic: { topic_news: { name: 'acme-news' } },
    aws_sqs_queue: { queue_jobs: { name: 'acme-jobs' } },
  });
  const touching = Object.keys(resource).filter((type) => /^aws_(?:s3|sqs|sns|secretsmanager|cognito|ecr)_/.test(type));
  expect(touching).toEqual([]);
  expect(Object.keys(JSON.parse(synth(MADE)).resource)).toEqual(
    expect.arrayContaining(['aws_s3_bucket_policy', 'aws_sqs_queue_policy', 'aws_sns_topic_policy']),
  );
});

test('who uses it gets what it would get of one that is made here', () => {
  const [theirs, ours] = [synth(EVERYTHING), synth(MADE)];
  for (const id of [
    'task_role_use_bucket_media',
    'task_role_use_queue_jobs',
    'task_role_publish_topic_news',
    'task_execution_role_read_secret_mail',
    'task_execution_role_pull_image',
  ]) {
    const policy = (terraform: string) => resource(terraform, `aws_iam_role_policy.workload_${id}`).policy;
    expect(JSON.stringify(statements(policy(theirs))).replaceAll('data.', '')).toBe(
      JSON.stringify(statements(policy(ours))),
    );
  }
});

test('its variables and secrets point at what was looked up', () => {
  const found = container(resource(synth(EVERYTHING), 'aws_ecs_task_definition.workload_task'));
  expect(found).toMatchObject({
    image: '${data.aws_ecr_repository.workload_repository.repository_url}:initial',
    secrets: [
      { name: 'USER', valueFrom: '${data.aws_secretsmanager_secret.secret_mail.arn}:user::' },
      { name: 'API_KEY', valueFrom: '${data.aws_secretsmanager_secret.secret_mail.arn}:api_key::' },
    ],
  });
  expect(found['environment']).toEqual([
    { name: 'MEDIA_BUCKET', value: 'data.aws_s3_bucket.bucket_media.bucket' },
    { name: 'JOBS_QUEUE_URL', value: 'data.aws_sqs_queue.queue_jobs.url' },
    { name: 'NEWS_TOPIC_ARN', value: 'data.aws_sns_topic.topic_news.arn' },
    { name: 'COGNITO_USER_POOL_ID', value: 'data.aws_cognito_user_pool.users.user_pool_id' },
    { name: 'COGNITO_CLIENT_ID', value: 'c1' },
  ]);
});

test('outputs name it as they name what is made here', () => {
  const { output } = JSON.parse(synth(EVERYTHING));
  expect(
    Object.fromEntries(Object.entries<{ value: unknown }>(output).map(([key, { value }]) => [key, value])),
  ).toMatchObject({
    bucket_names: { media: '${data.aws_s3_bucket.bucket_media.bucket}' },
    secret_arns: { mail: '${data.aws_secretsmanager_secret.secret_mail.arn}' },
    queue_urls: { jobs: '${data.aws_sqs_queue.queue_jobs.url}' },
    topic_arns: { news: '${data.aws_sns_topic.topic_news.arn}' },
    user_pool_id: '${data.aws_cognito_user_pool.users.user_pool_id}',
    repository_urls: { workload: '${data.aws_ecr_repository.workload_repository.repository_url}' },
  });
});

test('leaves a person nothing to fill in and no first image to push', () => {
  expect(JSON.parse(synth(EVERYTHING)).output.next_steps.value).toEqual([
    'See to it that the repository acme/app has an image with the tag "initial", from which demo-dev-backend starts.',
  ]);
});

test('costs nothing here, unlike what is made here', () => {
  const theirs = ['aws_s3_bucket.bucket_media', 'aws_secretsmanager_secret.secret_mail', 'aws_sqs_queue.queue_jobs'];
  expect(charged(MADE)).toEqual(expect.arrayContaining(theirs));
  expect(charged(EVERYTHING)).toContain('aws_ecs_service.workload');
  expect(charged(EVERYTHING).filter((address) => /media|mail|jobs|news|users|repository/.test(address))).toEqual([]);
});

test('a function handles the messages of a queue that is left as it is', () => {
  const terraform = synth(`
region: us-east-1
functions: [{ name: api, image: "x:1", vpc: false, timeout_seconds: 900, queues: [{ name: jobs }] }]
sqs: [{ name: jobs, queue_name: acme-jobs, existing: true }]
`);
  expect(resource(terraform, 'aws_lambda_event_source_mapping.function_api_queue_jobs').event_source_arn).toBe(
    '${data.aws_sqs_queue.queue_jobs.arn}',
  );
});

test('subscriptions to a topic that is left as it is are made here, and the queue lets it in', () => {
  const terraform = synth(`
region: us-east-1
sqs: [{ name: mails }]
topics: [{ name: news, topic_name: acme-news, existing: true, queues: [mails], emails: [a@example.com] }]
`);
  const topicArn = '${data.aws_sns_topic.topic_news.arn}';
  expect(resource(terraform, 'aws_sns_topic_subscription.topic_news_to_queue_mails').topic_arn).toBe(topicArn);
  expect(resource(terraform, 'aws_sns_topic_subscription.topic_news_to_a_example_com').topic_arn).toBe(topicArn);
  expect(statements(resource(terraform, 'aws_sqs_queue_policy.queue_mails_policy').policy)).toMatchObject([
    { Sid: 'TlsOnly' },
    { Condition: { ArnEquals: { 'aws:SourceArn': 'data.aws_sns_topic.topic_news.arn' } } },
  ]);
});

test('access logs go to a bucket whose owner lets them in, without a word in its policy', () => {
  const terraform = synth(`
region: us-east-1
alb: { http: forward, access_logs: media }
workload: { uses: [] }
buckets: [${MEDIA}, { name: own, access_logs: media }]
`);
  expect(resource(terraform, 'aws_lb.alb')).toMatchObject({
    access_logs: { bucket: '${data.aws_s3_bucket.bucket_media.bucket}', prefix: 'alb', enabled: true },
  });
  expect(resource(terraform, 'aws_lb.alb')).not.toHaveProperty('depends_on');
  expect(resource(terraform, 'aws_s3_bucket_logging.bucket_own_access_logs')).toMatchObject({
    target_bucket: '${data.aws_s3_bucket.bucket_media.bucket}',
    target_prefix: 's3/own/',
  });
  expect(Object.keys(JSON.parse(terraform).resource.aws_s3_bucket_policy)).toEqual(['bucket_own_policy']);
});

test('alarms tell a topic that is there already, under no key of ours', () => {
  const onCall = 'arn:aws:sns:us-east-1:123456789012:on-call';
  const alarms = (warning: string) =>
    synth(`region: us-east-1
workload: {}
alarms: { critical: { existing: "${onCall}" }, warning: ${warning}, rules: [{ name: cpu, severity: critical, metric: workload.cpu, above: 80 }] }
`);
  const theirs = alarms(`{ existing: "${onCall}" }`);
  expect(resource(theirs, 'aws_cloudwatch_metric_alarm.alarms_cpu')).toMatchObject({
    alarm_actions: [onCall],
    ok_actions: [onCall],
  });
  expect(Object.keys(JSON.parse(theirs).resource).filter((type) => /^aws_(?:sns|kms)_/.test(type))).toEqual([]);
  expect(JSON.parse(theirs).output.next_steps.value.join('\n')).not.toContain('alarms');

  const mixed = alarms('{}');
  expect(Object.keys(JSON.parse(mixed).resource.aws_sns_topic)).toEqual(['alarms_topics_warning']);
  expect(resource(mixed, 'aws_sns_topic.alarms_topics_warning').kms_master_key_id).toBe(
    '${aws_kms_key.alarms_topics_key.arn}',
  );
});

test('alarms watch a queue that is left as it is', () => {
  const terraform = synth(`region: us-east-1
sqs: [{ name: jobs, queue_name: acme-jobs, existing: true }]
alarms: { rules: [{ name: full, severity: warning, metric: sqs.jobs.visible_messages, above: 80 }] }
`);
  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_full').dimensions).toEqual({
    QueueName: '${data.aws_sqs_queue.queue_jobs.name}',
  });
});

test('a user pool without a client is a user pool alone', () => {
  const terraform = synth(`region: us-east-1
workload: {}
cognito: { existing: true, user_pool_id: us-east-1_abc }
`);
  expect(resource(terraform, 'aws_ecs_task_definition.workload_task').container_definitions).not.toContain('CLIENT');
  expect(JSON.parse(terraform).resource).not.toHaveProperty('aws_cognito_user_pool_client');
});

/** What an estimate has to find a price for. */
function charged(yaml: string): string[] {
  const noPrices: PriceTable = { region: 'us-east-1', date: '2025-01-01', currency: 'USD', note: '', prices: [] };
  return estimateCost(JSON.parse(synth(yaml)), costSection.parse({}).usage, noPrices).unpriced.map(
    ({ address }) => address,
  );
}

function withoutComments(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) => (key === '//' ? undefined : inner));
}
