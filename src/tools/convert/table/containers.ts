import {
  dropped,
  either,
  type Key,
  kept,
  keptIfOurs,
  type Outcome,
  refused,
  type Table,
  takingEmpty,
  to,
  unlessItSays,
} from '../treatments';
import { named, variable } from '../values';

export const onFargate = refused('EC2 has no place here: containers run on Fargate; leave it out');
export const deployer = keptIfOurs(refused('delivery.deployer deploys what says image_owner: pipeline'));

/** Variables in a map, in a list of `name` and `value`, or both by turns. */
export function variables(from: string, place: string, why?: string): Table {
  const one = ({ path, value, written, ...key }: Key): Outcome => {
    const item = `${place}[${path.join('/').replace(/[[\]]/g, '_')}]`;
    const text = variable(value, { path, value, written, ...key });
    return {
      as: 'written',
      places: [
        { at: `${item}.name`, value: path.at(-1) },
        { at: `${item}.value`, value: text },
      ],
      why,
    };
  };
  return {
    [`${from}.*`]: takingEmpty(one),
    [`${from}[].name`]: to(`${place}[].name`, undefined, why),
    [`${from}[].value`]: takingEmpty(to(`${place}[].value`, variable, why)),
  };
}

/** Where a container's image comes from. */
export function imageKeys(item: string): Table {
  const isExisting = ({ beside }: Key) => beside('mode') === 'use_existing';
  const isManual = ({ beside }: Key) => beside('mode') === 'manual_repo';
  const another = refused(
    'a repository belongs to one thing here: write image, or repository: { existing: true, name: … } once the other one is there',
  );
  const unused = dropped('has no effect with this mode');
  return {
    [`${item}.docker_image`]: to(`${item}.image`),
    [`${item}.ecr_config.mode`]: either(
      ({ value }) => value === 'use_existing',
      another,
      dropped('a repository is made where no image is named'),
    ),
    [`${item}.ecr_config.repository_uri`]: either(
      isManual,
      to(`${item}.image`, undefined, 'add a tag: without one ECS takes "latest"'),
      unused,
    ),
    [`${item}.ecr_config.source_service_name`]: either(isExisting, another, unused),
    [`${item}.ecr_config.source_service_type`]: either(isExisting, another, unused),
  };
}

/** What every container says of its size, its image and who starts it. */
export function containerKeys(item: string): Table {
  return {
    [`${item}.name`]: kept(named),
    [`${item}.enabled`]: kept(),
    [`${item}.cpu`]: kept(),
    [`${item}.memory`]: kept(),
    [`${item}.auto_deploy`]: deployer,
    [`${item}.runtime`]: unlessItSays('fargate', onFargate),
    [`${item}.compute_pool`]: onFargate,
    ...imageKeys(item),
  };
}
