import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { TopicSpec } from '../../spec/sections/topic';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { constructId, firstId } from '../../terraform/logical-ids';
import type { Queue } from './queue';

/** Props of {@link Topic}: an item of `topics`, and the queues that get its messages, by their names in the YAML. */
export interface TopicProps extends Pick<TopicSpec, 'name' | 'topicName' | 'variableName' | 'emails'> {
  /** The ARN of one that is there already, to be taken over. */
  readonly import?: string | undefined;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** An SNS topic of the application: encrypted, TLS only. */
export class Topic extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;
  private readonly grantId: string;

  /** Queues that get its messages, each of which has to let it. */
  readonly subscribers: readonly Queue[];

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    this.grantId = firstId(props);
    const topic = new SnsTopic(this, 'Default', {
      name: props.topicName,
      displayName: props.topicName,
      kmsMasterKeyId: 'alias/aws/sns',
    });
    this.arn = topic.arn;
    this.subscribers = [...props.queues.values()];
    this.injection = topicInjection(props.variableName, topic.arn);
    if (props.import !== undefined) new Import(topic, props.import);

    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: jsonText({
        Version: '2012-10-17',
        Statement: [tlsOnly('sns:Publish', topic.arn)],
      }),
    });
    subscribe(this, topic.arn, props);
  }

  letUse(consumer: Consumer): void {
    grantTopic(consumer, this.grantId, this.arn);
  }
}

/** Addresses and queues that get every message of a topic. */
export function subscribe(
  scope: Construct,
  topicArn: string,
  { emails, queues }: Pick<TopicProps, 'emails' | 'queues'>,
): void {
  for (const endpoint of emails) {
    new SnsTopicSubscription(scope, `to_${constructId(endpoint)}`, { topicArn, protocol: 'email', endpoint });
  }
  for (const [name, queue] of queues) {
    new SnsTopicSubscription(scope, `to_queue_${constructId(name)}`, {
      topicArn,
      protocol: 'sqs',
      endpoint: queue.arn,
      rawMessageDelivery: true,
    });
  }
}

/** What a container learns about a topic called `name` in the file. */
export function topicInjection(variable: string, arn: string): Injection {
  return { environment: { [variable]: arn }, secrets: {} };
}

/** Lets the consumer's code publish. */
export function grantTopic(consumer: Consumer, id: string, arn: string): void {
  consumer.role.allow(`publish_topic_${id}`, { actions: ['sns:Publish'], resources: [arn] });
}
