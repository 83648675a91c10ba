import { expect, test } from 'vitest';
import { Metrics } from '../../../src/blocks/monitoring/metrics';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

const SERVICE = { ClusterName: '${aws_ecs_cluster.cluster.name}', ServiceName: '${aws_ecs_service.workload.name}' };

test('tells the topic of its severity when it begins and when it ends', () => {
  const topic = '${aws_sns_topic.alarms_topics_critical.arn}';

  expect(alarm('{ name: busy, severity: critical, metric: workload.cpu, above: 80, for_minutes: 10 }')).toEqual({
    alarm_name: 'demo-dev-busy',
    alarm_description: 'critical: workload.cpu above 80 % for 10 min',
    namespace: 'AWS/ECS',
    metric_name: 'CPUUtilization',
    dimensions: SERVICE,
    statistic: 'Average',
    period: 60,
    comparison_operator: 'GreaterThanThreshold',
    threshold: 80,
    evaluation_periods: 10,
    datapoints_to_alarm: 10,
    treat_missing_data: 'missing',
    alarm_actions: [topic],
    ok_actions: [topic],
  });
});

test('compares milliseconds with the seconds that CloudWatch reports', () => {
  expect(alarm('{ name: slow, severity: warning, metric: alb.response_time, above: 1000 }')).toMatchObject({
    alarm_description: 'warning: alb.response_time above 1000 ms for 5 min',
    metric_name: 'TargetResponseTime',
    dimensions: { LoadBalancer: '${aws_lb.alb.arn_suffix}' },
    threshold: 1,
  });
});

test('compares GiB with the bytes that CloudWatch reports', () => {
  expect(alarm('{ name: full, severity: critical, metric: database.free_storage, below: 5 }')).toMatchObject({
    alarm_description: 'critical: database.free_storage below 5 GiB for 5 min',
    comparison_operator: 'LessThanThreshold',
    dimensions: { DBInstanceIdentifier: '${aws_db_instance.database.identifier}' },
    threshold: 5_368_709_120,
  });
});

test('waits for the size of a file system, which comes every 15 minutes', () => {
  const size = (more: string) => alarm(`{ name: big, severity: warning, metric: efs.uploads.size, above: 5 ${more} }`);
  const FileSystemId = '${aws_efs_file_system.efs_uploads.id}';
  expect(size('')).toMatchObject({
    alarm_description: 'warning: efs.uploads.size above 5 GiB for 15 min',
    namespace: 'AWS/EFS',
    metric_name: 'StorageBytes',
    statistic: 'Average',
    dimensions: { FileSystemId, StorageClass: 'Total' },
    period: 900,
    evaluation_periods: 1,
    datapoints_to_alarm: 1,
    threshold: 5_368_709_120,
  });
  expect(size(', for_minutes: 40')).toMatchObject({
    alarm_description: 'warning: efs.uploads.size above 5 GiB for 45 min',
    evaluation_periods: 3,
  });
});

test('compares MiB a minute with the bytes that a file system reports', () => {
  expect(alarm('{ name: busy, severity: warning, metric: efs.uploads.throughput, above: 600 }')).toMatchObject({
    alarm_description: 'warning: efs.uploads.throughput above 600 MiB per minute for 5 min',
    metric_name: 'MeteredIOBytes',
    statistic: 'Sum',
    dimensions: { FileSystemId: '${aws_efs_file_system.efs_uploads.id}' },
    period: 60,
    threshold: 629_145_600,
  });
});

test('takes a percentage of the connections that the database allows', () => {
  expect(alarm('{ name: crowded, severity: warning, metric: database.connections_used, above: 80 }')).toMatchObject({
    metric_name: 'DatabaseConnections',
    threshold: 160,
  });
});

test('counts missing tasks as those desired less those running, and silence as missing', () => {
  const average = (id: string, metric_name: string) => ({
    id,
    metric: { namespace: 'ECS/ContainerInsights', metric_name, stat: 'Average', period: 60, dimensions: SERVICE },
  });
  const missing = alarm('{ name: missing, severity: warning, metric: workload.missing_count, above: 0 }');

  expect(missing).toMatchObject({
    alarm_description: 'warning: workload.missing_count above 0 for 5 min',
    threshold: 0,
    treat_missing_data: 'breaching',
    metric_query: [
      { id: 'result', expression: 'desired - running', label: 'desired - running', return_data: true },
      average('desired', 'DesiredTaskCount'),
      average('running', 'RunningTaskCount'),
    ],
  });
  expect(missing).not.toHaveProperty('metric_name');
});

test('takes a load balancer’s silence for no errors', () => {
  expect(
    alarm('{ name: errors, severity: critical, metric: alb.target_5xx, above: 10, alarm_name: "Shop: errors" }'),
  ).toMatchObject({
    alarm_name: 'Shop: errors',
    alarm_description: 'critical: alb.target_5xx above 10 per minute for 5 min',
    metric_name: 'HTTPCode_Target_5XX_Count',
    statistic: 'Sum',
    treat_missing_data: 'notBreaching',
  });
});

