import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { container, decoded, statements } from '../reading';

test('is one private, encrypted node that leaves a snapshot behind', () => {
  expect(resource(redis('{}'), 'aws_elasticache_replication_group.redis')).toEqual({
    replication_group_id: 'demo-dev-redis',
    description: 'Redis of demo-dev-redis',
    engine: 'redis',
    engine_version: '7.1',
    auto_minor_version_upgrade: 'false',
    node_type: 'cache.t4g.micro',
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
    multi_az_enabled: false,
    port: 6379,
    subnet_group_name: '${aws_elasticache_subnet_group.redis_subnets.name}',
    parameter_group_name: '${aws_elasticache_parameter_group.redis_parameters.name}',
    security_group_ids: ['${aws_security_group.redis_connections.id}'],
    at_rest_encryption_enabled: 'true',
    transit_encryption_enabled: true,
    snapshot_retention_limit: 1,
    snapshot_window: '03:00-04:00',
    final_snapshot_identifier: 'demo-dev-redis-final',
    maintenance_window: 'sun:04:00-sun:05:00',
    log_delivery_configuration: ['slow', 'engine'].map((log) => ({
      destination: `\${aws_cloudwatch_log_group.redis_logs_${log}.name}`,
      destination_type: 'cloudwatch-logs',
      log_format: 'json',
      log_type: `${log}-log`,
    })),
    lifecycle: { prevent_destroy: true },
  });
});

test('takes its settings from the file', () => {
  const terraform = redis(`
  name: main
  engine_version: "7.0"
  node_type: cache.m7g.large
  snapshot_retention_days: 14
  snapshot_window: "01:00-02:00"
  maintenance_window: "mon:04:00-mon:05:00"
  security_group_name: cache
`);
  expect(resource(terraform, 'aws_elasticache_replication_group.redis')).toMatchObject({
    replication_group_id: 'main',
    engine_version: '7.0',
    node_type: 'cache.m7g.large',
    snapshot_retention_limit: 14,
    snapshot_window: '01:00-02:00',
    maintenance_window: 'mon:04:00-mon:05:00',
    final_snapshot_identifier: 'main-final',
  });
  expect(resource(terraform, 'aws_security_group.redis_connections')).toMatchObject({ name: 'cache' });
});

test('fails over between zones from two nodes on, unless the file says otherwise', () => {
  expect(resource(redis('{ nodes: 2 }'), 'aws_elasticache_replication_group.redis')).toMatchObject({
    num_cache_clusters: 2,
    automatic_failover_enabled: true,
    multi_az_enabled: true,
  });
  expect(
    resource(redis('{ nodes: 2, automatic_failover: false }'), 'aws_elasticache_replication_group.redis'),
  ).toMatchObject({ automatic_failover_enabled: false, multi_az_enabled: false });
});

test('tiers data where the node type has nothing else', () => {
  expect(resource(redis('{ node_type: cache.r6gd.xlarge }'), 'aws_elasticache_replication_group.redis')).toMatchObject({
    data_tiering_enabled: true,
  });
});

test('may be destroyed in an unprotected environment, without a snapshot', () => {
  const group = resource(redis('{}', 'protect: false'), 'aws_elasticache_replication_group.redis');
  expect(group).toMatchObject({ lifecycle: { prevent_destroy: false } });
  expect(group).not.toHaveProperty('final_snapshot_identifier');
});

test('takes no snapshots where none are kept', () => {
  const group = resource(redis('{ snapshot_retention_days: 0 }'), 'aws_elasticache_replication_group.redis');
  expect(group).toMatchObject({ snapshot_retention_limit: 0 });
  expect(group).not.toHaveProperty('snapshot_window');
});

test('is not there when it is not enabled', () => {
  expect(JSON.parse(redis('{ enabled: false }')).resource).not.toHaveProperty('aws_elasticache_replication_group');
});

test('stands in the private subnets', () => {
  expect(resource(redis('{}'), 'aws_elasticache_subnet_group.redis_subnets')).toEqual({
    name: 'demo-dev-redis',
    description: 'Private subnets of demo-dev-redis',
    subnet_ids: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
  });
});

test('has a parameter group of its own, replaced without a gap', () => {
  expect(
    resource(
      redis('{ parameters: { maxmemory-policy: allkeys-lru } }'),
      'aws_elasticache_parameter_group.redis_parameters',
    ),
  ).toEqual({
    name: 'demo-dev-redis-redis7',
    family: 'redis7',
    description: 'Parameters of demo-dev-redis',
    parameter: [{ name: 'maxmemory-policy', value: 'allkeys-lru' }],
    lifecycle: { create_before_destroy: true },
  });
});

