import type { Comparison } from './change';
import type { Finding } from './finding';
import { byVerdict, type Verdict, worstOf } from './verdict';

/** Looks at a comparison for one kind of harm. */
export type Judge = (comparison: Comparison) => Iterable<Finding>;

/** What matters in a change, the worst first. */
export interface Review {
  readonly stack: string | undefined;

  /** The worst of what nobody has accepted. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Judges a comparison; every change is in at least one finding. */
export function review(comparison: Comparison, judges: readonly Judge[]): Review {
  const findings = judges.flatMap((judge) => [...judge(comparison)]);
  const sorted = findings.sort(
    (one, other) => byVerdict(one.verdict, other.verdict) || one.address.localeCompare(other.address),
  );
  const open = sorted.filter(({ accepted }) => accepted === undefined);
  return { stack: comparison.stack, verdict: worstOf(open.map(({ verdict }) => verdict)), findings: sorted };
}
