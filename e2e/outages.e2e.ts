import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import type { Identity } from './support/emulator';
import { type Call, type Failing, FailingAws, type Failure, madeTwice, writes } from './support/failing-aws';
import { makeStatePlace } from './support/fixtures';
import { lockOf, readmeSays, unlock } from './support/locks';
import { Project } from './support/project';
import { asksSoOften, errorsIn, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// AWS does not answer as it should: the real provider and Terraform's S3 backend behind a proxy that lets calls fail.
const { skipped } = needs('emulator', 'an apply to an AWS that fails');

/** With --all also what takes the provider a minute to make. */
const slow = `
sqs: [{ name: jobs }]
buckets: [{ name: media }]
workload: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/app:1" }
`;
const yaml = `
region: us-east-1
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: single, flow_logs: true }
topics: [{ name: news }]
secrets: [{ name: jwt, generate: { key: 32 } }]
${everything ? slow : ''}`;
const tiny = 'region: us-east-1\nnetwork: { use_default_vpc: true }\ntopics: [{ name: news }, { name: mails }]\n';

const KINDS: readonly Failure[] = ['throttled', 'error', 'reset'];
/** Of the calls that only read each so many-th fails. */
const ONE_IN = 6;
/** What the provider asks before it gives up, where that is what is wanted. */
const ATTEMPTS = 3;
/** What fails for the rest of an apply: before anything is made, when a secret is there and its reading fails, in between. */
const SOME = ['ec2 CreateSubnet', 'secretsmanager DescribeSecret'];
const MORE = [
  'dynamodb GetItem',
  'ec2 AllocateAddress',
  'ec2 AuthorizeSecurityGroupEgress',
  'ec2 CreateNatGateway',
  'ec2 CreateRoute',
  'ec2 DescribeSubnets',
  'ec2 ModifyVpcAttribute',
  'ecs CreateService',
  'ecs DescribeClusters',
  'iam GetRole',
  'iam PutRolePolicy',
  'logs PutRetentionPolicy',
  'secretsmanager PutSecretValue',
  'servicediscovery GetOperation',
  'sns GetTopicAttributes',
  'sns SetTopicAttributes',
  'sqs GetQueueAttributes',
  'sqs SetQueueAttributes',
];
const operations = everything ? [...SOME, ...MORE] : SOME;

const project = new Project({});
const opened: FailingAws[] = [];
let identity: Identity;
afterAll(() => {
  for (const aws of opened) aws.close();
  project.remove();
});

describe.skipIf(skipped).concurrent('an apply', () => {
  beforeAll(async () => {
    project.write('outage/base.yaml', yaml);
    for (const env of ['once', ...operations.map((_, index) => `lasting${index}`)])
      project.write(`outage/${env}.yaml`, `env: ${env}\n`);
    for (const env of ['unwritten', 'locked', 'gone'])
      project.write(
        `tiny/${env}.yaml`,
        `${tiny}state: { existing: true, bucket: outage-terraform-state, lock_table: outage-terraform-locks }\n`,
      );
    project.synthesize();
    identity = await identityOf(project, 'outage-once');
    await makeStatePlace(project, identity);
  });

  test('goes through although every call that writes fails once', async () => {
    const { workdir, aws } = await stack('outage-once');
    aws.fail(onceEach());
    await apply(workdir);
    aws.heal();
    const failed = aws.calls.filter((call) => call.failed);
    expect(failed.length).toBeGreaterThan(20);
    await isWhole('outage-once', workdir);
    expect(madeTwice(aws.calls)).toEqual([]);
    console.info(`outage-once: ${failed.length} of ${aws.calls.length} calls failed, the apply did not`);
  });

  for (const [index, operation] of operations.entries()) {
    const kind = KINDS[index % KINDS.length] ?? 'error';
    test(`that ${operation} has ended (${kind}) is completed by the next`, async () => {
      const name = `outage-lasting${index}`;
      const { workdir, aws } = await stack(name);
      asksSoOften(ATTEMPTS, workdir.path);
      aws.fail((call) => (nameOf(call) === operation ? kind : undefined));
      expect((await workdir.run(APPLY)).status).toBe(1);
      aws.heal();
      const { ids, tainted } = await workdir.known();
      await untaint(workdir, tainted);
      await apply(workdir);
      await isWhole(name, workdir);
      expect((await workdir.known()).ids, 'what there was').toMatchObject(ids);
      expect(madeTwice(aws.calls)).toEqual([]);
      const half = tainted.length > 0 ? `, half made ${tainted.join(', ')}` : '';
      console.info(`${operation}: ${Object.keys(ids).length} of ${project.addresses(name).length} made${half}`);
    });
  }

  test('whose state could not be written leaves it beside the stack, to be pushed', async () => {
    const { workdir, aws } = await stack('tiny-unwritten');
    aws.fail((call) => (/^PUT .*\/terraform\.tfstate$/.test(call.operation) ? 'error' : undefined));
    const { status, stderr } = await workdir.run(APPLY);
    expect(status).toBe(1);
    expect(stderr).toContain('errored.tfstate');
    aws.heal();
    await pushed(workdir);
    await isWhole('tiny-unwritten', workdir);
    expect(madeTwice(aws.calls)).toEqual([]);
  });

  test('that all of AWS has left leaves its lock and its state behind: unlocked, pushed, and then completed', async () => {
    const { workdir, aws } = await stack('tiny-gone');
    asksSoOften(ATTEMPTS, workdir.path);
    let made = false;
    aws.fail((call) => {
      made ||= call.operation === 'SetTopicAttributes';
      return made ? 'reset' : undefined;
    });
    expect((await workdir.run(APPLY)).status).toBe(1);
    aws.heal();
    await unlock(workdir, await lockOf(workdir));
    await pushed(workdir);
    await apply(workdir);
    await isWhole('tiny-gone', workdir);
  });

  test('whose lock could not be released has done everything, and is unlocked', async () => {
    const { workdir, aws } = await stack('tiny-locked');
    aws.fail((call) => (/^DeleteItem$|^DELETE .*tflock$/.test(call.operation) ? 'throttled' : undefined));
    const { status, stderr } = await workdir.run(APPLY);
    aws.heal();
    expect({ status, errors: errorsIn(stderr) }).toEqual({
      status: 1,
      errors: [expect.stringContaining('releasing the state lock')],
    });
    await unlock(workdir, await lockOf(workdir));
    await isWhole('tiny-locked', workdir);
  });
});

const APPLY = ['apply', '-no-color', '-auto-approve'];

async function apply(workdir: Workdir): Promise<void> {
  await workdir.must(APPLY);
}

/** As the README says of what was made and could not be finished. */
async function untaint(workdir: Workdir, addresses: readonly string[]): Promise<void> {
  readmeSays('`terraform untaint <address>`');
  for (const address of addresses) await workdir.must(['untaint', address]);
}

async function pushed(workdir: Workdir): Promise<void> {
  readmeSays('`terraform state push errored.tfstate`');
  await workdir.must(['state', 'push', 'errored.tfstate']);
}

async function stack(name: string) {
  const aws = new FailingAws(emulatorHere().url);
  opened.push(aws);
  const workdir = project.workdir(name, await aws.before(identity));
  await workdir.init();
  return { workdir, aws };
}

async function isWhole(name: string, workdir: Workdir): Promise<void> {
  expect(await workdir.isAsItShouldBe()).toBe(true);
  expect(await workdir.addresses()).toEqual(project.addresses(name));
}

/** Each call that writes, and some that only read; none a second time, in which it comes back. */
function onceEach(): Failing {
  const failed = new Set<string>();
  return (call, number) => {
    const key = `${nameOf(call)} ${call.service === 's3' ? '' : call.body}`;
    if (failed.has(key) || !(writes(call) || number % ONE_IN === 0)) return undefined;
    failed.add(key);
    return KINDS[failed.size % KINDS.length];
  };
}

function nameOf({ service, operation }: Call): string {
  return `${service} ${operation}`;
}
