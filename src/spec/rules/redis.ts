import type { EnvironmentSpec } from '../environment';
import { isOwn } from '../sections/network';
import { windowMinutes, windowsOverlap } from '../values/windows';
import type { Finding } from './report';

const LEAST_WINDOW = 60; // minutes, twice what RDS asks for

/** Node types of these families know no encryption. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html */
const withoutEncryption = /^cache\.(?:t1|m1|m2|m3|c1|r3)\./;

/** What ElastiCache would refuse. */
export function* redisRules({ redis, network }: EnvironmentSpec): Iterable<Finding> {
  if (!redis) return;
  const at = (...keys: string[]) => ['redis', ...keys];

  if (redis.automaticFailover && redis.nodes < 2) {
    yield {
      path: at('automatic_failover'),
      expected: 'expected at least "nodes: 2" with it, because AWS needs a second node to fail over to',
      advice: 'write more nodes or leave it out; from two nodes on it follows by itself',
    };
  }
  const zones = isOwn(network) ? network.subnets.private.filter(({ workloads }) => workloads) : [];
  if (redis.automaticFailover && zones.length === 1) {
    yield {
      path: at('automatic_failover'),
      expected: `expected false, because workloads have one zone (${zones[0]?.zone}) and it fails over to another`,
      advice:
        'ElastiCache refuses it; write "automatic_failover: false", or take "workloads: false" off a second private subnet',
    };
  }
  if (withoutEncryption.test(redis.nodeType)) {
    yield {
      path: at('node_type'),
      expected: 'expected a node type that can encrypt, such as "cache.t4g.micro" or "cache.m7g.large"',
      advice: 'AWS refuses encryption on nodes of this older family',
    };
  }
  if ('cluster-enabled' in redis.parameters) {
    yield {
      path: at('parameters', 'cluster-enabled'),
      expected: 'expected no sharding (cluster mode), which this section does not make',
    };
  }
  yield* windowRules(redis);
}

function* windowRules(redis: NonNullable<EnvironmentSpec['redis']>): Iterable<Finding> {
  const snapshots = redis.snapshotRetentionDays > 0;
  for (const [key, window] of [
    ...(snapshots ? [['snapshot_window', redis.snapshotWindow] as const] : []),
    ['maintenance_window', redis.maintenanceWindow] as const,
  ]) {
    if (windowMinutes(window) >= LEAST_WINDOW) continue;
    yield { path: ['redis', key], expected: `expected a window of at least ${LEAST_WINDOW} minutes` };
  }
  if (snapshots && windowsOverlap(redis.snapshotWindow, redis.maintenanceWindow)) {
    yield {
      path: ['redis', 'snapshot_window'],
      expected: `expected a window outside the maintenance window ${redis.maintenanceWindow}`,
      advice: 'ElastiCache refuses windows that overlap',
    };
  }
}
