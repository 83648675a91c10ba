import { afterAll, describe, expect, test } from 'vitest';
import { errorOf, gaps, overrideGaps } from './gaps';
import { identityOf } from './support/accounts';
import { inRegion, variablesOf } from './support/emulator';
import { faultsOf } from './support/faults/faults';
import { makeWhatIsThere, specsOf, systemsOf } from './support/fixtures';
import { keepStateBeside } from './support/life';
import { Project } from './support/project';
import { leaksOf } from './support/secrets';
import { changesOf, errorsIn, type Workdir } from './support/terraform';
import { emulatorHere, everything, needs } from './support/what-is-here';

// Every shipped stack, as synth wrote it, applied by the real provider to an emulator of AWS.
const { skipped } = needs('emulator', 'every stack');

/** Of each stack's resources, where an emulator was chosen for it; plain moto makes what it can. */
const CREATED_SHARE = 0.98;
/** How plain moto says that it lacks something, and the provider that it can't make sense of the answer. */
const NOT_IN_MOTO =
  /not (?:yet |been )*implemented|NotImplemented|UnknownOperation|StatusCode: (?:404|500|501)|couldn't find resource|empty result|deserialization failed|timeout while waiting/i;
/** Without --all: a load balancer, a database behind a proxy and users. */
const SOME = ['core-business-unit'];

const project = new Project('shipped');
project.synthesize();
const stacks = project.stacks().filter((stack) => everything || SOME.some((system) => stack.startsWith(`${system}-`)));
const isBootstrap = (stack: string) => /-bootstrap(?:-\d+)?$/.test(stack);
const bootstraps = stacks.filter(isBootstrap);

afterAll(() => {
  project.remove();
});

describe.skipIf(skipped).concurrent('every stack', () => {
  for (const stack of bootstraps) test(`${stack} is applied`, () => bootstrapped(stack));

  test('their states move into the buckets they made', () => prepared());

  for (const stack of stacks.filter((name) => !isBootstrap(name))) {
    test(`${stack} is applied, and then as it should be`, () => live(stack));
  }

  for (const gap of gaps) {
    test(`the emulator still lacks ${gap.name}`, async () => {
      expect(await errorOf(gap, project, variablesOf(inRegion(emulatorHere(), 'us-east-1')))).toMatch(gap.error);
    });
  }
});

const bootstrapped = once(async (stack: string) => {
  const workdir = project.workdir(stack, await identityOf(project, stack));
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
  for (const stack of bootstraps) {
    const workdir = project.workdir(stack, await identityOf(project, stack));
    await workdir.init('-migrate-state', '-force-copy');
    expect(await workdir.differences(), `${stack} after its state has moved`).toEqual([]);
  }
});

async function live(stack: string): Promise<void> {
  await prepared();
  const workdir = project.workdir(stack, await identityOf(project, stack));
  const met = overrideGaps(gaps, project.json(stack).resource, workdir.path);
  if (!emulatorHere().named) keepStateBeside(workdir.path);
  await workdir.init();
  await created(stack, workdir, met);
  if (emulatorHere().named) {
    expect(await workdir.differences(), `${stack} planned again`).toEqual([]);
    expect(faultsOf(stack, project.json(stack), await workdir.applied()), `faults of ${stack}`).toEqual([]);
  }
  const { leaks, searched } = await leaksOf(project, stack, workdir, await identityOf(project, stack));
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
  const { named } = emulatorHere();
  expect(
    errorsIn(stderr).filter((error) => named || !NOT_IN_MOTO.test(error)),
    `errors of ${stack}`,
  ).toEqual([]);
  if (named) expect(there / planned.length).toBeGreaterThanOrEqual(CREATED_SHARE);
}

/** Whoever asks first begins it, and everybody gets the same. */
function once<Result>(run: (name: string) => Promise<Result>): (name?: string) => Promise<Result> {
  const begun = new Map<string, Promise<Result>>();
  return (name = '') => begun.get(name) ?? begun.set(name, run(name)).get(name) ?? run(name);
}
