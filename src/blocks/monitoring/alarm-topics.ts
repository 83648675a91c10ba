import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import type { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { AlarmsSpec } from '../../spec/sections/alarms';
import { AlarmTopic, makeAlarmKey } from './alarm-topic';

export interface AlarmTopicsProps extends Pick<AlarmsSpec, 'critical' | 'warning'> {
  /** `<project>-<env>`, after which the key is named. */
  readonly name: string;
}

/** The topics that alarms tell: those made here under one key, or somebody else's. */
export class AlarmTopics extends Construct {
  readonly arns: Readonly<Record<'critical' | 'warning', string>>;
  private made: { readonly account: string; readonly key: KmsKey } | undefined;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    this.arns = { critical: this.arnOf('critical', props), warning: this.arnOf('warning', props) };
  }

  private arnOf(severity: 'critical' | 'warning', props: AlarmTopicsProps): string {
    const topic = props[severity];
    if (topic.existing !== undefined) return topic.existing;
    return new AlarmTopic(this, severity, { ...topic, ...this.shared(props.name) }).arn;
  }

  /** Made with the first topic that is made here. */
  private shared(name: string): { readonly account: string; readonly key: KmsKey } {
    if (!this.made) {
      const account = new DataAwsCallerIdentity(this, 'account').accountId;
      const key = makeAlarmKey(this, {
        name: `${name}-alarms`,
        description: `Encrypts the alarms of ${name}`,
        account,
      });
      this.made = { account, key };
    }
    return this.made;
  }
}
