import { nearest } from './nearest';
import type { Problem } from './problem';
import { type Entry, type ListTree, type MapTree, nameOf, type Path, type Tree } from './tree';

/**
 * Lays an environment's file over its base: maps merge by key, lists of named things by `name`, everything else replaces.
 *
 * A named thing that only the overlay has is refused unless it says `added: true`: it is most often a misspelt name.
 */
export function overlay(base: Tree, top: Tree): { readonly tree: Tree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { tree: merge(base, top, []), problems };

  function merge(under: Tree, over: Tree, path: Path): Tree {
    if (under.kind === 'map' && over.kind === 'map') return mergeMaps(under, over, path);
    if (under.kind === 'list' && over.kind === 'list' && isNamed(under) && isNamed(over))
      return mergeNamed(under, over, path);
    return over;
  }

  function mergeMaps(under: MapTree, over: MapTree, path: Path): MapTree {
    const entries = new Map<string, Entry>(under.entries);
    for (const [key, entry] of over.entries) {
      const below = under.entries.get(key);
      entries.set(key, below ? { keyAt: entry.keyAt, value: merge(below.value, entry.value, [...path, key]) } : entry);
    }
    return { kind: 'map', at: over.at, entries };
  }

  function mergeNamed(under: ListTree, over: ListTree, path: Path): ListTree {
    const names = under.items.map(nameOf);
    const items = [...under.items];
    for (const item of over.items) {
      const name = nameOf(item);
      const index = names.indexOf(name);
      const below = items[index];
      if (below !== undefined) items[index] = merge(below, item, [...path, index]);
      else items.push(added(item, name, names, path));
    }
    return { kind: 'list', at: over.at, items };
  }

  function added(item: Tree, name: string | undefined, names: readonly (string | undefined)[], path: Path): Tree {
    if (item.kind !== 'map') return item;
    const flag = item.entries.get('added')?.value;
    if (flag?.kind === 'scalar' && flag.value === true) return item;
    const known = names.filter((known): known is string => known !== undefined);
    const meant = nearest(name ?? '', known);
    const advice = meant
      ? `did you mean "${meant}"?`
      : `base.yaml has ${known.map((known) => `"${known}"`).join(', ')};`;
    problems.push({
      at: item.entries.get('name')?.value.at ?? item.at,
      path: path.join('.'),
      message: `expected a name that base.yaml has, got "${name}": ${advice} if only this environment has it, write "added: true" beside it`,
    });
    return item;
  }
}

function isNamed(list: ListTree): boolean {
  return list.items.length > 0 && list.items.every((item) => nameOf(item) !== undefined);
}
