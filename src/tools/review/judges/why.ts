import type { Change } from '../change';
import type { Rename } from './renames';

/** Goes on from "is destroyed" or "is replaced", where the arguments do not tell why. */
export function why({ cause }: Change, rename?: Rename): string {
  if (rename) return `: it looks renamed to ${rename.to}`;
  return cause === undefined ? '' : `: ${cause.why}`;
}

/** What forces a replacement has to stay; a thing that somebody asked Terraform to replace has not changed at all. */
export function leftAsItWas({ forcedBy, cause, attributes }: Change): string | undefined {
  if (forcedBy.length === 0) return cause?.instead;
  const named = forcedBy.filter((path) => attributes.some((one) => one.path === path && one.unknown));
  const written = forcedBy.filter((path) => !named.includes(path));
  // What is known only after the apply is the id of something that is made anew itself.
  return written.length > 0
    ? `leave ${listed(written)} as it was`
    : `keep what its ${listed(named)} names: then it stays`;
}

function listed(paths: readonly string[]): string {
  return paths.join(' and ');
}
