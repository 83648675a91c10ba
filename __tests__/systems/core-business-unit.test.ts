import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { all, container } from '../blocks/reading';
import { problemsOf } from '../support/problems';
import { shipped } from '../support/shipped';
import { resource, synth } from '../support/stacks';

// The statements of the infrastructure document with its own figures.
const FILE = 'environments/core-business-unit/dev.yaml';
const terraform = shipped('core-business-unit-dev');

test('everything of ours stands in one zone, and the second one has what AWS demands', () => {
  const subnets = Object.entries(all(terraform, 'aws_subnet')).map(
    ([name, { availability_zone: zone, cidr_block: cidr }]) => [name, zone, cidr],
  );
  expect(subnets).toEqual([
    ['network_private_a', 'us-east-2a', '10.0.2.0/24'],
    ['network_private_b', 'us-east-2b', '10.0.3.32/28'],
    ['network_public_a', 'us-east-2a', '10.0.1.0/24'],
    ['network_public_b', 'us-east-2b', '10.0.3.0/27'],
  ]);
  const { network_configuration: placed } = resource(terraform, 'aws_ecs_service.workload');
  expect(placed).toMatchObject({ subnets: ['${aws_subnet.network_private_a.id}'] });
  expect(Object.values(all(terraform, 'aws_nat_gateway'))).toMatchObject([
    { subnet_id: '${aws_subnet.network_public_a.id}' },
  ]);
  expect(resource(terraform, 'aws_db_instance.database').availability_zone).toBe('us-east-2a');
});

test('MySQL is as the document wants it', () => {
  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({
    engine: 'mysql',
    engine_version: '8.0',
    instance_class: 'db.t3.micro',
    allocated_storage: 20,
    storage_type: 'gp2',
    storage_encrypted: true,
    multi_az: false,
    backup_retention_period: 30,
    backup_window: '03:00-04:00',
    maintenance_window: 'sun:04:00-sun:05:00',
    enabled_cloudwatch_logs_exports: ['error', 'slowquery'],
  });
});

test('security groups are those of the document, with the proxy in the path', () => {
  const rules = (direction: string) =>
    Object.entries(all(terraform, `aws_vpc_security_group_${direction}_rule`)).map(([name, { from_port: port }]) => [
      name,
      port,
    ]);
  expect(rules('ingress')).toEqual([
    ['alb_connections_from_internet_443', 443],
    ['alb_connections_from_internet_80', 80],
    ['database_connections_from_database_proxy', 3306],
    ['database_proxy_connections_from_workload', 3306],
    ['workload_connections_from_alb', 8000],
  ]);
  expect(rules('egress')).toEqual([
    ['alb_connections_to_workload', 8000],
    ['database_proxy_connections_to_database', 3306],
    ['workload_connections_to_anywhere_443', 443],
    ['workload_connections_to_database_proxy', 3306],
  ]);
});

test('the container is told what the document names, and no plan shows the password', () => {
  const { environment, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task')) as {
    environment: { name: string }[];
    secrets: { name: string; valueFrom: string }[];
  };
  expect(environment.map(({ name }) => name).sort()).toEqual([
    'AWS_REGION',
    'COGNITO_CLIENT_ID',
    'COGNITO_USER_POOL_ID',
    'LOG_LEVEL',
    'S3_BUCKET_NAME',
  ]);
  expect(secrets.map(({ name }) => name).sort()).toEqual(['COGNITO_CLIENT_SECRET', 'DATABASE_URL', 'JWT_SECRET_KEY']);
  expect(terraform).not.toMatch(/mysql\+pymysql:\/\/dbadmin:(?!\$\{ephemeral\.)/);
});

test('tasks leave only when CPU and memory are both low', () => {
  expect(resource(terraform, 'aws_appautoscaling_target.workload_scaling')).toMatchObject({
    min_capacity: 2,
    max_capacity: 10,
  });
  const query = Object.values(all(terraform, 'aws_cloudwatch_metric_alarm'))
    .flatMap(({ metric_query: queries }) => (queries ?? []) as { expression?: string }[])
    .find(({ expression }) => expression?.includes('30'));
  expect(query?.expression).toMatch(/cpu < 30.*memory < 50/i);
});

test('the bucket has neither versions nor a lifecycle', () => {
  expect(all(terraform, 'aws_s3_bucket_versioning')).toEqual({});
  expect(all(terraform, 'aws_s3_bucket_lifecycle_configuration')).toEqual({});
});

test('the bill is watched in us-east-1, and the budget counts this environment', () => {
  expect(Object.values(all(terraform, 'aws_cloudwatch_metric_alarm'))).toContainEqual(
    expect.objectContaining({ namespace: 'AWS/Billing', provider: 'aws.us_east_1' }),
  );
  expect(Object.keys(all(terraform, 'aws_budgets_budget'))).toEqual(['budget']);
});

test('fails without the tags that a cost report needs', () => {
  const file = parse(readFileSync(FILE, 'utf8'));
  delete file.tags.owner;
  expect(problemsOf(stringify({ ...file, name_differs_because: 'a test' }))).toContain('owner');
});

test('every enhancement of the document is a line, a cache a word beside it, and all of them go together', () => {
  const plain = readFileSync(FILE, 'utf8').replace('project:', 'name_differs_because: a test\nproject:');
  const cached = plain.replace('uses: [database,', 'uses: [database, redis,');
  const lines = {
    'cdn: {}': 'aws_cloudfront_distribution.cdn',
    'redis: {}': 'aws_vpc_security_group_ingress_rule.redis_connections_from_workload',
    'waf: {}': 'aws_wafv2_web_acl.waf',
    'cluster: { container_insights: true }': 'aws_ecs_cluster.cluster',
  };
  for (const [line, address] of Object.entries(lines)) {
    const written = line.startsWith('redis') ? cached : plain;
    expect(resource(synth(`${written}\n${line}\n`), address)).not.toEqual({});
  }
  const together = `${cached.replace('multi_az: false', 'multi_az: true').replaceAll(', workloads: false', '')}\n${Object.keys(lines).join('\n')}\n`;
  const enhanced = synth(together);
  expect(resource(enhanced, 'aws_db_instance.database')).toMatchObject({ multi_az: true });
  expect(resource(enhanced, 'aws_db_instance.database')).not.toHaveProperty('availability_zone');
  expect(resource(enhanced, 'aws_ecs_service.workload').network_configuration).toMatchObject({
    subnets: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
  });
  for (const address of Object.values(lines)) expect(resource(enhanced, address)).not.toEqual({});
  expect(resource(enhanced, 'aws_ecs_cluster.cluster').setting).toEqual([
    { name: 'containerInsights', value: 'enabled' },
  ]);
});
