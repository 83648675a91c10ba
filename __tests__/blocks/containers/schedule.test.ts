import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { statements } from '../reading';

const schedule = (keys: string) =>
  synth(`region: eu-central-1\nstate: local\nscheduled_tasks: [{ name: nightly, ${keys} }]\n`);

test('starts the task at its times, in the environment’s group of schedules', () => {
  const terraform = schedule('schedule: cron(0 3 ? * MON-FRI *), timezone: Europe/Berlin');

  expect(resource(terraform, 'aws_scheduler_schedule.scheduled_task_nightly')).toMatchObject({
    name: 'demo-dev-nightly',
    group_name: '${aws_scheduler_schedule_group.schedules.name}',
    schedule_expression: 'cron(0 3 ? * MON-FRI *)',
    schedule_expression_timezone: 'Europe/Berlin',
    state: 'ENABLED',
    flexible_time_window: { mode: 'OFF' },
    target: {
      arn: '${aws_ecs_cluster.cluster.arn}',
      role_arn: '${aws_iam_role.scheduled_task_nightly_start_role.arn}',
      retry_policy: { maximum_retry_attempts: 185, maximum_event_age_in_seconds: 3600 },
      dead_letter_config: { arn: '${aws_sqs_queue.scheduled_task_nightly_dead_letters.arn}' },
    },
  });
  expect(resource(terraform, 'aws_scheduler_schedule_group.schedules')).toMatchObject({ name: 'demo-dev' });
});

test('is tried as often and as long as the file says, and waits while it is paused', () => {
  const terraform = schedule(
    'schedule: rate(1 day), paused: true, max_retry_attempts: 0, max_event_age_seconds: 60, schedule_name: report',
  );

  expect(resource(terraform, 'aws_scheduler_schedule.scheduled_task_nightly')).toMatchObject({
    name: 'report',
    schedule_expression_timezone: 'UTC',
    state: 'DISABLED',
    target: { retry_policy: { maximum_retry_attempts: 0, maximum_event_age_in_seconds: 60 } },
  });
});

test('Scheduler takes the role on for this environment’s schedules alone', () => {
  const role = resource(schedule('schedule: rate(1 day)'), 'aws_iam_role.scheduled_task_nightly_start_role');

  expect(role).toMatchObject({ name: 'demo-dev-nightly-start' });
  expect(statements(role['assume_role_policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Principal: { Service: ['scheduler.amazonaws.com'] },
      Condition: { ArnEquals: { 'aws:SourceArn': ['aws_scheduler_schedule_group.schedules.arn'] } },
    },
  ]);
});

test('Scheduler puts failed starts into the queue by its role', () => {
  const terraform = schedule('schedule: rate(1 day)');

  const policy = 'aws_iam_role_policy.scheduled_task_nightly_start_role_send_dead_letters';
  expect(statements(resource(terraform, policy)['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: ['aws_sqs_queue.scheduled_task_nightly_dead_letters.arn'],
    },
  ]);
  expect(resource(terraform, 'aws_scheduler_schedule.scheduled_task_nightly')['depends_on']).toContain(policy);
  const without = schedule('schedule: rate(1 day), dead_letter_queue: false');
  expect(without).not.toContain('sqs:SendMessage');
  expect(resource(without, 'aws_scheduler_schedule.scheduled_task_nightly')['target']).not.toHaveProperty(
    'dead_letter_config',
  );
});
