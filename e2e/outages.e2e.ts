import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import type { Identity } from './support/emulator';
import { makeStatePlace } from './support/fixtures';
import { Project } from './support/project';
import { creations, type Failure, Proxy } from './support/proxy';
import { asksSoOften, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// AWS does not answer as it should: the real provider and Terraform's S3 backend behind a proxy that lets calls fail.
const { skipped } = needs('emulator', 'an apply to an AWS that fails');

/** What is slow to make (a queue 25 s, a bucket 55 s, because the provider waits) only where there is time. */
const slow = `
sqs: [{ name: jobs }]
buckets: [{ name: media }]
`;
const yaml = `
region: us-east-1
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: single }
topics: [{ name: news }]
secrets: [{ name: jwt, generate: { key: 32 } }]
workload: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/app:1" }
${everything ? slow : ''}`;

const KINDS: readonly Failure[] = ['throttled', 'error', 'reset'];
/** Of the calls of an apply each so many-th fails once, each in another way. */
const ONE_IN = 6;
const ATTEMPTS = 3;
/** What fails for a whole apply, however often the provider asks; with --all each operation that an apply has. */
const SOME = ['ec2 CreateSubnet', 'ec2 ModifyVpcAttribute', 'sns SetTopicAttributes', 'secretsmanager PutSecretValue', 'iam PutRolePolicy', 'iam GetRole', 'sns GetTopicAttributes', 'ecs DescribeClusters', 'ecs CreateService', 'ec2 DescribeSubnets'];

const envs = ['whole', 'often', ...SOME.map((_, index) => `fails${index}`)];
const project = new Project({});
let identity: Identity;
let whole: { readonly made: ReturnType<typeof creations>; readonly addresses: readonly string[] };
const opened: Proxy[] = [];
afterAll(() => {
  for (const proxy of opened) proxy.close();
  project.remove();
});

describe.skipIf(skipped).concurrent('an apply', () => {
  beforeAll(async () => {
    project.write('outage/base.yaml', yaml);
    for (const env of envs) project.write(`outage/${env}.yaml`, `env: ${env}\n`);
    project.synthesize();
    identity = await identityOf(project, 'outage-whole');
    await makeStatePlace(project, identity);
    const { workdir, proxy } = await stack('whole');
    await workdir.must(['apply', '-no-color', '-auto-approve']);
    whole = { made: creations(proxy.calls), addresses: await workdir.addresses() };
    console.info(proxy.calls.length, whole);
  });

  test(`goes through although every ${ONE_IN}th call fails once`, async () => {
    const { workdir, proxy } = await stack('often');
    proxy.fail((_, number) => (number % ONE_IN === 0 ? KINDS[(number / ONE_IN) % KINDS.length] : undefined));
    await workdir.must(['apply', '-no-color', '-auto-approve']);
    console.info(`${proxy.calls.filter(({ failed }) => failed).length} of ${proxy.calls.length} failed`);
    proxy.heal();
    await isWhole(workdir, proxy);
  });

  for (const [index, operation] of SOME.entries()) {
    const kind = KINDS[index % KINDS.length] ?? 'error';
    test(`that failed because ${operation} did (${kind}) is completed by the next`, async () => {
      const { workdir, proxy } = await stack(`fails${index}`);
      proxy.fail(({ service, operation: name }) => (`${service} ${name}` === operation ? kind : undefined));
      const ended = await workdir.run(['apply', '-no-color', '-auto-approve']);
      proxy.heal();
      console.info(operation, ended.status, ended.stderr.slice(0, 1500), await workdir.run(['state', 'list']).then(({stdout}) => stdout.split('\n').length));
      const before = await state(workdir);
      console.info(operation, 'tainted', [...before.tainted]);
      const again = await workdir.run(['apply', '-no-color', '-auto-approve']);
      console.info(operation, again.status, again.stderr, again.stdout.split('\n').filter((line) => /Destroying|tainted|must be replaced/.test(line)));
      await isWhole(workdir, proxy);
    });
  }
});

async function stack(env: string) {
  const proxy = new Proxy(emulatorHere().url);
  opened.push(proxy);
  const workdir = project.workdir(`outage-${env}`, await proxy.before(identity));
  asksSoOften(ATTEMPTS, workdir.path);
  await workdir.init();
  return { workdir, proxy };
}

async function isWhole(workdir: Workdir, { calls }: Proxy): Promise<void> {
  expect(await workdir.differences()).toEqual([]);
  expect(await workdir.addresses()).toEqual(whole.addresses);
  expect(creations(calls)).toEqual(whole.made);
}

async function state(workdir: Workdir) {
  const { resources } = JSON.parse(await workdir.must(['state', 'pull'])) as { resources: { mode: string; type: string; name: string; instances: { status?: string; attributes: { id: string } }[] }[] };
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return {
    tainted: managed.filter(({ instances }) => instances.some(({ status }) => status === 'tainted')).map(({ type, name }) => `${type}.${name}`),
    ids: Object.fromEntries(managed.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes.id])),
  };
}
