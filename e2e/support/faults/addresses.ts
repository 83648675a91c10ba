import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../../__tests__/support/program';
import type { Synthesized } from '../project';
import type { Resource } from '../terraform';

const golden = join(root, '__tests__', 'golden');

/** The addresses in a state beside those that were reviewed: what was renamed is destroyed and made anew. */
export function* addressFaults(
  stack: string,
  { resource }: Synthesized,
  resources: readonly Resource[],
): Iterable<string> {
  const there = new Set([...resources.map(({ address }) => address.replace(/\[.*\]$/, '')), ...counted(resource)]);
  const reviewed = reviewedAddresses(stack);
  const gone = reviewed.filter((address) => !there.has(address));
  const come = [...there].filter((address) => !reviewed.includes(address));
  if (gone.length > 0)
    yield `expected every address that was reviewed, got no ${gone.join(', ')}: Terraform destroys what has another one; keep it, or write "was:" and run "npm run golden"`;
  if (come.length > 0)
    yield `expected no address but those that were reviewed, got ${come.join(', ')}: run "npm run golden" where it is meant`;
}

/** Of what has a count or a for_each there may be none. */
function counted(resource: Synthesized['resource']): string[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, one]) =>
      'count' in (one as object) || 'for_each' in (one as object) ? [`${type}.${name}`] : [],
    ),
  );
}

/** Names of the stacks whose addresses are committed. */
export function reviewedStacks(): string[] {
  return readdirSync(golden).map((file) => basename(file, '.addresses.txt'));
}

function reviewedAddresses(stack: string): string[] {
  return readFileSync(join(golden, `${stack}.addresses.txt`), 'utf8')
    .split('\n')
    .filter(Boolean);
}
