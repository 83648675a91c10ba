import { Construct } from 'constructs';
import { Connections } from '../access/connections';
import type { ContainerPlace } from '../blocks/containers/container-place';
import type { Registry } from '../blocks/containers/image-source';
import { OneOffTask } from '../blocks/containers/one-off-task';
import { Service } from '../blocks/containers/service';
import { ServiceDiscovery } from '../blocks/containers/service-discovery';
import type { StartedTask } from '../blocks/containers/started-task';
import { Database } from '../blocks/data/database';
import { databaseUserTask } from '../blocks/data/database-user-task';
import { PgadminAccess } from '../blocks/data/pgadmin-access';
import { Lambda } from '../blocks/functions/lambda';
import type { EnvironmentSpec } from '../spec/environment';
import { databaseOf } from '../spec/sections/database';
import { workloadAsService } from '../spec/sections/workload';
import { ANYWHERE } from '../spec/values/cidr';
import type { RootStack } from '../terraform/root-stack';
import { type Data, findMounts, findQueue, findUsables } from './data';
import { functionCode } from './function-code';
import { makeNamed } from './named';
import type { Parts } from './parts';
import { findPeers } from './peers';
import { makeStartedTasks } from './started-tasks';

/** Everything that runs code. */
export interface Containers {
  /** The workload first, then `services` in the order of the file, each under the YAML's name. */
  readonly services: ReadonlyMap<string, Service>;

  /** The web interface of the database. */
  readonly pgadmin: Service | undefined;
  readonly tasks: readonly OneOffTask[];
  readonly discovery: ServiceDiscovery | undefined;

  /** What the time or an event starts, under `scheduled_tasks.<name>` or `event_processor_tasks.<name>`. */
  readonly startedTasks: ReadonlyMap<string, StartedTask>;
  readonly functions: ReadonlyMap<string, Lambda>;
}

/** The workload, services, functions, one-off tasks, and tasks that AWS starts by itself. */
export function makeContainers(
  stack: RootStack,
  spec: EnvironmentSpec,
  { network, cluster, alb, data: made }: Pick<Parts, 'network' | 'cluster' | 'alb' | 'data'>,
): Containers {
  const { serviceDiscovery, namespace } = spec.cluster;
  const discovery = serviceDiscovery
    ? new ServiceDiscovery(stack, 'service_discovery', { namespace, vpcId: network.vpcId })
    : undefined;
  const running = new Map<string, Service>();
  const data = { ...made, peers: findPeers(spec, () => running) };
  const place = {
    discovery,
    network,
    cluster,
    region: spec.region,
    protect: spec.protect,
    registry: registryOf(spec),
    trustedAccountIds: [...new Set(spec.ecrTrustedAccounts.map(({ accountId }) => accountId))],
    logRetentionDays: spec.logs.retentionDays,
  };
  const workload =
    spec.workload &&
    new Service(stack, 'workload', {
      ...workloadAsService(spec.workload),
      ...place,
      uses: findUsables(data, spec.workload.uses),
      mounts: findMounts(data, spec.workload.efs),
      behind: alb && { alb },
    });
  const services = makeNamed(
    stack,
    { section: 'services', id: 'service', items: spec.services },
    (scope, id, service) => {
      const behind = alb && service.route && { alb, route: service.route };
      const mounts = findMounts(data, service.efs);
      return new Service(scope, id, { ...service, ...place, behind, mounts, uses: findUsables(data, service.uses) });
    },
  );
  for (const [name, service] of [...(workload ? [['workload', workload] as const] : []), ...services])
    running.set(name, service);
  return {
    discovery,
    services: running,
    pgadmin: makePgadmin(stack, spec, { place, data }),
    functions: makeNamed(stack, { section: 'functions', id: 'function', items: spec.functions }, (scope, id, each) => {
      return new Lambda(scope, id, {
        ...each,
        network,
        logRetentionDays: spec.logs.retentionDays,
        code: each.code === undefined ? undefined : functionCode(each.code),
        uses: findUsables(data, each.uses),
        sources: each.queues.map((source) => ({ source, queue: findQueue(data, source.name) })),
      });
    }),
    tasks: makeTasks(stack, spec, { place, data, workload }),
    startedTasks: makeStartedTasks(stack, spec, { place, data, workload }),
  };
}

/** pgAdmin, which reaches the database and is reached by nobody but through its own shell. */
function makePgadmin(
  stack: RootStack,
  spec: EnvironmentSpec,
  { place, data: { database } }: { readonly place: ContainerPlace; readonly data: Data },
): Service | undefined {
  const written = databaseOf(spec);
  if (!written?.pgadmin || !(database instanceof Database)) return undefined;
  const { service, passwordParameter } = written.pgadmin;
  const access = new PgadminAccess(stack, 'pgadmin_password', {
    passwordParameter,
    passwordVersion: written.passwordVersion,
    database,
  });
  return new Service(stack, 'pgadmin', { ...service, ...place, discovery: undefined, uses: [access], mounts: [] });
}

/** Another account's repositories, where images come from there. */
export function registryOf({ ecrAccountId, ecrAccountRegion, region }: EnvironmentSpec): Registry | undefined {
  return ecrAccountId === undefined ? undefined : { accountId: ecrAccountId, region: ecrAccountRegion ?? region };
}

interface TasksPlace {
  readonly place: Pick<ContainerPlace, 'network' | 'region' | 'logRetentionDays'>;
  readonly data: Data;
  readonly workload: Service | undefined;
}

/** Tasks run in the workload's security group: they do its work and reach what it reaches. */
function makeTasks(stack: RootStack, spec: EnvironmentSpec, { place, data, workload }: TasksPlace): OneOffTask[] {
  const setup = data.database?.userSetup;
  if (spec.tasks.length === 0 && !setup) return [];

  const prefix = stack.node.id;
  const connections =
    workload?.connections ?? ownConnections(stack, { vpcId: place.network.vpcId, name: `${prefix}-tasks` });
  const own = makeNamed(stack, { section: 'tasks', id: 'task', items: spec.tasks }, (scope, id, task) => {
    const image = task.image ?? workload?.image;
    if (image === undefined) throw new Error(`the task "${task.name}" has no image`);
    return new OneOffTask(scope, id, {
      ...task,
      ...place,
      connections,
      family: task.taskFamily,
      image,
      environment: Object.fromEntries(task.envVariables.map(({ name, value }) => [name, value])),
      uses: findUsables(data, task.uses),
      mounts: findMounts(data, task.efs),
    });
  });
  if (!setup) return [...own.values()];
  const majorVersion = databaseOf(spec)?.engineVersion.split('.')[0] ?? '';
  return [
    ...own.values(),
    databaseUserTask(stack, 'database_user', { ...place, connections, prefix, majorVersion, setup }),
  ];
}

/** The security group of tasks that have no workload: HTTPS out, to AWS's APIs and wherever their images are. */
function ownConnections(stack: RootStack, group: { readonly vpcId: string; readonly name: string }): Connections {
  const connections = new Connections(new Construct(stack, 'tasks'), 'connections', group);
  connections.allowTo({ port: 443, cidr: ANYWHERE });
  return connections;
}
