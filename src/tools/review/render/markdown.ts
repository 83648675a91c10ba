import { COMMENT_LIMIT } from '../../pipelines/plan-comment';
import type { Finding } from '../finding';
import type { Review } from '../review';
import { byVerdict, type Verdict, verdicts, verdictWords, worstOf } from '../verdict';
import { code, prose, shortened } from './markdown-text';

/** By its first line the next run finds the comment and writes over it. */
export function reviewMark(stack: string): string {
  return `<!-- terrace review ${stack} -->`;
}

export interface MarkdownOptions {
  /** The first line, that nobody sees. */
  readonly mark?: string;

  /** In characters: a comment of GitHub's, unless told. */
  readonly limit?: number;
}

/** A finding beside the stack that it is of. */
interface Told {
  readonly finding: Finding;

  /** Where there are several stacks. */
  readonly stack: string | undefined;
}

/** How much is said of a finding, in characters; 0 for what is left out. */
interface Detail {
  readonly reason: number;
  readonly values: number;
  readonly sentences: number;
}

const DETAILS: readonly Detail[] = [
  { reason: 400, values: 300, sentences: 600 },
  { reason: 200, values: 80, sentences: 160 },
  { reason: 160, values: 40, sentences: 0 },
  { reason: 110, values: 0, sentences: 0 },
];

/** The head has no more lines than ten, with the mark. */
const IN_HEAD = 4;

const LEFT_OUT_ROOM = 200;

/** What a change does that nobody looks at closely: behind a click. */
const FOLDED: readonly Verdict[] = ['behaviour', 'unknown', 'harmless'];

/** Reviews as one comment: its first lines tell whether to stop, and it is never longer than GitHub takes. */
export function markdownReview(
  reviews: readonly Review[],
  { mark, limit = COMMENT_LIMIT }: MarkdownOptions = {},
): string {
  const several = reviews.length > 1;
  const told = reviews
    .flatMap((review) => review.findings.map((finding) => ({ finding, stack: several ? titleOf(review) : undefined })))
    .sort(byImportance);
  const verdict = worstOf(reviews.map((review) => review.verdict));
  const head = [...(mark === undefined ? [] : [mark]), ...headOf(reviews, told, verdict)].join('\n');
  const worst = told.filter(({ finding }) => isOpen(finding) && finding.verdict === verdict && verdict !== 'harmless');
  const others = told.filter((one) => !worst.includes(one));
  const room = limit - head.length - LEFT_OUT_ROOM - SECTIONS_ROOM;
  const kept = fitting(worst, others, room);
  const left = told.length - kept.length;
  const note =
    left === 0
      ? ''
      : `\n**${left} of ${told.length} findings are left out here**, the least important ones first: a comment has room for no more. \`terrace review\` tells them all.\n`;
  return `${head}\n${note}${sections(kept)}`;
}

const SECTIONS_ROOM = 1200;

interface Kept extends Told {
  readonly text: string;
}

/** All of the worst, each as long as there is room for all; then the others in order, until there is no more. */
function fitting(worst: readonly Told[], others: readonly Told[], room: number): readonly Kept[] {
  const whole = atMost(worst, room);
  const kept: Kept[] = [];
  let length = 0;
  const add = (one: Kept) => {
    const longer = length + one.text.length + 1;
    if (longer > room) return false;
    length = longer;
    kept.push(one);
    return true;
  };
  for (const one of whole) if (!add(one)) return kept;
  for (const one of others) {
    const some = DETAILS.some((detail) => add({ ...one, text: item(one, detail) }));
    if (!some) break;
  }
  return kept;
}

/** All of them with as much detail as there is room for all. */
function atMost(worst: readonly Told[], room: number): readonly Kept[] {
  for (const detail of DETAILS) {
    const texts = worst.map((one) => ({ ...one, text: item(one, detail) }));
    if (lengthOf(texts) <= room) return texts;
  }
  return worst.map((one) => ({ ...one, text: `- ${stackOf(one)}${code(shortened(one.finding.address, 100))}` }));
}

function lengthOf(texts: readonly Kept[]): number {
  return texts.reduce((sum, { text }) => sum + text.length + 1, 0);
}

