import { isMap, type Values } from '../graph/values';
import { Mask, SENSITIVE } from '../sensitive/mask';
import type { AttributeChange } from './change';
import { canonical, isEmpty, jsonIn, orderMatters, plainText } from './meaning';
import { isVariable, plainSecretsIn } from './plain-secrets';

/** Two states of a resource and what Terraform marks in them. */
export interface Sides {
  readonly before: Values;
  readonly after: Values;
  readonly unknown?: unknown;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;

  /** Arguments that somebody wrote: other values that are known only after the apply are AWS's own. All, when not told. */
  readonly written?: ReadonlySet<string>;
}

export interface Differences {
  /** In the order of their paths; their values hold nothing sensitive. */
  readonly attributes: readonly AttributeChange[];

  /** Attributes that are written differently and mean the same. */
  readonly sameMeaning: readonly string[];
}

/** A value with the marks that lie over it. */
interface Side {
  readonly value: unknown;
  readonly sensitive: unknown;
}

/** What differs between two states of a resource, JSON texts looked into and noise left away. */
export function differences(sides: Sides, mask = new Mask()): Differences {
  const { before, after, unknown, beforeSensitive, afterSensitive, written } = sides;
  const attributes: AttributeChange[] = [];
  const sameMeaning: string[] = [];
  for (const key of keysOf(before, after, isMap(unknown) ? unknown : {})) {
    const mark = at(unknown, key);
    if (mark === true && written !== undefined && !written.has(key)) continue;
    if (!holdsTrue(mark) && equal(before[key], after[key])) continue;
    const one = { value: plainText(before[key], key), sensitive: at(beforeSensitive, key) };
    const other = { value: plainText(after[key], key), sensitive: at(afterSensitive, key) };
    const found = [...new Comparer(mask).compare(key, one, other, mark)];
    attributes.push(...found);
    if (found.length === 0 && JSON.stringify(before[key]) !== JSON.stringify(after[key])) sameMeaning.push(key);
  }
  return { attributes: withoutRepeatedTags(attributes), sameMeaning };
}

class Comparer {
  constructor(
    private readonly mask: Mask,
    /** Inside of a JSON text, where 0 and false are values; in blocks, providers write them for what is not set. */
    private readonly inJson = false,
  ) {}

  *compare(path: string, one: Side, other: Side, unknown: unknown): Iterable<AttributeChange> {
    if (unknown === true) return yield this.change(path, one, { ...other, value: undefined }, true);
    if (one.value === other.value) return;
    if (!this.inJson && path.includes('[') && isZero(one.value) && isZero(other.value) && !holdsTrue(unknown)) return;
    const [before, after] = [opened(one), opened(other)];
    if (before.value !== one.value || after.value !== other.value) {
      return yield* new Comparer(this.mask, true).compare(path, before, after, unknown);
    }
    if (isEmpty(before.value) && isEmpty(after.value) && !holdsTrue(unknown)) return;
    if (isMap(before.value) && isMap(after.value)) {
      for (const key of keysOf(before.value, after.value, isMap(unknown) ? unknown : {}))
        yield* this.compare(`${path}.${key}`, part(before, key), part(after, key), at(unknown, key));
    } else if (isList(before.value) && isList(after.value)) {
      yield* this.lists(path, before, after, unknown);
    } else if (canonical(before.value, path) !== canonical(after.value, path) || holdsTrue(unknown)) {
      yield this.change(path, before, after, holdsTrue(unknown));
    }
  }

  private *lists(path: string, one: Side, other: Side, unknown: unknown): Iterable<AttributeChange> {
    const [before, after] = [elementsOf(one), elementsOf(other)];
    const marks = Array.isArray(unknown) ? unknown : [];
    const all = [...before, ...after].map(({ value }) => value);
    if (!all.every(isMap) || orderMatters(path, all)) {
      const same = canonical(one.value, path) === canonical(other.value, path);
      if (!same || holdsTrue(marks)) yield this.change(path, one, other, holdsTrue(marks));
      return;
    }
    const left = withoutSame(path, before, after, marks);
    // What a whole text lists, such as containers, is told by its place.
    const numbered = this.inJson && !/[.[]/.test(path);
    for (const { label, from, to } of pairs(left.before, left.after)) {
      const place = `${path}[${numbered ? (to?.index ?? from?.index) : label}]`;
      if (from && to) yield* this.compare(place, from, to, marks[to.index]);
      else yield this.change(place, from, to, to !== undefined && holdsTrue(marks[to.index]));
    }
  }

  private change(path: string, one: Side | undefined, other: Side | undefined, unknown: boolean): AttributeChange {
    const sensitive = [one, other].some(
      (side) => side !== undefined && !isEmpty(side.value) && side.sensitive === true,
    );
    const name = /([^.[\]]+)\]?(?:\.value)?$/.exec(path)?.[1] ?? '';
    const shown = (side: Side | undefined) => {
      if (side === undefined || side.value === undefined || side.value === null) return side?.value;
      return sensitive ? SENSITIVE : this.mask.value(hidden(side.value, side.sensitive), name);
    };
    const secret = unknown ? undefined : newSecret(path, one?.value, other?.value, sensitive);
    const values = { path: this.mask.text(path), before: shown(one), after: shown(other), unknown, sensitive };
    return secret === undefined ? values : { ...values, plainSecret: secret };
  }
}

