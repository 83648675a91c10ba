import { valueAt } from '../../../graph/values';
import type { Change } from '../../change';
import { isEmpty } from '../../meaning';
import { numberIn } from '../attribute-rule';

/** Whether something that was in it is no longer, nor anything wider; of single values, whether there was one. */
export function lost(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before)) return !isEmpty(before) && !isWithin(before, after);
  const left: readonly unknown[] = Array.isArray(after) ? after : [after];
  const texts = new Set(left.map((one) => JSON.stringify(one)));
  return before.some((one) => !texts.has(JSON.stringify(one)) && !left.some((wider) => isWithin(one, wider)));
}

/** Whether a rule that is changed lets through less than it did. */
export function letsThroughLess(before: unknown, after: unknown, change: Change): boolean {
  const protocol = valueAt(change.after, 'ip_protocol') ?? valueAt(change.after, 'protocol');
  const { path = '' } = change.attributes.find((one) => one.before === before && one.after === after) ?? {};
  if (protocol === '-1' && /(?:port|protocol)$/.test(path)) return false;
  if (path === 'from_port') return numberIn(after) > numberIn(before);
  if (path === 'to_port') return numberIn(after) < numberIn(before);
  return lost(before, after);
}

/** Whether one range of addresses lies in another. */
export function isWithin(inner: unknown, outer: unknown): boolean {
  if (outer === '::/0') return typeof inner === 'string' && /:.*\//.test(inner);
  const [one, other] = [rangeOf(inner), rangeOf(outer)];
  return one !== undefined && other !== undefined && other.first <= one.first && one.last <= other.last;
}

function rangeOf(cidr: unknown): { readonly first: number; readonly last: number } | undefined {
  const [, address, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(typeof cidr === 'string' ? cidr : '') ?? [];
  if (address === undefined) return undefined;
  const size = 2 ** (32 - Number(bits));
  const within = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = within - (within % size);
  return { first, last: first + size - 1 };
}
