import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { MadeQueueSpec } from '../../spec/sections/sqs';
import { Import } from '../../terraform/import';
import { jsonText } from '../../terraform/json-text';
import { firstId } from '../../terraform/logical-ids';
import { DEAD_LETTER_DAYS } from './dead-letters';
import { grantQueue, queueInjection, type UsedQueue } from './queue-access';

const SECONDS_A_DAY = 86_400;

/** A standard SQS queue: encrypted, TLS only, with long polling and a queue for what fails too often. */
export class Queue extends Construct implements Usable, UsedQueue {
  readonly arn: string;
  readonly url: string;
  readonly injection: Injection;
  readonly id: string;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** Those of the queue for failed messages, where there is one. */
  readonly deadLetterDimensions: Readonly<Record<string, string>> | undefined;
  private readonly statements: object[] = [];

  constructor(scope: Construct, id: string, props: MadeQueueSpec) {
    super(scope, id);
    this.id = firstId(props);
    const failed = props.deadLetterQueue ? this.deadLetterQueue(props) : undefined;
    const queue = new SqsQueue(this, 'Default', {
      name: props.queueName,
      visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
      messageRetentionSeconds: props.messageRetentionDays * SECONDS_A_DAY,
      receiveWaitTimeSeconds: props.receiveWaitSeconds,
      sqsManagedSseEnabled: true,
      redrivePolicy: failed && jsonText({ deadLetterTargetArn: failed.arn, maxReceiveCount: props.maxReceives }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.metricDimensions = { QueueName: queue.name };
    this.deadLetterDimensions = failed && { QueueName: failed.name };
    this.injection = queueInjection(props.variableName, queue.url);
    if (props.import !== undefined) new Import(queue, props.import);

    if (failed) this.guardDeadLetters(failed);
    new SqsQueuePolicy(this, 'policy', {
      queueUrl: queue.url,
      policy: Lazy.stringValue({
        produce: () => jsonText({ Version: '2012-10-17', Statement: [tlsOnly('sqs:*', this.arn), ...this.statements] }),
      }),
    });
  }

  /** Lets a topic put its messages here. */
  allowTopic(name: string, topicArn: string): void {
    this.statements.push({
      Sid: `Topic${name.replace(/_/g, '')}`,
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: this.arn,
      Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
    });
  }

  letUse(consumer: Consumer): void {
    grantQueue(this, consumer);
  }

  private deadLetterQueue(props: MadeQueueSpec): SqsQueue {
    return new SqsQueue(new Construct(this, 'dead_letters'), 'Default', {
      name: `${props.queueName}-dlq`,
      messageRetentionSeconds: DEAD_LETTER_DAYS * SECONDS_A_DAY,
      receiveWaitTimeSeconds: props.receiveWaitSeconds,
      sqsManagedSseEnabled: true,
    });
  }

  /** Only this queue may move messages there, and only over TLS may anybody read them. */
  private guardDeadLetters(failed: SqsQueue): void {
    const source = new SqsQueueRedriveAllowPolicy(this, 'dead_letters_from', {
      queueUrl: failed.url,
      redriveAllowPolicy: jsonText({ redrivePermission: 'byQueue', sourceQueueArns: [this.arn] }),
    });
    new SqsQueuePolicy(failed.node.scope as Construct, 'policy', {
      queueUrl: failed.url,
      policy: jsonText({ Version: '2012-10-17', Statement: [tlsOnly('sqs:*', failed.arn)] }),
      // Two attributes of one queue: written at the same moment, one may get lost.
      dependsOn: [source],
    });
  }
}
