import { escaped } from '../../diagram/escape';
import type { Finding } from '../finding';
import { verdicts, verdictWords } from '../verdict';

/** Longer values are cut: a page is to be read. In characters. */
const LONGEST_VALUE = 2_000;

/** Findings by verdict, the worst first and open. */
export function findingsSection(findings: readonly Finding[], id: string): string {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  const accepted = findings.filter(({ accepted }) => accepted !== undefined);
  const groups = verdicts.flatMap((verdict) => {
    const found = open.filter((finding) => finding.verdict === verdict);
    return found.length === 0
      ? []
      : [group(verdict, `${verdictWords[verdict]} (${found.length})`, found, { id, opened: OPENED.includes(verdict) })];
  });
  const last =
    accepted.length === 0 ? [] : [group('accepted', `accepted (${accepted.length})`, accepted, { id, opened: false })];
  const none = findings.length === 0 ? '<p>Nothing changes.</p>' : '';
  return `<section aria-labelledby="${id}-findings"><h2 id="${id}-findings">Findings</h2>${none}${[...groups, ...last].join('\n')}</section>`;
}

const OPENED: readonly string[] = ['loses-data', 'outage', 'exposure'];

function group(
  name: string,
  title: string,
  found: readonly Finding[],
  { id, opened }: { readonly id: string; readonly opened: boolean },
): string {
  return `<section class="verdict-group ${name}" aria-labelledby="${id}-${name}"><h3 id="${id}-${name}">${title}</h3>
${found.map((finding) => one(finding, opened)).join('\n')}</section>`;
}

function one(
  { verdict, address, attribute, reason, before, after, effect, advice, yaml, accepted }: Finding,
  opened: boolean,
): string {
  const rows = [
    row('address', `${value(address)}${attribute === undefined ? '' : `<br>${value(attribute)}`}`),
    before === undefined && after === undefined ? '' : row('value', changed(before, after)),
    yaml
      ? row('YAML', `${value(`${yaml.file}:${yaml.line}`)}<br>${value(yaml.path)}<br>${value(yaml.text.trim())}`)
      : '',
    effect === undefined ? '' : row('what happens', text(effect)),
    advice === undefined ? '' : row('instead', text(advice)),
    accepted
      ? row(
          `accepted until ${escaped(accepted.until)}`,
          `${text(accepted.reason)}<br>${value(`${accepted.at.file}:${accepted.at.line}`)}`,
        )
      : '',
  ];
  return `<details class="finding ${verdict}"${opened ? ' open' : ''}><summary><span class="tag ${verdict}">${verdictWords[verdict]}</span> ${text(reason)}</summary>
<dl>${rows.join('')}</dl></details>`;
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

function text(words: string): string {
  return `<bdi>${escaped(words)}</bdi>`;
}
