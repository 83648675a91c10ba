import type { Position } from '../../../spec/load/problem';
import { nameOf, plain, type Tree } from '../../../spec/load/tree';

/** A part of an environment's files that is not what it was: as small as it can be told. */
export interface YamlChange {
  /** Keys, names of things in lists, and places in other lists, as texts. */
  readonly path: readonly string[];

  /** Where it is written; what is gone, where it was. */
  readonly at: Position;
  readonly removed: boolean;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two readings of an environment's files, base.yaml included. */
export function yamlChanges(before: Tree | undefined, after: Tree | undefined): readonly YamlChange[] {
  if (!before || !after) return [];
  // What is accepted changes nothing.
  return [...compare(before, after, [])].filter(({ path }) => path[0] !== 'accept');
}

function* compare(before: Tree, after: Tree, path: readonly string[]): Iterable<YamlChange> {
  if (JSON.stringify(plain(before)) === JSON.stringify(plain(after))) return;
  const [was, now] = [childrenOf(before), childrenOf(after)];
  if (!was || !now || before.kind !== after.kind) {
    yield { path, at: after.at, removed: false, before: plain(before), after: plain(after) };
    return;
  }
  const partners = partnersOf(was, now);
  const kept = new Set(partners.values());
  for (const [key, child] of now) {
    const place = [...path, key];
    const partner = partners.get(key);
    if (partner !== undefined) yield* compare(partner.value, child.value, place);
    else yield { path: place, at: child.at, removed: false, before: undefined, after: plain(child.value) };
  }
  for (const [key, child] of was) {
    if (!kept.has(child))
      yield { path: [...path, key], at: child.at, removed: true, before: plain(child.value), after: undefined };
  }
}

interface Child {
  readonly at: Position;
  readonly value: Tree;
}

/** What belongs together: by key, by name or the name it had, in other lists by what it says. */
function partnersOf(was: ReadonlyMap<string, Child>, now: ReadonlyMap<string, Child>): ReadonlyMap<string, Child> {
  if ([...was.keys(), ...now.keys()].every((key) => /^\d+$/.test(key))) return inOrder(was, now);
  return new Map(
    [...now].flatMap(([key, child]): [string, Child][] => {
      const partner = was.get(key) ?? was.get(earlierName(child.value) ?? '');
      return partner ? [[key, partner]] : [];
    }),
  );
}

/** Things without names: those that say the same belong together, and the rest in their order. */
function inOrder(was: ReadonlyMap<string, Child>, now: ReadonlyMap<string, Child>): ReadonlyMap<string, Child> {
  const left = [...was.values()];
  const take = (index: number) => (index < 0 ? undefined : left.splice(index, 1)[0]);
  const said = ({ value }: Child) => JSON.stringify(plain(value));
  const same = new Map([...now].map(([key, child]) => [key, take(left.findIndex((one) => said(one) === said(child)))]));
  return new Map(
    [...now.keys()].flatMap((key): [string, Child][] => {
      const partner = same.get(key) ?? take(left.length > 0 ? 0 : -1);
      return partner ? [[key, partner]] : [];
    }),
  );
}

function earlierName(tree: Tree): string | undefined {
  const was = tree.kind === 'map' ? tree.entries.get('was')?.value : undefined;
  return was?.kind === 'scalar' && typeof was.value === 'string' ? was.value : undefined;
}

function childrenOf(tree: Tree): ReadonlyMap<string, Child> | undefined {
  if (tree.kind === 'map') {
    const entries = [...tree.entries].map(([key, { keyAt, value }]): [string, Child] => [
      key,
      { at: value.kind === 'scalar' ? value.at : keyAt, value },
    ]);
    return new Map(entries);
  }
  if (tree.kind === 'scalar') return undefined;
  const names = tree.items.map(nameOf);
  const named = tree.items.length > 0 && names.every((name) => name !== undefined);
  const key = (item: Tree, index: number) => {
    if (named) return names[index] ?? '';
    return item.kind === 'scalar' ? String(item.value) : String(index);
  };
  return new Map(tree.items.map((item, index) => [key(item, index), { at: item.at, value: item }]));
}
