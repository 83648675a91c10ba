import type { EnvironmentSpec } from '../environment';
import { deployerOf } from '../sections/delivery';
import { deliveredServices, pipelineTasks } from './images';
import type { Finding } from './report';

/** Bytes of a function's environment variables, as the JSON text that Lambda measures. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 4096;

/** What functions are told in variables fits into what Lambda keeps for them. */
export function* functionSizeRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { name, envVariables } of spec.functions) {
    const bytes = size(Object.fromEntries(envVariables.map((each) => [each.name, each.value])));
    if (bytes <= MOST_BYTES) continue;
    yield {
      path: ['functions', name, 'env_variables'],
      expected: `expected at most ${MOST_BYTES} bytes of variables, all that Lambda takes`,
      got: bytes,
      advice: 'AWS would refuse the function; keep long values in a bucket under "uses"',
    };
  }
  const variables = deployerVariables(spec);
  if (!variables || size(variables) <= MOST_BYTES) return;
  yield {
    path: ['delivery', 'deployer'],
    expected: `expected services and tasks to deploy to whose names take at most ${MOST_BYTES} bytes in its variables, all that Lambda takes`,
    got: size(variables),
    advice:
      'AWS would refuse the function; shorten service_name, container_name, task_family and repository names, or write "image_owner: terraform" for scheduled and event processor tasks',
  };
}

/** What the deployer is told, with the names that resources here are going to have. */
export function deployerVariables(spec: EnvironmentSpec): Readonly<Record<string, string>> | undefined {
  const deployer = deployerOf(spec);
  if (!deployer) return undefined;
  const { accountId = '123456789012', ecrAccountId = accountId, ecrAccountRegion, region } = spec;
  const targets = new Map<string, object[]>();
  const add = (repository: string, target: object) =>
    targets.set(repository, [...(targets.get(repository) ?? []), target]);
  for (const { service } of deliveredServices(spec))
    add(service.repository.name, { service: service.serviceName, container: service.containerName });
  for (const { path, family, repository } of pipelineTasks(spec)) {
    if (repository !== undefined) add(repository, { family, container: path.at(-1) });
  }
  return {
    AWS_MAX_ATTEMPTS: '7',
    CLUSTER: spec.cluster.name,
    REGISTRY: `${ecrAccountId}.dkr.ecr.${ecrAccountRegion ?? region}.amazonaws.com`,
    TAGS: JSON.stringify(deployer.tags),
    TARGETS: JSON.stringify(Object.fromEntries(targets)),
  };
}

function size(variables: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(variables));
}
