import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { tlsOnly } from '../../access/tls-only';
import { jsonText } from '../../terraform/json-text';

/** The longest there is: time to notice and to look. */
export const DEAD_LETTER_DAYS = 14;

const SECONDS_A_DAY = 86_400;
const LONG_POLLING = 20; // seconds, the longest there is

/** A queue for what AWS could not deliver: encrypted, TLS only, and open to those it is told of. */
export class DeadLetters extends Construct {
  readonly arn: string;
  readonly url: string;

  /** What has to be there before something may be sent here. */
  readonly policy: SqsQueuePolicy;

  /** CloudWatch dimensions of its metrics. */
  readonly metricDimensions: Readonly<Record<string, string>>;
  private readonly statements: object[] = [];

  constructor(scope: Construct, id: string, { name }: { readonly name: string }) {
    super(scope, id);
    const queue = new SqsQueue(this, 'Default', {
      name,
      messageRetentionSeconds: DEAD_LETTER_DAYS * SECONDS_A_DAY,
      receiveWaitTimeSeconds: LONG_POLLING,
      sqsManagedSseEnabled: true,
    });
    this.arn = queue.arn;
    this.url = queue.url;
    this.metricDimensions = { QueueName: queue.name };
    this.policy = new SqsQueuePolicy(this, 'policy', {
      queueUrl: queue.url,
      policy: Lazy.stringValue({
        produce: () => jsonText({ Version: '2012-10-17', Statement: [tlsOnly('sqs:*', this.arn), ...this.statements] }),
      }),
    });
  }

  /** Lets these rules of EventBridge put here the events that their target did not take. */
  allowRules(ruleArns: readonly string[]): void {
    this.statements.push({
      Sid: 'EventRules',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: this.arn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArns } },
    });
  }
}
