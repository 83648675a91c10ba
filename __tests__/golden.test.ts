import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { shippedStacks } from './support/shipped';

// A Terraform address names live data. A changed line here is a resource destroyed, made or moved: review it as such, then
// run `npm run golden`.
for (const { stack, terraform } of shippedStacks()) {
  test(`${stack} has the addresses that were reviewed`, async () => {
    await expect(`${addressesOf(terraform).join('\n')}\n`).toMatchFileSnapshot(`golden/${stack}.addresses.txt`);
  });
}

// One that is missing fails above, or is written when the run is over.
test('every list of addresses belongs to a stack that there is', () => {
  const stacks = shippedStacks().map(({ stack }) => stack);
  const listed = readdirSync(`${__dirname}/golden`).map((file) => basename(file, '.addresses.txt'));
  expect(listed.filter((stack) => !stacks.includes(stack))).toEqual([]);
});

test('no address carries a hash or a position', () => {
  const addresses = shippedStacks().flatMap(({ terraform }) => addressesOf(terraform));
  expect(addresses.length).toBeGreaterThan(100);
  expect(addresses.filter((address) => /_[0-9A-F]{8}$/.test(address))).toEqual([]);
});

function addressesOf(terraform: string): string[] {
  const { resource, data = {} } = JSON.parse(terraform) as Record<string, Record<string, object>>;
  const list = (prefix: string, byType: Record<string, object> = {}) =>
    Object.entries(byType).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${prefix}${type}.${name}`));
  return [...list('', resource), ...list('data.', data)].sort();
}
