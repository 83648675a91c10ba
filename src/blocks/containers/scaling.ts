import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { ScheduleSpec } from '../../spec/sections/scaling';
import type { ServiceSpec } from '../../spec/sections/service';
import { constructId } from '../../terraform/logical-ids';

type ScalingSpec = NonNullable<ServiceSpec['scaling']>;

export interface ScalingProps extends ScalingSpec {
  /** Name of the service. */
  readonly name: string;

  /** The service's cluster and name as CloudWatch knows them. */
  readonly metricDimensions: Readonly<Record<string, string>>;
}

const ecsMetric = { cpu: 'CPUUtilization', memory: 'MemoryUtilization' };

/**
 * Keeps the number of tasks where the targets are met.
 *
 * Target tracking adds tasks. It would also remove them, near 90 % of the target; with `scale_in_below` it may not, and an
 * alarm takes one task away at a time instead. Schedules change the bounds at times of day.
 */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);
    const { ClusterName: cluster, ServiceName: service } = props.metricDimensions;
    const target = new AppautoscalingTarget(this, 'Default', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${cluster}/${service}`,
      minCapacity: props.min,
      maxCapacity: props.max,
      lifecycle: leaveToSchedules(props.schedules),
    });
    const place = {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
    };
    for (const [metric, value] of [
      ['cpu', props.targetCpu],
      ['memory', props.targetMemory],
    ] as const) {
      if (value === undefined) continue;
      new AppautoscalingPolicy(this, metric, {
        ...place,
        name: `${props.name}-${metric}`,
        policyType: 'TargetTrackingScaling',
        targetTrackingScalingPolicyConfiguration: {
          targetValue: value,
          scaleOutCooldown: props.scaleOutCooldown,
          scaleInCooldown: props.scaleInCooldown,
          disableScaleIn: props.scaleInBelow !== undefined,
          predefinedMetricSpecification: { predefinedMetricType: `ECSServiceAverage${ecsMetric[metric]}` },
        },
      });
    }
    if (props.scaleInBelow) this.scaleIn(props, props.scaleInBelow, place);
    for (const schedule of props.schedules) this.change(schedule, props.name, place);
  }

  private change({ name, at, timezone, min, max }: ScheduleSpec, service: string, place: ScalingPlace): void {
    new AppautoscalingScheduledAction(this, `schedule_${constructId(name)}`, {
      ...place,
      name: `${service}-${name}`,
      schedule: at,
      timezone,
      scalableTargetAction: {
        minCapacity: min === undefined ? undefined : String(min),
        maxCapacity: max === undefined ? undefined : String(max),
      },
    });
  }

  private scaleIn(props: ScalingProps, below: NonNullable<ScalingSpec['scaleInBelow']>, place: ScalingPlace): void {
    const limits = (['cpu', 'memory'] as const).flatMap((metric) => {
      const limit = below[metric];
      return limit === undefined ? [] : [{ metric, limit }];
    });
    const policy = new AppautoscalingPolicy(this, 'in', {
      ...place,
      name: `${props.name}-in`,
      policyType: 'StepScaling',
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        cooldown: props.scaleInCooldown,
        metricAggregationType: 'Average',
        stepAdjustment: [{ metricIntervalLowerBound: '0', scalingAdjustment: -1 }],
      },
    });
    const conditions = limits.map(({ metric, limit }) => `${metric} < ${limit}`);
    new CloudwatchMetricAlarm(this, 'in_alarm', {
      alarmName: `${props.name}-scale-in`,
      alarmDescription: `Removes a task while ${conditions.join(' and ')} (%)`,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      evaluationPeriods: below.forMinutes,
      datapointsToAlarm: below.forMinutes,
      treatMissingData: 'notBreaching',
      alarmActions: [policy.arn],
      metricQuery: [
        { id: 'idle', expression: `IF(${conditions.join(' AND ')}, 1, 0)`, label: 'idle', returnData: true },
        ...limits.map(({ metric }) => ({
          id: metric,
          metric: {
            namespace: 'AWS/ECS',
            metricName: ecsMetric[metric],
            stat: 'Average',
            period: 60,
            dimensions: { ...props.metricDimensions },
          },
        })),
      ],
    });
  }
}

/** An apply at night would otherwise bring the bounds of the day back, until the next schedule. */
function leaveToSchedules(schedules: readonly ScheduleSpec[]) {
  const ignoreChanges = [
    ...(schedules.some(({ min }) => min !== undefined) ? ['min_capacity'] : []),
    ...(schedules.some(({ max }) => max !== undefined) ? ['max_capacity'] : []),
  ];
  return ignoreChanges.length > 0 ? { ignoreChanges } : undefined;
}

interface ScalingPlace {
  readonly serviceNamespace: string;
  readonly scalableDimension: string;
  readonly resourceId: string;
}
