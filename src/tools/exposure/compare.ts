import { cidrIn, cidrInAll } from './network/cidr';
import { coveredBy } from './network/ports';
import type { Condition, Path, Source } from './path';
import { matches } from './policies/policy';

/** What an older path has that a newer one from the same to the same does not: none, where it let in as much. */
export function lostSince(older: Path, newer: Path): readonly Condition[] {
  return older.conditions.filter((one) => GUARDS.includes(one.kind) && !isHeld(one, newer.conditions));
}

/** Others say what for, and not who. */
const GUARDS: readonly Condition['kind'][] = ['tls', 'waf', 'auth', 'header', 'source', 'organization', 'network'];

function isHeld(wanted: Condition, there: readonly Condition[]): boolean {
  return there.some(({ kind, text, strength }) => {
    if (kind !== wanted.kind) return false;
    if (kind === 'tls') return (strength ?? 1) >= (wanted.strength ?? 1);
    if (kind === 'auth' && wanted.strength === 0) return true;
    return kind === 'waf' || kind === 'header' || text === wanted.text;
  });
}

/** Whether whoever comes along the newer path could come along the older one, apart from its conditions. */
export function letIn(older: Path, newer: Path): boolean {
  return isWithin(newer.from, older.from) && opensAsMuch(older, newer);
}

/** Whether whoever comes along the newer path could come along some of the older ones, which ask no more each. */
export function letInTogether(older: readonly Path[], newer: Path): boolean {
  const { cidr, kind } = newer.from;
  if (cidr === undefined) return false;
  const open = older.filter(
    (one) => isAsNear(one.from.kind, kind) && opensAsMuch(one, newer) && lostSince(one, newer).length === 0,
  );
  return cidrInAll(
    cidr,
    open.flatMap(({ from }) => from.cidr ?? []),
  );
}

/** What neighbours reach, the internet may not. */
function isAsNear(older: Source['kind'], newer: Source['kind']): boolean {
  return older === newer || older !== 'private';
}

/** Whether those of one source are all among those of another. */
export function isWithin(one: Source, other: Source): boolean {
  if (one.kind === other.kind && one.name === other.name) return true;
  if (one.cidr !== undefined && other.cidr !== undefined)
    return one.kind === other.kind || other.kind === 'internet' ? cidrIn(one.cidr, other.cidr) : false;
  if (one.kind === 'federated' && other.kind === 'federated') return patternIn(one, other);
  const rank = RANKS.indexOf(other.kind);
  return one.kind !== other.kind && rank >= 0 && rank < RANKS.indexOf(one.kind) && !other.name.includes(' through ');
}

/** From the widest to the narrowest: each holds those behind it. */
const RANKS: readonly Source['kind'][] = ['internet', 'any-account', 'account'];

function patternIn({ pattern: one }: Source, { pattern: other }: Source): boolean {
  return one !== undefined && other !== undefined && matches(other, one);
}

function opensAsMuch(older: Path, newer: Path): boolean {
  const ports = newer.ports.every((one) => coveredBy(one, older.ports));
  const actions = newer.actions.every((action) => older.actions.some((pattern) => matches(pattern, action)));
  return ports && actions;
}