/** What a provider hides is meant to be secret; a variable is read by whoever may describe what has it. */
function newSecret(path: string, before: unknown, after: unknown, sensitive: boolean): string | undefined {
  if (sensitive && !isVariable(path)) return undefined;
  const known = new Set([...plainSecretsIn(before, path)].map(({ key }) => key));
  return [...plainSecretsIn(after, path)].find(({ key }) => !known.has(key))?.kind;
}

interface Element extends Side {
  readonly index: number;
}

interface Pair {
  readonly label: string | number;
  readonly from: Element | undefined;
  readonly to: Element | undefined;
}

function isZero(value: unknown): boolean {
  return value === 0 || value === false || isEmpty(value);
}

/** Elements that both have are no difference, wherever they stand. */
function withoutSame(path: string, before: readonly Element[], after: readonly Element[], marks: readonly unknown[]) {
  const counts = new Map<string, number>();
  const known = after.map((one) => (holdsTrue(marks[one.index]) ? undefined : canonical(one.value, path)));
  for (const text of known) if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shared = new Map<string, number>();
  const left = before.filter(({ value }) => {
    const text = canonical(value, path);
    const count = counts.get(text) ?? 0;
    if (count > 0) {
      counts.set(text, count - 1);
      shared.set(text, (shared.get(text) ?? 0) + 1);
    }
    return count === 0;
  });
  const right = after.filter((_, index) => {
    const text = known[index];
    const count = text === undefined ? 0 : (shared.get(text) ?? 0);
    if (text !== undefined && count > 0) shared.set(text, count - 1);
    return count === 0;
  });
  return { before: left, after: right };
}

/** Things with a name belong together by it; others in their order. */
function pairs(before: readonly Element[], after: readonly Element[]): Pair[] {
  if ([...before, ...after].every(({ value }) => isNamed(value)) && areUnique(before) && areUnique(after)) {
    const names = [...new Set([...before, ...after].map(nameOf))];
    return names.map((name) => ({
      label: name,
      from: before.find((one) => nameOf(one) === name),
      to: after.find((one) => nameOf(one) === name),
    }));
  }
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [from, to] = [before[index], after[index]];
    return { label: to?.index ?? from?.index ?? index, from, to };
  });
}

/** A small block such as a parameter or an environment variable. */
function isNamed(value: unknown): value is { readonly name: string } {
  return isMap(value) && typeof value['name'] === 'string' && !Object.values(value).some(isObject);
}

function nameOf({ value }: Element): string {
  return isNamed(value) ? value.name : '';
}

function areUnique(elements: readonly Element[]): boolean {
  return new Set(elements.map(nameOf)).size === elements.length;
}

function opened({ value, sensitive }: Side): Side {
  return { value: jsonIn(value) ?? value, sensitive };
}

function part({ value, sensitive }: Side, key: string): Side {
  return { value: at(value, key), sensitive: at(sensitive, key) };
}

function elementsOf({ value, sensitive }: Side): Element[] {
  return (value as readonly unknown[]).map((one, index) => ({ index, value: one, sensitive: at(sensitive, index) }));
}

/** Values inside of which only a part is sensitive. */
function hidden(value: unknown, sensitive: unknown): unknown {
  if (sensitive === true) return SENSITIVE;
  if (!holdsTrue(sensitive)) return value;
  if (isList(value)) return value.map((one, index) => hidden(one, at(sensitive, index)));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hidden(one, at(sensitive, key))]));
}

/** `tags_all` repeats what is said in `tags`. */
function withoutRepeatedTags(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  const tags = new Set(attributes.map(({ path }) => path).filter((path) => /^tags(?:\.|$)/.test(path)));
  const repeats = (path: string) =>
    path.startsWith('tags_all') && (tags.has('tags') || tags.has(path.replace('tags_all', 'tags')));
  return attributes.filter(({ path }) => !repeats(path));
}

/** What lies inside of something marked is marked as well. */
function at(value: unknown, key: string | number): unknown {
  if (value === true) return true;
  return isObject(value) && Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}

function keysOf(first: Values, ...others: readonly Values[]): string[] {
  const keys = new Set(Object.keys(first));
  for (const other of others) for (const key of Object.keys(other)) keys.add(key);
  return [...keys].sort();
}

/** Most values are the same letter by letter, which is found out faster than what they mean. */
function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  if (keys.length !== others.length) return false;
  const [left, right] = [one as Values, other as Values];
  return keys.every((key) => Object.hasOwn(other, key) && equal(left[key], right[key]));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function holdsTrue(marks: unknown): boolean {
  return marks === true || (isObject(marks) && Object.values(marks).some(holdsTrue));
}
