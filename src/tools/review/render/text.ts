import type { Finding } from '../finding';
import type { Review } from '../review';
import { type Verdict, verdicts, verdictWords, worstOf } from '../verdict';
import { acceptanceYaml } from '../yaml/acceptance';

/** The head has ten lines at most, because many read no more. */
const HEADLINES = 6;

/** Longer ones are left to the list below, in characters. */
const LONGEST_VALUES = 60;

/** Of what does no harm, so many are told. */
const MOST_HARMLESS = 40;

/** For terminals and logs: in the first ten lines whether to stop, then every finding. */
export function textReview(reviews: readonly Review[]): string {
  const all = reviews.flatMap((review) => review.findings.map((finding) => ({ finding, review })));
  const several = reviews.length > 1;
  const sections = verdicts.flatMap((verdict) => {
    const found = all.filter(({ finding }) => finding.verdict === verdict);
    return found.length === 0 ? [] : section(verdict, found, several);
  });
  const blocks = all.flatMap(({ finding }) => acceptanceYaml(finding) ?? []);
  return printable([...head(reviews, all, several), '', ...sections, ...toAccept(blocks)].join('\n'));
}

/** Ready to be pasted, for those who know that it may happen. */
function toAccept(blocks: readonly string[]): string[] {
  if (blocks.length === 0) return [];
  const lines = blocks.slice(0, MOST_ACCEPTED).flatMap((block) => block.split('\n').map((line) => `  ${line}`));
  return ['What may happen is accepted in the environment file:', '', 'accept:', ...lines, ''];
}

const MOST_ACCEPTED = 20;

/** How a review is called: by its stack, or the file of Terraform that isn't ours. */
export function titleOf({ stack, plan }: Review): string {
  return stack ?? plan ?? 'plan';
}

interface Told {
  readonly finding: Finding;
  readonly review: Review;
}

function head(reviews: readonly Review[], all: readonly Told[], several: boolean): string[] {
  const verdict = worstOf(reviews.map((one) => one.verdict));
  const of = several ? `${reviews.length} plans` : reviews.map(titleOf).join();
  const open = all.filter(({ finding }) => !finding.accepted);
  const worst = open.filter(({ finding }) => finding.verdict !== 'harmless').sort(byOrder);
  const headlines = [...new Set(worst.map(({ finding, review }) => headline(finding, review, several)))];
  const lines = headlines.slice(0, HEADLINES);
  const more = headlines.length - lines.length;
  return [
    `${verdictWords[verdict].toUpperCase()}${verdict === 'harmless' && open.length < all.length ? ', BUT FOR WHAT IS ACCEPTED' : ''}: ${of}`,
    counts(
      open.map(({ finding }) => finding),
      all.length - open.length,
    ),
    verdict === 'harmless' && open.length < all.length ? ACCEPTED : ADVICE[verdict],
    ...lines,
    ...(more > 0 ? [`  and ${more} more, below`] : []),
  ];
}

/** Harm that somebody has accepted happens all the same. */
const ACCEPTED = 'What does harm here is accepted in the environment file, and happens: read it below.';

const ADVICE: Readonly<Record<Verdict, string>> = {
  'loses-data': 'Stop: do not approve this before you know that the data named here may go.',
  outage: 'Stop: approve this only for a time at which what is named here may be down.',
  exposure: 'Stop: approve this only if what is named here is meant to be open.',
  'costs-more': 'Look at what it costs before you approve it.',
  behaviour: 'Read what changes before you approve it.',
  unknown: 'Find out what is named here before you approve it: the plan does not tell.',
  harmless: 'Nothing that is known here does harm.',
};

function counts(open: readonly Finding[], accepted: number): string {
  const counted = verdicts.flatMap((verdict) => {
    const count = open.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : `${count} ${verdictWords[verdict]}`;
  });
  const all = accepted === 0 ? counted : [...counted, `${accepted} accepted`];
  return all.join(', ') || 'nothing changes';
}

function headline({ verdict, reason, attribute, before, after }: Finding, review: Review, several: boolean): string {
  const where = several ? `${titleOf(review)}: ` : '';
  const values = before === undefined || after === undefined ? '' : ` ${before} -> ${after}`;
  const short = values.length > LONGEST_VALUES ? '' : values;
  return `  ${verdictWords[verdict]}: ${where}${reason}${attribute === undefined ? '' : ` (${attribute}${short})`}`;
}

function section(verdict: Verdict, found: readonly Told[], several: boolean): string[] {
  const title = verdictWords[verdict].toUpperCase();
  if (verdict !== 'harmless') {
    return [title, '', ...found.flatMap(({ finding, review }) => [...told(finding, review, several), ''])];
  }
  const lines = found.slice(0, MOST_HARMLESS).map(({ finding, review }) => {
    return `  ${several ? `${titleOf(review)} ` : ''}${finding.address}: ${finding.reason}`;
  });
  const more = found.length - lines.length;
  return [title, '', ...lines, ...(more > 0 ? [`  and ${more} more`] : []), ''];
}

function told(finding: Finding, review: Review, several: boolean): string[] {
  const { address, attribute, reason, before, after, effect, advice, yaml, notYaml, accepted } = finding;
  const values =
    before === undefined && after === undefined ? '' : `: ${before ?? '(not set)'} -> ${after ?? '(not set)'}`;
  return [
    reason,
    `    ${several ? `${titleOf(review)} ` : ''}${address}`,
    ...(attribute === undefined ? [] : [`    ${attribute}${values}`]),
    ...(effect === undefined ? [] : [`    what happens: ${effect}`]),
    ...(advice === undefined ? [] : [`    instead: ${advice}`]),
    ...(yaml === undefined
      ? []
      : [
          `    ${yaml.file}:${yaml.line}:${yaml.column} ${yaml.path}: ${yaml.text.trim()}${yaml.removed ? ' (removed)' : ''}`,
        ]),
    ...(notYaml === undefined ? [] : [`    ${notYaml}`]),
    ...(accepted === undefined ? [] : [`    accepted until ${accepted.until}: ${accepted.reason}`]),
  ];
}

function byOrder(one: Told, other: Told): number {
  return verdicts.indexOf(one.finding.verdict) - verdicts.indexOf(other.finding.verdict);
}

/** Names and values come from others, and a terminal obeys some characters. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '?');
}
