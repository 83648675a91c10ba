import { escaped } from '../../diagram/escape';
import type { Picture } from '../../diagram/picture';
import type { Action, AttributeChange, Change } from '../change';
import type { Finding } from '../finding';
import { knownLater } from '../shown';
import type { ReviewPage } from './html';
import { changed, value } from './html-findings';

/** Of one change so many attributes are listed. */
const MOST_ATTRIBUTES = 40;

/** Beyond these a page is of no use to anybody. */
const MOST_CHANGES = 2_000;

const WORDS: Readonly<Record<Action, string>> = {
  create: 'comes',
  update: 'changes',
  replace: 'is replaced',
  delete: 'goes',
  forget: 'is left to itself',
  read: 'is read',
  none: 'stays',
};

const COUNTED: Readonly<Record<Action, string>> = {
  create: 'new',
  update: 'changed',
  replace: 'replaced',
  delete: 'gone',
  forget: 'left to themselves',
  read: 'read',
  none: 'unchanged',
};

/** What changes, by the service or other thing that it is part of. */
export function changesSection({ review, comparison }: ReviewPage, pictures: readonly Picture[], id: string): string {
  const all = comparison.changes.filter(({ action, imported }) => !['none', 'read'].includes(action) || imported);
  const shown = all.slice(0, MOST_CHANGES);
  const things = new Things(pictures);
  const groups = new Map<string, Change[]>();
  for (const change of shown) {
    const thing = things.of(change);
    groups.set(thing, [...(groups.get(thing) ?? []), change]);
  }
  const findings = new Map<string, Finding[]>();
  for (const finding of review.findings) {
    findings.set(finding.address, [...(findings.get(finding.address) ?? []), finding]);
  }
  const blocks = [...groups].map(([thing, changes]) => block(thing, changes, findings));
  const left = all.length - shown.length;
  const none = all.length === 0 ? '<p>Nothing changes.</p>' : '';
  const rest = left > 0 ? `<p>${left} more changes are left out here.</p>` : '';
  return `<section aria-labelledby="${id}-changes"><h2 id="${id}-changes">Changes (${all.length})</h2>${none}${blocks.join('\n')}${rest}</section>`;
}

/** The things of both moments by the addresses that they stand for, in the words of their picture. */
class Things {
  private readonly titles = new Map<string, string>();

  constructor(pictures: readonly Picture[]) {
    for (const { nodes, groups } of pictures) {
      for (const { title, kind, addresses } of nodes) this.add(`${title} (${kind})`, addresses);
      for (const { title, addresses } of groups) this.add(title, addresses);
    }
  }

  of({ address }: Change): string {
    return this.titles.get(address) ?? 'Network';
  }

  private add(title: string, addresses: readonly string[]): void {
    for (const address of addresses) if (!this.titles.has(address)) this.titles.set(address, title);
  }
}

function block(thing: string, changes: readonly Change[], findings: ReadonlyMap<string, readonly Finding[]>): string {
  const counts = [...new Set(changes.map(({ action }) => action))].map(
    (action) => `${changes.filter((one) => one.action === action).length} ${COUNTED[action]}`,
  );
  const lines = changes.flatMap(({ address }) => (findings.get(address) ?? []).flatMap(({ yaml }) => yaml ?? []));
  const written = [...new Map(lines.map((line) => [`${line.file}:${line.line}`, line])).values()].map(
    ({ file, line, path, text }) =>
      `<li>${value(`${path}`)} ${value(text.trim())} <small>${escaped(`${file}:${line}`)}</small></li>`,
  );
  return `<details class="thing"><summary><bdi>${escaped(thing)}</bdi> <small>${counts.join(', ')}</small></summary>
${written.length === 0 ? '' : `<ul class="yaml">${written.join('')}</ul>`}${changes.map(one).join('\n')}</details>`;
}

function one({ address, previousAddress, action, attributes, forcedBy, createFirst, imported }: Change): string {
  const how = [
    WORDS[action],
    ...(action === 'replace' ? [createFirst ? 'the new one is there first' : 'the old one goes first'] : []),
    ...(imported ? ['is taken over'] : []),
  ];
  const from = previousAddress === undefined ? '' : `<p>was ${value(previousAddress)}</p>`;
  const whole = action === 'create' || action === 'delete' || action === 'forget';
  const listed = whole ? [] : attributes.slice(0, MOST_ATTRIBUTES);
  const more = whole ? 0 : attributes.length - listed.length;
  const rows = listed.map((attribute) => {
    const forces = forcedBy.includes(attribute.path) ? ' <span class="tag forces">forces the replacement</span>' : '';
    return `<div><dt>${value(attribute.path)}${forces}</dt><dd>${sides(attribute)}</dd></div>`;
  });
  return `<div class="change ${action}"><h4>${value(address)} <small>${how.join(', ')}</small></h4>${from}${rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`}${more > 0 ? `<p>and ${more} more attributes</p>` : ''}</div>`;
}

function sides({ before, after, unknown, from, sensitive }: AttributeChange): string {
  if (sensitive) return 'changes; nobody may see its values';
  return changed(shownValue(before), unknown ? knownLater(from) : shownValue(after));
}

function shownValue(side: unknown): string | undefined {
  if (side === undefined || side === null) return undefined;
  return typeof side === 'string' ? side : JSON.stringify(side);
}
