import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type ImageEvent, isWanted, parsePush } from '../../functions/deployer/event';
import { handler } from '../../functions/deployer/index';
import { MOTO_MILLISECONDS, type Moto, startMoto } from '../support/moto';
import { stubAws } from '../support/stub-aws';

// The function itself, with the real SDK, against an emulator of ECS. A proxy in between counts and refuses calls.
let missing: string | undefined;

const calls: string[] = [];
let refusals: string[] = [];
let refusal = 'ThrottlingException';
/** A task definition that ECS does not know any more. */
let gone: string | undefined;
let moto: Moto | undefined;
let proxy: Server | undefined;
let ecs: ECSClient;
const written = vi.spyOn(process.stdout, 'write');

beforeAll(async () => {
  const started = await startMoto();
  if (typeof started === 'string') {
    missing = started;
    console.warn(`SKIPPED: the deployer against an emulator of ECS, because ${missing}`);
    return;
  }
  moto = started;
  proxy = await startProxy(moto.url);
  stubAws(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, { attempts: 3 });
  ecs = new ECSClient({ endpoint: moto.url });
}, MOTO_MILLISECONDS);

afterAll(() => {
  vi.unstubAllEnvs();
  proxy?.close();
  moto?.stop();
});

beforeEach(async () => {
  vi.stubEnv('CLUSTER', 'shop-dev');
  vi.stubEnv('REGISTRY', '111111111111.dkr.ecr.eu-central-1.amazonaws.com');
  vi.stubEnv('TARGETS', JSON.stringify({ shop_backend: [{ service: 'shop-dev-backend', container: 'backend' }] }));
  vi.stubEnv('TAGS', '["*"]');
  written.mockReset().mockReturnValue(true);
  refusals = [];
  gone = undefined;
  refusal = 'ThrottlingException';
  calls.length = 0;
  if (!moto) return;
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
  await environment('shop-dev');
});

const integration = test.extend<{ readonly emulator: undefined }>({
  emulator: [
    async ({ skip }, use) => {
      skip(missing !== undefined, missing);
      await use(undefined);
    },
    { auto: true },
  ],
});

