import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { TopicSpec } from '../../spec/sections/topic';
import { jsonText } from '../../terraform/json-text';
import { constructId } from '../../terraform/logical-ids';
import type { Queue } from './queue';

/** Props of {@link Topic}: an item of `topics`, and the queues that get its messages, by their names in the YAML. */
export interface TopicProps extends Omit<TopicSpec, 'queues'> {
  readonly queues: ReadonlyMap<string, Queue>;
}

/** An SNS topic of the application: encrypted, TLS only. */
export class Topic extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;

  /** Queues that get its messages, each of which has to let it. */
  readonly subscribers: readonly Queue[];

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, 'Default', {
      name: props.topicName,
      displayName: props.topicName,
      kmsMasterKeyId: 'alias/aws/sns',
    });
    this.arn = topic.arn;
    this.subscribers = [...props.queues.values()];
    this.injection = {
      environment: { [props.variableName]: topic.arn },
      secrets: {},
    };

    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [tlsOnly('sns:Publish', topic.arn)],
      }),
    });
    for (const endpoint of props.emails) {
      new SnsTopicSubscription(this, `to_${constructId(endpoint)}`, {
        topicArn: topic.arn,
        protocol: 'email',
        endpoint,
      });
    }
    for (const [name, queue] of props.queues) {
      new SnsTopicSubscription(this, `to_queue_${constructId(name)}`, {
        topicArn: topic.arn,
        protocol: 'sqs',
        endpoint: queue.arn,
        rawMessageDelivery: true,
      });
    }
  }

  letUse(consumer: Consumer): void {
    consumer.role.allow(`publish_topic_${this.node.id}`, { actions: ['sns:Publish'], resources: [this.arn] });
  }
}
