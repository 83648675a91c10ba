import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { decoded } from '../reading';

const SERVICE = ['ClusterName', 'aws_ecs_cluster.cluster.name', 'ServiceName', 'aws_ecs_service.workload.name'];
const DATABASE = ['DBInstanceIdentifier', 'aws_db_instance.database.identifier'];

test('puts two widgets in a row', () => {
  const widgets = dashboard(
    '[{ title: A, metrics: [workload.cpu] }, { title: B, metrics: [workload.cpu] }, { title: C, metrics: [workload.cpu] }]',
  );

  expect(widgets).toMatchObject([
    {
      type: 'metric',
      x: 0,
      y: 0,
      width: 12,
      height: 6,
      properties: { title: 'A', region: 'eu-central-1', view: 'timeSeries', period: 60 },
    },
    { x: 12, y: 0, properties: { title: 'B' } },
    { x: 0, y: 6, properties: { title: 'C' } },
  ]);
});

test('shows metrics by the names of the file, with a line at the target', () => {
  const [widget] = dashboard('[{ title: Load, metrics: [workload.cpu, workload.memory], target: 70 }]');

  expect(widget?.properties.metrics).toEqual([
    ['AWS/ECS', 'CPUUtilization', ...SERVICE, { stat: 'Average', label: 'workload.cpu (%)' }],
    ['AWS/ECS', 'MemoryUtilization', ...SERVICE, { stat: 'Average', label: 'workload.memory (%)' }],
  ]);
  expect(widget?.properties.annotations).toEqual({ horizontal: [{ label: 'target 70', value: 70 }] });
});

test('draws no line without a target', () => {
  const [widget] = dashboard('[{ title: Load, metrics: [workload.cpu] }]');

  expect(widget?.properties).not.toHaveProperty('annotations');
});

test('converts into the units of the file', () => {
  const [widget] = dashboard('[{ title: Database, metrics: [database.free_memory, database.read_latency] }]');

  expect(widget?.properties.metrics).toEqual([
    [{ expression: 'm1 / 1073741824', label: 'database.free_memory (GiB)' }],
    ['AWS/RDS', 'FreeableMemory', ...DATABASE, { id: 'm1', stat: 'Average', visible: false }],
    [{ expression: 'm2 / 0.001', label: 'database.read_latency (ms)' }],
    ['AWS/RDS', 'ReadLatency', ...DATABASE, { id: 'm2', stat: 'Average', visible: false }],
  ]);
});

test('draws the size of a file system by the quarter of an hour in which it comes', () => {
  const [widget] = dashboard('[{ title: Files, metrics: [efs.uploads.size, efs.uploads.connections] }]');

  const files = ['FileSystemId', 'aws_efs_file_system.efs_uploads.id'];
  expect(widget?.properties.metrics).toEqual([
    [{ expression: 'm1 / 1073741824', label: 'efs.uploads.size (GiB)' }],
    [
      'AWS/EFS',
      'StorageBytes',
      ...files,
      'StorageClass',
      'Total',
      { id: 'm1', stat: 'Average', period: 900, visible: false },
    ],
    ['AWS/EFS', 'ClientConnections', ...files, { stat: 'Sum', label: 'efs.uploads.connections (count)' }],
  ]);
});

test('computes the number of missing tasks', () => {
  const [widget] = dashboard('[{ title: Missing, metrics: [workload.missing_count] }]');

  expect(widget?.properties.metrics).toEqual([
    [{ expression: 'desired - running', label: 'workload.missing_count (count)' }],
    ['ECS/ContainerInsights', 'DesiredTaskCount', ...SERVICE, { id: 'desired', stat: 'Average', visible: false }],
    ['ECS/ContainerInsights', 'RunningTaskCount', ...SERVICE, { id: 'running', stat: 'Average', visible: false }],
  ]);
});

test('is named after the environment, or as the file says', () => {
  const widgets = '[{ title: A, metrics: [workload.cpu] }]';

  expect(resource(environment(`widgets: ${widgets}`), 'aws_cloudwatch_dashboard.dashboard')['dashboard_name']).toBe(
    'demo-dev',
  );
  expect(
    resource(environment(`name: shop, widgets: ${widgets}`), 'aws_cloudwatch_dashboard.dashboard')['dashboard_name'],
  ).toBe('shop');
});

interface Widget {
  readonly properties: { readonly metrics: unknown; readonly annotations?: unknown };
}

function dashboard(widgets: string): readonly Widget[] {
  const body = resource(environment(`widgets: ${widgets}`), 'aws_cloudwatch_dashboard.dashboard')['dashboard_body'];
  return (decoded(body) as { readonly widgets: readonly Widget[] }).widgets;
}

function environment(section: string): string {
  return synth(`
region: eu-central-1
state: local
cluster: { container_insights: true }
workload: {}
postgres: {}
efs: [{ name: uploads }]
dashboard: { ${section} }
`);
}

test('adds up what several NAT gateways carry, in MiB', () => {
  const terraform = synth(`region: us-east-1
network: { nat_gateways: per_zone }
dashboard: { widgets: [{ title: A, metrics: [network.nat_out] }] }
`);
  const { widgets } = decoded(resource(terraform, 'aws_cloudwatch_dashboard.dashboard').dashboard_body) as {
    widgets: { properties: { metrics: unknown[] } }[];
  };
  const gateway = (zone: string, id: string) => [
    'AWS/NATGateway',
    'BytesOutToDestination',
    'NatGatewayId',
    `aws_nat_gateway.network_private_${zone}_nat.id`,
    { id, stat: 'Sum', visible: false },
  ];
  expect(widgets[0]?.properties.metrics).toEqual([
    [
      {
        expression: 'SUM([network_nat_out_1, network_nat_out_2]) / 1048576',
        label: 'network.nat_out (MiB per minute)',
      },
    ],
    gateway('a', 'network_nat_out_1'),
    gateway('b', 'network_nat_out_2'),
  ]);
});

test('computes the hit rate of a cache over all its nodes', () => {
  const terraform = synth(`region: us-east-1
redis: { nodes: 2 }
alarms: { rules: [{ name: hits, severity: warning, metric: redis.hit_rate, below: 50 }] }
`);
  const { metric_query: query } = resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_hits');
  expect(query).toMatchObject([
    { expression: '100 * SUM([hits_1, hits_2]) / (SUM([hits_1, hits_2]) + SUM([misses_1, misses_2]))' },
    {
      id: 'hits_1',
      metric: {
        metric_name: 'CacheHits',
        dimensions: { CacheClusterId: `\${aws_elasticache_replication_group.redis.replication_group_id}-001` },
      },
    },
    {
      id: 'hits_2',
      metric: {
        dimensions: { CacheClusterId: `\${aws_elasticache_replication_group.redis.replication_group_id}-002` },
      },
    },
    { id: 'misses_1', metric: { metric_name: 'CacheMisses' } },
    { id: 'misses_2' },
  ]);
});

test('watches what Lambda does in the whole account', () => {
  const terraform = synth(`region: us-east-1
alarms: { rules: [{ name: lambda, severity: warning, metric: account.lambda_concurrency, above: 800 }] }
`);
  const alarm = resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_lambda');
  expect(alarm).toMatchObject({ namespace: 'AWS/Lambda', metric_name: 'ConcurrentExecutions', threshold: 800 });
  expect(alarm).not.toHaveProperty('dimensions.FunctionName');
});
