import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const SERVICE = { ClusterName: '${aws_ecs_cluster.cluster.name}', ServiceName: '${aws_ecs_service.workload.name}' };

test('keeps the number of tasks within bounds and tracks its targets', () => {
  const terraform = scaling(
    '{ min: 2, max: 10, target_cpu: 70, target_memory: 80, scale_out_cooldown: 30, scale_in_cooldown: 600 }',
  );

  expect(resource(terraform, 'aws_appautoscaling_target.workload_scaling')).toEqual({
    service_namespace: 'ecs',
    scalable_dimension: 'ecs:service:DesiredCount',
    resource_id: 'service/${aws_ecs_cluster.cluster.name}/${aws_ecs_service.workload.name}',
    min_capacity: 2,
    max_capacity: 10,
  });
  const policy = (metric: string, predefined: string, target: number) => ({
    name: `demo-dev-backend-${metric}`,
    policy_type: 'TargetTrackingScaling',
    service_namespace: '${aws_appautoscaling_target.workload_scaling.service_namespace}',
    scalable_dimension: '${aws_appautoscaling_target.workload_scaling.scalable_dimension}',
    resource_id: '${aws_appautoscaling_target.workload_scaling.resource_id}',
    target_tracking_scaling_policy_configuration: {
      target_value: target,
      scale_out_cooldown: 30,
      scale_in_cooldown: 600,
      disable_scale_in: false,
      predefined_metric_specification: { predefined_metric_type: predefined },
    },
  });
  expect(all(terraform, 'aws_appautoscaling_policy')).toEqual({
    workload_scaling_cpu: policy('cpu', 'ECSServiceAverageCPUUtilization', 70),
    workload_scaling_memory: policy('memory', 'ECSServiceAverageMemoryUtilization', 80),
  });
  expect(all(terraform, 'aws_cloudwatch_metric_alarm')).toEqual({});
});

test('keeps at least as many tasks as it starts with, unless the file says otherwise', () => {
  const least = (more: string) =>
    resource(
      synth(`region: us-east-1\nworkload: { desired_count: 3, scaling: { ${more} } }\n`),
      'aws_appautoscaling_target.workload_scaling',
    ).min_capacity;
  expect(least('max: 6, target_cpu: 70')).toBe(3);
  expect(least('max: 6, min: 1, target_cpu: 70')).toBe(1);
});

test('removes one task at a time with scale_in_below, and tracking none', () => {
  const terraform = scaling('{ max: 4, min: 2, target_cpu: 70, scale_in_below: { cpu: 30 } }');

  expect(resource(terraform, 'aws_appautoscaling_policy.workload_scaling_cpu')).toMatchObject({
    target_tracking_scaling_policy_configuration: { disable_scale_in: true },
  });
  expect(resource(terraform, 'aws_appautoscaling_policy.workload_scaling_in')).toMatchObject({
    name: 'demo-dev-backend-in',
    policy_type: 'StepScaling',
    step_scaling_policy_configuration: {
      adjustment_type: 'ChangeInCapacity',
      cooldown: 300,
      metric_aggregation_type: 'Average',
      step_adjustment: [{ metric_interval_lower_bound: '0', scaling_adjustment: -1 }],
    },
  });
});

test('scales in only while all limits are undercut, long enough', () => {
  const terraform = scaling(
    '{ max: 4, min: 2, target_cpu: 70, scale_in_below: { cpu: 30, memory: 40, for_minutes: 15 } }',
  );

  const average = (id: string, metric_name: string) => ({
    id,
    metric: { namespace: 'AWS/ECS', metric_name, stat: 'Average', period: 60, dimensions: SERVICE },
  });
  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.workload_scaling_in_alarm')).toEqual({
    alarm_name: 'demo-dev-backend-scale-in',
    alarm_description: 'Removes a task while cpu < 30 and memory < 40 (%)',
    comparison_operator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluation_periods: 15,
    datapoints_to_alarm: 15,
    treat_missing_data: 'notBreaching',
    alarm_actions: ['${aws_appautoscaling_policy.workload_scaling_in.arn}'],
    metric_query: [
      { id: 'idle', expression: 'IF(cpu < 30 AND memory < 40, 1, 0)', label: 'idle', return_data: true },
      average('cpu', 'CPUUtilization'),
      average('memory', 'MemoryUtilization'),
    ],
  });
});

test('changes the bounds at times of day, and an apply leaves them as they are then', () => {
  const terraform = scaling(`
    min: 2
    max: 10
    target_cpu: 70
    schedules:
      - { name: lunch-break, at: "cron(0 12 ? * MON-FRI *)", timezone: Europe/Berlin, min: 4, max: 20 }
      - { name: night, at: "cron(0 22 * * ? *)", min: 0 }`);

  const place = {
    service_namespace: '${aws_appautoscaling_target.workload_scaling.service_namespace}',
    scalable_dimension: '${aws_appautoscaling_target.workload_scaling.scalable_dimension}',
    resource_id: '${aws_appautoscaling_target.workload_scaling.resource_id}',
  };
  expect(all(terraform, 'aws_appautoscaling_scheduled_action')).toEqual({
    workload_scaling_schedule_lunch_break: {
      ...place,
      name: 'demo-dev-backend-lunch-break',
      schedule: 'cron(0 12 ? * MON-FRI *)',
      timezone: 'Europe/Berlin',
      scalable_target_action: { min_capacity: '4', max_capacity: '20' },
    },
    workload_scaling_schedule_night: {
      ...place,
      name: 'demo-dev-backend-night',
      schedule: 'cron(0 22 * * ? *)',
      timezone: 'UTC',
      scalable_target_action: { min_capacity: '0' },
    },
  });
  expect(resource(terraform, 'aws_appautoscaling_target.workload_scaling')).toMatchObject({
    lifecycle: { ignore_changes: ['min_capacity', 'max_capacity'] },
  });
});

test('an apply keeps the bound that no schedule sets', () => {
  const terraform = scaling('{ min: 2, max: 9, schedules: [{ name: night, at: "cron(0 22 * * ? *)", min: 0 }] }');

  expect(resource(terraform, 'aws_appautoscaling_target.workload_scaling')['lifecycle']).toEqual({
    ignore_changes: ['min_capacity'],
  });
});

function scaling(section: string): string {
  return synth(`
region: eu-central-1
state: local
workload:
  desired_count: 2
  scaling: ${section}
`);
}
