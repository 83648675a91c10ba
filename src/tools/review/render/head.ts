import type { Finding } from '../finding';
import type { Review } from '../review';
import { byVerdict, isHarm, type Verdict, verdicts, verdictWords, worstOf } from '../verdict';
import { counted, isOpen, titlesOf } from './told';

/** What the first lines of a review say, in every format. */
export interface Head {
  readonly verdict: Verdict;

  /** What is reviewed: `shop-prod`, `2 plans`. */
  readonly name: string;

  /** `LOSES DATA`, `HARMLESS, BUT FOR WHAT IS ACCEPTED` */
  readonly title: string;

  /** Every reason to stop with its count: `Stop: loses data (2), outage (1)`; where there is none, what comes nearest. */
  readonly stop: string;

  /** What else there is, with its counts: `changes behaviour (3)`. */
  readonly others: readonly string[];

  /** What is accepted, and what is not accepted though a file says so: `accepted: outage (1)`. */
  readonly remarks: readonly string[];

  /** What to do about it. */
  readonly advice: string;
}

export function headOf(reviews: readonly Review[]): Head {
  const findings = reviews.flatMap((review) => review.findings);
  const verdict = worstOf(reviews.map((review) => review.verdict));
  const [open, accepted] = [findings.filter(isOpen), findings.filter((one) => !isOpen(one))];
  const reasons = countsOf(open.filter((one) => isHarm(one.verdict)));
  const refused = reviews.reduce((sum, review) => sum + (review.refused?.length ?? 0), 0);
  const counts = countsOf(open.filter((one) => !isHarm(one.verdict)));
  const remarks = [
    ...countsOf(accepted).map((count) => `accepted: ${count}`),
    ...(refused > 0 ? [counted('refused acceptances', refused)] : []),
  ];
  // Harm that somebody has accepted happens all the same.
  const worse = accepted.some((one) => byVerdict(one.verdict, verdict) < 0);
  const words = verdictWords[verdict].toUpperCase();
  const [first = findings.length === 0 ? 'nothing changes' : 'nothing else changes', ...rest] = counts;
  return {
    verdict,
    name: nameOf(reviews),
    title: worse ? `${words}, BUT FOR WHAT IS ACCEPTED` : words,
    ...(reasons.length > 0
      ? { stop: `Stop: ${reasons.join(', ')}`, others: counts }
      : { stop: `${first.charAt(0).toUpperCase()}${first.slice(1)}`, others: rest }),
    remarks,
    advice: adviceOf(verdict, open, findings.length === 0, worse),
  };
}

function adviceOf(verdict: Verdict, open: readonly Finding[], nothing: boolean, worse: boolean): string {
  if (nothing) return 'There is nothing to approve.';
  if (isHarm(verdict)) return ADVICE[verdict];
  if (worse) return ACCEPTED;
  // Less than what changes for certain by its rank, and yet it may be the worst of all.
  const besides = verdict !== 'unknown' && open.some((one) => one.verdict === 'unknown');
  return besides ? `${ADVICE[verdict]} ${ADVICE.unknown}` : ADVICE[verdict];
}

const ACCEPTED = 'What does harm here is accepted in the environment file, and happens: read it below.';

const ADVICE: Readonly<Record<Verdict, string>> = {
  'loses-data': 'Do not approve this before you know that the data named here may go.',
  outage: 'Approve this only for a time at which what is named here may be down.',
  exposure: 'Approve this only if what is named here is meant to be open.',
  'costs-more': 'Look at what it costs before you approve it.',
  behaviour: 'Read what changes before you approve it.',
  unknown: 'Find out what is named here before you approve it: the plan does not tell.',
  harmless: 'Nothing that is known here does harm.',
};

function nameOf(reviews: readonly Review[]): string {
  if (reviews.length === 1) return titlesOf(reviews).join('');
  return `${reviews.length} ${reviews.some(({ plan }) => plan !== undefined) ? 'plans' : 'stacks'}`;
}

function countsOf(findings: readonly Finding[]): string[] {
  return verdicts.flatMap((verdict) => {
    const count = findings.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [counted(verdictWords[verdict], count)];
  });
}
