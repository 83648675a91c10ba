import type { Finding, YamlLine } from '../finding';
import { byWeight, type Review } from '../review';
import { isHarm, type Verdict, verdicts, verdictWords } from '../verdict';

/** A finding as every format tells it. */
export interface Told {
  readonly finding: Finding;

  /** What its review is called, where there are several. */
  readonly of: string | undefined;

  /** Its address, where the same is said of another one: two queues may have one name. */
  readonly apart: string | undefined;
}

/** What is told under one heading. */
export interface Group<One extends Told = Told> {
  readonly name: Verdict | 'accepted';

  /** `loses data (2)` */
  readonly title: string;
  readonly told: readonly One[];
}

/** What each review is called: by its stack, or the file of Terraform that isn't ours; by both where two have one stack. */
export function titlesOf(reviews: readonly Review[]): readonly string[] {
  const names = reviews.map(({ stack, plan }) => stack ?? plan ?? 'plan');
  return reviews.map(({ plan }, index) => {
    const name = names[index] ?? '';
    const shared = names.indexOf(name) !== names.lastIndexOf(name);
    return shared && plan !== undefined && plan !== name ? `${name} (${plan})` : name;
  });
}

/** All findings of reviews, in the order of their groups and the worst of each first. */
export function toldOf(reviews: readonly Review[]): readonly Told[] {
  const titles = titlesOf(reviews);
  const all = reviews.flatMap((review, index) =>
    review.findings.map((finding) => ({ finding, of: reviews.length > 1 ? titles[index] : undefined })),
  );
  const addresses = new Map<string, Set<string>>();
  for (const { finding, of } of all) {
    const key = said(finding, of);
    addresses.set(key, (addresses.get(key) ?? new Set()).add(finding.address));
  }
  return all
    .map((one) => {
      const alike = addresses.get(said(one.finding, one.of))?.size ?? 0;
      return { ...one, apart: alike > 1 ? one.finding.address : undefined };
    })
    .sort((one, other) => place(one.finding) - place(other.finding) || byWeight(one.finding, other.finding));
}

/** What a head may name: harm first, then what nobody knows, which may be harm, and then what changes for certain. */
export function forHead(told: readonly Told[]): readonly Told[] {
  const rank = ({ finding: { verdict } }: Told) => (isHarm(verdict) ? 0 : verdict === 'unknown' ? 1 : 2);
  return told.filter(({ finding }) => finding.verdict !== 'harmless').sort((one, other) => rank(one) - rank(other));
}

/** Groups in the order in which they are read; what somebody has accepted happens, and comes before what does no harm. */
export function groupsOf<One extends Told>(told: readonly One[]): readonly Group<One>[] {
  const groups = new Map(GROUPS.map((name): [Group['name'], One[]] => [name, []]));
  for (const one of told) groups.get(groupOf(one.finding))?.push(one);
  return [...groups]
    .filter(([, found]) => found.length > 0)
    .map(([name, found]) => ({ name, title: counted(wordsOf(name), found.length), told: found }));
}

/** Whether nobody has accepted it. */
export function isOpen({ accepted }: Finding): boolean {
  return accepted === undefined;
}

/** `loses data (2)` */
export function counted(words: string, count: number): string {
  return `${words} (${count})`;
}

/** What is said of a line of YAML beside what it says. */
export function remarkOf({ removed, section }: YamlLine): string {
  return removed ? ' (removed)' : section ? ' (section)' : '';
}

const GROUPS: readonly Group['name'][] = verdicts.flatMap((verdict): Group['name'][] =>
  verdict === 'behaviour' ? ['accepted', verdict] : [verdict],
);

function groupOf(finding: Finding): Group['name'] {
  return isOpen(finding) ? finding.verdict : 'accepted';
}

function place(finding: Finding): number {
  return GROUPS.indexOf(groupOf(finding));
}

function wordsOf(name: Group['name']): string {
  return name === 'accepted' ? name : verdictWords[name];
}

function said({ verdict, attribute = '', reason }: Finding, of = ''): string {
  return JSON.stringify([of, verdict, attribute, reason]);
}
