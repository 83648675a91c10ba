import { isMarked } from '../../graph/values';
import { SENSITIVE } from '../../sensitive/mask';
import type { Change, Comparison } from '../change';
import type { Finding } from '../finding';
import { isVariable, type PlainSecret, plainSecretsIn } from '../plain-secrets';
import { shownAttribute } from '../shown';
import { thing } from '../things';

/** Keys and passwords that are written where everybody may read them. */
export function* judgePlainSecrets({ changes, after, stack }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    for (const attribute of change.attributes) {
      if (attribute.plainSecret !== undefined)
        yield finding(change, attribute.plainSecret, shownAttribute(attribute), stack);
    }
    if (change.action !== 'create') continue;
    for (const { path, kind } of madeWith(change, after.get(change.address)?.sensitive))
      yield finding(change, kind, { attribute: path, after: SENSITIVE }, stack);
  }
}

/** Of what is made as a whole, no attribute differs from anything. */
function madeWith({ after = {} }: Change, sensitive: unknown): readonly PlainSecret[] {
  return Object.entries(after).flatMap(([key, value]) =>
    isMarked(sensitive, key) && !isVariable(key) ? [] : [...plainSecretsIn(value, key)],
  );
}

function finding(change: Change, kind: string, shown: Partial<Finding>, stack: string | undefined): Finding {
  const place = stack === undefined ? 'put it into a secret or parameter' : 'write it under "secrets"';
  return {
    verdict: 'exposure',
    address: change.address,
    ...shown,
    reason: `${thing(change)} has ${kind} in plain text`,
    effect: 'it is read in the state, in plans, and by everybody who may describe the thing; its old versions keep it',
    advice: `${place} and refer to it; and make this one invalid, because it has been in files`,
  };
}
