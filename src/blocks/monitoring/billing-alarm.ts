import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import type { AlarmsSpec } from '../../spec/sections/alarms';
import { AlarmTopic, makeAlarmKey } from './alarm-topic';

/** Props of {@link BillingAlarm}: `alarms.billing`, and who is told. */
export type BillingAlarmProps = NonNullable<AlarmsSpec['billing']> & {
  readonly emails: readonly string[];

  /** The topic of critical alarms, for a stack that is in us-east-1 itself. */
  readonly criticalTopicArn: string;

  /** us-east-1, where the stack is elsewhere. */
  readonly usEast1: AwsProvider | undefined;
};

/** AWS counts a few times a day what the month has cost so far. */
const SIX_HOURS = 21_600; // seconds

/**
 * An alarm on what the whole account has cost in the month so far.
 *
 * The figure exists only in us-east-1, and an alarm tells only topics of its own region.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
 */
export class BillingAlarm extends Construct {
  constructor(scope: Construct, id: string, props: BillingAlarmProps) {
    super(scope, id);
    const topicArn = props.usEast1 ? this.ownTopic(props, props.usEast1) : props.criticalTopicArn;
    new CloudwatchMetricAlarm(this, 'Default', {
      provider: props.usEast1,
      alarmName: props.name,
      alarmDescription: `critical: the account has cost more than ${props.monthlyUsd} USD this month`,
      namespace: 'AWS/Billing',
      metricName: 'EstimatedCharges',
      dimensions: { Currency: 'USD' },
      statistic: 'Maximum',
      period: SIX_HOURS,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: props.monthlyUsd,
      treatMissingData: 'missing',
      alarmActions: [topicArn],
    });
  }

  private ownTopic({ name, emails }: BillingAlarmProps, provider: AwsProvider): string {
    const account = new DataAwsCallerIdentity(this, 'account').accountId;
    const key = makeAlarmKey(this, { name, description: `Encrypts the alarm ${name}`, account, provider });
    return new AlarmTopic(this, 'topic', { name, emails, account, key, provider }).arn;
  }
}
