import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type Tag,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { imageName, type Push } from './event';
import type { Target } from './settings';

/** When the image of a revision was pushed. */
const PUSHED_AT = 'deployer:pushed_at';

/** Set once a service was moved to the revision; without it, an earlier attempt got no further than registering. */
export const SERVICE_MOVED = 'deployer:deployed';

/** A task definition as it was registered once. */
export interface Revision {
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

/** A revision by its ARN, or the newest one of a family. */
export async function describe(ecs: ECSClient, taskDefinition: string): Promise<Revision> {
  const { taskDefinition: definition, tags = [] } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }),
  );
  if (!definition) throw new Error(`there is no task definition ${taskDefinition}`);
  return { definition, tags };
}

/** Everything stays as it is but the image of one container; ECS refuses the fields that it fills in itself. */
export async function register(
  ecs: ECSClient,
  { definition, tags }: Revision,
  { target, push }: { readonly target: Target; readonly push: Push },
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
      containerDefinitions: containers.map((each) =>
        each.name === target.container ? { ...each, image: imageName(push) } : each,
      ),
      tags: [
        ...tags.filter(({ key }) => key !== PUSHED_AT && key !== SERVICE_MOVED),
        { key: PUSHED_AT, value: push.time },
      ],
    }),
  );
  const arn = registered.taskDefinition?.taskDefinitionArn;
  if (arn === undefined) throw new Error(`ECS named no revision of ${kept.family}`);
  return arn;
}

/** What one of its containers runs. */
export function imageOf(
  { definition: { containerDefinitions = [] } }: Revision,
  { container }: Target,
): string | undefined {
  return containerDefinitions.find(({ name }) => name === container)?.image;
}

/** Milliseconds since 1970; 0 for a revision that no push has brought. */
export function pushedAt({ tags }: Revision): number {
  return Date.parse(tags.find(({ key }) => key === PUSHED_AT)?.value ?? '') || 0;
}
