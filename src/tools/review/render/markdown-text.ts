import { visible } from '../../diagram/escape';

/**
 * A text of somebody else's as GitHub shows it and does nothing else with it: no HTML, no emphasis, nobody is mentioned, no issue
 * and no address becomes a link.
 */
export function prose(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[&<>$\\`*_[\]|~@#]|:(?=\/\/)|www(?=\.)|\bGH(?=-\d)/gi, harmless);
}

function harmless(found: string): string {
  if (/[&<>$]/.test(found)) return `&#${found.codePointAt(0)};`;
  return /[\\`*_[\]|~]/.test(found) ? `\\${found}` : `${found}<!-- -->`;
}

/** A text between backticks, where nothing has a meaning; line breaks are shown. */
export function code(text: string): string {
  const line = visible(text)
    .replace(/\r?\n|\r/g, '⏎')
    .replace(/\t/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const edge = /^[` ]|[` ]$|^$/.test(line) ? ' ' : '';
  return `${fence}${edge}${line}${edge}${fence}`;
}

/** Both ends of a text that is too long, because values often differ at their end. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 3);
  // Only the ends are looked at: values may have megabytes.
  const first = [...text.slice(0, 2 * most)].slice(0, most - 1 - end);
  const last = end === 0 ? [] : [...text.slice(-2 * end)].slice(-end);
  return `${first.join('')}…${last.join('')}`;
}
