import { escaped } from '../../diagram/escape';
import type { Finding, YamlLine } from '../finding';
import type { Review } from '../review';
import { isHarm, verdictWords } from '../verdict';
import { type Group, groupsOf, isOpen, remarkOf, type Told, toldOf } from './told';

/** Longer values are cut: a page is to be read. In characters. */
const LONGEST_VALUE = 2_000;

/** Findings by verdict, the worst first and open. */
export function findingsSection(review: Review, id: string): string {
  const groups = groupsOf(toldOf([review])).map((each) => group(each, id));
  const none = groups.length === 0 ? '<p>Nothing changes.</p>' : '';
  return `<section aria-labelledby="${id}-findings"><h2 id="${id}-findings">Findings</h2>${none}${groups.join('\n')}</section>`;
}

function group({ name, title, told }: Group, id: string): string {
  const opened = name !== 'accepted' && isHarm(name);
  return `<section class="verdict-group ${name}" aria-labelledby="${id}-${name}"><h3 id="${id}-${name}">${title}</h3>
${told.map((one) => details(one, opened)).join('\n')}</section>`;
}

/** The verdict stands above a group; what is accepted has its own. */
function details({ finding, apart }: Told, opened: boolean): string {
  const { verdict, reason, attribute } = finding;
  const words = [
    ...(isOpen(finding) ? [] : [`<span class="tag ${verdict}">${verdictWords[verdict]}</span>`]),
    text(reason),
    ...[attribute, apart].flatMap((one) => (one === undefined ? [] : [`<small>${value(one)}</small>`])),
  ];
  return `<details class="finding ${verdict}"${opened ? ' open' : ''}><summary>${words.join(' ')}</summary>
<dl>${rowsOf(finding).join('')}</dl></details>`;
}

function rowsOf(finding: Finding): string[] {
  const { address, attribute, before, after, effect, advice, yaml, notYaml, accepted } = finding;
  return [
    row('address', value(address)),
    ...(attribute === undefined ? [] : [row('attribute', value(attribute))]),
    ...(before === undefined && after === undefined ? [] : [row('value', changed(before, after))]),
    ...(yaml ? [row(`YAML${remarkOf(yaml)}`, yamlLine(yaml))] : []),
    ...(notYaml === undefined ? [] : [row('YAML', text(notYaml))]),
    ...(effect === undefined ? [] : [row('what happens', text(effect))]),
    ...(advice === undefined ? [] : [row('instead', text(advice))]),
    ...(accepted ? [row(`accepted until ${escaped(accepted.until)}`, acceptedBy(accepted))] : []),
  ];
}

function yamlLine({ file, line, path, text }: YamlLine): string {
  const says = text.trim() === `${path}:` ? [] : [text.trim()];
  return [`${file}:${line}`, path, ...says].map(value).join('<br>');
}

function acceptedBy({ reason, at }: NonNullable<Finding['accepted']>): string {
  return `${text(reason)}<br>${value(`${at.file}:${at.line}`)}`;
}

function row(name: string, content: string): string {
  return `<div><dt>${name}</dt><dd>${content}</dd></div>`;
}

/** The old and the new value: by a sign too, for those who can't tell colours apart. */
export function changed(before: string | undefined, after: string | undefined): string {
  const old = before === undefined ? '' : `<del><span aria-hidden="true">− </span>${value(before)}</del>`;
  const now = after === undefined ? '' : `<ins><span aria-hidden="true">+ </span>${value(after)}</ins>`;
  return [old, now].filter((side) => side !== '').join('<br>');
}

/** Isolated, so that letters which run from right to left move nothing around them. */
export function value(text: string): string {
  const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
  return `<code><bdi>${escaped(short)}</bdi></code>`;
}

/** The same of words. */
export function text(words: string): string {
  return `<bdi>${escaped(words)}</bdi>`;
}
