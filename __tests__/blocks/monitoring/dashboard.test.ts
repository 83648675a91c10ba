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
