import { expect, test } from 'vitest';
import { judges } from '../../../src/tools/review/judges/all';
import { comparisonOfPlan } from '../../../src/tools/review/plan-comparison';
import { review } from '../../../src/tools/review/review';
import { findingsOf, planned, planOf, verdictsOf } from '../../support/plan';

test('tags and descriptions do no harm, and are told once', () => {
  const before = { name: 'jobs', description: 'a', tags: { team: 'a' }, tags_all: { team: 'a', stack: 's' } };
  const after = { name: 'jobs', description: 'b', tags: { team: 'b' }, tags_all: { team: 'b', stack: 's' } };
  expect(findingsOf(planned('aws_sqs_queue.jobs', 'update', before, after))).toEqual([
    {
      verdict: 'harmless',
      address: 'aws_sqs_queue.jobs',
      attribute: 'description',
      before: 'a',
      after: 'b',
      reason: 'the queue "jobs" gets another description and other tags',
    },
  ]);
});

test('a policy that means the same does no harm', () => {
  const before = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*', Principal: '*' },
      {
        Effect: 'Deny',
        Action: 's3:DeleteObject',
        Resource: ['b', 'a'],
        Principal: { AWS: '123456789012' },
        Condition: { Bool: { 'aws:SecureTransport': false } },
      },
    ],
  };
  const after = {
    Statement: [
      {
        Action: ['s3:DeleteObject'],
        Condition: { Bool: { 'aws:securetransport': ['false'] } },
        Effect: 'Deny',
        Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
        Resource: ['a', 'b'],
      },
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['s3:ListBucket', 'S3:getObject'],
        Resource: ['*'],
      },
    ],
    Version: '2012-10-17',
  };
  const policy = (value: object) => ({ bucket: 'shop', policy: JSON.stringify(value) });
  expect(findingsOf(planned('aws_s3_bucket_policy.shop', 'update', policy(before), policy(after)))).toEqual([
    {
      verdict: 'harmless',
      address: 'aws_s3_bucket_policy.shop',
      reason: 'the policy of the bucket "shop" is written in another way and means the same (policy)',
    },
  ]);
});

test('one more action in a policy is not the same', () => {
  const policy = (Action: string | string[]) => ({
    policy: JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: 'arn:aws:s3:::media/a' } }),
  });
  expect(
    verdictsOf(
      planned('aws_iam_role_policy.api', 'update', policy('s3:GetObject'), policy(['s3:GetObject', 's3:PutObject'])),
    ),
  ).toEqual(['behaviour aws_iam_role_policy.api policy.Statement[0].Action']);
});

test('order is noise in sets, container definitions and event patterns, and means something in commands', () => {
  const containers = (names: readonly string[], command: readonly string[]) => ({
    container_definitions: JSON.stringify([
      { name: 'api', command, environment: names.map((name) => ({ name, value: name.toLowerCase() })) },
    ]),
  });
  const reason = (before: object, after: object) =>
    findingsOf(planned('aws_ecs_task_definition.api', 'update', { ...before }, { ...after })).map(
      ({ verdict, attribute }) => [verdict, attribute],
    );
  expect(reason(containers(['A', 'B'], ['a', 'b']), containers(['B', 'A'], ['a', 'b']))).toEqual([
    ['harmless', undefined],
  ]);
  expect(reason(containers(['A'], ['a', 'b']), containers(['A'], ['b', 'a']))).toEqual([
    ['behaviour', 'container_definitions[0].command'],
  ]);
  const pattern = (...source: string[]) => ({ event_pattern: JSON.stringify({ source }) });
  expect(reason(pattern('a', 'b'), pattern('b', 'a'))).toEqual([['harmless', undefined]]);
});

test('what is not set is not set in any way that providers write it', () => {
  const change = planned(
    'aws_lb.alb',
    'update',
    { name: 'alb', access_logs: [], customer_owned_ipv4_pool: '', a: null, timeouts: null },
    { name: 'alb', access_logs: null, customer_owned_ipv4_pool: null, a: {}, timeouts: {} },
  );
  expect(verdictsOf(change)).toEqual(['harmless aws_lb.alb']);
});

