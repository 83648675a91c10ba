import { DescribeServicesCommand, type ECSClient, TagResourceCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { imageName, type Push } from './event';
import { describe, imageOf, pushedAt, register, SERVICE_MOVED } from './revisions';
import type { ServiceTarget } from './settings';

/** What came of a push for one service. */
export type Outcome =
  | 'deployed'
  /** The service runs it, or is being moved to it. */
  | 'running already'
  /** A later push was here first. */
  | 'superseded'
  /** This very push was deployed before and the service has left it since: ECS has rolled it back. */
  | 'deployed before';

/**
 * Moves a service to the newest revision of its task definition with the pushed image in it.
 *
 * May be done any number of times for one push: what is done already is not done again.
 */
export async function deploy(ecs: ECSClient, cluster: string, target: ServiceTarget, push: Push): Promise<Outcome> {
  const image = imageName(push);
  const current = await describe(ecs, await runningRevision(ecs, cluster, target));
  if (imageOf(current, target) === image) return 'running already';

  const newest = await describe(ecs, current.definition.family ?? '');
  const latest = Math.max(pushedAt(current), pushedAt(newest));
  if (Date.parse(push.time) < latest) return 'superseded';

  const begun = imageOf(newest, target) === image && pushedAt(newest) === Date.parse(push.time);
  if (begun && newest.tags.some(({ key }) => key === SERVICE_MOVED)) return 'deployed before';

  const revision = begun ? newest.definition.taskDefinitionArn : await register(ecs, newest, { target, push });
  await ecs.send(new UpdateServiceCommand({ cluster, service: target.service, taskDefinition: revision }));
  await ecs.send(new TagResourceCommand({ resourceArn: revision, tags: [{ key: SERVICE_MOVED, value: 'true' }] }));
  return 'deployed';
}

async function runningRevision(ecs: ECSClient, cluster: string, { service }: ServiceTarget): Promise<string> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [found] = services;
  if (found?.status !== 'ACTIVE' || found.taskDefinition === undefined)
    throw new Error(`there is no active service ${service} in the cluster ${cluster}`);
  return found.taskDefinition;
}
