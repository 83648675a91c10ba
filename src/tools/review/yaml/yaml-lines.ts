import type { Position, Problem } from '../../../spec/load/problem';
import { locate, locateKey, type Path, type Tree } from '../../../spec/load/tree';
import { referencesOf } from '../../graph/expression';
import { isMap } from '../../graph/values';
import type { Finding, YamlLine } from '../finding';
import { UNKNOWN } from '../shown';
import { type YamlChange, yamlChanges } from './yaml-changes';
import { sectionsOf } from './yaml-sections';

/** The files of a stack as they were read, with base.yaml under the environment's own. */
export interface WrittenStack {
  /** The environment's own file. */
  readonly file?: string;

  readonly tree: Tree;

  /** The line at a position, as it is written. */
  readonly lineAt: (position: Position) => string;

  /** Why nothing is known of what it says. */
  readonly problems?: readonly Problem[];
}

/** Adds the line of YAML that caused it to each finding; `earlier` is known where two revisions are compared. */
export function withYaml(
  findings: readonly Finding[],
  now: WrittenStack | undefined,
  earlier?: WrittenStack,
): readonly Finding[] {
  if (!now && !earlier) return findings;
  const changes = now && earlier ? yamlChanges(earlier.tree, now.tree) : undefined;
  return findings.map((finding) => {
    const yaml = changes
      ? changedLine(finding, changes, now as WrittenStack, earlier as WrittenStack)
      : writtenLine(finding, (now ?? earlier) as WrittenStack);
    if (yaml) return { ...finding, yaml };
    return changes ? { ...finding, notYaml: whyNone(changes) } : finding;
  });
}

function whyNone(changes: readonly YamlChange[]): string {
  return changes.length === 0
    ? 'no line of YAML has changed: it comes from the code, or from outside of it'
    : 'none of the changed lines of YAML says so: it comes from the code, or from outside of it';
}

/** Of two revisions, only what changed between them counts. */
function changedLine(
  finding: Finding,
  changes: readonly YamlChange[],
  now: WrittenStack,
  earlier: WrittenStack,
): YamlLine | undefined {
  const sections = [...sectionsOf(finding.address, now.tree), ...sectionsOf(finding.address, earlier.tree)];
  const others = referred(finding).flatMap((address) => sectionsOf(address, now.tree));
  const scored = changes.map((change) => ({ change, score: fitness(finding, change, sections, others) }));
  const best = scored.sort((one, other) => other.score - one.score)[0];
  // Of a single change there is nothing to choose.
  if (!best || (best.score === 0 && changes.length > 1)) return undefined;
  const { removed } = best.change;
  const { tree, lineAt } = removed ? earlier : now;
  const { path, at } = removed ? itemIn(best.change, sections, tree) : best.change;
  return { ...at, path: spelled(path, tree), text: lineAt(at), ...(removed && { removed }) };
}

/** Of a section that has gone as a whole, the very thing in it that the finding is about. */
function itemIn({ path, at }: YamlChange, sections: readonly Path[], tree: Tree): Pick<YamlChange, 'path' | 'at'> {
  const item = sections.find(
    (section) => section.length > path.length && path.every((step, index) => section[index] === step),
  );
  return item ? { path: item.map(String), at: locateKey(tree, item) } : { path, at };
}

/** Of one revision, the leaf of the section that says what the attribute was or has become; else the section itself. */
function writtenLine(finding: Finding, { tree, lineAt }: WrittenStack): YamlLine | undefined {
  const line = (path: readonly string[], at: Position) => ({ ...at, path: spelled(path, tree), text: lineAt(at) });
  for (const section of sectionsOf(finding.address, tree)) {
    const found = treeAt(tree, section);
    if (!found) continue;
    const start = section.map(String);
    const scored = leavesOf(found, start)
      .filter((leaf) => saysEither(finding, leaf))
      .map((leaf) => ({ leaf, score: likeness(finding, leaf) }));
    const best = scored.sort((one, other) => other.score - one.score)[0];
    if (best && best.score >= ENOUGH) return line(best.leaf.path, locate(tree, best.leaf.path));
    return { ...line(start, locateKey(tree, section)), section: true };
  }
  return undefined;
}

