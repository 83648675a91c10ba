import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../../__tests__/support/program';
import type { Synthesized } from '../project';
import type { Resource } from '../terraform';

const golden = join(root, '__tests__', 'golden');

/** The addresses in a state, and of what has a count or a for_each, of which there may be none. */
export function addressesOf({ resource }: Synthesized, resources: readonly Resource[]): ReadonlySet<string> {
  return new Set([...resources.map(({ address }) => address.replace(/\[.*\]$/, '')), ...counted(resource)]);
}

/** The addresses there are beside those that were reviewed: what was renamed is destroyed and made anew. */
export function* addressFaults(stack: string, there: readonly string[]): Iterable<string> {
  const reviewed = reviewedAddresses(stack);
  const gone = reviewed.filter((address) => !there.includes(address));
  const come = there.filter((address) => !reviewed.includes(address));
  if (gone.length > 0)
    yield `expected every address that was reviewed, got no ${gone.join(', ')}: Terraform destroys what has another one; keep it, or write "was:" and run "npm run golden"`;
  if (come.length > 0)
    yield `expected no address but those that were reviewed, got ${come.join(', ')}: run "npm run golden" where it is meant`;
}

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
