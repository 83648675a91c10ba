import { cidrIn } from '../network/cidr';
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

export function actsOn({ actions, otherActions }: Statement, action: string): boolean {
  if (otherActions.length > 0) return !otherActions.some((one) => matches(one, action) || matches(action, one));
  return actions.some((one) => matches(one, action));
}

export function reachesAll({ resources, otherResources }: Statement, wanted: Statement): boolean {
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
export function holdsWith({ operator, key, values }: Test, other: Test): boolean {
  if (key !== other.key || !asksLess(operator, asRead(other))) return false;
  if (/Not/.test(operator)) return values.every((value) => other.values.includes(value));
  return other.values.every((value) => values.some((one) => coversValue(one, value, operator)));
}

/** Without a wildcard, a pattern is a text. */
function asRead({ operator, values }: Test): string {
  return operator.startsWith('StringLike') && !values.some((value) => /[*?]/.test(value))
    ? operator.replace('Like', 'Equals')
    : operator;
}

/** The same test, or one that a missing key passes as well, or one that reads wildcards where the other reads them as written. */
function asksLess(operator: string, than: string): boolean {
  const [one, other] = [operator, than].map((text) => text.replace(/IfExists$/, ''));
  if (than !== operator && than.endsWith('IfExists') && !operator.endsWith('IfExists')) return false;
  return one === other || (one === 'StringLike' && other === 'StringEquals') || isPlain(one, other);
}

/** Tests of ARNs read wildcards in either spelling. */
function isPlain(one = '', other = ''): boolean {
  return /^Arn(?:Like|Equals)$/.test(one) && /^Arn(?:Like|Equals)$/.test(other);
}

/** Whether one value of a test lets in all that another does. */
export function coversValue(one: string, other: string, operator: string): boolean {
  if (one === other) return true;
  if (/IpAddress/.test(operator)) return cidrIn(other, one);
  return /Like|^Arn/.test(operator.replace(/^For\w+:/, '')) && matches(one, other);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text) => other.includes(text));
}
