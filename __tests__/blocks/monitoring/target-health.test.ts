import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { decoded } from '../reading';

test('counts the tasks that fail the load balancer’s checks, by its target group', () => {
  expect(alarm('workload.unhealthy_targets, above: 0')).toMatchObject({
    namespace: 'AWS/ApplicationELB',
    metric_name: 'UnHealthyHostCount',
    statistic: 'Maximum',
    period: 60,
    dimensions: {
      LoadBalancer: '${aws_lb.alb.arn_suffix}',
      TargetGroup: '${aws_lb_target_group.workload_target_group.arn_suffix}',
    },
    comparison_operator: 'GreaterThanThreshold',
    threshold: 0,
    treat_missing_data: 'missing',
  });
});

test('takes silence about healthy tasks for none, of a service by its own target group', () => {
  expect(alarm('services.reports.healthy_targets, below: 1')).toMatchObject({
    metric_name: 'HealthyHostCount',
    statistic: 'Minimum',
    dimensions: {
      LoadBalancer: '${aws_lb.alb.arn_suffix}',
      TargetGroup: '${aws_lb_target_group.service_reports_target_group.arn_suffix}',
    },
    treat_missing_data: 'breaching',
  });
});

test('leaves the metrics that ECS reports with the dimensions of the service', () => {
  expect(alarm('workload.cpu, above: 80')).toMatchObject({
    dimensions: { ClusterName: '${aws_ecs_cluster.cluster.name}', ServiceName: '${aws_ecs_service.workload.name}' },
  });
});

test('computes the share of requests that end in an error, those among them that reached no target', () => {
  const sum = (id: string, metric_name: string) => ({
    id,
    metric: {
      namespace: 'AWS/ApplicationELB',
      metric_name,
      stat: 'Sum',
      period: 60,
      dimensions: { LoadBalancer: '${aws_lb.alb.arn_suffix}' },
    },
  });
  expect(alarm('alb.error_rate, above: 5')).toMatchObject({
    alarm_description: 'critical: alb.error_rate above 5 % for 5 min',
    threshold: 5,
    treat_missing_data: 'notBreaching',
    metric_query: [
      {
        id: 'result',
        expression: '100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
        return_data: true,
      },
      sum('requests', 'RequestCount'),
      sum('targets', 'HTTPCode_Target_5XX_Count'),
      sum('balancer', 'HTTPCode_ELB_5XX_Count'),
    ],
  });
});

test('shows target health on a dashboard', () => {
  const terraform = stack('dashboard: { widgets: [{ title: Health, metrics: [workload.healthy_targets] }] }');
  const body = decoded(resource(terraform, 'aws_cloudwatch_dashboard.dashboard')['dashboard_body']);

  expect(body).toMatchObject({
    widgets: [
      {
        properties: {
          metrics: [
            [
              'AWS/ApplicationELB',
              'HealthyHostCount',
              'TargetGroup',
              'aws_lb_target_group.workload_target_group.arn_suffix',
              'LoadBalancer',
              'aws_lb.alb.arn_suffix',
              { stat: 'Minimum', label: 'workload.healthy_targets (count)' },
            ],
          ],
        },
      },
    ],
  });
});

function alarm(metric: string): Record<string, unknown> {
  const terraform = stack(`alarms: { rules: [{ name: a, severity: critical, metric: ${metric} }] }`);
  return resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_a');
}

function stack(section: string): string {
  return synth(`
region: eu-central-1
state: local
alb: { http: forward }
workload: {}
services: [{ name: reports, route: { path: /reports/*, priority: 1 } }]
${section}
`);
}
