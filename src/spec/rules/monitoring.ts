import type { EnvironmentSpec } from '../environment';
import { nearest } from '../load/nearest';
import { databaseOf, existingDatabaseOf, maxConnections } from '../sections/database';
import { deployerOf } from '../sections/delivery';
import { isOwn } from '../sections/network';
import { type Metric, type MetricSource, splitMetric } from '../values/metric';
import { metrics } from '../values/metrics';
import { either, type Finding, type SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** Alarms, dashboard and saved queries name what is there. */
export function* monitoringRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const rule of spec.alarms?.rules ?? []) {
    const path = ['alarms', 'rules', rule.name];
    yield* metricRules([...path, 'metric'], rule.metric, spec);
    if ((rule.above === undefined) === (rule.below === undefined)) {
      yield { path, expected: 'expected either above or below', got: rule.above === undefined ? undefined : 'both' };
    }
    const unit = findMetric(rule.metric, spec)?.unit;
    const key = rule.above === undefined ? 'below' : 'above';
    if (unit === '%' && (rule.above ?? rule.below ?? 0) > 100) {
      yield { path: [...path, key], expected: 'expected a percentage up to 100' };
    }
  }
  for (const [index, widget] of (spec.dashboard?.widgets ?? []).entries()) {
    for (const [position, metric] of widget.metrics.entries()) {
      yield* metricRules(['dashboard', 'widgets', String(index), 'metrics', String(position)], metric, spec);
    }
  }
  if (spec.logs.savedQueries.length > 0 && !spec.workload && spec.services.length === 0) {
    yield {
      path: ['logs', 'saved_queries'],
      expected: 'expected a workload or services, whose logs they read',
      got: undefined,
    };
  }
}

/** What reports metrics here: the YAML's name and the kind of thing it is. */
function metricSources(spec: EnvironmentSpec): Map<string, MetricSource> {
  return new Map<string, MetricSource>([
    ...(spec.workload ? [['workload', 'service'] as const] : []),
    ...spec.services.map((service) => [`services.${service.name}`, 'service'] as const),
    ...(spec.alb ? [['alb', 'alb'] as const] : []),
    ...((databaseOf(spec) ?? existingDatabaseOf(spec)) ? [['database', 'database'] as const] : []),
    ...(spec.redis ? [['redis', 'redis'] as const] : []),
    ...spec.efs.map((each) => [`efs.${each.name}`, 'fileSystem'] as const),
    ...(spec.httpApi ? [['http_api', 'httpApi'] as const] : []),
    ...spec.functions.map((each) => [`functions.${each.name}`, 'function'] as const),
    ...spec.sqs.map((queue) => [`sqs.${queue.name}`, 'queue'] as const),
    ...(isOwn(spec.network) && spec.network.natGateways !== 'none' ? [['network', 'network'] as const] : []),
    ...startedTasks(spec).map(({ path }) => [path.join('.'), 'startedTask'] as const),
    ...(deployerOf(spec) ? [['delivery.deployer', 'delivery'] as const] : []),
    ...(spec.delivery?.notifier ? [['delivery.notifier', 'delivery'] as const] : []),
    ['account', 'account'],
  ]);
}

function findMetric(metric: string, spec: EnvironmentSpec): Metric | undefined {
  const [source, name] = splitMetric(metric);
  const kind = metricSources(spec).get(source);
  return kind && Object.hasOwn(metrics[kind], name) ? metrics[kind][name] : undefined;
}

function* metricRules(path: SpecPath, metric: string, spec: EnvironmentSpec): Iterable<Finding> {
  const [source, name] = splitMetric(metric);
  const sources = metricSources(spec);
  const kind = sources.get(source);
  if (kind === undefined) {
    const known = [...sources.keys()];
    const advice = known.length > 0 ? `there is ${either(known)}` : 'nothing here reports metrics';
    yield { path, expected: 'expected a metric of something that this environment has', got: metric, advice };
    return;
  }
  const found = findMetric(metric, spec);
  if (found === undefined) {
    const known = Object.keys(metrics[kind]);
    const meant = nearest(name, known);
    yield {
      path,
      expected: `expected a metric of "${source}"`,
      got: metric,
      advice: meant
        ? `did you mean "${source}.${meant}"?`
        : `there is ${either(known.map((known) => `${source}.${known}`))}`,
    };
    return;
  }
  yield* reportRules({ path, metric, found }, spec);
  yield* failureRules(path, metric, spec);
  yield* shareRules(path, metric, spec);
}

interface FoundMetric {
  readonly path: SpecPath;
  readonly metric: string;
  readonly found: Metric;
}

function noData([section]: SpecPath): string {
  return `the ${section === 'dashboard' ? 'widget' : 'alarm'} would stay without data`;
}

/** What is reported only where something else is switched on or in front. */
function* reportRules({ path, metric, found }: FoundMetric, spec: EnvironmentSpec): Iterable<Finding> {
  const [source] = splitMetric(metric);
  if (found.needsContainerInsights && !spec.cluster.containerInsights) {
    yield {
      path,
      expected: 'expected "container_insights: true" under cluster, because ECS reports task counts only then',
      got: metric,
      advice: noData(path),
    };
  }
  if (found.ofTargets && !runningServices(spec).some(({ path, routed }) => routed && path.join('.') === source)) {
    yield {
      path,
      expected: `expected "${source}" to be behind the load balancer, whose health checks it counts`,
      got: metric,
      advice: noData(path),
    };
  }
  if (found.needsPerformanceInsights && databaseOf(spec)?.performanceInsights === false) {
    yield {
      path,
      expected: 'expected a database with "performance_insights: true", which alone reports its load',
      got: metric,
      advice: noData(path),
    };
  }
}

/** What is counted in a queue for failures, where there is one of ours. */
function* failureRules(path: SpecPath, metric: string, spec: EnvironmentSpec): Iterable<Finding> {
  const [source, name] = splitMetric(metric);
  const queue = spec.sqs.find((each) => source === `sqs.${each.name}`);
  if (name === 'failed_messages' && queue?.existing) {
    yield {
      path,
      expected: 'expected a queue that is managed here, because only its owner knows where failed messages go',
      got: metric,
    };
  }
  if (name === 'failed_messages' && queue?.deadLetterQueue === false) {
    yield {
      path,
      expected: 'expected a queue with "dead_letter_queue: true", whose failed messages it counts',
      got: metric,
      advice: noData(path),
    };
  }
  const started = startedTasks(spec).find((each) => each.path.join('.') === source);
  if (started && !started.task.deadLetterQueue) {
    yield {
      path,
      expected: 'expected a task with "dead_letter_queue: true", whose failed starts it counts',
      got: metric,
      advice: noData(path),
    };
  }
}

/** Percentages of what the file has to say. */
function* shareRules(path: SpecPath, metric: string, spec: EnvironmentSpec): Iterable<Finding> {
  if (existingDatabaseOf(spec) && /^database\.(?:connections_used|free_storage_share)$/.test(metric)) {
    yield {
      path,
      expected: 'expected a figure that is no share, because the size of an existing database is not in the file',
      got: metric,
      advice: 'there is "database.connections" and "database.free_storage"',
    };
  }
  const database = databaseOf(spec);
  if (metric === 'database.connections_used' && database && maxConnections(database) === undefined) {
    yield {
      path,
      expected: `expected max_connections as a number under ${database.engine}.parameters, which the percentage is of`,
      got: metric,
    };
  }
}
