import { SSMClient } from '@aws-sdk/client-ssm';
import type { Invocation } from '../shared/invocation';
import { log } from '../shared/log';
import { type DeploymentEvent, parseDeployment } from './event';
import { messageOf } from './message';
import { PostError, post } from './post';
import { forgetWebhook, readWebhook } from './webhook';

const ssm = new SSMClient({});

/**
 * Tells Slack what has become of a deployment.
 *
 * Fails when the message could not be delivered, so that Lambda tries the event again and at last keeps it in the dead
 * letter queue.
 */
export async function handler(event: DeploymentEvent, { awsRequestId: requestId }: Invocation): Promise<void> {
  const parameter = process.env['WEBHOOK_PARAMETER'];
  if (!parameter) throw new Error('expected the variable WEBHOOK_PARAMETER');
  const deployment = parseDeployment(event);
  if (!deployment) return log('info', 'event ignored: no change of a deployment', { requestId });

  const { change, service, id } = deployment;
  const webhook = await readWebhook(ssm, parameter);
  try {
    await post(webhook, messageOf(deployment, process.env['ENVIRONMENT'] ?? deployment.cluster));
  } catch (error) {
    if (error instanceof PostError && !error.passing) forgetWebhook();
    throw error;
  }
  log('info', 'message posted', { requestId, service, change, deployment: id });
}