test('moves, imports, outputs, reads and what AWS fills in do no harm', () => {
  const values = { name: 'jobs' };
  expect(
    findingsOf(
      planned('aws_sqs_queue.new', 'no-op', values, values, { previous_address: 'aws_sqs_queue.old' }),
      planned('aws_sqs_queue.taken', 'no-op', values, values, { change: { importing: { id: 'https://…' } } }),
      planned('data.aws_vpc.existing', 'read', null, {}),
      { ...planned('aws_sqs_queue.same', 'no-op', values, values) },
    ).map(({ address, verdict, reason }) => [verdict, address, reason]),
  ).toEqual([
    ['harmless', 'aws_sqs_queue.new', 'the queue "jobs" moves from aws_sqs_queue.old: AWS sees nothing of it'],
    ['harmless', 'aws_sqs_queue.taken', 'the queue "jobs" is taken over by Terraform as it is'],
    ['harmless', 'data.aws_vpc.existing', 'the VPC "existing" is read during the apply'],
  ]);
});

test('a new revision of a task definition rolls', () => {
  const task = (image: string) => ({ family: 'api', container_definitions: JSON.stringify([{ name: 'api', image }]) });
  expect(
    findingsOf(
      planned('aws_ecs_task_definition.api', 'create,delete', task('api:1'), task('api:2'), {
        change: { replace_paths: [['container_definitions']] },
      }),
      planned(
        'aws_ecs_service.api',
        'update',
        { name: 'api', task_definition: 'api:1' },
        { name: 'api' },
        { change: { after_unknown: { task_definition: true } } },
      ),
    ).map(({ verdict, address, reason, before, after }) => [verdict, address, reason, before, after]),
  ).toEqual([
    [
      'behaviour',
      'aws_ecs_service.api',
      'the service "api" moves to another revision of its tasks',
      'api:1',
      '(known after apply)',
    ],
    ['behaviour', 'aws_ecs_task_definition.api', 'the task definition "api" gets a new revision', 'api:1', 'api:2'],
  ]);
});

test('what AWS fills in anew is no change of anybody', () => {
  const change = planned(
    'aws_lambda_function.api',
    'update',
    { function_name: 'api', memory_size: 128, version: '1' },
    { function_name: 'api', memory_size: 256 },
    { change: { after_unknown: { version: true } } },
  );
  const plan = planOf(change);
  const written = { address: change.address, expressions: { function_name: {}, memory_size: {} } };
  const { findings } = review(
    comparisonOfPlan({ ...plan, configuration: { root_module: { resources: [written] } } }),
    judges,
  );
  expect(findings.map(({ attribute }) => attribute)).toEqual(['memory_size']);
});

test('what was changed outside of Terraform is told, whether the plan puts it back or leaves it', () => {
  const service = (desired_count: number) => ({ name: 'api', desired_count });
  const plan = planOf(planned('aws_ecs_service.api', 'update', service(5), service(2)));
  const drift = [
    planned('aws_ecs_service.api', 'update', service(2), service(5)),
    planned('aws_sqs_queue.jobs', 'update', { name: 'jobs', delay_seconds: 0 }, { name: 'jobs', delay_seconds: 9 }),
    planned('aws_sqs_queue.same', 'update', { name: 'same', a: null }, { name: 'same', a: [] }),
  ];
  const { findings } = review(comparisonOfPlan({ ...plan, resource_drift: drift }), judges);
  expect(findings.map(({ verdict, address, reason, effect }) => [verdict, address, effect ?? reason])).toEqual([
    [
      'behaviour',
      'aws_ecs_service.api',
      'it was changed outside of Terraform, and this puts it back; tasks are started or drained within minutes',
    ],
    [
      'harmless',
      'aws_sqs_queue.jobs',
      'the queue "jobs" was changed outside of Terraform; this plan only takes note of it',
    ],
  ]);
});

test('zeros that providers write into blocks for what is not set are noise; in JSON they are values', () => {
  const alarm = (period: number | null) => ({ alarm_name: 'errors', metric_query: [{ id: 'a', metric: [], period }] });
  expect(verdictsOf(planned('aws_cloudwatch_metric_alarm.errors', 'update', alarm(null), alarm(0)))).toEqual([
    'harmless aws_cloudwatch_metric_alarm.errors',
  ]);
  const task = (cpu: number | null) => ({
    family: 'api',
    container_definitions: JSON.stringify([{ name: 'api', cpu }]),
  });
  expect(verdictsOf(planned('aws_ecs_task_definition.api', 'update', task(null), task(0)))).toEqual([
    'behaviour aws_ecs_task_definition.api container_definitions[0].cpu',
  ]);
});

test('what does no harm is named in words', () => {
  const alarm = (alarm_description: string, owner: string) => ({
    alarm_name: 'errors',
    alarm_description,
    tags_all: { owner },
  });
  expect(
    findingsOf(planned('aws_cloudwatch_metric_alarm.errors', 'update', alarm('a', 'a'), alarm('b', 'b'))),
  ).toMatchObject([{ verdict: 'harmless', reason: 'the alarm "errors" gets another description and other tags' }]);
});
