import type { Change } from '../change';
import type { Rename } from './renames';

/** Goes on from "is destroyed" or "is replaced", where the arguments do not tell why. */
export function why({ cause }: Change, rename?: Rename): string {
  if (rename) return `: it looks renamed to ${rename.to}`;
  return cause === undefined ? '' : `: ${cause.why}`;
}

/** What forces a replacement has to stay; a thing that somebody asked Terraform to replace has not changed at all. */
export function leftAsItWas({ forcedBy, cause }: Change): string | undefined {
  return forcedBy.length > 0 ? `leave ${forcedBy.join(' and ')} as it was` : cause?.instead;
}
