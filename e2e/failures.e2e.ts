import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { faultsOf } from './support/faults/faults';
import { type Life, stackAlone } from './support/life';
import { Project } from './support/project';
import type { Started } from './support/terraform';
import { everything, needs } from './support/what-is-here';

// What goes wrong in the middle of an apply, with a provider that fails where it is told to and takes no time.
const { skipped } = needs('stand-in', 'an apply that fails or is killed at every point');

/** Without --all, of the stacks each so many-th, and of each of those so many failures. */
const EVERY = 4;
const SAMPLE = 3;
/** Points of an apply at which it is killed. */
const KILLS = 5;
/** Part of an apply in which that happens; near its end it might be over before. */
const KILLED_BEFORE = 0.7;
/** Terraform's own; so many operations are under way at a moment. */
const PARALLELISM = 10;

const project = new Project('shipped');
project.synthesize();
afterAll(() => project.remove());

describe.skipIf(skipped).concurrent('the next apply completes what', () => {
  for (const stack of project.stacks().filter((_, index) => everything || index % EVERY === 1)) {
    test(`${stack} could not do, whichever operation failed`, async () => {
      const { planned, whole } = await lifeOf(stack);
      const total = Object.keys(whole).length;
      const points = everything ? Array.from({ length: total }, (_, index) => index + 1) : spread(total, SAMPLE);
      for (const point of points) await failedAt(planned, point, Object.keys(whole));
      console.info(`${stack}: ${points.length} of ${total} operations failed once, each completed by the next apply`);
    });

    test(`${stack} had begun when it was killed`, async () => {
      const { planned, whole } = await lifeOf(stack);
      const total = Object.keys(whole).length;
      for (const point of spread(Math.ceil(total * KILLED_BEFORE), KILLS))
        await killedAt(planned, point, Object.keys(whole));
    });
  }
});

/** A stack planned on nothing, and what there is once it has been applied. */
async function lifeOf(stack: string) {
  const planned = await stackAlone(project, stack);
  await planned.plan();
  const complete = planned.copy();
  await complete.must(['apply', '-no-color', 'plan.out']);
  expect(await complete.differences()).toEqual([]);
  expect(faultsOf(stack, project.json(stack), await complete.applied()), `faults of ${stack}`).toEqual([]);
  const whole = complete.ids();
  rmSync(complete.path, { recursive: true });
  return { planned, whole };
}

async function failedAt(planned: Life, point: number, whole: readonly string[]): Promise<void> {
  const life = planned.copy();
  const first = await life.run(['apply', '-no-color', 'plan.out'], { STANDIN_FAIL_AT: `${point}` });
  expect(first.stderr, `operation ${point}`).toContain('Injected failure');
  const before = life.ids();
  await completes(life, before, whole, `after operation ${point} has failed`);
  expect(twice(life), `made twice after operation ${point} has failed`).toEqual([]);
  rmSync(life.path, { recursive: true });
}

async function killedAt(planned: Life, point: number, whole: readonly string[]): Promise<void> {
  const life = planned.copy();
  const { signal, ended } = life.start(['apply', '-no-color', 'plan.out'], { STANDIN_DELAY_MS: '200' });
  while (life.operations().length < point || !(await halted(life, signal))) await pause(10);
  signal('SIGKILL');
  expect((await ended).status).toBeNull();
  const before = life.ids();
  await completes(life, before, whole, `after it was killed at operation ${point}`);
  expect(twice(life).length, `made twice after operation ${point}: more than were under way`).toBeLessThanOrEqual(
    PARALLELISM,
  );
  rmSync(life.path, { recursive: true });
}

/** Terraform writes a state file in place, where one in S3 is replaced as a whole: not in the middle of that. */
async function halted(life: Life, signal: Started['signal']): Promise<boolean> {
  signal('SIGSTOP');
  await pause(50); // threads that are writing stop when they are done
  try {
    life.ids();
    return true;
  } catch {
    signal('SIGCONT');
    return false;
  }
}

/** The rest is made, what there was stays what it was, and nothing else is left to do. */
async function completes(
  life: Life,
  before: Readonly<Record<string, unknown>>,
  whole: readonly string[],
  when: string,
) {
  const { status, stderr } = await life.run(['apply', '-no-color', '-auto-approve']);
  expect({ status, stderr }, when).toEqual({ status: 0, stderr: '' });
  const after = life.ids();
  expect(Object.keys(after).sort(), when).toEqual([...whole].sort());
  expect(after, `what there was ${when}`).toMatchObject(before);
  expect(
    life.operations().filter((line) => line.startsWith('delete')),
    when,
  ).toEqual([]);
}

function twice(life: Life): string[] {
  const made = life.operations().filter((line) => line.startsWith('create '));
  return made.filter((line, index) => made.indexOf(line) !== index);
}

/** Numbers from 1 to the total, the first and the last among them. */
function spread(total: number, count: number): number[] {
  const step = (total - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => 1 + Math.round(index * step));
}