integration(
  'a push becomes a revision with its digest and everything else as it was, and the service runs it',
  async () => {
    const before = await newest('shop-dev-backend');
    await handler(push({ digest: A }), invocation);

    const revision = await newest('shop-dev-backend');
    expect(await running('shop-dev')).toBe(revision.definition.taskDefinitionArn);
    expect(revision.definition.revision).toBe(2);
    const [backend, sidecar] = revision.definition.containerDefinitions ?? [];
    expect(backend).toEqual({ ...before.definition.containerDefinitions?.[0], image: `${REPOSITORY}@${A}` });
    expect(sidecar).toEqual(before.definition.containerDefinitions?.[1]);
    for (const key of ['cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'volumes'] as const)
      expect(revision.definition[key]).toEqual(before.definition[key]);
    expect(Object.fromEntries(revision.tags.map(({ key, value }) => [key, value]))).toEqual({
      project: 'shop',
      'deployer:pushed_at': '2026-05-04T12:00:00Z',
      'deployer:deployed': 'true',
    });
  },
);

integration('the same event twice registers and updates nothing more', async () => {
  await handler(push({ digest: A }), invocation);
  calls.length = 0;
  await handler(push({ digest: A }), invocation);
  await handler(push({ digest: A, tag: 'latest', time: '2026-05-04T12:00:03Z' }), invocation);

  expect(changes()).toEqual([]);
  expect(outcomes()).toEqual(['deployed', 'running already', 'running already']);
});

integration('takes along what Terraform has changed since, and no tags of an earlier push', async () => {
  await handler(push({ digest: A }), invocation);
  await register('shop-dev-backend', { cpu: '512' });
  await handler(push({ digest: B, time: '2026-05-04T13:00:00Z' }), invocation);

  const { definition, tags } = await newest('shop-dev-backend');
  expect(definition).toMatchObject({ cpu: '512', revision: 4 });
  expect(tags.filter(({ key }) => key === 'deployer:pushed_at')).toEqual([
    { key: 'deployer:pushed_at', value: '2026-05-04T13:00:00Z' },
  ]);
});

integration('a push right after another, before Terraform or ECS did anything, is one revision more', async () => {
  await handler(push({ digest: A }), invocation);
  await handler(push({ digest: B, time: '2026-05-04T12:01:00Z' }), invocation);
  const { definition, tags } = await newest('shop-dev-backend');
  expect(definition.revision).toBe(3);
  expect(tags.filter(({ key }) => key?.startsWith('deployer:'))).toHaveLength(2);
});

integration('a push that arrives after a later one changes nothing', async () => {
  await handler(push({ digest: B, time: '2026-05-04T12:05:00Z' }), invocation);
  calls.length = 0;
  await handler(push({ digest: A, time: '2026-05-04T12:00:00Z' }), invocation);

  expect(changes()).toEqual([]);
  expect(outcomes()).toEqual(['deployed', 'superseded']);
});

integration('what ECS has rolled back is not deployed again by the same event, and is by a new push', async () => {
  const { definition } = await newest('shop-dev-backend');
  await handler(push({ digest: A }), invocation);
  await roll(definition.taskDefinitionArn);
  calls.length = 0;
  await handler(push({ digest: A }), invocation);
  expect(changes()).toEqual([]);

  await handler(push({ digest: A, tag: 'v2', time: '2026-05-04T14:00:00Z' }), invocation);
  expect(await running('shop-dev')).toMatch(/shop-dev-backend:3$/);
  expect(outcomes()).toEqual(['deployed', 'deployed before', 'deployed']);
});

integration('goes on where an earlier attempt failed, without a second revision', async () => {
  refusals = ['UpdateService'];
  refusal = 'AccessDeniedException';
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-backend');
  expect(await running('shop-dev')).toMatch(/:1$/);

  await handler(push({ digest: A }), invocation);
  expect(await running('shop-dev')).toMatch(/:2$/);
  expect((await newest('shop-dev-backend')).definition.revision).toBe(2);
});

integration('waits and tries again where ECS throttles', async () => {
  refusals = ['DescribeServices', 'DescribeServices', 'RegisterTaskDefinition', 'UpdateService'];
  await handler(push({ digest: A }), invocation);
  expect(outcomes()).toEqual(['deployed']);
  expect(calls.filter((call) => call === 'DescribeServices')).toHaveLength(3);
  expect((await newest('shop-dev-backend')).definition.revision).toBe(2);
});

integration('fails where ECS keeps throttling, for Lambda to try the event again', async () => {
  refusals = Array(3).fill('DescribeServices');
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-backend');
  expect(lines()).toMatchObject([{ level: 'error', message: 'deployment failed', service: 'shop-dev-backend' }]);
});

integration('leaves the services of other environments alone', async () => {
  await environment('shop-staging');
  await handler(push({ digest: A }), invocation);
  expect(await running('shop-staging')).toMatch(/shop-staging-backend:1$/);
  expect((await newest('shop-staging-backend')).definition.revision).toBe(1);
});

integration('deploys to the others where one service of a repository fails, and fails then', async () => {
  const targets = ['shop-dev-gone', 'shop-dev-backend'].map((service) => ({ service, container: 'backend' }));
  vi.stubEnv('TARGETS', JSON.stringify({ shop_backend: targets }));
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-gone');
  expect(await running('shop-dev')).toMatch(/:2$/);
});

integration('fails for a container that the task definition does not have', async () => {
  vi.stubEnv('TARGETS', JSON.stringify({ shop_backend: [{ service: 'shop-dev-backend', container: 'web' }] }));
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-backend');
  expect(lines()[0]?.['error']).toBe('the task definition shop-dev-backend has no container web');
});

integration(
  'a push becomes the newest revision of a task that nothing but a start runs, and no service is asked',
  async () => {
    await task();
    await handler(push({ digest: A }), invocation);

    const { definition, tags } = await newest('shop-dev-cleanup');
    expect(definition).toMatchObject({ revision: 2, cpu: '256', taskRoleArn: 'arn:aws:iam::111111111111:role/task' });
    expect(definition.containerDefinitions?.map(({ image }) => image)).toEqual([
      `${REPOSITORY}@${A}`,
      'public.ecr.aws/xray/aws-xray-daemon:3.x',
    ]);
    expect(Object.fromEntries(tags.map(({ key, value }) => [key, value]))).toEqual({
      project: 'shop',
      'deployer:pushed_at': '2026-05-04T12:00:00Z',
    });
    expect(calls).toEqual(['DescribeTaskDefinition', 'RegisterTaskDefinition']);
    expect(lines()).toMatchObject([{ message: 'push handled', family: 'shop-dev-cleanup', outcome: 'registered' }]);
  },
);

integration(
  'the same event twice, and the same image under another tag, register nothing more for a task',
  async () => {
    await task();
    await handler(push({ digest: A }), invocation);
    calls.length = 0;
    await handler(push({ digest: A }), invocation);
    await handler(push({ digest: A, tag: 'latest', time: '2026-05-04T12:00:03Z' }), invocation);

    expect(changes()).toEqual([]);
    expect(outcomes()).toEqual(['registered', 'newest already', 'newest already']);
  },
);

integration(
  'a push for a task that arrives after a later one changes nothing, whatever Terraform did since',
  async () => {
    await task();
    await handler(push({ digest: B, time: '2026-05-04T12:05:00Z' }), invocation);
    await handler(push({ digest: A, time: '2026-05-04T12:00:00Z' }), invocation);
    await register('shop-dev-cleanup', { cpu: '512' });
    await register('shop-dev-cleanup', { cpu: '1024' });
    calls.length = 0;
    await handler(push({ digest: A, time: '2026-05-04T12:00:00Z' }), invocation);
    await handler(push({ digest: B, time: '2026-05-04T12:05:00Z' }), invocation);

    expect(changes()).toEqual([]);
    expect(outcomes()).toEqual(['registered', 'superseded', 'superseded', 'registered before']);
  },
);

integration('a later push brings its image into what Terraform has made of a task since', async () => {
  await task();
  await handler(push({ digest: A }), invocation);
  await register('shop-dev-cleanup', { cpu: '512' });
  await handler(push({ digest: B, time: '2026-05-04T13:00:00Z' }), invocation);

  const { definition, tags } = await newest('shop-dev-cleanup');
  expect(definition).toMatchObject({ cpu: '512', revision: 4 });
  expect(definition.containerDefinitions?.[0]?.image).toBe(`${REPOSITORY}@${B}`);
  expect(tags).toContainEqual({ key: 'deployer:pushed_at', value: '2026-05-04T13:00:00Z' });

  // What was delivered comes again with a new push of it.
  await register('shop-dev-cleanup', { cpu: '1024' });
  await handler(push({ digest: B, tag: 'again', time: '2026-05-04T14:00:00Z' }), invocation);
  const { definition: again } = await newest('shop-dev-cleanup');
  expect(again).toMatchObject({ cpu: '1024', revision: 6 });
  expect(again.containerDefinitions?.[0]?.image).toBe(`${REPOSITORY}@${B}`);
});

integration('revisions of a task that were deleted are no reason to fail', async () => {
  await task();
  await register('shop-dev-cleanup', {});
  const [first] = (await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'shop-dev-cleanup' })))
    .taskDefinitionArns as string[];
  gone = `shop-dev-cleanup:${first?.split(':').at(-1)}`;
  await handler(push({ digest: A }), invocation);
  expect(outcomes()).toEqual(['registered']);
});

