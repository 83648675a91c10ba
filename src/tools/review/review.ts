import type { Problem } from '../../spec/load/problem';
import { withoutKeys } from '../graph/resource-graph';
import { Mask } from '../sensitive/mask';
import type { Comparison } from './change';
import type { Finding } from './finding';
import { dataHolders } from './judges/data/data-holders';
import { remaining } from './judges/remaining';
import { byVerdict, type Verdict, worstOf } from './verdict';

/** Looks at a comparison for one kind of harm. */
export type Judge = (comparison: Comparison) => Iterable<Finding>;

/** What matters in a change, the worst first. */
export interface Review {
  readonly stack: string | undefined;

  /** The file of the plan; none of what is synthesized. */
  readonly plan?: string;

  /** The worst of what nobody has accepted. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];

  /** Acceptances in the environment file that do not count, and why. */
  readonly refused?: readonly Problem[];

  /** The environment file that may accept a finding; none where there is none. */
  readonly file?: string;
}

/** Judges a comparison; every change is in at least one finding. */
export function review(comparison: Comparison, judges: readonly Judge[]): Review {
  const harm = judges.flatMap((judge) => [...judge(comparison)]);
  const findings = once([...harm, ...remaining(comparison, harm)]).map((one) => masked(one, comparison.mask));
  return sorted({ stack: comparison.stack, findings });
}

/** Anew in order and with its verdict, after something has been added to findings. */
export function sorted(review: Omit<Review, 'verdict'>): Review {
  const findings = [...review.findings].sort(byWeight);
  const open = findings.filter(({ accepted }) => accepted === undefined);
  return { ...review, verdict: worstOf(open.map(({ verdict }) => verdict)), findings };
}

/** The worst first; among what is equally bad, a database before its logs. */
export function byWeight(one: Finding, other: Finding): number {
  return (
    byVerdict(one.verdict, other.verdict) ||
    preciousness(one) - preciousness(other) ||
    compare(one.address, other.address)
  );
}

const PRECIOUS = Object.keys(dataHolders);

/** A database comes before its logs, and what holds no data after both. */
function preciousness({ address }: Finding): number {
  const type = withoutKeys(address).split('.').at(-2) ?? '';
  return dataHolders[type] ? PRECIOUS.indexOf(type) : PRECIOUS.length;
}

/** Two judges may see the same. */
function once(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const one of findings) {
    const key = JSON.stringify([one.verdict, one.address, one.attribute ?? '', one.reason]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

function masked(finding: Finding, mask = new Mask()): Finding {
  const text = (value: string | undefined) => (value === undefined ? undefined : mask.text(value));
  const { attribute, reason, before, after, effect, advice, ...rest } = finding;
  const texts = {
    attribute: text(attribute),
    reason: mask.text(reason),
    before: text(before),
    after: text(after),
    effect: text(effect),
    advice: text(advice),
  };
  return { ...rest, ...texts };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
