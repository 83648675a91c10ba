import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { AlarmsSpec } from '../../spec/sections/alarms';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';

export interface AlarmTopicsProps extends Pick<AlarmsSpec, 'critical' | 'warning'> {
  /** `<project>-<env>`, after which the key is named. */
  readonly name: string;
}

const ALARMS = 'cloudwatch.amazonaws.com';

/**
 * The topics that alarms tell.
 *
 * They have a key of their own: alarms may not publish to a topic under the key that AWS manages for SNS.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class AlarmTopics extends Construct {
  readonly arns: Readonly<Record<'critical' | 'warning', string>>;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    const account = new DataAwsCallerIdentity(this, 'account').accountId;
    const key = new KmsKey(this, 'key', {
      description: `Encrypts the alarms of ${props.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Account',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
          {
            Sid: 'Alarms',
            Effect: 'Allow',
            Principal: { Service: ALARMS },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      }),
    });
    new KmsAlias(this, 'key_alias', { name: `alias/${props.name}-alarms`, targetKeyId: key.keyId });

    const topic = (severity: 'critical' | 'warning') => {
      const place = new Construct(this, severity);
      const { name, emails } = props[severity];
      const topic = new SnsTopic(place, 'Default', { name, displayName: name, kmsMasterKeyId: key.arn });
      new SnsTopicPolicy(place, 'policy', { arn: topic.arn, policy: topicPolicy(topic.arn, account) });
      for (const endpoint of emails) {
        new SnsTopicSubscription(place, `to_${constructId(endpoint)}`, {
          topicArn: topic.arn,
          protocol: 'email',
          endpoint,
        });
      }
      return topic.arn;
    };
    this.arns = { critical: topic('critical'), warning: topic('warning') };
  }
}

function topicPolicy(arn: string, account: string): string {
  return jsonText({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: ALARMS },
        Action: 'sns:Publish',
        Resource: arn,
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
      tlsOnly('sns:Publish', arn),
    ],
  });
}
