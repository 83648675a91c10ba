import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { Construct } from 'constructs';
import type { AlarmsSpec } from '../../spec/sections/alarms';
import { AlarmTopic, makeAlarmKey } from './alarm-topic';

export interface AlarmTopicsProps extends Pick<AlarmsSpec, 'critical' | 'warning'> {
  /** `<project>-<env>`, after which the key is named. */
  readonly name: string;
}

/** The topics that alarms tell, under one key. */
export class AlarmTopics extends Construct {
  readonly arns: Readonly<Record<'critical' | 'warning', string>>;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    const account = new DataAwsCallerIdentity(this, 'account').accountId;
    const key = makeAlarmKey(this, {
      name: `${props.name}-alarms`,
      description: `Encrypts the alarms of ${props.name}`,
      account,
    });
    const topic = (severity: 'critical' | 'warning') =>
      new AlarmTopic(this, severity, { ...props[severity], account, key }).arn;
    this.arns = { critical: topic('critical'), warning: topic('warning') };
  }
}