/** A key may be called alike and mean something else: what it says is a value of the attribute, or a part of it. */
function saysEither({ before, after }: Finding, leaf: Leaf): boolean {
  // What AWS makes up, such as an ARN, has parts of names in it.
  const enough = after?.startsWith(LATER) ? 1 : 0.5;
  return says(before, leaf.after) >= enough || says(after, leaf.after) >= enough;
}

const LATER = UNKNOWN.slice(0, -1);

/** A key with the attribute's name, or a part of it beside the very value. */
const ENOUGH = 4;

interface Leaf {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after: unknown;
}

function fitness(finding: Finding, change: YamlChange, sections: readonly Path[], others: readonly Path[]): number {
  const { path } = change;
  const within = (found: readonly Path[]) =>
    found.findIndex((section) => section.every((step, index) => path[index] === undefined || path[index] === step));
  const own = within(sections);
  const place = own >= 0 ? 20 - own : within(others) >= 0 ? 8 : 0;
  const parts = leavesIn(change.after ?? change.before, path);
  return place + Math.max(0, ...parts.map((part) => likeness(finding, { ...part, before: change.before })));
}

/** How well a leaf fits what changes: the words of its key, and its value. */
function likeness({ attribute = '', before, after }: Finding, leaf: Leaf): number {
  const names = attribute.replace(/\[[^\]]*\]/g, '.').split('.');
  const wanted = wordsOf(names.slice(-2).join('_'));
  const keys = wordsOf(leaf.path.slice(-2).join('_'));
  if (isOpposite(wanted, keys)) return 0;
  const last = wordsOf(leaf.path.at(-1) ?? '');
  const same = wanted.filter((word) => keys.includes(word)).length;
  const whole = last.length > 0 && last.every((word) => wanted.includes(word)) ? 2 : 0;
  // `dbname` and `db_name`
  const joined = last.length > 0 && last.join('') === wordsOf(names.at(-1) ?? '').join('') ? 4 : 0;
  return Math.max(2 * Math.min(same, 2) + whole, joined) + says(after, leaf.after) * 3 + says(before, leaf.before);
}

function isOpposite(wanted: readonly string[], keys: readonly string[]): boolean {
  const apart = (one: string, other: string) => wanted.includes(one) && keys.includes(other) && !keys.includes(one);
  return apart('max', 'min') || apart('min', 'max');
}

function says(shown: string | undefined, written: unknown): number {
  const text = typeof written === 'object' ? '' : String(written ?? '');
  if (shown === undefined || text === '') return 0;
  if (unquoted(shown) === text) return 1;
  return text.length > 2 && shown.includes(text) ? 0.5 : 0;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.map((word) => (word.length > 3 ? word.replace(/s$/, '').replace(/^(min|max)imum$/, '$1') : word));
}

function referred({ before = '', after = '' }: Finding): readonly string[] {
  return [before, after].flatMap((text) => referencesOf(text).map(({ to }) => to));
}

function leavesIn(value: unknown, path: readonly string[]): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesIn(one, [...path, String(index)]));
  if (!isMap(value)) return [{ path, after: value }];
  return Object.entries(value).flatMap(([key, one]) => leavesIn(one, [...path, key]));
}

function leavesOf(tree: Tree, path: readonly string[]): Leaf[] {
  if (tree.kind === 'scalar') return [{ path, after: tree.value }];
  if (tree.kind === 'list') return tree.items.flatMap((item, index) => leavesOf(item, [...path, String(index)]));
  return [...tree.entries].flatMap(([key, { value }]) => leavesOf(value, [...path, key]));
}

function treeAt(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((here, step) => {
    if (here?.kind === 'map') return here.entries.get(String(step))?.value;
    if (here?.kind !== 'list') return undefined;
    return here.items.find((item) => item.kind === 'map' && nameIn(item) === step) ?? here.items[Number(step)];
  }, tree);
}

function nameIn(tree: Tree): unknown {
  const name = tree.kind === 'map' ? tree.entries.get('name')?.value : undefined;
  return name?.kind === 'scalar' ? name.value : undefined;
}

/** Things with a name are told by it: `services[api].cpu`. */
function spelled(path: readonly string[], tree: Tree): string {
  return path.reduce((text, step, index) => {
    const inList = treeAt(tree, path.slice(0, index))?.kind === 'list';
    return inList ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`;
  }, '');
}
