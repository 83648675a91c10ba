import type { EnvironmentSpec } from '../environment';
import { databaseOf } from '../sections/database';
import { XRAY_DAEMON } from '../sections/task-environment';
import type { EndpointService } from '../values/endpoints';
import { secretArnVariable } from '../values/variable-name';
import { injected } from './injected';
import type { SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** What something that runs needs of AWS's services, which it reaches by an endpoint or over the internet. */
interface EndpointNeeds {
  readonly path: SpecPath;

  /** Before its code runs. */
  readonly toStart: readonly EndpointService[];

  /** Once it runs. */
  readonly toWork: readonly EndpointService[];

  /** An image that no endpoint leads to. */
  readonly foreignImage: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const everyTask: readonly EndpointService[] = ['ecr.api', 'ecr.dkr', 's3', 'logs'];

/**
 * The needs of everything that runs in the private subnets.
 *
 * KMS is asked by Secrets Manager, SSM and S3 themselves. Lambda fetches code and image of a function, and writes its logs,
 * from outside of the VPC. Service discovery, EFS and EBS take no API of a task.
 */
export function endpointNeeds(spec: EnvironmentSpec): EndpointNeeds[] {
  const applicationUser = databaseOf(spec)?.applicationUser;
  return [
    ...runningServices(spec).map(({ name, path, service }) => {
      const needs = task(path, service, spec);
      return {
        ...needs,
        toStart: [...needs.toStart, ...(name === 'postgres.pgadmin' ? (['ssm'] as const) : [])], // its password
        toWork: [...needs.toWork, ...(service.ecsExec ? (['ssmmessages'] as const) : [])],
      };
    }),
    ...spec.tasks.map((each) =>
      task(['tasks', each.name], { ...each, image: each.image ?? spec.workload?.image }, spec),
    ),
    ...(applicationUser === undefined ? [] : [databaseUserTask]),
    ...startedTasks(spec)
      .filter((each) => !each.task.assignPublicIp)
      .map(({ path, task: each }) =>
        task(path, { ...each, image: each.image ?? (each.repository ? undefined : spec.workload?.image) }, spec),
      ),
    ...spec.functions.filter(({ vpc }) => vpc).map((each) => functionNeeds(each, spec)),
  ];
}

/** The task that makes `application_user`, whose image is public. */
const databaseUserTask: EndpointNeeds = {
  path: ['postgres', 'application_user'],
  toStart: [...everyTask, 'secretsmanager'],
  toWork: [],
  foreignImage: 'public.ecr.aws/docker/library/postgres',
};

interface Task {
  readonly image?: string | undefined;
  readonly uses: readonly string[];
  readonly xrayEnabled: boolean;
  readonly ssmParameters: readonly string[];
}

function task(path: SpecPath, { image, uses, xrayEnabled, ssmParameters }: Task, spec: EnvironmentSpec): EndpointNeeds {
  const hasSecrets = uses.some((use) => injected(use, spec).secret.length > 0);
  const images = [image ?? registry(spec), ...(xrayEnabled ? [XRAY_DAEMON] : [])];
  return {
    path,
    toStart: [
      ...everyTask,
      ...(hasSecrets ? (['secretsmanager'] as const) : []),
      ...(ssmParameters.length > 0 ? (['ssm'] as const) : []),
    ],
    toWork: services(uses, spec),
    foreignImage: images.find((each) => each !== undefined && !isNear(each, spec)),
  };
}

/** A function reads secrets by itself, and one that rotates them changes them. */
function functionNeeds({ name, uses }: EnvironmentSpec['functions'][number], spec: EnvironmentSpec): EndpointNeeds {
  const rotations = [databaseOf(spec)?.rotation, ...spec.secrets.map(rotationOf)];
  const rotates = rotations.some((each) => typeof each === 'object' && each.function === `functions.${name}`);
  const reads = uses.some((use) => injected(use, spec).secret.length > 0);
  return {
    path: ['functions', name],
    toStart: [],
    toWork: [...new Set([...services(uses, spec), ...(reads || rotates ? (['secretsmanager'] as const) : [])])],
    foreignImage: undefined,
  };
}

function rotationOf(secret: EnvironmentSpec['secrets'][number]) {
  return secret.existing ? undefined : secret.rotation;
}

/** Services by the first word of what `uses` names. What has no endpoint is not among them. */
const asked: Readonly<Record<string, EndpointService>> = {
  buckets: 's3',
  sqs: 'sqs',
  topics: 'sns',
  push: 'sns',
  ses: 'email-smtp',
  logs: 'logs',
};

function services(uses: readonly string[], spec: EnvironmentSpec): EndpointService[] {
  return [...new Set(uses.flatMap((use) => [asked[/^\w+/.exec(use)?.[0] ?? ''] ?? [], readsSecret(use, spec)].flat()))];
}

/** The code itself reads what it is only told the place of. */
function readsSecret(use: string, spec: EnvironmentSpec): EndpointService[] {
  const told = injected(use, spec).plain.some((variable) => variable.endsWith(secretArnVariable('')));
  return told || use === 'database.admin' ? ['secretsmanager'] : [];
}

function registry({ ecrAccountId, ecrAccountRegion, region }: EnvironmentSpec): string | undefined {
  return ecrAccountId === undefined
    ? undefined
    : `${ecrAccountId}.dkr.ecr.${ecrAccountRegion ?? region}.amazonaws.com/`;
}

/** Whether an image lies where the endpoints of this region lead to. */
function isNear(image: string, { region }: EnvironmentSpec): boolean {
  const [, inRegion] = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//.exec(image) ?? [];
  return inRegion === region;
}
