import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { statements } from '../reading';

const mail = (more = '') =>
  synth(`region: us-east-1\nsqs: [{ name: user-mails${more} }]\nworkload: { uses: [sqs.user-mails] }\n`);

test('is encrypted, polls long and keeps messages four days', () => {
  expect(resource(mail(), 'aws_sqs_queue.queue_user_mails')).toMatchObject({
    name: 'demo-user-mails-dev',
    sqs_managed_sse_enabled: true,
    receive_wait_time_seconds: 20,
    message_retention_seconds: 345_600,
    visibility_timeout_seconds: 30,
  });
});

test('moves what failed five times to a queue that keeps it two weeks and takes it from nowhere else', () => {
  const terraform = mail();
  expect(resource(terraform, 'aws_sqs_queue.queue_user_mails').redrive_policy).toBe(
    '${jsonencode({"deadLetterTargetArn" = aws_sqs_queue.queue_user_mails_dead_letters.arn, "maxReceiveCount" = 5})}',
  );
  expect(resource(terraform, 'aws_sqs_queue.queue_user_mails_dead_letters')).toMatchObject({
    name: 'demo-user-mails-dev-dlq',
    message_retention_seconds: 1_209_600,
    receive_wait_time_seconds: 20,
    sqs_managed_sse_enabled: true,
  });
  expect(
    resource(terraform, 'aws_sqs_queue_redrive_allow_policy.queue_user_mails_dead_letters_from').redrive_allow_policy,
  ).toBe('${jsonencode({"redrivePermission" = "byQueue", "sourceQueueArns" = [aws_sqs_queue.queue_user_mails.arn]})}');
});

test('writes the two policies of the queue for failed messages one after the other', () => {
  const terraform = mail();
  expect(resource(terraform, 'aws_sqs_queue_policy.queue_user_mails_dead_letters_policy').depends_on).toEqual([
    'aws_sqs_queue_redrive_allow_policy.queue_user_mails_dead_letters_from',
  ]);
});

test('has no queue for failed messages where none is wanted', () => {
  const terraform = mail(', dead_letter_queue: false');
  expect(terraform).not.toHaveResourceWithProperties(SqsQueue, { name: 'demo-user-mails-dev-dlq' });
  expect(resource(terraform, 'aws_sqs_queue.queue_user_mails')).not.toHaveProperty('redrive_policy');
});

test('refuses plain HTTP, and so does the queue for failed messages', () => {
  for (const address of ['queue_user_mails_policy', 'queue_user_mails_dead_letters_policy']) {
    expect(statements(resource(mail(), `aws_sqs_queue_policy.${address}`).policy)).toMatchObject([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  }
});

test('who uses it may send and receive, and knows its URL', () => {
  const terraform = mail();
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_use_queue_user_mails').policy),
  ).toMatchObject([
    {
      Action: [
        'sqs:SendMessage',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
      ],
    },
  ]);
  expect(resource(terraform, 'aws_ecs_task_definition.workload_task').container_definitions).toContain(
    '{"name" = "USER_MAILS_QUEUE_URL", "value" = aws_sqs_queue.queue_user_mails.url}',
  );
});

test('the dialect’s single queue is one queue', () => {
  const terraform = synth('region: us-east-1\nsqs:\n  enabled: true\n  name: main-queue\n');
  expect(Object.keys(JSON.parse(terraform).resource.aws_sqs_queue)).toEqual([
    'queue_main_queue',
    'queue_main_queue_dead_letters',
  ]);
  expect(synth('region: us-east-1\nsqs:\n  enabled: false\n  name: main-queue\n')).not.toHaveResourceWithProperties(
    SqsQueue,
    {},
  );
});

test('alarms see the messages that failed, in the queue that has them', () => {
  const terraform = synth(`region: us-east-1
sqs: [{ name: mails }]
alarms: { rules: [{ name: failed, severity: critical, metric: sqs.mails.failed_messages, above: 0, for_minutes: 1 }] }
`);
  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_failed')).toMatchObject({
    namespace: 'AWS/SQS',
    metric_name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: '${aws_sqs_queue.queue_mails_dead_letters.name}' },
    threshold: 0,
  });
});

test('lets those who only send or only receive do no more than that', () => {
  const terraform = synth(`region: us-east-1
sqs: [{ name: mail }]
services:
  - { name: writer, image: "nginx:1", uses: [sqs.mail.send] }
  - { name: reader, image: "nginx:1", uses: [sqs.mail.receive] }
`);
  const granted = (name: string) => statements(resource(terraform, `aws_iam_role_policy.${name}`).policy);
  expect(granted('service_writer_task_role_send_to_queue_mail')).toEqual([
    {
      Effect: 'Allow',
      Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      Resource: ['aws_sqs_queue.queue_mail.arn'],
    },
  ]);
  expect(granted('service_reader_task_role_receive_from_queue_mail')).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
      ],
      Resource: ['aws_sqs_queue.queue_mail.arn'],
    },
  ]);
});
