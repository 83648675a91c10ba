import { afterAll, describe, expect, test } from 'vitest';
import { errorOf, gaps, lackOfMoto, lacksOfMoto, overrideGaps } from './gaps';
import { identityOf } from './support/accounts';
import { inRegion, variablesOf } from './support/emulator';
import { faultsOf } from './support/faults/faults';
import { makeWhatIsThere, specsOf, systemsOf } from './support/fixtures';
import { keepStateBeside } from './support/life';
import { Project } from './support/project';
import { leaksOf } from './support/secrets';
import { asksSoOften, changesOf, errorsIn, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// Every shipped stack, as synth wrote it, applied by the real provider to an emulator of AWS.
const { skipped } = needs('emulator', 'every stack');

/** Of each stack's resources, where an emulator was chosen for it; plain moto makes what it can. */
const CREATED_SHARE = 0.98;
/** What moto lacks it lacks at the 25th attempt too. */
const ATTEMPTS = 2;
/** Of plain moto, which takes the provider 20 minutes in places, without --all: a load balancer, a database behind a proxy and users. */
const SOME = ['core-business-unit'];

const project = new Project('shipped');
project.synthesize();
const all = everything || (!skipped && emulatorHere().named);
const stacks = project.stacks().filter((stack) => all || SOME.some((system) => stack.startsWith(`${system}-`)));
/** Types of which plain moto could not make one. */
const lacking = new Set<string>();
const isBootstrap = (stack: string) => /-bootstrap(?:-\d+)?$/.test(stack);
const bootstraps = stacks.filter(isBootstrap);

afterAll(() => {
  project.remove();
});

describe.skipIf(skipped).concurrent('every stack', () => {
  for (const stack of bootstraps) test(`${stack} is applied`, () => bootstrapped(stack));

  test('their states move into the buckets they made', () => prepared());

  for (const stack of stacks.filter((name) => !isBootstrap(name))) {
    test(`${stack} is applied, and then as it should be`, () => lives(stack));
  }

  test.skipIf(skipped || !everything || emulatorHere().named)(
    'plain moto lacks what it is said to lack, and nothing of it any more',
    async () => {
      await Promise.allSettled(stacks.map((stack) => (isBootstrap(stack) ? bootstrapped(stack) : lives(stack))));
      expect([...lacking].sort()).toEqual(Object.keys(lacksOfMoto));
    },
  );

  for (const gap of gaps) {
    test(`the emulator still lacks ${gap.name}`, async () => {
      expect(await errorOf(gap, project, variablesOf(inRegion(emulatorHere(), 'us-east-1')))).toMatch(gap.error);
    });
  }
});

const bootstrapped = once(async (stack: string) => {
  const workdir = project.workdir(stack, await identityOf(project, stack));
  if (!emulatorHere().named) asksSoOften(ATTEMPTS, workdir.path);
  await workdir.init();
  await created(stack, workdir);
});

/** Moves the states in, and makes what environments say is there: both write into the YAML, so the stacks are written anew. */
const prepared = once(async () => {
  await Promise.all(bootstraps.map((stack) => bootstrapped(stack)));
  for (const spec of specsOf(project)) {
    const stack = `${spec.project}-${spec.env}`;
    if (stacks.includes(stack)) await makeWhatIsThere(project, spec, await identityOf(project, stack));
  }
  for (const system of systemsOf(project)) project.set(system, ['state', 'bootstrapped'], true);
  project.synthesize();
  // Plain moto refuses everything in a bucket whose policy denies what comes without TLS.
  if (!emulatorHere().named) return void console.warn('SKIPPED: states in S3, because plain moto reads no conditions');
  await Promise.all(bootstraps.map((stack) => moved(stack)));
});

async function moved(stack: string): Promise<void> {
  const workdir = project.workdir(stack, await identityOf(project, stack));
  await workdir.init('-migrate-state', '-force-copy');
  expect(await workdir.differences(), `${stack} after its state has moved`).toEqual([]);
}

const lives = once((stack: string) => live(stack));

async function live(stack: string): Promise<void> {
  await prepared();
  const workdir = project.workdir(stack, await identityOf(project, stack));
  const met = overrideGaps(gaps, project.json(stack).resource, workdir.path);
  if (!emulatorHere().named) {
    keepStateBeside(workdir.path);
    asksSoOften(ATTEMPTS, workdir.path);
  }
  await workdir.init();
  await created(stack, workdir, met);
  if (emulatorHere().named) {
    expect(await workdir.differences(), `${stack} planned again`).toEqual([]);
    const committed = (address: string) => project.addressAsCommitted(stack, address);
    expect(faultsOf(stack, project.json(stack), await workdir.applied(), committed), `faults of ${stack}`).toEqual([]);
  }
  const { leaks, planning, searched } = await leaksOf(project, stack, workdir, await identityOf(project, stack));
  // What is half made, because plain moto lacks the rest, is refused or read in other ways than when it was made.
  if (emulatorHere().named) expect(errorsIn(planning)).toEqual([]);
  expect(leaks, `secrets of ${stack}`).toEqual([]);
  console.info(`${stack}: ${searched}`);
}

/** Plans, applies and prints how much of it there is then. */
async function created(stack: string, workdir: Workdir, met: readonly string[] = []): Promise<void> {
  const started = Date.now();
  const planned = changesOf(await workdir.plan()).filter((change) => change.startsWith('create '));
  const { stderr } = await workdir.run(['apply', '-no-color', 'plan.out']);
  const there = (await workdir.addresses()).length;
  const overridden = met.map((gap) => `, but for ${gap}`).join('');
  console.info(
    `${stack}: ${there}/${planned.length} created in ${Math.round((Date.now() - started) / 1000)} s${overridden}`,
  );
  onlyLacks(stack, stderr);
  if (emulatorHere().named) expect(there / planned.length).toBeGreaterThanOrEqual(CREATED_SHARE);
}

/** Errors are what plain moto lacks, and with an emulator that was chosen there are none. */
function onlyLacks(stack: string, stderr: string): void {
  const errors = errorsIn(stderr).map((error) => ({
    error,
    lack: emulatorHere().named ? undefined : lackOfMoto(error),
  }));
  for (const { lack } of errors) if (lack !== undefined) lacking.add(lack);
  expect(
    errors.filter(({ lack }) => lack === undefined).map(({ error }) => error),
    `errors of ${stack}`,
  ).toEqual([]);
}

/** Whoever asks first begins it, and everybody gets the same. */
function once<Result>(run: (name: string) => Promise<Result>): (name?: string) => Promise<Result> {
  const begun = new Map<string, Promise<Result>>();
  return (name = '') => begun.get(name) ?? begun.set(name, run(name)).get(name) ?? run(name);
}
