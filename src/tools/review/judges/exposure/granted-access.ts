import { Accounts } from '../../../exposure/policies/accounts';
import { textsAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { type AccessGrant, accessGrants } from './access-grants';
import { isAt, shownOf } from './decisive';
import { principalText } from './names';

/** Keys, memberships and shares that are new, or are for more than they were. */
export function* grantedAccess(comparison: Comparison): Iterable<Finding> {
  let known: Accounts | undefined;
  for (const change of comparison.changes) {
    const grant = accessGrants[change.type];
    if (!grant || !['create', 'update', 'replace'].includes(change.action)) continue;
    known ??= new Accounts(comparison.after);
    const finding = granted(change, grant, comparison, known);
    if (finding) yield finding;
  }
}

function granted(
  change: Change,
  grant: AccessGrant,
  { before, after: graph }: Comparison,
  accounts: Accounts,
): Finding | undefined {
  const resource = graph.get(change.address);
  if (!resource) return undefined;
  const earlier = before.get(change.previousAddress ?? change.address);
  const had = earlier ? whoIn(grant, earlier.values) : [];
  const gained = whoIn(grant, resource.values).filter((one) => !had.includes(one));
  const own = gained.every((one) => one === 'own' || accounts.of(one) === 'own');
  const left = grant.foreign === 'sent' ? gained.filter((one) => isForeign(one, accounts)) : gained;
  if (left.length === 0) return undefined;
  const who = grant.foreign ? left.map((one) => principalText(one, accounts)) : left;
  const changed = change.attributes.find((one) => isAt(one.path, grant.attribute));
  return {
    verdict: grant.foreign && own && !grant.isMuch?.(resource.values) ? 'behaviour' : 'exposure',
    address: change.address,
    ...(changed ? shownOf(changed) : { attribute: grant.attribute }),
    reason: grant.says(who, { values: resource.values, resource, graph, accounts }),
    effect: grant.effect,
    advice: grant.advice,
  };
}

function isForeign(text: string, accounts: Accounts): boolean {
  const account = accounts.of(text);
  return accounts.knowsOwn && account !== undefined && account !== 'own';
}

function whoIn({ who, attribute }: AccessGrant, values: Readonly<Record<string, unknown>>): readonly string[] {
  return who?.(values) ?? textsAt(values, attribute).filter((one) => one !== '');
}
