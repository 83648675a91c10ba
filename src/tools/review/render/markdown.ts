import { visible } from '../../diagram/escape';
import { COMMENT_LIMIT } from '../../pipelines/plan-comment';
import type { Review } from '../review';
import { verdictWords } from '../verdict';
import { acceptableIn } from './acceptable';
import { headOf } from './head';
import { code, prose, shortened } from './markdown-text';
import { forHead, type Group, groupsOf, isOpen, remarkOf, type Told, toldOf } from './told';

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

/** For headings, and for how many are left out. */
const SECTIONS_ROOM = 1400;

/** What a change does that nobody looks at closely: behind a click. */
const FOLDED: readonly Group['name'][] = ['accepted', 'behaviour', 'unknown', 'harmless'];

/** Reviews as one comment: its first lines tell whether to stop, and it is never longer than GitHub takes. */
export function markdownReview(
  reviews: readonly Review[],
  { mark, limit = COMMENT_LIMIT }: MarkdownOptions = {},
): string {
  const told = toldOf(reviews);
  const [worst = { name: 'harmless', told: [] }] = groupsOf(told);
  const first = worst.name === 'harmless' ? [] : worst.told;
  const head = [...(mark === undefined ? [] : [mark]), ...headLines(reviews, told), ...refusedLines(reviews)].join(
    '\n',
  );
  const room = limit - head.length - SECTIONS_ROOM;
  const accept = acceptBlocks(reviews, Math.min(ACCEPT_ROOM, room - lengthOf(atMost(first, 0))));
  const kept = fitting(first, told.slice(first.length), room - accept.length);
  return `${head}\n${leftOut(told.length - kept.length, told.length)}${sections(kept)}${accept}`;
}

function leftOut(left: number, all: number): string {
  if (left === 0) return '';
  return `\n**${left} of ${all} findings are left out here**, the least important ones first: a comment has room for no more. \`terrace review\` tells them all.\n`;
}

interface Kept extends Told {
  readonly text: string;
}

/** All of the worst, each as long as there is room for all; then the others in order, until there is no more. */
function fitting(worst: readonly Told[], others: readonly Told[], room: number): readonly Kept[] {
  const kept: Kept[] = [];
  let length = 0;
  const add = (one: Kept) => {
    const longer = length + one.text.length + 1;
    if (longer > room) return false;
    length = longer;
    kept.push(one);
    return true;
  };
  for (const one of atMost(worst, room)) if (!add(one)) return kept;
  for (const one of others) {
    const some = DETAILS.some((detail) => add({ ...one, text: item(one, detail) }));
    if (!some) break;
  }
  return kept;
}

/** All of them with as much detail as there is room for all. */
function atMost(worst: readonly Told[], room: number): readonly Kept[] {
  for (const detail of room > 0 ? DETAILS : []) {
    const texts = worst.map((one) => ({ ...one, text: item(one, detail) }));
    if (lengthOf(texts) <= room) return texts;
  }
  return worst.map((one) => ({ ...one, text: `- ${nameOf(one)}${code(shortened(one.finding.address, 100))}` }));
}

function lengthOf(texts: readonly Kept[]): number {
  return texts.reduce((sum, { text }) => sum + text.length + 1, 0);
}

function headLines(reviews: readonly Review[], told: readonly Told[]): string[] {
  const { title, name, stop, others, remarks, advice } = headOf(reviews);
  const worth = new Set(forHead(told).map(headline));
  const shown = [...worth].slice(0, IN_HEAD);
  const more = worth.size - shown.length;
  return [
    `### ${title}: ${prose(name)}`,
    `**${stop}**${[...others, ...remarks].map((one) => `, ${one}`).join('')}. ${advice}`,
    '',
    ...shown,
    ...(more > 0 ? [`- and ${more} more below`] : []),
  ];
}

function headline(told: Told): string {
  const { verdict, address, reason } = told.finding;
  const words = `**${isOpen(told.finding) ? '' : 'accepted: '}${verdictWords[verdict]}**`;
  return `- ${words} ${nameOf(told)}${code(shortened(address, 90))} ${prose(shortened(reason, 140))}`;
}

/** Whoever has written an acceptance that does not count wants to know; of many, the first. */
function refusedLines(reviews: readonly Review[]): string[] {
  const refused = reviews.flatMap((review) => review.refused ?? []);
  if (refused.length === 0) return [];
  const lines = refused.slice(0, MOST_REFUSED).map(({ at, path, message }) => {
    return `- ${code(`${at.file}:${at.line}:${at.column}`)} ${code(path)}: ${prose(shortened(message, 300))}`;
  });
  const more = refused.length - lines.length;
  return [
    '',
    `#### refused acceptances (${refused.length})`,
    '',
    ...lines,
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

const MOST_REFUSED = 10;

/** Ready to be pasted, behind a click; as many as there is room for. */
function acceptBlocks(reviews: readonly Review[], room: number): string {
  const lists = acceptableIn(reviews).map(({ where, blocks, left }) => {
    const list = blocks.map((block) => block.replace(/^/gm, '  ')).join('\n');
    const more = left > 0 ? `\n\nAnd ${left} more: \`terrace review --format json\` has the \`change\` of each.` : '';
    return `\n<details><summary>To accept what may happen</summary>\n\nIn ${code(where)}, with a reason and a last day:\n\n${fenced(`accept:\n${list}`)}${more}\n\n</details>\n`;
  });
  const kept = lists.filter((_, index) => lists.slice(0, index + 1).join('').length <= room);
  return kept.join('');
}

/** They take no more of a comment than that. */
const ACCEPT_ROOM = 12_000;

/** As YAML, with a fence that is not in it. */
function fenced(yaml: string): string {
  const text = visible(yaml);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text}\n${fence}`;
}

function sections(kept: readonly Kept[]): string {
  return groupsOf(kept)
    .map(({ name, title, told }) => {
      const list = told.map(({ text }) => text).join('\n');
      if (!FOLDED.includes(name)) return `\n#### ${title}\n\n${list}\n`;
      return `\n<details><summary>${title}</summary>\n\n${list}\n\n</details>\n`;
    })
    .join('');
}

function item(told: Told, { reason, values, sentences }: Detail): string {
  const { address, attribute, before, after, yaml, effect, advice, accepted, ...finding } = told.finding;
  const where = `${code(shortened(address, 160))}${attribute === undefined ? '' : ` ${code(shortened(attribute, 120))}`}`;
  const lines = [
    `- ${nameOf(told)}${accepted ? `${verdictWords[finding.verdict]}: ` : ''}${where} ${prose(shortened(finding.reason, reason))}`,
    ...(values > 0 ? change(before, after, values) : []),
    ...(values > 0 && yaml
      ? [`${code(`${yaml.file}:${yaml.line}`)} ${code(shortened(yaml.text.trim(), values))}${remarkOf(yaml)}`]
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

function nameOf({ of }: Told): string {
  return of === undefined ? '' : `${prose(of)}: `;
}
