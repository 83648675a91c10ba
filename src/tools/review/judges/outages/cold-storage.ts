import { valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { thing } from '../../things';
import { numberIn } from '../attribute-rule';
import { scopeOf } from '../data/expiry';

const NEVER = Number.POSITIVE_INFINITY;

/** Classes whose objects can't be read before they are restored. */
const COLD = ['GLACIER', 'DEEP_ARCHIVE'];

/** Objects that move earlier to where nobody can read them at once. */
export function* judgeColdStorage({ changes }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    if (change.type !== 'aws_s3_bucket_lifecycle_configuration' || change.action !== 'update') continue;
    const before = coldOf(change.before);
    const earlier = [...coldOf(change.after)].find(([scope, days]) => days < (before.get(scope) ?? NEVER));
    if (!earlier) continue;
    const [scope, days] = earlier;
    const was = before.get(scope);
    yield {
      verdict: 'outage',
      address: change.address,
      attribute: 'rule',
      reason: `${thing(change)} moves objects to cold storage ${was === undefined ? 'by a new rule' : 'earlier'}`,
      before: was === undefined ? 'never' : `after ${was} days`,
      after: `after ${days} days`,
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
      effect:
        'objects that are older fail to be read, usually from a day or two on, until somebody restores them, which takes minutes to 12 hours, and from Deep Archive up to 48',
      advice: 'take GLACIER_IR, whose objects are read at once, where somebody may ask for them',
    };
  }
}

function coldOf(values: Change['after']): Map<string, number> {
  const found = new Map<string, number>();
  for (const rule of valuesAt(values, 'rule')) {
    if (valueAt(rule, 'status') === 'Disabled') continue;
    for (const transition of valuesAt(rule, 'transition')) {
      if (!COLD.includes(String(valueAt(transition, 'storage_class')))) continue;
      const scope = scopeOf(rule);
      found.set(scope, Math.min(found.get(scope) ?? NEVER, numberIn(valueAt(transition, 'days'))));
    }
  }
  return found;
}
