import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import type { Role } from '../../access/role';
import type { FunctionSpec } from '../../spec/sections/function';
import { jsonText } from '../../terraform/json-text';
import { type FunctionCode, Lambda } from '../functions/lambda';
import { DeadLetters } from '../messaging/dead-letters';
import type { Network } from '../network/network';

const ATTEMPTS = '7'; // of the SDK, for a call of AWS that is throttled or fails: about half a minute
const RETRIES = 2; // after one minute and after two more
const OLDEST_EVENT_SECONDS = 3600;

/** Where a function of ours stands, and its code. */
export interface EventFunctionPlace {
  readonly lambda: FunctionSpec;
  readonly code: FunctionCode;
  readonly network: Network;
  readonly logRetentionDays: number;
}

export interface EventFunctionProps extends EventFunctionPlace {
  readonly description: string;

  /** Which events it handles. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: object;

  /** @default the account's own bus, where AWS's services report */
  readonly busName?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** A function that handles events; what it fails at three times is kept in a queue for a person. */
export class EventFunction extends Construct {
  readonly role: Role;

  /** What it has failed at. */
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: EventFunctionProps) {
    super(scope, id);
    const { functionName } = props.lambda;
    const failed = new DeadLetters(this, 'dead_letters', { name: `${functionName}-dlq` });
    this.deadLetters = failed;
    const lambda = new Lambda(this, 'Default', {
      ...props.lambda,
      ...props,
      envVariables: Object.entries({ AWS_MAX_ATTEMPTS: ATTEMPTS, ...props.variables }).map(([name, value]) => ({
        name,
        value,
      })),
      uses: [],
      sources: [],
      deadLetterQueueArn: failed.arn,
    });
    this.role = lambda.role;
    new LambdaFunctionEventInvokeConfig(this, 'retries', {
      functionName: lambda.functionName,
      maximumRetryAttempts: RETRIES,
      maximumEventAgeInSeconds: OLDEST_EVENT_SECONDS,
    });

    const rule = new CloudwatchEventRule(this, 'events', {
      name: functionName,
      description: props.description,
      eventBusName: props.busName,
      eventPattern: jsonText(props.pattern),
    });
    const permission = new LambdaPermission(this, 'permission', {
      statementId: 'EventBridge',
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    failed.allowRules([rule.arn]);
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      eventBusName: props.busName,
      targetId: 'function',
      arn: lambda.arn,
      deadLetterConfig: { arn: failed.arn },
      dependsOn: [permission],
    });
  }
}