test('logs to groups that keep as long as all others do, or not at all', () => {
  const terraform = redis('{}', 'logs: { retention_days: 30 }');
  for (const log of ['slow', 'engine']) {
    expect(resource(terraform, `aws_cloudwatch_log_group.redis_logs_${log}`)).toEqual({
      name: `/aws/vendedlogs/elasticache/demo-dev-redis/${log}-log`,
      retention_in_days: 30,
    });
  }
  const silent = redis('{ log_delivery: false }');
  expect(resource(silent, 'aws_elasticache_replication_group.redis')).not.toHaveProperty('log_delivery_configuration');
  expect(silent).not.toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: expect.stringContaining('elasticache'),
  });
});

test('who uses it may connect, and knows where', () => {
  const terraform = redis('{}', 'workload: { uses: [redis] }');
  const port = { ip_protocol: 'tcp', from_port: 6379, to_port: 6379 };
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.redis_connections_from_workload')).toEqual({
    ...port,
    security_group_id: '${aws_security_group.redis_connections.id}',
    referenced_security_group_id: '${aws_security_group.workload_connections.id}',
    description: 'from workload',
  });
  expect(resource(terraform, 'aws_vpc_security_group_egress_rule.workload_connections_to_redis')).toEqual({
    ...port,
    security_group_id: '${aws_security_group.workload_connections.id}',
    referenced_security_group_id: '${aws_security_group.redis_connections.id}',
    description: 'to redis',
  });
  expect(variables(terraform, 'workload')).toEqual({
    REDIS_HOST: 'aws_elasticache_replication_group.redis.primary_endpoint_address',
    REDIS_PORT: '6379',
    REDIS_TLS: 'true',
  });
  expect(terraform).not.toHaveResourceWithProperties(IamRolePolicy, { name: 'connect_redis' });
});

test('the workload uses it unless it says otherwise', () => {
  expect(variables(redis('{}', 'workload: {}'), 'workload')).toHaveProperty('REDIS_HOST');
});

test('is closed to those who do not use it', () => {
  const terraform = redis('{}', 'workload: { uses: [] }');
  expect(JSON.parse(terraform).resource.aws_vpc_security_group_ingress_rule ?? {}).not.toHaveProperty(
    'redis_connections_from_workload',
  );
  expect(variables(terraform, 'workload')).toEqual({});
});

const TWO_USERS = '{ iam_users: [app, bulk-import] }';

test('users sign in by IAM, and a client without a name may do nothing', () => {
  const terraform = redis(TWO_USERS);
  expect(resource(terraform, 'aws_elasticache_user.redis_users_app')).toEqual({
    user_id: 'demo-dev-redis-app',
    user_name: 'demo-dev-redis-app',
    engine: 'redis',
    access_string: 'on ~* &* +@all',
    authentication_mode: { type: 'iam' },
  });
  expect(resource(terraform, 'aws_elasticache_user.redis_users_default')).toEqual({
    user_id: 'demo-dev-redis-default',
    user_name: 'default',
    engine: 'redis',
    access_string: 'off ~* -@all',
    no_password_required: true,
  });
  expect(resource(terraform, 'aws_elasticache_user_group.redis_users')).toEqual({
    user_group_id: 'demo-dev-redis',
    engine: 'redis',
    user_ids: ['default', 'app', 'bulk_import'].map((name) => `\${aws_elasticache_user.redis_users_${name}.user_id}`),
  });
  expect(resource(terraform, 'aws_elasticache_replication_group.redis')).toMatchObject({
    user_group_ids: ['${aws_elasticache_user_group.redis_users.user_group_id}'],
  });
});

test('has no users, no group and no token where none are named', () => {
  const terraform = redis('{}');
  const group = resource(terraform, 'aws_elasticache_replication_group.redis');
  expect(terraform).not.toHaveResourceWithProperties(ElasticacheUser, {});
  expect(group).not.toHaveProperty('user_group_ids');
  expect(group).not.toHaveProperty('auth_token');
});

test('who uses it signs in as its first user, and as another where it says so', () => {
  const terraform = redis(
    TWO_USERS,
    'workload: { uses: [redis] }\nservices: [{ name: bulk, uses: [redis.bulk-import] }]',
  );
  for (const [consumer, user] of [
    ['workload', 'app'],
    ['service_bulk', 'bulk_import'],
  ] as const) {
    expect(variables(terraform, consumer)).toEqual({
      REDIS_HOST: 'aws_elasticache_replication_group.redis.primary_endpoint_address',
      REDIS_PORT: '6379',
      REDIS_TLS: 'true',
      REDIS_USER: `aws_elasticache_user.redis_users_${user}.user_id`,
      REDIS_CACHE_NAME: 'aws_elasticache_replication_group.redis.replication_group_id',
    });
    expect(statements(resource(terraform, `aws_iam_role_policy.${consumer}_task_role_connect_redis`).policy)).toEqual([
      {
        Effect: 'Allow',
        Action: ['elasticache:Connect'],
        Resource: ['aws_elasticache_replication_group.redis.arn', `aws_elasticache_user.redis_users_${user}.arn`],
      },
    ]);
    expect(resource(terraform, `aws_vpc_security_group_ingress_rule.redis_connections_from_${consumer}`)).toMatchObject(
      { from_port: 6379 },
    );
  }
});

