import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawStack } from '../src/tools/diagram/drawn';
import { shippedStacks } from './support/shipped';

// Documentation shows these. A changed stack changes its picture: look at it, then run `npm run golden`.
const drawn = readdirSync(`${__dirname}/../docs/diagrams`).map((file) => file.replace(/\.svg$/, ''));

const stacks = new Map(shippedStacks().map(({ stack, terraform }) => [stack, terraform]));

for (const stack of drawn) {
  test(`the picture of ${stack} is that of its resources`, async () => {
    const svg = await drawStack(stack, JSON.parse(stacks.get(stack) ?? ''), 'svg');
    await expect(svg).toMatchFileSnapshot(`../docs/diagrams/${stack}.svg`);
  });
}

test('there are pictures, one for a system', () => {
  const systems = drawn.map((stack) => stack.replace(/-[a-z]+$/, ''));
  expect(systems.length).toBeGreaterThan(0);
  expect(systems).toEqual([...new Set(systems)]);
});
