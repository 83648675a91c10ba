import type { Entry, Tree } from './tree';

/** What `{project}` and `{env}` stand for in names. */
export interface Placeholders {
  readonly project: string;
  readonly env: string;
}

/** Fills `{project}` and `{env}` in under keys that end in `name` or `value`: base.yaml can pin names and variables of every environment. */
export function fillPlaceholders(tree: Tree, values: Placeholders): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => fillPlaceholders(item, values)) };
  if (tree.kind === 'scalar') return tree;
  const entries = [...tree.entries].map(([key, entry]): [string, Entry] => [
    key,
    { ...entry, value: fillEntry(key, entry.value, values) },
  ]);
  return { ...tree, entries: new Map(entries) };
}

function fillEntry(key: string, value: Tree, values: Placeholders): Tree {
  if (value.kind !== 'scalar') return fillPlaceholders(value, values);
  if (typeof value.value !== 'string' || !/(?:^|_)(?:name|value)$/.test(key)) return value;
  return { ...value, value: value.value.replaceAll('{project}', values.project).replaceAll('{env}', values.env) };
}
