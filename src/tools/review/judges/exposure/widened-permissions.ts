import { asksNoMore, newlyAllowed } from '../../../exposure/policies/coverage';
import { actionsOnAll, narrowActions, permissionsOf, widePermissions } from '../../../exposure/policies/permissions';
import type { Resource } from '../../../graph/resource-graph';
import { isMarked } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { isAt, shownOf } from './decisive';
import { holdersOf } from './made-things';
import { namesOf, several } from './names';

/** Wildcards in permissions that were not there, actions that were narrowed to certain resources, and what else is new. */
export function* widenedPermissions(comparison: Comparison): Iterable<Finding> {
  for (const change of comparison.changes) {
    const after = comparison.after.get(change.address);
    if (!after || !['create', 'update', 'replace'].includes(change.action)) continue;
    const before = comparison.before.get(change.previousAddress ?? change.address);
    const wide = [...widened(comparison, change, before, after)];
    yield* wide.length > 0 ? wide : more(comparison, change, before, after);
  }
}

function* widened(
  { before: earlier, after: later }: Comparison,
  change: Change,
  before: Resource | undefined,
  after: Resource,
): Iterable<Finding> {
  const statements = before ? permissionsOf(earlier, before) : [];
  const known = before ? widePermissions(earlier, before) : [];
  const attached = /_attachment$/.test(after.type) ? holdersOf(after, later) : [];
  const holder = attached.length > 0 ? attached.join(', ') : 'its holder';
  const finding = (attribute: string, may: string): Finding => ({
    verdict: 'exposure',
    address: change.address,
    ...told(change, attribute),
    reason: `${inWords(after)} lets ${holder} ${/^[\w-]+:/.test(may) ? `call ${may}` : may}`,
    effect: 'whoever breaks into what holds it has that too',
    advice: 'name the actions and the ARNs that are needed',
  });
  const fresh = widePermissions(later, after).filter(
    (one) => !one.isIn(statements) && !known.some((other) => other.may === one.may && asksNoMore(other, one)),
  );
  for (const { may, attribute } of fresh) yield finding(attribute, may);
  if (!before) return;
  const narrow = new Set(narrowActions(earlier, before));
  const all = new Set(actionsOnAll(earlier, before));
  const freed = actionsOnAll(later, after).filter((action) => narrow.has(action) && !all.has(action));
  const left = freed.filter((action) => !fresh.some(({ may }) => may.startsWith(`${action} `)));
  if (left.length > 0) yield finding('policy', `${left.join(', ')} on every resource, and no longer on certain ones`);
}

/** What somebody may do that he might not, action by action: no wildcard, and yet worth a look. */
function* more(
  { before: earlier, after: later }: Comparison,
  change: Change,
  before: Resource | undefined,
  after: Resource,
): Iterable<Finding> {
  const allowed = newlyAllowed(before ? permissionsOf(earlier, before) : [], permissionsOf(later, after));
  if (allowed.size === 0 || isMarked(after.sensitive, 'policy') || isMarked(after.sensitive, 'inline_policy')) return;
  const parts = [...allowed].map(
    ([resources, actions]) => `${several(actions)} on ${several(namesOf(resources.split(' ')))}`,
  );
  yield {
    verdict: 'behaviour',
    address: change.address,
    ...told(change, 'policy'),
    reason: `${inWords(after)} ${before ? 'also lets' : 'is made, and lets'} its holder call ${parts.join('; ')}`,
  };
}

function told({ attributes }: Change, attribute: string): Partial<Finding> {
  const found = attributes.find((one) => isAt(one.path, attribute));
  return found ? shownOf(found) : { attribute };
}
