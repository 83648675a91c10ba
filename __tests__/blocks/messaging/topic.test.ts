import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { statements } from '../reading';

const synthNews = () =>
  synth(`region: us-east-1
sqs: [{ name: mails }]
topics: [{ name: user-news, emails: [team@example.com], queues: [mails] }]
workload: { uses: [topics.user-news] }
`);

test('is encrypted and refuses plain HTTP', () => {
  const news = synthNews();
  expect(resource(news, 'aws_sns_topic.topic_user_news')).toMatchObject({
    name: 'demo-user-news-dev',
    kms_master_key_id: 'alias/aws/sns',
  });
  expect(statements(resource(news, 'aws_sns_topic_policy.topic_user_news_policy').policy)).toMatchObject([
    { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
});

test('delivers to addresses and to queues, each of which lets this topic alone', () => {
  const news = synthNews();
  expect(resource(news, 'aws_sns_topic_subscription.topic_user_news_to_team_example_com')).toMatchObject({
    protocol: 'email',
    endpoint: 'team@example.com',
  });
  expect(resource(news, 'aws_sns_topic_subscription.topic_user_news_to_queue_mails')).toMatchObject({
    protocol: 'sqs',
    endpoint: '${aws_sqs_queue.queue_mails.arn}',
    raw_message_delivery: true,
  });
  expect(statements(resource(news, 'aws_sqs_queue_policy.queue_mails_policy').policy)).toMatchObject([
    { Sid: 'TlsOnly' },
    {
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: { ArnEquals: { 'aws:SourceArn': 'aws_sns_topic.topic_user_news.arn' } },
    },
  ]);
});

test('who uses it may publish, and knows its ARN', () => {
  const news = synthNews();
  expect(
    statements(resource(news, 'aws_iam_role_policy.workload_task_role_publish_topic_user_news').policy),
  ).toMatchObject([{ Action: ['sns:Publish'] }]);
  expect(resource(news, 'aws_ecs_task_definition.workload_task').container_definitions).toContain(
    '{"name" = "USER_NEWS_TOPIC_ARN", "value" = aws_sns_topic.topic_user_news.arn}',
  );
});
