import { ECSClient } from '@aws-sdk/client-ecs';
import type { Invocation } from '../shared/invocation';
import { caught, log } from '../shared/log';
import { deploy } from './deploy';
import { type ImageEvent, isWanted, type Push, parsePush } from './event';
import { renew } from './renew';
import { readSettings, type Target } from './settings';

// Throttled calls are repeated after growing pauses, as often as AWS_MAX_ATTEMPTS says.
const ecs = new ECSClient({});

/**
 * Brings an image that was pushed to every service and task of the environment that runs its repository.
 *
 * Fails when one of them could not be deployed, so that Lambda tries the event again and at last keeps it in the dead
 * letter queue.
 */
export async function handler(event: ImageEvent, { awsRequestId: requestId }: Invocation): Promise<void> {
  const { cluster, registry, tags, targets } = readSettings(process.env);
  const push = parsePush(event);
  if (!push) return log('info', 'event ignored: no image was pushed', { requestId });

  const about = { requestId, repository: push.repository, tag: push.tag, digest: push.digest };
  const here = push.registry === registry ? (targets.get(push.repository) ?? []) : [];
  if (here.length === 0) return log('info', 'push ignored: nothing here runs this repository', about);
  if (!isWanted(push, tags)) return log('info', 'push ignored: its tag is not deployed', about);

  const failed: string[] = [];
  for (const target of here) {
    const { container: _, ...which } = target;
    try {
      log('info', 'push handled', { ...about, ...which, outcome: await handle(target, { cluster, push }) });
    } catch (error) {
      log('error', 'deployment failed', { ...about, ...which, ...caught(error) });
      failed.push(...Object.values(which));
    }
  }
  if (failed.length > 0) throw new Error(`not deployed: ${failed.join(', ')}`);
}

function handle(target: Target, { cluster, push }: { readonly cluster: string; readonly push: Push }): Promise<string> {
  return 'service' in target ? deploy(ecs, cluster, target, push) : renew(ecs, target, push);
}
