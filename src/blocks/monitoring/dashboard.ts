import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { DashboardSpec } from '../../spec/sections/dashboard';
import { jsonText } from '../../terraform/json-text';
import type { FoundMetric, Metrics } from './metrics';

/** Props of {@link Dashboard}: the `dashboard` section, and what the metrics' names mean. */
export interface DashboardProps extends DashboardSpec {
  readonly region: string;
  readonly metrics: Metrics;
}

const MINUTE = 60; // seconds
const COLUMNS = 2;
const WIDTH = 12; // of the 24 units that a dashboard is wide
const HEIGHT = 6;

/** One CloudWatch dashboard, two widgets a row. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, 'Default', {
      dashboardName: props.name,
      dashboardBody: jsonText({ widgets: props.widgets.map((widget, index) => render(widget, index, props)) }),
    });
  }
}

function render(widget: DashboardSpec['widgets'][number], index: number, { region, metrics }: DashboardProps): object {
  return {
    type: 'metric',
    x: (index % COLUMNS) * WIDTH,
    y: Math.floor(index / COLUMNS) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title: widget.title,
      region,
      view: 'timeSeries',
      period: MINUTE,
      metrics: widget.metrics.flatMap((name, position) => lines(name, `m${position + 1}`, metrics.find(name))),
      ...(widget.target !== undefined && {
        annotations: { horizontal: [{ label: `target ${widget.target}`, value: widget.target }] },
      }),
    },
  };
}

/** A metric in the YAML's unit: as CloudWatch has it, or computed from what CloudWatch has. */
function lines(name: string, id: string, metric: FoundMetric): unknown[] {
  const { namespace, statistic, unit, factor, formula, everyMinutes } = metric;
  const stat = { stat: statistic, ...(everyMinutes !== undefined && { period: everyMinutes * MINUTE }) };
  const raw = (metricName: string, dimensions = metric.dimensions) => [
    namespace,
    metricName,
    ...Object.entries(dimensions).flat(),
  ];
  const label = `${name} (${unit})`;
  if (formula) {
    const hidden = Object.entries(formula.parts).map(([key, { metricName, dimensions }]) => [
      ...raw(metricName, dimensions),
      { id: key, ...stat, visible: false },
    ]);
    const expression = factor === 1 ? formula.expression : `${formula.expression} / ${factor}`;
    return [[{ expression, label }], ...hidden];
  }
  if (factor === 1) return [[...raw(metric.metricName), { ...stat, label }]];
  return [[{ expression: `${id} / ${factor}`, label }], [...raw(metric.metricName), { id, ...stat, visible: false }]];
}
