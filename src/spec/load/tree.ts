import type { Position } from './problem';

/** A YAML value that remembers where it was written, so that a merged document can still point at its lines. */
export type Tree = MapTree | ListTree | ScalarTree;

export interface MapTree {
  readonly kind: 'map';
  readonly at: Position;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly keyAt: Position;
  readonly value: Tree;
}

export interface ListTree {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Tree[];
}

interface ScalarTree {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: string | number | boolean | null;
}

/** Keys and indexes from the root of a document; an item of a list may also be given by its name. */
export type Path = readonly (string | number)[];

/** The value alone, without positions. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** Where `path` was written; for what was never written, where its nearest parent was. */
export function locate(tree: Tree, path: Path): Position {
  let at = tree.at;
  let here = tree;
  for (const step of path) {
    const next = child(here, step);
    if (next === undefined) break;
    at = next.value.kind === 'scalar' ? next.value.at : next.at;
    here = next.value;
  }
  return at;
}

/** Where the last key of `path` was written, for a problem of the key itself. */
export function locateKey(tree: Tree, path: Path): Position {
  const parent = path.slice(0, -1).reduce<Tree | undefined>((here, step) => here && child(here, step)?.value, tree);
  const last = path.at(-1);
  const found = parent && last !== undefined ? child(parent, last) : undefined;
  return found?.at ?? locate(tree, path);
}

/** The value at `path`, or undefined where nothing is written. */
export function valueAt(tree: Tree, path: Path): unknown {
  const found = path.reduce<Tree | undefined>((here, step) => here && child(here, step)?.value, tree);
  return found && plain(found);
}

/** The `name` of an item of a list of named things. */
export function nameOf(tree: Tree): string | undefined {
  if (tree.kind !== 'map') return undefined;
  const name = tree.entries.get('name')?.value;
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
}

function child(tree: Tree, step: string | number): { at: Position; value: Tree } | undefined {
  if (tree.kind === 'map') {
    const entry = tree.entries.get(String(step));
    return entry && { at: entry.keyAt, value: entry.value };
  }
  if (tree.kind === 'list') {
    const item = tree.items[Number(step)] ?? tree.items.find((candidate) => nameOf(candidate) === step);
    return item && { at: item.at, value: item };
  }
  return undefined;
}
