import { type Metric, type MetricSource, splitMetric } from '../../spec/values/metric';
import { metrics } from '../../spec/values/metrics';

/** Something whose metrics alarms and dashboards show. */
export interface Reporter {
  readonly kind: MetricSource;
  readonly dimensions: Readonly<Record<string, string>>;

  /** Dimensions by node, where each reports by itself. */
  readonly nodes?: readonly Readonly<Record<string, string>>[];

  /** Dimensions of metrics that something else reports for it, by metric. */
  readonly dimensionsOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;

  /** Factors that depend on how it is set up, by metric. */
  readonly factors?: Readonly<Record<string, number>>;
}

/** A metric with the dimensions of what reports it. */
export type FoundMetric = Omit<Metric, 'formula'> & {
  readonly dimensions: Record<string, string>;
  readonly formula?: FoundFormula | undefined;
};

/** What CloudWatch computes, with the metrics that it takes by the names they have in the expression. */
export interface FoundFormula {
  readonly expression: string;
  readonly parts: Readonly<
    Record<string, { readonly metricName: string; readonly dimensions: Record<string, string> }>
  >;
}

/** What the YAML's names of metrics mean here: `workload.cpu` and so on. */
export class Metrics {
  constructor(private readonly reporters: ReadonlyMap<string, Reporter>) {}

  /** The metric behind a name, with the dimensions of what reports it. */
  find(name: string): FoundMetric {
    const [source, key] = splitMetric(name);
    const reporter = this.reporters.get(source);
    const metric = reporter && metrics[reporter.kind][key];
    if (!metric) throw new Error(`nothing reports the metric "${name}"`);
    const [firstNode = reporter.dimensions] = reporter.nodes ?? [];
    const dimensions = { ...(reporter.dimensionsOf?.[key] ?? firstNode) };
    return {
      ...metric,
      factor: reporter.factors?.[key] ?? metric.factor,
      dimensions,
      formula: metric.formula
        ? written(metric.formula, metric, { reporter, dimensions })
        : acrossNodes(metric, key, reporter),
    };
  }
}

/** The formula of the table; where each node reports by itself, over what all of them report. */
function written(
  { expression, metricNames }: NonNullable<Metric['formula']>,
  { acrossNodes }: Metric,
  { reporter, dimensions }: { readonly reporter: Reporter; readonly dimensions: Record<string, string> },
): FoundFormula {
  const { nodes = [] } = reporter;
  if (acrossNodes === undefined || nodes.length < 2) {
    const parts = Object.entries(metricNames).map(([id, metricName]) => [id, { metricName, dimensions }]);
    return { expression, parts: Object.fromEntries(parts) };
  }
  const ids = (id: string) => nodes.map((_, index) => `${id}_${index + 1}`);
  const parts = Object.entries(metricNames).flatMap(([id, metricName]) =>
    ids(id).map((each, index) => [each, { metricName, dimensions: { ...nodes[index] } }]),
  );
  return {
    expression: expression.replace(/\b[a-z]+\b/g, (id) =>
      id in metricNames ? `${acrossNodes}([${ids(id).join(', ')}])` : id,
    ),
    parts: Object.fromEntries(parts),
  };
}

/** One figure for all nodes: after a failover another node does the work. */
function acrossNodes(
  { metricName, acrossNodes }: Metric,
  key: string,
  { kind, nodes = [] }: Reporter,
): FoundFormula | undefined {
  if (acrossNodes === undefined || nodes.length < 2) return undefined;
  const parts = nodes.map((dimensions, index) => [
    `${kind}_${key}_${index + 1}`,
    { metricName, dimensions: { ...dimensions } },
  ]);
  return { expression: `${acrossNodes}([${parts.map(([id]) => id).join(', ')}])`, parts: Object.fromEntries(parts) };
}
