import type { Entry, Tree } from './tree';

/** What `{project}` and `{env}` stand for in names. */
export interface Placeholders {
  readonly project: string;
  readonly env: string;
}

/**
 * Fills `{project}` and `{env}` in under keys that end in `name` or `value`, and in the lists of those that end in
 * `parameters`: base.yaml can pin names and variables of every environment.
 */
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
  if (value.kind === 'list' && /(?:^|_)parameters$/.test(key))
    return { ...value, items: value.items.map((item) => fillText(item, values)) };
  if (value.kind !== 'scalar') return fillPlaceholders(value, values);
  return /(?:^|_)(?:name|value|bucket)$/.test(key) ? fillText(value, values) : value;
}

function fillText(value: Tree, { project, env }: Placeholders): Tree {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return value;
  return { ...value, value: value.value.replaceAll('{project}', project).replaceAll('{env}', env) };
}
