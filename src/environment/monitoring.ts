import { Alarms } from '../blocks/monitoring/alarms';
import { BillingAlarm } from '../blocks/monitoring/billing-alarm';
import { Budget } from '../blocks/monitoring/budget';
import { Dashboard } from '../blocks/monitoring/dashboard';
import { Metrics, type Reporter } from '../blocks/monitoring/metrics';
import { SavedQueries } from '../blocks/monitoring/saved-queries';
import type { EnvironmentSpec } from '../spec/environment';
import { databaseOf, maxConnections } from '../spec/sections/database';
import type { RootStack } from '../terraform/root-stack';
import type { Parts } from './parts';
import type { Providers } from './providers';

const GIB = 1024 ** 3;

/** Where AWS keeps what an account costs. */
export const BILLING_REGION = 'us-east-1';

/** What is watched. */
type Watched = Pick<Parts, 'network' | 'containers' | 'alb' | 'data' | 'httpApi' | 'delivery'>;

/** Alarms, the dashboard, saved queries and the budget; gives the alarms' topics. */
export function makeMonitoring(
  stack: RootStack,
  spec: EnvironmentSpec,
  { providers, ...watched }: Watched & { readonly providers: Providers },
): Alarms | undefined {
  const { project, env, region } = spec;
  const name = stack.node.id;
  const metrics = new Metrics(reporters(spec, watched));
  const { services, functions } = watched.containers;
  const logGroupNames = [...services.values(), ...functions.values()].map((service) => service.logGroupName);
  new SavedQueries(stack, 'saved_query', { name, queries: spec.logs.savedQueries, logGroupNames });
  if (spec.dashboard) new Dashboard(stack, 'dashboard', { ...spec.dashboard, metrics, region });
  if (spec.budget) new Budget(stack, 'budget', { ...spec.budget, project, env });
  const alarms = spec.alarms && new Alarms(stack, 'alarms', { ...spec.alarms, metrics, name });
  if (alarms && spec.alarms?.billing) {
    new BillingAlarm(stack, 'billing_alarm', {
      ...spec.alarms.billing,
      emails: spec.alarms.critical.emails ?? [],
      criticalTopicArn: alarms.topicArns.critical,
      usEast1: providers.in(BILLING_REGION),
    });
  }
  return alarms;
}

function reporters(spec: EnvironmentSpec, watched: Watched): Map<string, Reporter> {
  const { network, containers, alb, httpApi, data, delivery } = watched;
  const written = databaseOf(spec);
  const connections = written && maxConnections(written);
  const found = new Map<string, Reporter>();
  for (const [name, { metricDimensions, targetDimensions }] of containers.services) {
    const ofTargets = targetDimensions && { healthy_targets: targetDimensions, unhealthy_targets: targetDimensions };
    found.set(name, { kind: 'service', dimensions: metricDimensions, dimensionsOf: ofTargets ?? {} });
  }
  for (const [name, { metricDimensions }] of containers.functions)
    found.set(name, { kind: 'function', dimensions: metricDimensions });
  if (httpApi) found.set('http_api', { kind: 'httpApi', dimensions: httpApi.metricDimensions });
  if (alb) found.set('alb', { kind: 'alb', dimensions: alb.metricDimensions });
  for (const [name, queue] of data.queues) {
    const failed = queue.deadLetterDimensions;
    found.set(name, {
      kind: 'queue',
      dimensions: queue.metricDimensions,
      dimensionsOf: failed ? { failed_messages: failed } : {},
    });
  }
  for (const [name, { deadLetters }] of containers.startedTasks)
    if (deadLetters) found.set(name, { kind: 'startedTask', dimensions: deadLetters.metricDimensions });
  for (const [name, { metricDimensions }] of delivery.deadLetters)
    found.set(name, { kind: 'delivery', dimensions: metricDimensions });
  for (const [name, { metricDimensions, sizeDimensions }] of data.fileSystems) {
    found.set(name, { kind: 'fileSystem', dimensions: metricDimensions, dimensionsOf: { size: sizeDimensions } });
  }
  found.set('account', { kind: 'account', dimensions: {} });
  found.set('network', {
    kind: 'network',
    dimensions: {},
    nodes: network.natGatewayIds.map((NatGatewayId) => ({ NatGatewayId })),
  });
  const { database, redis } = data;
  if (database) {
    const factors: Record<string, number> = {
      free_storage_share: ((written?.allocatedStorage ?? 0) * GIB) / 100,
      ...(connections !== undefined && { connections_used: connections / 100 }),
    };
    found.set('database', { kind: 'database', dimensions: database.metricDimensions, factors });
  }
  if (redis) found.set('redis', { kind: 'redis', dimensions: {}, nodes: redis.nodeDimensions });
  return found;
}
