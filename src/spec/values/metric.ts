/** A CloudWatch metric that alarms and dashboards may name. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: 'Average' | 'Sum' | 'Maximum' | 'Minimum';

  /** What the YAML's figures are in. */
  readonly unit: '%' | 'ms' | 's' | 'GiB' | 'count' | 'per minute' | 'MiB per minute';

  /** One of the YAML's units in those that CloudWatch reports. */
  readonly factor: number;

  /**
   * How many minutes pass from one value to the next.
   *
   * @default 1
   */
  readonly everyMinutes?: number;

  /** For what CloudWatch computes: a formula over metrics of the same namespace and dimensions. */
  readonly formula?: { readonly expression: string; readonly metricNames: Readonly<Record<string, string>> };

  /** Where each node reports by itself: whether the sum of all nodes is meant or the one furthest up. */
  readonly acrossNodes?: 'SUM' | 'MAX';

  /** True for what ECS only reports with Container Insights switched on. */
  readonly needsContainerInsights?: boolean;

  /** True for what RDS only reports with Performance Insights switched on. */
  readonly needsPerformanceInsights?: boolean;

  /** True for what the load balancer reports about the tasks behind it. */
  readonly ofTargets?: boolean;
}

/** `services.worker.cpu` → `["services.worker", "cpu"]`: what reports a metric, and what it calls it. */
export function splitMetric(metric: string): [source: string, name: string] {
  const dot = metric.lastIndexOf('.');
  return [metric.slice(0, dot), metric.slice(dot + 1)];
}

/** Things that report metrics. */
export type MetricSource =
  | 'account'
  | 'network'
  | 'service'
  | 'alb'
  | 'database'
  | 'redis'
  | 'fileSystem'
  | 'queue'
  | 'startedTask'
  | 'delivery'
  | 'function'
  | 'httpApi';
