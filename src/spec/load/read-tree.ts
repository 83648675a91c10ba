import { lstatSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BASE } from './find-files';
import { overlay } from './overlay';
import { parseYaml } from './parse-yaml';
import { fillPlaceholders } from './placeholders';
import type { Problem } from './problem';
import { readText } from './read-text';
import { type Tree, valueAt } from './tree';

/** What folder and file of an environment are called. */
export interface Home {
  readonly project: string;
  readonly env: string;
}

export function readTree(file: string): { readonly tree?: Tree; readonly problems: readonly Problem[] } {
  const read = readText(file);
  if ('problem' in read) return { problems: [read.problem] };
  const parsed = parseYaml(file, read.text);
  if (!('tree' in parsed)) return parsed;
  if (parsed.tree.kind === 'map') return parsed;
  const kind = parsed.tree.kind === 'list' ? 'a list' : 'a single value';
  return {
    problems: [
      { at: parsed.tree.at, path: '', message: `expected a map of sections such as "region: us-east-1", got ${kind}` },
    ],
  };
}

/** An environment's tree over that of the base.yaml beside it, names filled in. */
export function laidOver(
  file: string,
  base: Tree | undefined,
  own: Tree,
): { readonly tree: Tree; readonly home: Home; readonly problems: readonly Problem[] } {
  const home = { project: basename(dirname(resolve(file))), env: basename(file, '.yaml') };
  const merged = base ? overlay(base, own) : { tree: own, problems: [] };
  const names = { project: said(merged.tree, 'project') ?? home.project, env: said(merged.tree, 'env') ?? home.env };
  return { tree: fillPlaceholders(merged.tree, names), home, problems: merged.problems };
}

/** What an environment file says with its base.yaml, by the name of its stack, checked or not: an older one may be of an older language. */
export function writtenIn(file: string): { readonly stack: string; readonly tree: Tree } | undefined {
  const beside = join(dirname(file), BASE);
  const own = readTree(file).tree;
  const base = lstatSync(beside, { throwIfNoEntry: false }) && readTree(beside).tree;
  if (!own) return undefined;
  const { tree, home } = laidOver(file, base, own);
  return { stack: `${said(tree, 'project') ?? home.project}-${said(tree, 'env') ?? home.env}`, tree };
}

export function said(tree: Tree, key: string): string | undefined {
  const value = valueAt(tree, [key]);
  return typeof value === 'string' ? value : undefined;
}