integration(
  'a task whose push fails is tried again with the event, and its service is deployed all the same',
  async () => {
    await task({ service: 'shop-dev-backend', container: 'backend' });
    refusals = ['RegisterTaskDefinition'];
    refusal = 'AccessDeniedException';
    await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-cleanup');
    expect(await running('shop-dev')).toMatch(/:2$/);
    expect(lines()[0]).toMatchObject({ level: 'error', message: 'deployment failed', family: 'shop-dev-cleanup' });

    await handler(push({ digest: A }), invocation);
    expect(outcomes()).toEqual(['deployed', 'registered', 'running already']);
  },
);

integration('fails for a task that there is not, and touches no family but those it is told of', async () => {
  await register('shop-dev-report', {});
  await task();
  await handler(push({ digest: A }), invocation);
  expect((await newest('shop-dev-report')).definition.revision).toBe(1);

  vi.stubEnv('TARGETS', JSON.stringify({ shop_backend: [{ family: 'shop-dev-gone', container: 'backend' }] }));
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('not deployed: shop-dev-gone');
});

test.each([
  ['another repository', { repository: 'other' }, 'push ignored: nothing here runs this repository'],
  [
    'a repository of JavaScript itself',
    { repository: 'constructor' },
    'push ignored: nothing here runs this repository',
  ],
  ['another account', { account: '999999999999' }, 'push ignored: nothing here runs this repository'],
  ['another region', { region: 'us-east-1' }, 'push ignored: nothing here runs this repository'],
  ['an image without a tag', { tag: '' }, 'push ignored: its tag is not deployed'],
  ['a signature', { tag: `sha256-${'a'.repeat(64)}.sig` }, 'push ignored: its tag is not deployed'],
  ['a failed push', { result: 'FAILURE' }, 'event ignored: no image was pushed'],
  ['a deletion', { action: 'DELETE' }, 'event ignored: no image was pushed'],
])('ignores %s, says so and asks AWS nothing', async (_, what, message) => {
  await handler(push({ digest: A, ...what }), invocation);
  expect(lines()).toMatchObject([{ level: 'info', message }]);
  expect(calls).toEqual([]);
});

test('deploys tags that a pattern fits as a whole', () => {
  const wanted = (tag: string, ...patterns: string[]) => {
    const parsed = parsePush(push({ digest: A, tag }));
    return parsed && isWanted(parsed, patterns);
  };
  expect(wanted('v1.0.0', 'v*')).toBe(true);
  expect(wanted('dev1.0.0', 'v*')).toBe(false);
  expect(wanted('v1x0', 'v1.0')).toBe(false);
  expect(wanted('main-abc', 'v*', 'main-*')).toBe(true);
  expect(wanted('release-1-final', 'release-*-final')).toBe(true);
});

