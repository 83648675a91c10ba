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

/** What else a verdict may be called where somebody types it. */
const OTHER_NAMES: Readonly<Record<Verdict, readonly string[]>> = {
  'loses-data': ['loss', 'data-loss'],
  outage: [],
  exposure: [],
  'costs-more': ['cost', 'costs'],
  behaviour: ['behavior', 'changes-behaviour', 'changes-behavior'],
  unknown: [],
  harmless: [],
};

/** What a verdict may be called, for those who got it wrong. */
export const verdictNames = verdicts
  .map((verdict) => {
    const others = OTHER_NAMES[verdict];
    return others.length === 0 ? verdict : `${verdict} (or ${others.join(', ')})`;
  })
  .join(', ');

/** The verdict that somebody means: "loses data" is what the review itself calls it. */
export function verdictCalled(name: string): Verdict | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return verdicts.find((verdict) => verdict === plain || OTHER_NAMES[verdict].includes(plain));
}

/** Whether it is a reason to stop by itself. */
export function isHarm(verdict: Verdict): boolean {
  return byVerdict(verdict, 'exposure') <= 0;
}

/** For sorting: the worst first. */
export function byVerdict(one: Verdict, other: Verdict): number {
  return verdicts.indexOf(one) - verdicts.indexOf(other);
}

/** The worst of several; a change of nothing is harmless. */
export function worstOf(found: readonly Verdict[]): Verdict {
  return [...found].sort(byVerdict)[0] ?? 'harmless';
}
