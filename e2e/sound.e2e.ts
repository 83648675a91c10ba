import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviewedStacks } from './support/faults/addresses';
import { faultsOf } from './support/faults/faults';
import { specsOf } from './support/fixtures';
import { stackAlone } from './support/life';
import { Project } from './support/project';
import { everything, needs } from './support/what-is-here';

// What Terraform and the provider take without a word, and what would fail on a later day.
const { skipped } = needs('stand-in', 'routes, secrets, addresses and locks of every stack');

const project = new Project('shipped');
const specs = specsOf(project);
/** Without --all the last environment of each system, which is the largest. */
const last = new Map(specs.map((spec) => [spec.project, `${spec.project}-${spec.env}`]));
const stacks = everything ? reviewedStacks() : [...last.values()];
afterAll(() => project.remove());

describe
  .skipIf(skipped)
  .concurrent('once applied, routes, secrets, addresses and locks are as they should be in', () => {
    beforeAll(() => project.synthesize());

    for (const stack of stacks) {
      test(stack, async () => {
        const life = await stackAlone(project, stack);
        await life.must(['apply', '-no-color', '-auto-approve']);
        expect(faultsOf(stack, project.json(stack), await life.applied())).toEqual([]);
      });
    }
  });