test('fails for an event without a digest or a time', () => {
  expect(() => parsePush(push({ digest: 'sha256:abc' }))).toThrow('expected the digest of an image in the event');
  expect(() => parsePush(push({ digest: A, time: 'noon' }))).toThrow('expected the time of the push in the event');
});

test('fails for settings that are missing, with their name', async () => {
  vi.stubEnv('TARGETS', '');
  await expect(handler(push({ digest: A }), invocation)).rejects.toThrow('expected the variable TARGETS');
});

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const REPOSITORY = '111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop_backend';
const invocation = { awsRequestId: 'invocation-1' };

function push(what: {
  readonly digest: string;
  readonly tag?: string;
  readonly time?: string;
  readonly repository?: string;
  readonly account?: string;
  readonly region?: string;
  readonly result?: string;
  readonly action?: string;
}): ImageEvent {
  return {
    time: what.time ?? '2026-05-04T12:00:00Z',
    account: what.account ?? '111111111111',
    region: what.region ?? 'eu-central-1',
    detail: {
      result: what.result ?? 'SUCCESS',
      'action-type': what.action ?? 'PUSH',
      'repository-name': what.repository ?? 'shop_backend',
      'image-digest': what.digest,
      'image-tag': what.tag ?? 'v1',
    },
  };
}

/** A cluster with a service, as Terraform leaves it. */
async function environment(name: string): Promise<void> {
  await ecs.send(new CreateClusterCommand({ clusterName: name }));
  await register(`${name}-backend`, {});
  await ecs.send(
    new CreateServiceCommand({
      cluster: name,
      serviceName: `${name}-backend`,
      taskDefinition: `${name}-backend`,
      desiredCount: 1,
    }),
  );
}

/** A task definition beside it that runs when something starts it: the deployer's first target, and alone unless said. */
async function task(...others: object[]): Promise<void> {
  await register('shop-dev-cleanup', {});
  const targets = [{ family: 'shop-dev-cleanup', container: 'backend' }, ...others];
  vi.stubEnv('TARGETS', JSON.stringify({ shop_backend: targets }));
}

async function register(family: string, changed: { readonly cpu?: string }): Promise<void> {
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      ...changed,
      taskRoleArn: 'arn:aws:iam::111111111111:role/task',
      executionRoleArn: 'arn:aws:iam::111111111111:role/execution',
      volumes: [{ name: 'uploads' }],
      tags: [{ key: 'project', value: 'shop' }],
      containerDefinitions: [
        {
          name: 'backend',
          image: `${REPOSITORY}:initial`,
          environment: [{ name: 'LOG_LEVEL', value: 'info' }],
          secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:eu-central-1:111111111111:parameter/key' }],
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
        { name: 'sidecar', image: 'public.ecr.aws/xray/aws-xray-daemon:3.x' },
      ],
    }),
  );
}

async function newest(family: string) {
  const { taskDefinition, tags } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: family, include: ['TAGS'] }),
  );
  if (!taskDefinition) throw new Error(`there is no ${family}`);
  const { taskDefinitionArns } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: family }));
  expect(taskDefinitionArns?.at(-1)).toBe(taskDefinition.taskDefinitionArn);
  return { definition: taskDefinition, tags: tags ?? [] };
}

/** The revision that the backend of an environment runs. */
async function running(environment: string): Promise<string | undefined> {
  const { services } = await ecs.send(
    new DescribeServicesCommand({ cluster: environment, services: [`${environment}-backend`] }),
  );
  return services?.[0]?.taskDefinition;
}

/** What the circuit breaker does. */
async function roll(taskDefinition: string | undefined): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster: 'shop-dev', service: 'shop-dev-backend', taskDefinition }));
}

function changes(): string[] {
  return calls.filter((call) => !call.startsWith('Describe'));
}

function outcomes(): unknown[] {
  return lines()
    .filter(({ message }) => message === 'push handled')
    .map(({ outcome }) => outcome);
}

function lines(): Record<string, unknown>[] {
  return written.mock.calls.map(([line]) => JSON.parse(String(line)));
}

/** Notes every call, and refuses those that `refusals` names, each once. */
async function startProxy(target: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const call = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const body = await text(request);
    calls.push(call);
    const refused = refusals.indexOf(call);
    if (refused >= 0) {
      refusals.splice(refused, 1);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: refusal, message: 'refused' }));
      return;
    }
    if (gone !== undefined && body.includes(`"${gone}"`)) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'ClientException', message: 'Unable to describe task definition.' }));
      return;
    }
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(target, { method: 'POST', headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
