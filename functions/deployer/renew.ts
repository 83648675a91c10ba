import type { ECSClient } from '@aws-sdk/client-ecs';
import { imageName, type Push } from './event';
import { describe, imageOf, pushedAt, type Revision, register } from './revisions';
import type { TaskTarget } from './settings';

/** What came of a push for a task that the time, an event or a person starts. */
export type Outcome =
  | 'registered'
  /** The next start runs it. */
  | 'newest already'
  /** A later push was here first. */
  | 'superseded'
  /** This very push was registered before, and somebody has registered another image since. */
  | 'registered before';

/** How many revisions without a push there may be on top of the last one with it. */
const LOOK_BACK = 20;

/**
 * Registers the newest revision of a family with the pushed image in it, which is what a start takes.
 *
 * May be done any number of times for one push: what is done already is not done again.
 */
export async function renew(ecs: ECSClient, target: TaskTarget, push: Push): Promise<Outcome> {
  const newest = await describe(ecs, target.family);
  if (imageOf(newest, target) === imageName(push)) return 'newest already';

  const last = await lastPushed(ecs, newest, target);
  const pushed = Date.parse(push.time);
  if (last && pushed < pushedAt(last)) return 'superseded';
  if (last && pushed === pushedAt(last) && imageOf(last, target) === imageName(push)) return 'registered before';

  await register(ecs, newest, { target, push });
  return 'registered';
}

/** The last revision that a push has brought: Terraform registers others on top of it, without the tag. */
async function lastPushed(ecs: ECSClient, newest: Revision, { family }: TaskTarget): Promise<Revision | undefined> {
  if (pushedAt(newest) > 0) return newest;
  const { revision: top = 1 } = newest.definition;
  for (let number = top - 1; number > 0 && number > top - 1 - LOOK_BACK; number -= 1) {
    const earlier = await describeUnlessDeleted(ecs, `${family}:${number}`);
    if (earlier && pushedAt(earlier) > 0) return earlier;
  }
  return undefined;
}

async function describeUnlessDeleted(ecs: ECSClient, taskDefinition: string): Promise<Revision | undefined> {
  try {
    return await describe(ecs, taskDefinition);
  } catch (error) {
    // What somebody has deleted, ECS does not know.
    if (error instanceof Error && error.name === 'ClientException') return undefined;
    throw error;
  }
}
