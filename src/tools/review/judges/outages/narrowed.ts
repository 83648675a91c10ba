import { type Values, valueAt, valuesAt } from '../../../graph/values';
import { type Change, withoutPlaces } from '../../change';
import { isEmpty } from '../../meaning';
import { numberIn } from '../attribute-rule';

const ANYWHERE = '0.0.0.0/0';

/** By which people administer servers: that fewer of them may is no outage of what serves. */
const ADMINISTRATION = [22, 3389];

/** Whether something that was in it is no longer, nor anything wider; of single values, whether there was one. */
export function lost(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before)) return !isEmpty(before) && !isWithin(before, after);
  const left: readonly unknown[] = Array.isArray(after) ? after : [after];
  const texts = new Set(left.map((one) => JSON.stringify(one)));
  return before.some((one) => !texts.has(JSON.stringify(one)) && !isWithin(one, left));
}

/** Whether a rule that is changed lets through less than it did. */
export function letsThroughLess(before: unknown, after: unknown, change: Change): boolean {
  const { path = '' } = change.attributes.find((one) => one.before === before && one.after === after) ?? {};
  const key = withoutPlaces(path);
  if (key === 'rule_action') return before !== 'deny' && after === 'deny';
  if (/(?:port|protocol)$/.test(key) && protocolOf(change.after) === '-1') return false;
  if (key === 'from_port') return numberIn(after) > numberIn(before);
  if (key === 'to_port') return numberIn(after) < numberIn(before);
  // Members of a group come from somewhere.
  if (/security_group_id$/.test(key) && key !== 'security_group_id' && isOpen(change.after)) return false;
  if (/cidr/.test(key) && isForAdministration(change.after) && isWithin(after, before)) return false;
  return lost(before, after);
}

/** Whether any of what changes in a rule makes it let through less. */
export function lessLetThrough(change: Change): boolean {
  return change.attributes.some(
    ({ path, before, after, unknown }) =>
      !unknown && /port|protocol|cidr|group|prefix|action/.test(path) && letsThroughLess(before, after, change),
  );
}

function protocolOf(values: Values | undefined): unknown {
  return valueAt(values, 'ip_protocol') ?? valueAt(values, 'protocol');
}

function isOpen(values: Values | undefined): boolean {
  return ['cidr_ipv4', 'cidr_blocks'].some((key) => valuesAt(values, key).includes(ANYWHERE));
}

function isForAdministration(values: Values | undefined): boolean {
  const [from, to] = [valueAt(values, 'from_port'), valueAt(values, 'to_port')];
  return from === to && ADMINISTRATION.includes(numberIn(from));
}

/** Whether one range of addresses, or all of some, lies in another, or in what others cover together. */
export function isWithin(inner: unknown, outer: unknown): boolean {
  if (Array.isArray(inner)) return inner.every((one) => isWithin(one, outer));
  if (Array.isArray(outer)) return outer.some((one) => isWithin(inner, one)) || isCovered(inner, outer);
  if (outer === '::/0') return typeof inner === 'string' && /:.*\//.test(inner);
  const [one, other] = [rangeOf(inner), rangeOf(outer)];
  return one !== undefined && other !== undefined && other.first <= one.first && one.last <= other.last;
}

/** Two halves of a range let in all that it did. */
function isCovered(inner: unknown, outer: readonly unknown[]): boolean {
  const range = rangeOf(inner);
  if (!range) return false;
  const ranges = outer.map(rangeOf).filter((one) => one !== undefined);
  let next = range.first;
  for (const { first, last } of ranges.sort((one, other) => one.first - other.first)) {
    if (first <= next && last >= next) next = last + 1;
  }
  return next > range.last;
}

function rangeOf(cidr: unknown): { readonly first: number; readonly last: number } | undefined {
  const [, address, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(typeof cidr === 'string' ? cidr : '') ?? [];
  if (address === undefined) return undefined;
  const size = 2 ** (32 - Number(bits));
  const within = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = within - (within % size);
  return { first, last: first + size - 1 };
}
