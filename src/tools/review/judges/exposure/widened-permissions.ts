import { actionsOnAll, narrowActions, widePermissions } from '../../../exposure/policies/permissions';
import type { Resource } from '../../../graph/resource-graph';
import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { isAt, shownOf } from './decisive';

/** Wildcards in permissions that were not there, and actions that were narrowed to certain resources and are so no longer. */
export function* widenedPermissions({ before: earlier, after: later, changes }: Comparison): Iterable<Finding> {
  for (const change of changes) {
    const after = later.get(change.address);
    if (!after || !['create', 'update', 'replace'].includes(change.action)) continue;
    const before = earlier.get(change.previousAddress ?? change.address);
    const known = new Set(before ? widePermissions(earlier, before).map(({ may }) => may) : []);
    const told = (attribute: string) => {
      const found = change.attributes.find((one) => isAt(one.path, attribute));
      return found ? shownOf(found) : { attribute };
    };
    for (const { may, attribute } of widePermissions(later, after))
      if (!known.has(may))
        yield { verdict: 'exposure', address: change.address, ...told(attribute), ...wide(after, may) };
    if (!before) continue;
    const narrow = new Set(narrowActions(earlier, before));
    const all = new Set(actionsOnAll(earlier, before));
    const freed = actionsOnAll(later, after).filter((action) => narrow.has(action) && !all.has(action));
    if (freed.length > 0)
      yield {
        verdict: 'exposure',
        address: change.address,
        ...told('policy'),
        ...wide(after, `${freed.join(', ')} on every resource, and no longer on certain ones`),
      };
  }
}

function wide(resource: Resource, may: string): Pick<Finding, 'reason' | 'effect' | 'advice'> {
  return {
    reason: `${inWords(resource)} lets its holder ${/^[\w-]+:/.test(may) ? `call ${may}` : may}`,
    effect: 'whoever breaks into what holds it has that too',
    advice: 'name the actions and the ARNs that are needed',
  };
}
