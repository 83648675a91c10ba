import { matches, type Principal, type Statement, type Test } from './policy';

/** Whether an action on all resources of a statement is allowed by others already, on no more conditions. */
export function isAllowedBy(others: readonly Statement[], wanted: Statement, action: string): boolean {
  return others.some((one) => one.allows && actsOn(one, action) && reachesAll(one, wanted) && asksNoMore(one, wanted));
}

/** Whether all but some actions are allowed by others already. */
export function isAllowedBut(others: readonly Statement[], wanted: Statement): boolean {
  return others.some(
    (one) =>
      one.allows &&
      (one.actions.includes('*') ||
        (one.otherActions.length > 0 && one.otherActions.every((action) => wanted.otherActions.includes(action)))) &&
      reachesAll(one, wanted) &&
      asksNoMore(one, wanted),
  );
}

/** What statements allow that others do not: actions by the resources that they are new on. */
export function newlyAllowed(before: readonly Statement[], after: readonly Statement[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const statement of after.filter(({ allows, otherResources }) => allows && otherResources.length === 0)) {
    for (const action of statement.actions) {
      const fresh = statement.resources.filter(
        (one) => !isAllowedBy(before, { ...statement, resources: [one] }, action),
      );
      const key = fresh.join(' ');
      if (fresh.length > 0) found.set(key, [...new Set([...(found.get(key) ?? []), action])]);
    }
  }
  return found;
}

/** Denials that are there no longer, nor anything that denies as much. */
export function noLongerDenied(before: readonly Statement[], after: readonly Statement[]): readonly Statement[] {
  const denials = after.filter(({ allows }) => !allows);
  return before.filter((one) => !one.allows && !denials.some((other) => deniesAsMuch(other, one)));
}

function deniesAsMuch(one: Statement, wanted: Statement): boolean {
  const actions =
    wanted.otherActions.length > 0
      ? one.actions.includes('*') || same(one.otherActions, wanted.otherActions)
      : wanted.actions.every((action) => actsOn(one, action));
  return actions && meansAll(one, wanted) && reachesAll(one, wanted) && asksNoMore(one, wanted);
}

function actsOn({ actions, otherActions }: Statement, action: string): boolean {
  if (otherActions.length > 0) return !otherActions.some((one) => matches(one, action) || matches(action, one));
  return actions.some((one) => matches(one, action));
}

function reachesAll({ resources, otherResources }: Statement, wanted: Statement): boolean {
  if (resources.includes('*')) return true;
  if (wanted.otherResources.length > 0) return same(otherResources, wanted.otherResources);
  if (otherResources.length > 0)
    return wanted.resources.every((one) => !otherResources.some((other) => matches(other, one) || matches(one, other)));
  return wanted.resources.every((one) => resources.some((other) => matches(other, one)));
}

/** Of a resource's policy: whether it speaks of all those whom another speaks of. */
function meansAll({ principals, otherPrincipals }: Statement, wanted: Statement): boolean {
  if (principals.some(({ value }) => value === '*')) return true;
  const texts = (all: readonly Principal[]) => all.map(({ kind, value }) => `${kind} ${value}`);
  if (wanted.otherPrincipals.length > 0)
    return texts(otherPrincipals).every((one) => texts(wanted.otherPrincipals).includes(one));
  return texts(wanted.principals).every((one) => texts(principals).includes(one));
}

/** Whether whoever passes the tests of another passes these. */
export function asksNoMore({ tests }: Pick<Statement, 'tests'>, wanted: Pick<Statement, 'tests'>): boolean {
  return tests.every((one) => wanted.tests.some((other) => holdsWith(one, other)));
}

/** Whether a test holds wherever another does: a list of what may be is longer, a list of what may not be shorter. */
function holdsWith({ operator, key, values }: Test, other: Test): boolean {
  if (operator !== other.operator || key !== other.key) return false;
  const [inner, outer] = /Not/.test(operator) ? [values, other.values] : [other.values, values];
  return inner.every((value) => outer.includes(value));
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text) => other.includes(text));
}