test('takes the silence of a service about its tasks for none', () => {
  expect(alarm('{ name: gone, severity: critical, metric: workload.running_count, below: 1 }')).toMatchObject({
    comparison_operator: 'LessThanThreshold',
    metric_name: 'RunningTaskCount',
    treat_missing_data: 'breaching',
  });
});

test('adds the errors of targets and load balancer, where each is silent without errors', () => {
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

  expect(alarm('{ name: errors, severity: critical, metric: alb.all_5xx, above: 10 }')).toMatchObject({
    threshold: 10,
    treat_missing_data: 'notBreaching',
    metric_query: [
      { id: 'result', expression: 'FILL(targets, 0) + FILL(balancer, 0)', return_data: true },
      sum('targets', 'HTTPCode_Target_5XX_Count'),
      sum('balancer', 'HTTPCode_ELB_5XX_Count'),
    ],
  });
});

test('watches a further service by its name', () => {
  expect(alarm('{ name: busy, severity: critical, metric: services.reports.memory, above: 80 }')).toMatchObject({
    metric_name: 'MemoryUtilization',
    dimensions: { ServiceName: '${aws_ecs_service.service_reports.name}' },
  });
});

test('mails each severity’s people through a topic under a key of its own', () => {
  const terraform = environment(
    '{ critical: { emails: [on-call@example.com] }, warning: { name: team, emails: [team@example.com] } }',
  );

  expect(all(terraform, 'aws_sns_topic')).toEqual({
    alarms_topics_critical: {
      name: 'demo-dev-critical',
      display_name: 'demo-dev-critical',
      kms_master_key_id: '${aws_kms_key.alarms_topics_key.arn}',
    },
    alarms_topics_warning: {
      name: 'team',
      display_name: 'team',
      kms_master_key_id: '${aws_kms_key.alarms_topics_key.arn}',
    },
  });
  expect(all(terraform, 'aws_sns_topic_subscription')).toEqual({
    alarms_topics_critical_to_on_call_example_com: {
      topic_arn: '${aws_sns_topic.alarms_topics_critical.arn}',
      protocol: 'email',
      endpoint: 'on-call@example.com',
    },
    alarms_topics_warning_to_team_example_com: {
      topic_arn: '${aws_sns_topic.alarms_topics_warning.arn}',
      protocol: 'email',
      endpoint: 'team@example.com',
    },
  });
});

test('lets alarms of this account alone use the key and publish, over TLS', () => {
  const terraform = environment('{}');

  const condition = {
    StringEquals: { 'aws:SourceAccount': 'data.aws_caller_identity.alarms_topics_account.account_id' },
  };
  const key = resource(terraform, 'aws_kms_key.alarms_topics_key');
  expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  expect(resource(terraform, 'aws_kms_alias.alarms_topics_key_alias')).toMatchObject({ name: 'alias/demo-dev-alarms' });
  expect(statements(key['policy'])).toEqual([
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::${data.aws_caller_identity.alarms_topics_account.account_id}:root' },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: condition,
    },
  ]);
  const Resource = 'aws_sns_topic.alarms_topics_warning.arn';
  expect(statements(resource(terraform, 'aws_sns_topic_policy.alarms_topics_warning_policy')['policy'])).toEqual([
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource,
      Condition: condition,
    },
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('keeps a renamed alarm', () => {
  const terraform = environment(
    '{ rules: [{ name: busy-tasks, was: busy, severity: critical, metric: workload.cpu, above: 80 }] }',
  );

  expect(JSON.parse(terraform).moved).toEqual([
    { from: 'aws_cloudwatch_metric_alarm.alarms_busy', to: 'aws_cloudwatch_metric_alarm.alarms_busy_tasks' },
  ]);
});

test('fails on a metric that nothing reports', () => {
  const metrics = new Metrics(new Map([['alb', { kind: 'alb', dimensions: {} }]]));

  expect(() => metrics.find('alb.cpu')).toThrow('nothing reports the metric "alb.cpu"');
  expect(() => metrics.find('workload.cpu')).toThrow('nothing reports the metric "workload.cpu"');
});

function alarm(rule: string): Record<string, unknown> {
  const [only] = Object.values(all(environment(`{ rules: [${rule}] }`), 'aws_cloudwatch_metric_alarm'));
  if (!only) throw new Error('there is no alarm');
  return only;
}

function environment(alarms: string): string {
  return synth(`
region: eu-central-1
state: local
alb: { http: forward }
cluster: { container_insights: true }
workload: {}
services: [{ name: reports }]
postgres: { parameters: { max_connections: "200" } }
efs: [{ name: uploads }]
alarms: ${alarms}
`);
}
