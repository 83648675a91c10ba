import { DataAwsSqsQueue } from '@cdktf/provider-aws/lib/data-aws-sqs-queue';
import { Construct } from 'constructs';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { ExistingQueueSpec } from '../../spec/sections/sqs';
import { grantQueue, queueInjection, type UsedQueue } from './queue-access';

/** A queue that is there already: looked up, used, and left as it is. */
export class ExistingQueue extends Construct implements Usable, UsedQueue {
  readonly arn: string;
  readonly url: string;
  readonly injection: Injection;
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** Whether it has a queue for failed messages is its owner's affair. */
  readonly deadLetterDimensions = undefined;

  constructor(scope: Construct, id: string, props: ExistingQueueSpec) {
    super(scope, id);
    const queue = new DataAwsSqsQueue(this, 'Default', { name: props.queueName });
    this.arn = queue.arn;
    this.url = queue.url;
    this.metricDimensions = { QueueName: queue.name };
    this.injection = queueInjection(props.variableName, queue.url);
  }

  get id(): string {
    return this.node.id;
  }

  letUse(consumer: Consumer): void {
    grantQueue(this, consumer);
  }
}
