import { expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../support/problems';

test('accepts everything a Redis can say', () => {
  const yaml = `redis: { name: main-cache, engine_version: "7.0", node_type: cache.r7g.large, nodes: 3, automatic_failover: true,
  snapshot_retention_days: 35, snapshot_window: "23:00-00:00", maintenance_window: "sun:01:00-sun:02:00",
  parameters: { maxmemory-policy: allkeys-lru }, log_delivery: false, iam_users: [app, worker], security_group_name: cache }
workload: { uses: [redis] }
services: [{ name: worker, uses: [redis.worker] }]`;
  expect(problems(yaml)).toBe('');
  expect(problems('redis: { enabled: true }')).toBe('');
});

test('fails on failover with one node', () => {
  expect(problems('redis: { automatic_failover: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:30 redis.automatic_failover: expected at least "nodes: 2" with it, because AWS needs a second node to fail over to, got true: write more nodes or leave it out; from two nodes on it follows by itself"`,
  );
});

test('accepts copies that do not take over, and takeover that follows from the nodes', () => {
  expect(problems('redis: { nodes: 2, automatic_failover: false }')).toBe('');
  expect(problems('redis: { nodes: 2 }')).toBe('');
});

test('fails on more or fewer nodes than a replication group has', () => {
  expect(problems('redis: { nodes: 7 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:17 redis.nodes: expected a whole number of nodes from 1 to 6, got 7"`,
  );
  expect(problems('redis: { nodes: 0 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:17 redis.nodes: expected a whole number of nodes from 1 to 6, got 0"`,
  );
});

test('fails on windows shorter than an hour', () => {
  expect(
    problems('redis: { snapshot_window: "03:00-03:59", maintenance_window: "sun:05:00-sun:05:30" }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:27 redis.snapshot_window: expected a window of at least 60 minutes, got "03:00-03:59"
    demo/dev.yaml:1:62 redis.maintenance_window: expected a window of at least 60 minutes, got "sun:05:00-sun:05:30""
  `);
});

test('fails on a snapshot within the maintenance window', () => {
  expect(problems('redis: { snapshot_window: "04:30-05:30" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:27 redis.snapshot_window: expected a window outside the maintenance window sun:04:00-sun:05:00, got "04:30-05:30": ElastiCache refuses windows that overlap"`,
  );
});

test('accepts any snapshot window where no snapshots are taken', () => {
  expect(problems('redis: { snapshot_retention_days: 0, snapshot_window: "04:30-04:40" }')).toBe('');
});

test('fails on what is no window', () => {
  expect(problems('redis: { snapshot_window: "3-4", maintenance_window: "04:00-05:00" }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:27 redis.snapshot_window: expected a daily UTC window such as "03:00-04:00", got "3-4"
    demo/dev.yaml:1:54 redis.maintenance_window: expected a weekly UTC window such as "sun:04:00-sun:05:00", got "04:00-05:00""
  `);
});

test('fails on snapshots kept for more than ElastiCache keeps them', () => {
  expect(problems('redis: { snapshot_retention_days: 36 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:35 redis.snapshot_retention_days: expected a whole number from 0 to 35, got 36"`,
  );
});

test('fails on an RDS class as a node type', () => {
  expect(problems('redis: { node_type: db.t4g.micro }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 redis.node_type: expected an ElastiCache node type such as "cache.t4g.micro", got "db.t4g.micro""`,
  );
});

test('fails on nodes that cannot encrypt', () => {
  expect(problems('redis: { node_type: cache.m3.medium }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 redis.node_type: expected a node type that can encrypt, such as "cache.t4g.micro" or "cache.m7g.large", got "cache.m3.medium": AWS refuses encryption on nodes of this older family"`,
  );
});

test('fails on a version that the parameter group family does not have', () => {
  expect(problems('redis: { engine_version: "6.2" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:26 redis.engine_version: expected "7.0" or "7.1", got "6.2""`,
  );
  expect(problems('redis: { engine_version: 7.1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:26 redis.engine_version: expected "7.0" or "7.1", got 7.1"`,
  );
});

test('fails on names that AWS would refuse', () => {
  expect(problems('redis: { name: main--cache }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:16 redis.name: expected a name that AWS allows for a replication group (1 to 40 small letters, digits and single dashes, a letter first), got "main--cache""`,
  );
  expect(problems(`redis: { name: ${'a'.repeat(41)} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:16 redis.name: expected a name that AWS allows for a replication group (1 to 40 small letters, digits and single dashes, a letter first), got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa""`,
  );
  expect(problems('redis: { security_group_name: sg-cache }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:31 redis.security_group_name: expected a name that AWS allows for a security group (1 to 255 letters, digits, spaces and signs such as ".:/-", not "sg-" in front), got "sg-cache""`,
  );
});

test('fails on a default name that is too long', () => {
  expect(problems(`name_differs_because: x\nproject: ${'p'.repeat(32)}\nredis: {}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:1 redis.name: expected at most 40 characters, all that AWS allows for a replication group, got "pppppppppppppppppppppppppppppppp-dev-redis": it has 42; write a shorter one here"`,
  );
});

test('fails on users whose name in AWS is too long', () => {
  expect(problems('redis: { iam_users: [a-rather-long-name-of-a-user] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 redis.iam_users[0]: expected at most 40 characters, all that AWS allows for a Redis user, got "demo-dev-redis-a-rather-long-name-of-a-user": it has 43; write a shorter one here"`,
  );
});

test('fails on users that are reserved, listed twice or no names', () => {
  expect(problems('redis: { iam_users: [default] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 redis.iam_users[0]: expected a user name of small letters, digits and single dashes that starts with a letter and is not "default", got "default""`,
  );
  expect(problems('redis: { iam_users: [app, app] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:27 redis.iam_users[1]: expected a user that is not in the list yet, got "app""`,
  );
  expect(problems('redis: { iam_users: [App_1] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 redis.iam_users[0]: expected a user name of small letters, digits and single dashes that starts with a letter and is not "default", got "App_1""`,
  );
  expect(problems('redis: { iam_users: app }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 redis.iam_users: expected a list of user names such as [app], got "app""`,
  );
});

test('fails on cluster mode by the back door', () => {
  expect(problems('redis: { parameters: { cluster-enabled: "yes" } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:41 redis.parameters.cluster-enabled: expected no sharding (cluster mode), which this section does not make, got "yes""`,
  );
});

test('fails on a parameter that is a number', () => {
  expect(problems('redis: { parameters: { timeout: 300 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:33 redis.parameters.timeout: expected text (numbers and true in quotes), got 300"`,
  );
});

test('fails on an auth token, which would be in the state', () => {
  expect(problems('redis: { auth_token: secret }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:10 redis.auth_token: unknown key: known here: enabled, name, import, engine_version, node_type, nodes, automatic_failover, snapshot_retention_days, snapshot_window, maintenance_window, parameters, log_delivery, iam_users, security_group_name"`,
  );
});

test('fails when something uses a Redis or a user that is not declared', () => {
  expect(problems('workload: { uses: [redis] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 workload.uses[0]: expected the name of something that this environment declares, got "redis": there is "logs""`,
  );
  expect(problems('redis: { iam_users: [app] }\nworkload: { uses: [redis.ap] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:20 workload.uses[0]: expected the name of something that this environment declares, got "redis.ap": did you mean "redis.app"?"`,
  );
});

test('fails on two users of Redis at once, whose variables would collide', () => {
  expect(
    problems('redis: { iam_users: [app, admin] }\nworkload: { uses: [redis, redis.admin] }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["redis","redis.admin"]: both would set REDIS_HOST; rename one of them, or use one of them only
    demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["redis","redis.admin"]: both would set REDIS_PORT; rename one of them, or use one of them only
    demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["redis","redis.admin"]: both would set REDIS_TLS; rename one of them, or use one of them only
    demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["redis","redis.admin"]: both would set REDIS_USER; rename one of them, or use one of them only
    demo/dev.yaml:2:13 workload.uses: expected things that inject different variables, got ["redis","redis.admin"]: both would set REDIS_CACHE_NAME; rename one of them, or use one of them only"
  `);
});

test('fails on a variable that a secret has too', () => {
  const secret =
    'secrets: [{ name: cache, fill_in: [redis_user, redis_host] }]\nworkload: { uses: [redis, secrets.cache] }';
  expect(problems(`redis: {}\n${secret}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:13 workload.uses: expected things that inject different variables, got ["redis","secrets.cache"]: both would set REDIS_HOST; rename one of them, or use one of them only"`,
  );
  expect(problems(`redis: { iam_users: [app] }\n${secret}`)).toMatchInlineSnapshot(`
    "demo/dev.yaml:3:13 workload.uses: expected things that inject different variables, got ["redis","secrets.cache"]: both would set REDIS_USER; rename one of them, or use one of them only
    demo/dev.yaml:3:13 workload.uses: expected things that inject different variables, got ["redis","secrets.cache"]: both would set REDIS_HOST; rename one of them, or use one of them only"
  `);
});

test('fails on a security group that the database has too', () => {
  expect(
    problems('postgres: { security_group_name: data }\nredis: { security_group_name: data }'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:31 redis.security_group_name: expected another security group name than postgres.security_group_name, got "data": in AWS they would be one and the same; write another one here"`,
  );
});

test('fails on a metric that Redis does not report, and on any where there is no Redis', () => {
  const alarm = (metric: string) => `alarms: { rules: [{ name: a, severity: warning, metric: ${metric}, above: 80 }] }`;
  expect(problems(`redis: {}\n${alarm('redis.memory')}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:57 alarms.rules.a.metric: expected a metric of "redis", got "redis.memory": there is "redis.cpu", "redis.memory_used", "redis.connections", "redis.evictions", "redis.hits", "redis.misses" or "redis.hit_rate""`,
  );
  expect(problems(`postgres: {}\n${alarm('redis.cpu')}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:57 alarms.rules.a.metric: expected a metric of something that this environment has, got "redis.cpu": there is "database", "network" or "account""`,
  );
});

test('fails on two environments of one account that would share a replication group', () => {
  const base = 'region: us-east-1\nredis: { name: cache }\n';
  expect(
    problemsIn({ 'demo/base.yaml': base, 'demo/dev.yaml': 'env: dev\n', 'demo/prod.yaml': 'env: prod\n' }),
  ).toMatchInlineSnapshot(
    `"demo/base.yaml:2:16 redis.name: expected another replication group name than that of demo-dev, got "cache": an account has one of a name in a region; write another one here, or account_id where the accounts differ"`,
  );
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
