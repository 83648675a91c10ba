import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { findFiles } from '../spec/load/find-files';
import type { Position } from '../spec/load/problem';
import { readTree, writtenIn } from '../spec/load/read-tree';
import type { Entry, Tree } from '../spec/load/tree';
import type { WrittenStack } from '../tools/review/yaml/yaml-lines';

/** What the environment files below a folder say, by stack; their places are told as seen from that folder. */
export function writtenStacks(home = '.'): ReadonlyMap<string, WrittenStack> {
  const folder = join(home, 'environments');
  if (!existsSync(folder)) return new Map();
  const lines = new Map<string, readonly string[]>();
  const lineAt = ({ file, line }: Position) => {
    const known = lines.get(file) ?? readFileSync(join(home, file), 'utf8').split('\n');
    lines.set(file, known);
    return known[line - 1] ?? '';
  };
  return new Map(
    findFiles(folder).files.map((file): [string, WrittenStack] => {
      const written = writtenIn(file);
      if (!written) return [nameAt(file), { ...NOTHING, lineAt, problems: readTree(file).problems }];
      return [written.stack, { file: relative(home, file), tree: seenFrom(home, written.tree), lineAt }];
    }),
  );
}

/** What is said by a file that nobody can read. */
const NOTHING = { tree: { kind: 'map', at: { file: '', line: 1, column: 1 }, entries: new Map() } } as const;

/** As folder and file are called. */
function nameAt(file: string): string {
  return `${basename(dirname(resolve(file)))}-${basename(file, '.yaml')}`;
}

/** What was written for a stack; a bootstrap stack is made of what its environments say, mostly in their base.yaml. */
export function writtenFor(stack: string, stacks: ReadonlyMap<string, WrittenStack>): WrittenStack | undefined {
  const [, project] = /^(.+)-bootstrap(?:-\d+)?$/.exec(stack) ?? [];
  const [user] =
    project === undefined ? [] : [...stacks.keys()].filter((name) => name.startsWith(`${project}-`)).sort();
  return stacks.get(stack) ?? stacks.get(user ?? '');
}

function seenFrom(home: string, tree: Tree): Tree {
  const place = (at: Position): Position => ({ ...at, file: relative(resolve(home), resolve(at.file)) });
  const walk = (one: Tree): Tree => {
    if (one.kind === 'scalar') return { ...one, at: place(one.at) };
    if (one.kind === 'list') return { ...one, at: place(one.at), items: one.items.map(walk) };
    const entries = [...one.entries].map(([key, { keyAt, value }]): [string, Entry] => [
      key,
      { keyAt: place(keyAt), value: walk(value) },
    ]);
    return { ...one, at: place(one.at), entries: new Map(entries) };
  };
  return walk(tree);
}