function headOf(reviews: readonly Review[], told: readonly Told[], verdict: Verdict): string[] {
  const open = told.filter(({ finding }) => isOpen(finding));
  const accepted = told.length - open.length;
  const counts = verdicts.flatMap((one) => {
    const count = open.filter(({ finding }) => finding.verdict === one).length;
    return count === 0 ? [] : [`${count} ${verdictWords[one]}`];
  });
  const of = reviews.length > 1 ? `${reviews.length} stacks` : reviews.map(titleOf).join('');
  const worst = open.filter(({ finding }) => finding.verdict !== 'harmless');
  const shown = worst
    .slice(0, IN_HEAD)
    .map(
      (one) =>
        `- **${verdictWords[one.finding.verdict]}** ${stackOf(one)}${code(shortened(one.finding.address, 90))} ${prose(shortened(one.finding.reason, 140))}`,
    );
  const more = worst.length - shown.length;
  return [
    `### ${verdictWords[verdict].toUpperCase()}: ${prose(of)}`,
    `**${verdict === 'harmless' && accepted > 0 ? ACCEPTED : ADVICE[verdict]}** ${[...counts, ...(accepted > 0 ? [`${accepted} accepted`] : [])].join(', ') || 'nothing changes'}.`,
    '',
    ...shown,
    ...(more > 0 ? [`- and ${more} more below`] : []),
  ];
}

/** Harm that somebody has accepted happens all the same. */
const ACCEPTED = 'What does harm is accepted in the environment file, and happens.';

const ADVICE: Readonly<Record<Verdict, string>> = {
  'loses-data': 'Stop: approve only what is meant to be lost.',
  outage: 'Stop: something that serves will be down.',
  exposure: 'Stop: more people get in than before.',
  'costs-more': 'Look at the bill.',
  behaviour: 'Read what changes.',
  unknown: 'Some of it is known only after the apply.',
  harmless: 'No harm was found.',
};

function sections(kept: readonly Kept[]): string {
  const texts = verdicts.flatMap((verdict) => {
    const found = kept.filter(({ finding }) => isOpen(finding) && finding.verdict === verdict);
    return found.length === 0 ? [] : [section(verdictWords[verdict], found, FOLDED.includes(verdict))];
  });
  const accepted = kept.filter(({ finding }) => !isOpen(finding));
  return [...texts, ...(accepted.length === 0 ? [] : [section('accepted', accepted, true)])].join('');
}

function section(title: string, found: readonly Kept[], folded: boolean): string {
  const list = found.map(({ text }) => text).join('\n');
  const heading = `${title} (${found.length})`;
  if (!folded) return `\n#### ${heading}\n\n${list}\n`;
  return `\n<details><summary>${heading}</summary>\n\n${list}\n\n</details>\n`;
}

function item(told: Told, { reason, values, sentences }: Detail): string {
  const { address, attribute, before, after, yaml, effect, advice, accepted, ...finding } = told.finding;
  const where = `${code(shortened(address, 160))}${attribute === undefined ? '' : ` ${code(shortened(attribute, 120))}`}`;
  const lines = [
    `- ${stackOf(told)}${where} ${prose(shortened(finding.reason, reason))}`,
    ...(values > 0 ? change(before, after, values) : []),
    ...(values > 0 && yaml
      ? [`${code(`${yaml.file}:${yaml.line}`)} ${code(shortened(yaml.text.trim(), values))}`]
      : []),
    ...(sentences > 0 && effect ? [`What happens: ${prose(shortened(effect, sentences))}`] : []),
    ...(sentences > 0 && advice ? [`Instead: ${prose(shortened(advice, sentences))}`] : []),
    ...(accepted
      ? [
          `Accepted until ${prose(accepted.until)}, ${code(`${accepted.at.file}:${accepted.at.line}`)}: ${prose(shortened(accepted.reason, 200))}`,
        ]
      : []),
  ];
  // Two spaces at the end of a line break it.
  return lines.join('  \n  ');
}

function change(before: string | undefined, after: string | undefined, most: number): string[] {
  if (before === undefined && after === undefined) return [];
  const side = (value: string | undefined) => (value === undefined ? 'nothing' : code(shortened(value, most)));
  return [`${side(before)} → ${side(after)}`];
}

function stackOf({ stack }: Told): string {
  return stack === undefined ? '' : `${prose(stack)}: `;
}

function titleOf({ stack }: Review): string {
  return stack ?? 'plan';
}

function isOpen({ accepted }: Finding): boolean {
  return accepted === undefined;
}

/** The worst first; what somebody has accepted just before what does no harm. */
function byImportance(one: Told, other: Told): number {
  return byVerdict(weight(one.finding), weight(other.finding));
}

function weight({ verdict, accepted }: Finding): Verdict {
  return accepted ? 'unknown' : verdict;
}
