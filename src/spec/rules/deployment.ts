import type { EnvironmentSpec } from '../environment';
import { isOwn } from '../sections/network';
import type { ServiceSpec } from '../sections/service';
import { aligned, isAligned } from '../values/cidr';
import type { Finding, SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** What would keep a service from being deployed, started or reached. */
export function* deploymentRules(spec: EnvironmentSpec): Iterable<Finding> {
  const services = runningServices(spec);
  for (const { path, service } of services) {
    yield* egress(path, service, spec);
    yield* rollout(path, service);
    yield* image(path, service);
    if (service.ecsExec && service.readonlyRootFilesystem) {
      yield {
        path: [...path, 'ecs_exec'],
        expected: 'expected readonly_root_filesystem to be off, because ECS Exec writes into the container',
      };
    }
  }
  for (const { path, task } of startedTasks(spec)) {
    yield* egress(path, task, spec);
    yield* image(path, task);
  }
}

function* egress(
  path: SpecPath,
  { egress }: Pick<ServiceSpec, 'egress'>,
  { network }: EnvironmentSpec,
): Iterable<Finding> {
  if (egress === 'all') {
    if (!isOwn(network) || !network.networkAcls) return;
    yield {
      path: [...path, 'egress'],
      expected:
        'expected a list of port and cidr, because network_acls lets out 80, 443, ports from 1024 on and listed ones',
    };
    return;
  }
  const seen = new Set<string>();
  for (const [index, { port, cidr }] of egress.entries()) {
    const here = [...path, 'egress', String(index)];
    if (!isAligned(cidr)) {
      yield {
        path: [...here, 'cidr'],
        expected: 'expected the first address of a range',
        got: cidr,
        advice: `write "${aligned(cidr)}"`,
      };
    }
    if (seen.has(`${port} ${cidr}`))
      yield { path: here, expected: 'expected each port and range once', got: `${port} to ${cidr}` };
    seen.add(`${port} ${cidr}`);
  }
}

function* rollout(path: SpecPath, { deployment }: ServiceSpec): Iterable<Finding> {
  if (deployment.minHealthyPercent < 100 || deployment.maxPercent > 100) return;
  yield {
    path: [...path, 'deployment', 'max_percent'],
    expected: 'expected more than 100, or min_healthy_percent below 100',
    advice: 'ECS could neither start a new task nor stop an old one, and no deployment would ever end',
  };
}

function* image(
  path: SpecPath,
  {
    image,
    imageTag,
    repository,
  }: Pick<ServiceSpec, 'image' | 'imageTag'> & { readonly repository: ServiceSpec['repository'] | undefined },
): Iterable<Finding> {
  if (image !== undefined || imageTag !== 'latest' || !repository?.immutableTags) return;
  yield {
    path: [...path, 'image_tag'],
    expected: 'expected a tag that stays where it is, such as a version or a commit',
    advice: 'in a repository with immutable tags "latest" can be pushed once',
  };
}
