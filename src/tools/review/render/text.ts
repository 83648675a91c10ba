import { formatProblem } from '../../../spec/load/problem';
import type { Finding } from '../finding';
import type { Review } from '../review';
import { verdictWords } from '../verdict';
import { type Acceptable, acceptableIn } from './acceptable';
import { headOf } from './head';
import { forHead, type Group, groupsOf, isOpen, remarkOf, type Told, toldOf } from './told';

/** The head has ten lines at most, because many read no more. */
const HEADLINES = 6;

/** Longer ones are left to the list below, in characters. */
const LONGEST_VALUES = 60;

/** Of what does no harm, so many are told. */
const MOST_HARMLESS = 40;

/** For terminals and logs: in the first ten lines whether to stop, then every finding. */
export function textReview(reviews: readonly Review[]): string {
  const told = toldOf(reviews);
  const lines = [
    ...firstLines(reviews, told),
    '',
    ...refusedLines(reviews),
    ...groupsOf(told).flatMap(section),
    ...acceptableIn(reviews).flatMap(toAccept),
  ];
  return printable(lines.join('\n'));
}

function firstLines(reviews: readonly Review[], told: readonly Told[]): string[] {
  const { title, name, stop, others, remarks, advice } = headOf(reviews);
  const headlines = forHead(told).map(headline);
  const lines = headlines.slice(0, HEADLINES);
  const more = headlines.length - lines.length;
  return [
    `${title}: ${name}`,
    [stop, ...others, ...remarks].join(', '),
    advice,
    ...lines,
    ...(more > 0 ? [`  and ${more} more, below`] : []),
  ];
}

function headline({ finding, of, apart }: Told): string {
  const { verdict, reason, attribute, before, after } = finding;
  const values = before === undefined || after === undefined ? '' : ` ${before} -> ${after}`;
  const short = values.length > LONGEST_VALUES ? '' : values;
  const what = [
    reason,
    ...(attribute === undefined ? [] : [`(${attribute}${short})`]),
    ...(apart ? [`[${apart}]`] : []),
  ];
  return `  ${[...(isOpen(finding) ? [] : ['accepted']), verdictWords[verdict], ...(of ? [of] : [])].join(': ')}: ${what.join(' ')}`;
}

function refusedLines(reviews: readonly Review[]): string[] {
  const refused = reviews.flatMap((review) => review.refused ?? []);
  if (refused.length === 0) return [];
  return ['REFUSED ACCEPTANCES', '', ...refused.map((problem) => `  ${formatProblem(problem)}`), ''];
}

function section({ name, title, told }: Group): string[] {
  const heading = [title.toUpperCase(), ''];
  if (name !== 'harmless') return [...heading, ...told.flatMap((one) => [...paragraph(one), ''])];
  const lines = told.slice(0, MOST_HARMLESS).map(({ finding, of }) => {
    return `  ${of === undefined ? '' : `${of} `}${finding.address}: ${finding.reason}`;
  });
  const more = told.length - lines.length;
  return [...heading, ...lines, ...(more > 0 ? [`  and ${more} more`] : []), ''];
}

function paragraph({ finding, of }: Told): string[] {
  const { verdict, address, attribute, reason, effect, advice, notYaml, accepted } = finding;
  return [
    accepted ? `${verdictWords[verdict]}: ${reason}` : reason,
    `    ${of === undefined ? '' : `${of} `}${address}`,
    ...(attribute === undefined ? [] : [`    ${attribute}${values(finding)}`]),
    ...(effect === undefined ? [] : [`    what happens: ${effect}`]),
    ...(advice === undefined ? [] : [`    instead: ${advice}`]),
    ...yamlLine(finding),
    ...(notYaml === undefined ? [] : [`    ${notYaml}`]),
    ...(accepted === undefined ? [] : [`    accepted until ${accepted.until}: ${accepted.reason}`]),
  ];
}

function values({ before, after }: Finding): string {
  return before === undefined && after === undefined ? '' : `: ${before ?? '(not set)'} -> ${after ?? '(not set)'}`;
}

function yamlLine({ yaml }: Finding): string[] {
  if (yaml === undefined) return [];
  const { file, line, column, path, text } = yaml;
  const says = text.trim() === `${path}:` ? '' : `: ${text.trim()}`;
  return [`    ${file}:${line}:${column} ${path}${remarkOf(yaml)}${says}`];
}

/** Ready to be pasted, for those who know that it may happen. */
function toAccept({ where, blocks, left }: Acceptable): string[] {
  const lines = blocks.flatMap((block) => block.split('\n').map((line) => `  ${line}`));
  return [
    `What may happen is accepted in ${where}:`,
    '',
    'accept:',
    ...lines,
    ...(left > 0 ? ['', more(left)] : []),
    '',
  ];
}

function more(left: number): string {
  return `and ${left} more: "--format json" has the change of each`;
}

/** Names and values come from others, and a terminal obeys some characters. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '?');
}
