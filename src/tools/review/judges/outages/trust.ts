import { isMap, valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { jsonIn } from '../../meaning';
import { thing } from '../../things';

/** Roles that can no longer be taken by someone who could take them. */
export function* judgeTrust({ changes }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    if (change.type !== 'aws_iam_role' || change.action !== 'update') continue;
    const changed = change.attributes.find(({ path, unknown }) => path.startsWith('assume_role_policy') && !unknown);
    if (!changed) continue;
    const left = trustedBy(change.after);
    const gone = [...trustedBy(change.before)].filter((one) => !left.has(one) && !left.has('*'));
    if (gone.length === 0) continue;
    yield {
      verdict: 'outage',
      address: change.address,
      attribute: changed.path,
      reason: `${thing(change)} can no longer be taken by ${gone.join(', ')}`,
      effect: 'what runs with it as that is denied everything once the credentials that it has are over, within hours',
      advice: 'see that nothing takes the role in that way any more',
    };
  }
}

function trustedBy(values: Change['after']): ReadonlySet<string> {
  const statements = valuesAt(jsonIn(values?.['assume_role_policy']), 'Statement');
  const allowing = statements.filter((one) => valueAt(one, 'Effect') === 'Allow');
  return new Set(
    allowing
      .flatMap((one) => valuesAt(one, 'Principal'))
      .flatMap((one) => (isMap(one) ? Object.values(one).flat() : [one]))
      .filter((one) => typeof one === 'string'),
  );
}
