import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { QueueSpec } from '../../spec/sections/sqs';
import { jsonText } from '../../terraform/json-text';

const SECONDS_A_DAY = 86_400;
const DEAD_LETTER_DAYS = 14; // the longest there is: time to notice and to look

const sending = ['SendMessage'];
const receiving = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'];

/** A standard SQS queue: encrypted, TLS only, with long polling and a queue for what fails too often. */
export class Queue extends Construct implements Usable {
  readonly arn: string;
  readonly url: string;
  readonly injection: Injection;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;

  /** Those of the queue for failed messages, where there is one. */
  readonly deadLetterDimensions: Readonly<Record<string, string>> | undefined;
  private readonly statements: object[] = [];

  constructor(scope: Construct, id: string, props: QueueSpec) {
    super(scope, id);
    const failed = props.deadLetterQueue ? this.deadLetterQueue(props) : undefined;
    const queue = new SqsQueue(this, 'Default', {
      name: props.queueName,
      visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
      messageRetentionSeconds: props.messageRetentionDays * SECONDS_A_DAY,
      receiveWaitTimeSeconds: props.receiveWaitSeconds,
      sqsManagedSseEnabled: true,
      redrivePolicy: failed && jsonText({ deadLetterTargetArn: failed.queue.arn, maxReceiveCount: props.maxReceives }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.metricDimensions = { QueueName: queue.name };
    this.deadLetterDimensions = failed && { QueueName: failed.queue.name };
    this.injection = { environment: { [props.variableName]: queue.url }, secrets: {} };

    if (failed) {
      new SqsQueueRedriveAllowPolicy(this, 'dead_letters_from', {
        queueUrl: failed.queue.url,
        redriveAllowPolicy: jsonText({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
        // Two attributes of one queue: written at the same moment, one may get lost.
        dependsOn: [failed.policy],
      });
    }
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
    this.grant('use', [...sending, ...receiving], consumer);
  }

  /** For those whose `uses` names `sqs.<name>.send`: they put messages in and take none out. */
  get sender(): Usable {
    return { injection: this.injection, letUse: (consumer) => this.grant('send_to', sending, consumer) };
  }

  /** For those whose `uses` names `sqs.<name>.receive`: they take messages out and put none in. */
  get receiver(): Usable {
    return { injection: this.injection, letUse: (consumer) => this.grant('receive_from', receiving, consumer) };
  }

  private grant(verb: string, actions: readonly string[], consumer: Consumer): void {
    consumer.role.allow(`${verb}_queue_${this.node.id}`, {
      actions: [...actions, 'GetQueueAttributes', 'GetQueueUrl'].map((action) => `sqs:${action}`),
      resources: [this.arn],
    });
  }

  private deadLetterQueue(props: QueueSpec): { readonly queue: SqsQueue; readonly policy: SqsQueuePolicy } {
    const place = new Construct(this, 'dead_letters');
    const queue = new SqsQueue(place, 'Default', {
      name: `${props.queueName}-dlq`,
      messageRetentionSeconds: DEAD_LETTER_DAYS * SECONDS_A_DAY,
      sqsManagedSseEnabled: true,
    });
    const policy = new SqsQueuePolicy(place, 'policy', {
      queueUrl: queue.url,
      policy: jsonText({ Version: '2012-10-17', Statement: [tlsOnly('sqs:*', queue.arn)] }),
    });
    return { queue, policy };
  }
}
