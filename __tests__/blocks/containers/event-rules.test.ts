import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, decoded, statements } from '../reading';

const task = (keys: string) =>
  synth(`region: eu-central-1\nstate: local\nevent_processor_tasks:\n  - { name: orders, ${keys} }\n`);
const SINGLE = 'rule_name: order-events, sources: [com.myapp.orders], detail_types: [Order Created]';
const TARGET = 'aws_cloudwatch_event_target.event_task_orders_rule_order_events_target';

test('matches events by source and kind under the exact name, and starts the task', () => {
  const terraform = task(SINGLE);

  const rule = resource(terraform, 'aws_cloudwatch_event_rule.event_task_orders_rule_order_events');
  expect(rule).toMatchObject({ name: 'order-events', state: 'ENABLED', description: 'Starts demo-dev-orders' });
  expect(decoded(rule['event_pattern'])).toEqual({
    source: ['com.myapp.orders'],
    'detail-type': ['Order Created'],
  });
  expect(resource(terraform, TARGET)).toMatchObject({
    rule: '${aws_cloudwatch_event_rule.event_task_orders_rule_order_events.name}',
    arn: '${aws_ecs_cluster.cluster.arn}',
    role_arn: '${aws_iam_role.event_task_orders_start_role.arn}',
    retry_policy: { maximum_retry_attempts: 185, maximum_event_age_in_seconds: 86_400 },
    dead_letter_config: { arn: '${aws_sqs_queue.event_task_orders_dead_letters.arn}' },
  });
});

test('tells the container of the event, each value in quotes and at a place that EventBridge finds', () => {
  const terraform = task(`${SINGLE}, event_variables: [{ name: ORDER_ID, path: $.detail.orderId }]`);

  const transformer = resource(terraform, TARGET)['input_transformer'] as Record<string, unknown>;
  expect(transformer['input_paths']).toEqual({
    EVENT_ID: '$.id',
    EVENT_SOURCE: '$.source',
    EVENT_DETAIL_TYPE: '$.detail-type',
    EVENT_TIME: '$.time',
    ORDER_ID: '$.detail.orderId',
  });
  expect(JSON.parse(String(transformer['input_template']))).toEqual({
    containerOverrides: [
      {
        name: 'orders',
        environment: [
          { name: 'EVENT_ID', value: '<EVENT_ID>' },
          { name: 'EVENT_SOURCE', value: '<EVENT_SOURCE>' },
          { name: 'EVENT_DETAIL_TYPE', value: '<EVENT_DETAIL_TYPE>' },
          { name: 'EVENT_TIME', value: '<EVENT_TIME>' },
          { name: 'ORDER_ID', value: '<ORDER_ID>' },
        ],
      },
    ],
  });
  expect(transformer['input_template']).toContain('"<ORDER_ID>"');
});

test('has a rule for each of a list, with whatever else the event must say', () => {
  const terraform = task(
    'paused: true, rules: [{ name: paid, sources: [a], detail: { total: [{ numeric: [">", 100] }] } }, { name: Sent.Off, sources: [b, c] }]',
  );

  const rules = all(terraform, 'aws_cloudwatch_event_rule');
  expect(Object.entries(rules).map(([id, { name, state }]) => [id, name, state])).toEqual([
    ['event_task_orders_rule_Sent_Off', 'Sent.Off', 'DISABLED'],
    ['event_task_orders_rule_paid', 'paid', 'DISABLED'],
  ]);
  expect(decoded(rules['event_task_orders_rule_paid']?.['event_pattern'])).toEqual({
    source: ['a'],
    detail: { total: [{ numeric: ['>', 100] }] },
  });
  expect(Object.keys(all(terraform, 'aws_cloudwatch_event_target'))).toHaveLength(2);
  expect(Object.keys(all(terraform, 'aws_ecs_task_definition'))).toHaveLength(1);
});

test('EventBridge takes the role on, and fills the dead letter queue, for these rules alone', () => {
  const terraform = task('rules: [{ name: paid, sources: [a] }, { name: sent, sources: [b] }]');

  const these = {
    ArnEquals: {
      'aws:SourceArn': [
        'aws_cloudwatch_event_rule.event_task_orders_rule_paid.arn',
        'aws_cloudwatch_event_rule.event_task_orders_rule_sent.arn',
      ],
    },
  };
  const role = resource(terraform, 'aws_iam_role.event_task_orders_start_role');
  expect(statements(role['assume_role_policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Principal: { Service: ['events.amazonaws.com'] },
      Condition: these,
    },
  ]);
  const policy = resource(terraform, 'aws_sqs_queue_policy.event_task_orders_dead_letters_policy')['policy'];
  expect(statements(policy)).toContainEqual({
    Sid: 'EventRules',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: 'aws_sqs_queue.event_task_orders_dead_letters.arn',
    Condition: these,
  });
});

test('does without a queue where the file says so', () => {
  const terraform = task(`${SINGLE}, dead_letter_queue: false`);

  expect(resource(terraform, TARGET)).not.toHaveProperty('dead_letter_config');
});
