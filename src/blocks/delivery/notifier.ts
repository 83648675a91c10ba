import { Construct } from 'constructs';
import type { DeadLetters } from '../messaging/dead-letters';
import { EventFunction, type EventFunctionPlace } from './event-function';

export interface NotifierProps extends EventFunctionPlace {
  /** What its messages call the environment. */
  readonly environment: string;
  readonly clusterName: string;
  readonly accountId: string;
  readonly region: string;

  /** Name of the SSM parameter with the webhook's URL. */
  readonly webhookParameter: string;
}

/** Tells Slack what becomes of deployments; the webhook's URL is read by the function alone. */
export class Notifier extends Construct {
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: NotifierProps) {
    super(scope, id);
    const { accountId, region, webhookParameter } = props;
    const notifier = new EventFunction(this, 'Default', {
      ...props,
      description: 'Deployments of the services here',
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Deployment State Change'],
        resources: [{ prefix: `arn:aws:ecs:${region}:${accountId}:service/${props.clusterName}/` }],
      },
      variables: { ENVIRONMENT: props.environment, WEBHOOK_PARAMETER: webhookParameter },
    });
    this.deadLetters = notifier.deadLetters;
    // SSM decrypts with the account's own key aws/ssm on behalf of whoever may read the parameter.
    notifier.role.allow('read_webhook', {
      actions: ['ssm:GetParameter'],
      resources: [`arn:aws:ssm:${region}:${accountId}:parameter${webhookParameter}`],
    });
  }
}
