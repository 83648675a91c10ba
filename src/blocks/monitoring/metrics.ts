import { type Metric, type MetricSource, metrics } from '../../spec/values/metrics';

/** Something whose metrics alarms and dashboards show. */
export interface Reporter {
  readonly kind: MetricSource;
  readonly dimensions: Readonly<Record<string, string>>;

  /** Dimensions of metrics that something else reports for it, by metric. */
  readonly dimensionsOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;

  /** Factors that depend on how it is set up, by metric. */
  readonly factors?: Readonly<Record<string, number>>;
}

/** A metric with the dimensions of what reports it. */
export type FoundMetric = Metric & { readonly dimensions: Record<string, string> };

/** What the YAML's names of metrics mean here: `workload.cpu` and so on. */
export class Metrics {
  constructor(private readonly reporters: ReadonlyMap<string, Reporter>) {}

  /** The metric behind a name, with the dimensions of what reports it. */
  find(name: string): FoundMetric {
    const dot = name.lastIndexOf('.');
    const [source, key] = [name.slice(0, dot), name.slice(dot + 1)];
    const reporter = this.reporters.get(source);
    const metric = reporter && metrics[reporter.kind][key];
    if (!metric) throw new Error(`nothing reports the metric "${name}"`);
    return {
      ...metric,
      factor: reporter.factors?.[key] ?? metric.factor,
      dimensions: { ...(reporter.dimensionsOf?.[key] ?? reporter.dimensions) },
    };
  }
}
