/**
 * What a change may do, worst first. `unknown` is named where a value that is known only after the apply decides, and never
 * guessed: it may turn out to be anything, but says less than what is known.
 */
export const verdicts = ['loses-data', 'outage', 'exposure', 'costs-more', 'behaviour', 'unknown', 'harmless'] as const;

export type Verdict = (typeof verdicts)[number];

/** As people read them. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  'loses-data': 'loses data',
  outage: 'outage',
  exposure: 'exposure',
  'costs-more': 'costs more',
  behaviour: 'changes behaviour',
  unknown: 'unknown',
  harmless: 'harmless',
};

/** For sorting: the worst first. */
export function byVerdict(one: Verdict, other: Verdict): number {
  return verdicts.indexOf(one) - verdicts.indexOf(other);
}

/** The worst of several; a change of nothing is harmless. */
export function worstOf(found: readonly Verdict[]): Verdict {
  return [...found].sort(byVerdict)[0] ?? 'harmless';
}
