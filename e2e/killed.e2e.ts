import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { ask, type Identity } from './support/emulator';
import { creations, FailingAws, madeTwice } from './support/failing-aws';
import { makeStatePlace } from './support/fixtures';
import { lockOf, readmeSays, unlock } from './support/locks';
import { Project } from './support/project';
import { errorsIn, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// An apply that is killed while its state is in S3, where Terraform writes it every 20 seconds: what it made since is in AWS
// and in no state.
const { skipped } = needs('emulator', 'an apply that is killed with its state in S3', everything);

const yaml = `
region: us-east-1
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: none, flow_logs: true }
topics: [{ name: news }]
secrets: [{ name: jwt, generate: { key: 32 } }]
`;
/** After so many creations, of which there are more; in bursts, so that some are more by the time of the kill. */
const POINTS = [1, 4, 7, 11, 15];

const project = new Project({ 'killed/base.yaml': yaml });
for (const point of POINTS) project.write(`killed/at${point}.yaml`, `env: at${point}\n`);
project.synthesize();
const opened: FailingAws[] = [];
let identity: Identity;
afterAll(() => {
  for (const aws of opened) aws.close();
  project.remove();
});

describe.skipIf(skipped).concurrent('an apply that is killed', () => {
  beforeAll(async () => {
    identity = await identityOf(project, 'killed-at1');
    await makeStatePlace(project, identity);
  });

  for (const point of POINTS) {
    test(`when it has made ${point} things is completed, once what its state does not know is imported`, async () => {
      const env = `at${point}`;
      const { workdir, aws } = await stack(env);
      const applying = workdir.start(['apply', '-no-color', '-auto-approve']);
      let over = false;
      void applying.ended.then(() => {
        over = true;
      });
      while (creations(aws.calls).length < point && !over) await pause(10);
      expect(over, 'it was over before').toBe(false);
      applying.signal('SIGKILL');
      expect((await applying.ended).status).toBeNull();
      await unlock(workdir, await lockOf(workdir));
      const { ids } = await workdir.known();
      const made = creations(aws.calls); // by now also what was on its way

      const next = await workdir.run(['apply', '-no-color', '-auto-approve']);
      const conflicts = errorsIn(next.stderr);
      for (const conflict of conflicts) expect(conflict).toMatch(THERE_ALREADY);
      if (conflicts.length > 0) await takeOver(env, workdir, conflicts);
      expect(await workdir.isAsItShouldBe()).toBe(true);
      expect(await workdir.addresses()).toEqual(project.addresses(`killed-${env}`));
      expect((await workdir.known()).ids, 'what the state knew').toMatchObject(ids);
      const again = madeTwice(aws.calls);
      const isOfVpc = (call: string) => call.startsWith('ec2 CreateVpc ');
      expect(again.some(isOfVpc), 'a VPC has no name').toBe(made.some(isOfVpc) && ids['aws_vpc.network'] === undefined);
      console.info(
        `killed when ${made.length} things were made: the state knows ${Object.keys(ids).length}, ` +
          `${conflicts.length} conflicts, made once more: ${again.map((call) => call.split(' ')[1]).join(', ') || 'nothing'}`,
      );
      expect(again.length).toBeLessThanOrEqual(made.length);
    });
  }
});

/** How AWS says that a name is taken. */
const THERE_ALREADY = /already exists|AlreadyExists|ResourceExists/;

/** As the README says: what the conflicts name, by address. */
async function takeOver(env: string, workdir: Workdir, conflicts: readonly string[]): Promise<void> {
  readmeSays('names it as existing already, and `imports:` takes it over by its address');
  const addresses = conflicts.map((conflict) => /with (aws_\w+\.\w+),/.exec(conflict)?.[1] ?? conflict);
  const ids = await Promise.all(addresses.map((address) => importIdOf(env, address)));
  const imports = addresses.map((address, index) => `  ${address}: ${ids[index]}\n`);
  project.write(`killed/${env}.yaml`, `env: ${env}\nimports:\n${imports.join('')}`);
  project.synthesize();
  await workdir.must(['apply', '-no-color', '-auto-approve']);
}

/** The ARN of a secret, and of others their names. */
async function importIdOf(env: string, address: string): Promise<string> {
  const name = nameOf(env, address);
  if (!address.startsWith('aws_secretsmanager_secret.')) return name;
  const body = { SecretId: name };
  return (await ask<{ ARN: string }>(identity, 'secretsmanager', 'secretsmanager.DescribeSecret', body)).ARN;
}

function nameOf(env: string, address: string): string {
  const [type = '', name = ''] = address.split('.');
  const made = project.json(`killed-${env}`).resource[type]?.[name] as { readonly name?: string } | undefined;
  return made?.name ?? '';
}

async function stack(env: string) {
  const aws = new FailingAws(emulatorHere().url);
  opened.push(aws);
  const workdir = project.workdir(`killed-${env}`, await aws.before(identity));
  await workdir.init();
  return { workdir, aws };
}
