import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { ask, type Identity } from './support/emulator';
import { makeStatePlace } from './support/fixtures';
import { lockOf, unlock } from './support/locks';
import { Project } from './support/project';
import { creations, Proxy } from './support/proxy';
import { errorsIn, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// An apply that is killed while its state is in S3, where Terraform writes it every 20 seconds: what it made since is in AWS
// and in no state.
const { skipped } = needs('emulator', 'an apply that is killed with its state in S3');

const yaml = `
region: us-east-1
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: none }
topics: [{ name: news }]
secrets: [{ name: jwt, generate: { key: 32 } }]
waf: {}
`;
/** Parts of an apply, by what it has made. */
const POINTS = everything ? [0.05, 0.25, 0.5, 0.75, 0.95] : [0.5];

const project = new Project({ 'killed/base.yaml': yaml, 'killed/whole.yaml': 'env: whole\n' });
for (const index of POINTS.keys()) project.write(`killed/k${index}.yaml`, `env: k${index}\n`);
project.synthesize();
const opened: Proxy[] = [];
let identity: Identity;
let whole: { readonly made: Counts; readonly addresses: readonly string[] };
type Counts = Readonly<Record<string, number>>;
afterAll(() => {
  for (const proxy of opened) proxy.close();
  project.remove();
});

describe.skipIf(skipped).concurrent('an apply that is killed', () => {
  beforeAll(async () => {
    identity = await identityOf(project, 'killed-whole');
    await makeStatePlace(project, identity);
    const { workdir, proxy } = await stack('whole');
    await workdir.must(['apply', '-no-color', '-auto-approve']);
    whole = { made: creations(proxy.calls), addresses: await workdir.addresses() };
  });

  for (const [index, part] of POINTS.entries()) {
    test(`when it has made ${part * 100} % is completed, once what its state does not know is imported`, async () => {
      const env = `k${index}`;
      const { workdir, proxy } = await stack(env);
      const point = Math.ceil(sum(whole.made) * part);
      const applying = workdir.start(['apply', '-no-color', '-auto-approve']);
      while (sum(creations(proxy.calls)) < point) await pause(10);
      applying.signal('SIGKILL');
      expect((await applying.ended).status).toBeNull();
      const made = creations(proxy.calls);
      await unlock(workdir, await lockOf(workdir));
      const known = await workdir.known();

      const next = await workdir.run(['apply', '-no-color', '-auto-approve']);
      const conflicts = errorsIn(next.stderr);
      for (const conflict of conflicts) expect(conflict).toMatch(THERE_ALREADY);
      if (conflicts.length > 0) await takeOver(env, workdir);
      expect(await workdir.differences()).toEqual([]);
      expect(await workdir.addresses()).toEqual(whole.addresses);
      expect(await workdir.known(), 'what the state knew').toMatchObject(known);
      const again = minus(creations(proxy.calls), whole.made);
      for (const [what, count] of Object.entries(again)) expect(count, what).toBeLessThanOrEqual(made[what] ?? 0);
      console.info(
        `killed when ${sum(made)} of ${sum(whole.made)} things were made: the state knows ${Object.keys(known).length}, ` +
          `${conflicts.length} conflicts, made once more: ${Object.keys(again).join(', ') || 'nothing'}`,
      );
    });
  }
});

/** How AWS says that a name is taken. */
const THERE_ALREADY = /already exists|AlreadyExists|ResourceExists/;

/** As the README says: `import`, by the names that the conflicts tell. */
async function takeOver(env: string, workdir: Workdir): Promise<void> {
  const { SecretList } = await ask<{ SecretList: { Name: string; ARN: string }[] }>(
    identity,
    'secretsmanager',
    'secretsmanager.ListSecrets',
    { MaxResults: 100 },
  );
  const { ARN } = SecretList.find(({ Name }) => Name === `killed/${env}/jwt`) ?? {};
  project.write(
    `killed/${env}.yaml`,
    `env: ${env}\nsecrets: [{ name: jwt, import: "${ARN}", generate: { key: 32 } }]\n`,
  );
  project.synthesize();
  await workdir.must(['apply', '-no-color', '-auto-approve']);
}

async function stack(env: string) {
  const proxy = new Proxy(emulatorHere().url);
  opened.push(proxy);
  const workdir = project.workdir(`killed-${env}`, await proxy.before(identity));
  await workdir.init();
  return { workdir, proxy };
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** What there is more of. */
function minus(counts: Counts, others: Counts): Counts {
  const differences = Object.entries(counts).map(([what, count]) => [what, count - (others[what] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, count]) => count > 0));
}
