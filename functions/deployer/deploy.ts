import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type Tag,
  TagResourceCommand,
  type TaskDefinition,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { Push } from './event';
import type { Target } from './settings';

/** What came of a push for one service. */
export type Outcome =
  | 'deployed'
  /** The service runs it, or is being moved to it. */
  | 'running already'
  /** A later push was here first. */
  | 'superseded'
  /** This very push was deployed before and the service has left it since: ECS has rolled it back. */
  | 'deployed before';

/** When the image of a revision was pushed. */
const PUSHED_AT = 'deployer:pushed_at';

/** Set once a service was moved to the revision; without it, an earlier attempt got no further than registering. */
const DEPLOYED = 'deployer:deployed';

/**
 * Moves a service to the newest revision of its task definition with the pushed image in it.
 *
 * May be done any number of times for one push: what is done already is not done again.
 */
export async function deploy(ecs: ECSClient, cluster: string, target: Target, push: Push): Promise<Outcome> {
  const image = `${push.registry}/${push.repository}@${push.digest}`;
  const current = await describe(ecs, await runningRevision(ecs, cluster, target));
  if (imageOf(current.definition, target) === image) return 'running already';

  const newest = await describe(ecs, current.definition.family ?? '');
  const latest = Math.max(pushedAt(current.tags), pushedAt(newest.tags));
  if (Date.parse(push.time) < latest) return 'superseded';

  const begun = imageOf(newest.definition, target) === image && pushedAt(newest.tags) === Date.parse(push.time);
  if (begun && newest.tags.some(({ key }) => key === DEPLOYED)) return 'deployed before';

  const revision = begun ? newest.definition.taskDefinitionArn : await register(ecs, newest, { target, image, push });
  await ecs.send(new UpdateServiceCommand({ cluster, service: target.service, taskDefinition: revision }));
  await ecs.send(new TagResourceCommand({ resourceArn: revision, tags: [{ key: DEPLOYED, value: 'true' }] }));
  return 'deployed';
}

interface Revision {
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

async function runningRevision(ecs: ECSClient, cluster: string, { service }: Target): Promise<string> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [found] = services;
  if (found?.status !== 'ACTIVE' || found.taskDefinition === undefined)
    throw new Error(`there is no active service ${service} in the cluster ${cluster}`);
  return found.taskDefinition;
}

/** A revision by its ARN, or the newest one of a family. */
async function describe(ecs: ECSClient, taskDefinition: string): Promise<Revision> {
  const { taskDefinition: definition, tags = [] } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }),
  );
  if (!definition) throw new Error(`there is no task definition ${taskDefinition}`);
  return { definition, tags };
}

/** Everything stays as it is but the image of one container; ECS refuses the fields that it fills in itself. */
async function register(
  ecs: ECSClient,
  { definition, tags }: Revision,
  { target, image, push }: { readonly target: Target; readonly image: string; readonly push: Push },
): Promise<string> {
  const {
    taskDefinitionArn: _arn,
    revision: _revision,
    status: _status,
    requiresAttributes: _attributes,
    compatibilities: _compatibilities,
    registeredAt: _registeredAt,
    registeredBy: _registeredBy,
    deregisteredAt: _deregisteredAt,
    deleteRequestedAt: _deleteRequestedAt,
    ...kept
  } = definition;
  const containers = kept.containerDefinitions ?? [];
  if (!containers.some(({ name }) => name === target.container))
    throw new Error(`the task definition ${kept.family} has no container ${target.container}`);
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...kept,
      family: kept.family,
      containerDefinitions: containers.map((each) => (each.name === target.container ? { ...each, image } : each)),
      tags: [...tags.filter(({ key }) => key !== PUSHED_AT && key !== DEPLOYED), { key: PUSHED_AT, value: push.time }],
    }),
  );
  const arn = registered.taskDefinition?.taskDefinitionArn;
  if (arn === undefined) throw new Error(`ECS named no revision of ${kept.family}`);
  return arn;
}

function imageOf({ containerDefinitions = [] }: TaskDefinition, { container }: Target): string | undefined {
  return containerDefinitions.find(({ name }) => name === container)?.image;
}

function pushedAt(tags: readonly Tag[]): number {
  return Date.parse(tags.find(({ key }) => key === PUSHED_AT)?.value ?? '') || 0;
}
