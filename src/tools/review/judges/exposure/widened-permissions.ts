import { asksNoMore } from '../../../exposure/policies/coverage';
import { actionsOnAll, narrowActions, permissionsOf, widePermissions } from '../../../exposure/policies/permissions';
import { type Allowed, newlyAllowed } from '../../../exposure/policies/widening';
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

/** What somebody may do that he might not, action by action: no wildcard of everything, and yet worth a look. */
function* more(
  { before: earlier, after: later }: Comparison,
  change: Change,
  before: Resource | undefined,
  after: Resource,
): Iterable<Finding> {
  if (isMarked(after.sensitive, 'policy') || isMarked(after.sensitive, 'inline_policy')) return;
  const allowed = newlyAllowed(before ? permissionsOf(earlier, before) : [], permissionsOf(later, after));
  const place = { address: change.address, ...told(change, 'policy') };
  const lets = `${inWords(after)} lets its holder call`;
  const effect = 'whoever breaks into what holds it has that too';
  const lifted = allowed.filter((one) => one.lifted);
  if (lifted.length > 0)
    yield {
      verdict: 'exposure',
      ...place,
      reason: `${lets} ${calls(lifted)} on fewer conditions`,
      effect,
      advice: 'keep the conditions: they hold for whoever takes what holds it, too',
    };
  const wider = allowed.filter(({ narrower }) => narrower.length > 0);
  if (wider.length > 0)
    yield {
      verdict: 'exposure',
      ...place,
      reason: `${lets} ${calls(wider)}, where it was ${several(namesOf([...new Set(wider.flatMap(({ narrower }) => narrower))]))}`,
      effect,
      advice: 'name the actions and the ARNs that are needed',
    };
  const left = allowed.filter((one) => !lifted.includes(one) && !wider.includes(one));
  if (left.length > 0)
    yield {
      verdict: 'behaviour',
      ...place,
      reason: `${inWords(after)} ${before ? 'also lets' : 'is made, and lets'} its holder call ${calls(left)}`,
    };
}

/** Actions by the resources that they are on. */
function calls(allowed: readonly Allowed[]): string {
  const resources = new Map<string, string[]>();
  for (const { action, resource } of allowed) resources.set(action, [...(resources.get(action) ?? []), resource]);
  const actions = new Map<string, string[]>();
  for (const [action, on] of resources) {
    const key = [...new Set(on)].join(' ');
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  return [...actions].map(([on, what]) => `${several(what)} on ${several(namesOf(on.split(' ')))}`).join('; ');
}

function told({ attributes }: Change, attribute: string): Partial<Finding> {
  const found = attributes.find((one) => isAt(one.path, attribute));
  return found ? shownOf(found) : { attribute };
}
