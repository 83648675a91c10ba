import type { EnvironmentSpec } from '../environment';
import { isOwn } from '../sections/network';
import { XRAY_DAEMON } from '../sections/task-environment';
import { type EndpointService, isGateway } from '../values/endpoints';
import type { Finding, SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** What a task needs before its code runs. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const toStart: readonly EndpointService[] = ['ecr.api', 'ecr.dkr', 's3', 'logs'];

const inEcr = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//;

/** Endpoints that are routes have tables to stand in, and tasks have a way to their images. */
export function* endpointRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { existing, endpoints } = spec.network;
  if (existing) yield* routeTables(existing.routeTables, endpoints.filter(isGateway));
  else if (isOwn(spec.network) && spec.network.natGateways === 'none') yield* withoutGateways(spec);
}

function* routeTables(tables: readonly string[], services: readonly EndpointService[]): Iterable<Finding> {
  const path = ['network', 'existing', 'route_tables'];
  if (services.length > 0 && tables.length === 0) {
    yield {
      path,
      expected: `expected the route tables of the private subnets, because the endpoint "${services[0]}" adds a route to each`,
      got: undefined,
      advice: `whoever manages them must agree; without that, leave "${services[0]}" out of "endpoints"`,
    };
  }
  if (services.length === 0 && tables.length > 0) {
    yield {
      path,
      expected: 'expected none without the endpoint "s3" or "dynamodb", because nothing else edits them',
      advice: 'write "endpoints: [s3]" beside "existing", or leave the tables out',
    };
  }
}

interface Task {
  readonly path: SpecPath;
  readonly image: string | undefined;
  readonly uses: readonly string[];
  readonly xrayEnabled: boolean;
}

/** The first task that could not start, and what it lacks. */
function* withoutGateways(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, image, uses, xrayEnabled } of tasks(spec)) {
    const needed = [...toStart, ...(uses.some(hasSecrets) ? (['secretsmanager'] as const) : [])];
    const enough = [...new Set([...spec.network.endpoints, ...needed])];
    const foreign = [image, ...(xrayEnabled ? [XRAY_DAEMON] : [])].find(
      (each) => each !== undefined && !inEcr.test(each),
    );
    if (enough.length === spec.network.endpoints.length && foreign === undefined) continue;
    yield {
      path: ['network', 'nat_gateways'],
      expected: `expected "single" or "per_zone", because ${path.join('.')} gets its image and its secrets over HTTPS`,
      advice:
        foreign !== undefined
          ? `its tasks would never start; endpoints lead to images in private ECR repositories alone, not to "${foreign}"`
          : `its tasks would never start; to keep "none", write "endpoints: [${enough.join(', ')}]"`,
    };
    return;
  }
}

function tasks(spec: EnvironmentSpec): Task[] {
  return [
    ...runningServices(spec).map(({ path, service: { image, uses, xrayEnabled } }) => ({
      path,
      image,
      uses,
      xrayEnabled,
    })),
    ...spec.tasks.map(({ name, image, uses, xrayEnabled }) => ({
      path: ['tasks', name],
      image: image ?? spec.workload?.image,
      uses,
      xrayEnabled,
    })),
    ...startedTasks(spec)
      .filter(({ task }) => !task.assignPublicIp)
      .map(({ path, task: { image, repository, uses, xrayEnabled } }) => ({
        path,
        image: image ?? (repository ? undefined : spec.workload?.image),
        uses,
        xrayEnabled,
      })),
  ];
}

function hasSecrets(use: string): boolean {
  return /^(?:database|cognito|secrets)\b/.test(use);
}
