import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';

const ALARMS = 'cloudwatch.amazonaws.com';

export interface AlarmKeyProps {
  /** What the key's alias is called after. */
  readonly name: string;
  readonly description: string;

  /** Id of the account whose alarms use it. */
  readonly account: string;
  readonly provider?: AwsProvider | undefined;
}

/**
 * The key of topics that alarms tell, and its alias.
 *
 * Alarms may not publish to a topic under the key that AWS manages for SNS.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function makeAlarmKey(scope: Construct, { name, description, account, provider }: AlarmKeyProps): KmsKey {
  const key = new KmsKey(scope, 'key', {
    provider,
    description,
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
  new KmsAlias(scope, 'key_alias', { provider, name: `alias/${name}`, targetKeyId: key.keyId });
  return key;
}

export interface AlarmTopicProps {
  /** Exact name of the topic. */
  readonly name: string;
  readonly emails: readonly string[];

  /** Id of the account whose alarms may publish. */
  readonly account: string;
  readonly key: KmsKey;
  readonly provider?: AwsProvider | undefined;
}

/** A topic that alarms of the account may publish to, and who is told. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, emails, account, key, provider }: AlarmTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, 'Default', { provider, name, displayName: name, kmsMasterKeyId: key.arn });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, 'policy', { provider, arn: topic.arn, policy: topicPolicy(topic.arn, account) });
    for (const endpoint of emails) {
      new SnsTopicSubscription(this, `to_${constructId(endpoint)}`, {
        provider,
        topicArn: topic.arn,
        protocol: 'email',
        endpoint,
      });
    }
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
