import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { AlarmRule, AlarmsSpec } from '../../spec/sections/alarms';
import { constructId } from '../../terraform/logical-ids';
import { Moved } from '../../terraform/moved';
import { AlarmTopics } from './alarm-topics';
import type { FoundFormula, FoundMetric, Metrics } from './metrics';

/** Props of {@link Alarms}: the `alarms` section, and what the metrics' names mean. */
export interface AlarmsProps extends AlarmsSpec {
  readonly metrics: Metrics;
  readonly name: string;
}

const MINUTE = 60; // seconds

/** Alarms on metrics, each telling the topic of its severity when it begins and when it ends. */
export class Alarms extends Construct {
  readonly topicArns: Readonly<Record<'critical' | 'warning', string>>;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topics = new AlarmTopics(this, 'topics', {
      name: props.name,
      critical: props.critical,
      warning: props.warning,
    });
    this.topicArns = topics.arns;
    for (const rule of props.rules) {
      const { everyMinutes = 1 } = props.metrics.find(rule.metric);
      const periods = Math.ceil(rule.forMinutes / everyMinutes);
      const alarm = new Construct(this, constructId(rule.name));
      new CloudwatchMetricAlarm(alarm, 'Default', {
        alarmName: rule.alarmName,
        alarmDescription: describe(rule, props.metrics),
        evaluationPeriods: periods,
        datapointsToAlarm: periods,
        comparisonOperator: rule.above === undefined ? 'LessThanThreshold' : 'GreaterThanThreshold',
        alarmActions: [topics.arns[rule.severity]],
        okActions: [topics.arns[rule.severity]],
        ...condition(rule, props),
      });
      if (rule.was !== undefined) new Moved(alarm, rule.was);
    }
  }
}

function condition(rule: AlarmRule, { metrics }: AlarmsProps) {
  const metric = metrics.find(rule.metric);
  const shared = {
    // To 15 digits, so that 9 ms are 0.009 s and not 0.009000000000000001 s.
    threshold: Number(((rule.above ?? rule.below ?? 0) * metric.factor).toPrecision(15)),
    treatMissingData: silence(metric),
  };
  if (metric.formula) return { ...shared, metricQuery: formula(metric, metric.formula) };
  const { namespace, metricName, dimensions, statistic, everyMinutes = 1 } = metric;
  return { ...shared, namespace, metricName, dimensions, statistic, period: everyMinutes * MINUTE };
}

/** A load balancer reports no count when nothing happened; a service that reports no tasks, or no healthy ones, has none. */
function silence({ statistic, needsContainerInsights, ofTargets }: FoundMetric): string {
  if (statistic === 'Sum') return 'notBreaching';
  return needsContainerInsights || (ofTargets && statistic === 'Minimum') ? 'breaching' : 'missing';
}

function formula({ namespace, statistic }: FoundMetric, { expression, parts }: FoundFormula) {
  return [
    { id: 'result', expression, label: expression, returnData: true },
    ...Object.entries(parts).map(([id, { metricName, dimensions }]) => ({
      id,
      metric: { namespace, metricName, stat: statistic, period: MINUTE, dimensions },
    })),
  ];
}

function describe(rule: AlarmRule, metrics: Metrics): string {
  const { unit, everyMinutes = 1 } = metrics.find(rule.metric);
  const limit = `${rule.above === undefined ? `below ${rule.below}` : `above ${rule.above}`} ${unit}`;
  const minutes = Math.ceil(rule.forMinutes / everyMinutes) * everyMinutes;
  return `${rule.severity}: ${rule.metric} ${limit.replace(' count', '')} for ${minutes} min`;
}