test('tells where it answers', () => {
  expect(JSON.parse(redis('{}')).output.redis_endpoint.value).toBe(
    '${aws_elasticache_replication_group.redis.primary_endpoint_address}:6379',
  );
});

test('an alarm sees the only node', () => {
  expect(resource(watched('{}', 'redis.memory_used'), 'aws_cloudwatch_metric_alarm.alarms_a')).toMatchObject({
    namespace: 'AWS/ElastiCache',
    metric_name: 'DatabaseMemoryUsagePercentage',
    statistic: 'Average',
    dimensions: { CacheClusterId: '${aws_elasticache_replication_group.redis.replication_group_id}-001' },
    threshold: 80,
    treat_missing_data: 'missing',
  });
});

test.each([
  ['cpu', 'EngineCPUUtilization', 'Average', 'MAX'],
  ['memory_used', 'DatabaseMemoryUsagePercentage', 'Average', 'MAX'],
  ['connections', 'CurrConnections', 'Average', 'MAX'],
  ['evictions', 'Evictions', 'Sum', 'SUM'],
  ['hits', 'CacheHits', 'Sum', 'SUM'],
  ['misses', 'CacheMisses', 'Sum', 'SUM'],
])('an alarm on redis.%s sees every node', (metric, metricName, stat, across) => {
  const ids = [`redis_${metric}_1`, `redis_${metric}_2`];
  const expression = `${across}([${ids.join(', ')}])`;
  expect(resource(watched('{ nodes: 2 }', `redis.${metric}`), 'aws_cloudwatch_metric_alarm.alarms_a')).toMatchObject({
    metric_query: [
      { id: 'result', expression, label: expression, return_data: true },
      ...ids.map((id, index) => ({
        id,
        metric: {
          namespace: 'AWS/ElastiCache',
          metric_name: metricName,
          stat,
          period: 60,
          dimensions: {
            CacheClusterId: `\${aws_elasticache_replication_group.redis.replication_group_id}-00${index + 1}`,
          },
        },
      })),
    ],
  });
});

test('a dashboard shows hits and misses of every node side by side', () => {
  const terraform = redis(
    '{ nodes: 2 }',
    'dashboard: { widgets: [{ title: Cache, metrics: [redis.hits, redis.misses] }] }',
  );
  const { widgets } = decoded(
    String(resource(terraform, 'aws_cloudwatch_dashboard.dashboard').dashboard_body).replaceAll(
      /\$\{([^{}]*)\}(?=-)/g,
      '$1',
    ),
  ) as { widgets: { properties: { metrics: unknown[] } }[] };
  const node = (metric: string, key: string, number: number) => [
    'AWS/ElastiCache',
    metric,
    'CacheClusterId',
    `aws_elasticache_replication_group.redis.replication_group_id-00${number}`,
    { id: `redis_${key}_${number}`, stat: 'Sum', visible: false },
  ];
  expect(widgets[0]?.properties.metrics).toEqual([
    [{ expression: 'SUM([redis_hits_1, redis_hits_2])', label: 'redis.hits (per minute)' }],
    node('CacheHits', 'hits', 1),
    node('CacheHits', 'hits', 2),
    [{ expression: 'SUM([redis_misses_1, redis_misses_2])', label: 'redis.misses (per minute)' }],
    node('CacheMisses', 'misses', 1),
    node('CacheMisses', 'misses', 2),
  ]);
});

function watched(section: string, metric: string): string {
  return redis(section, `alarms: { rules: [{ name: a, severity: warning, metric: ${metric}, above: 80 }] }`);
}

function redis(section: string, more = ''): string {
  return synth(`region: us-east-1\nredis: ${section}\n${more}\n`);
}

/** The plain environment variables of a consumer that begin with REDIS_. */
function variables(terraform: string, consumer: string): Record<string, string> {
  const definition = container(resource(terraform, `aws_ecs_task_definition.${consumer}_task`));
  const environment = (definition.environment ?? []) as { readonly name: string; readonly value: string }[];
  return Object.fromEntries(
    environment.filter(({ name }) => name.startsWith('REDIS_')).map(({ name, value }) => [name, value]),
  );
}

test('stays at the version of the file, from which Terraform could go back only by replacing it', () => {
  expect(
    resource(synth('region: us-east-1\nredis: { engine_version: "7.0" }\n'), 'aws_elasticache_replication_group.redis'),
  ).toMatchObject({ engine_version: '7.0', auto_minor_version_upgrade: 'false' });
});
