import { DataAwsSnsTopic } from '@cdktf/provider-aws/lib/data-aws-sns-topic';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { Queue } from './queue';
import { grantTopic, subscribe, type TopicProps, topicInjection } from './topic';

/** A topic that is there already: looked up and left as it is; what subscribes to it here is ours. */
export class ExistingTopic extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;
  readonly subscribers: readonly Queue[];

  constructor(
    scope: Construct,
    id: string,
    props: Pick<TopicProps, 'name' | 'variableName' | 'topicName' | 'emails' | 'queues'>,
  ) {
    super(scope, id);
    this.arn = new DataAwsSnsTopic(this, 'Default', { name: props.topicName }).arn;
    this.subscribers = [...props.queues.values()];
    this.injection = topicInjection(props.variableName, this.arn);
    subscribe(this, this.arn, props);
  }

  letUse(consumer: Consumer): void {
    grantTopic(consumer, this.node.id, this.arn);
  }
}
