import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { environmentFile } from '../../src/spec/environment-file';
import { camelCase, knownKeys, schemaAt } from '../../src/spec/load/casing';
import { readEnvironments } from '../../src/spec/load/load';
import { nearest } from '../../src/spec/load/nearest';
import type { Problem } from '../../src/spec/load/problem';
import { folder } from '../support/files';

const ENVIRONMENTS = resolve(__dirname, '../../environments');
const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(ENVIRONMENTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file, readFileSync(join(ENVIRONMENTS, file), 'utf8')]),
);

type Path = readonly (string | number)[];

/** A key of a shipped file. */
interface Site {
  readonly file: string;
  readonly path: Path;
  readonly key: string;

  /** Keys that the language knows beside it; none where users invent them. */
  readonly known: readonly string[];
}

const SITES = Object.entries(FILES).flatMap(([file, text]) => sitesOf(file, parseDocument(text).contents, []));

test('reads the shipped files, and finds their keys to break', () => {
  expect(readEnvironments([ENVIRONMENTS]).problems).toEqual([]);
  expect(SITES.length).toBeGreaterThan(200);
});

test('fails on every misspelt key at its line, and knows what was meant', async () => {
  const sites = SITES.filter(({ known, key }) => known.length > 0 && key.length > 1);
  const read = reader();
  const misspelling = fc.tuple(
    fc.constantFrom(...sites),
    fc.nat(),
    fc.constantFrom('swap', 'drop', 'insert'),
    letter(),
  );
  await fc.assert(
    fc.asyncProperty(misspelling, async ([site, place, how, letter]) => {
      const word = misspell(site.key, place, how, letter);
      fc.pre(!site.known.includes(word));
      const { text, line } = renamed(site, word);
      const found = (await read(site.file, text)).filter(({ at }) => at.line === line);
      expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining('unknown key'));
      if (site.key.length >= 4 && !hasRival(site, word)) {
        expect(found.map(({ message }) => message)).toContainEqual(
          expect.stringContaining(`did you mean "${site.key}"?`),
        );
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('fails on every key that slips one level up, at its line', async () => {
  const sites = SITES.filter(({ path }) => path.length > 1);
  const read = reader();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sites), async ({ file, path, key }) => {
      const above = mapAbove(path);
      fc.pre(!knownAt(above).includes(key));
      const { text, line } = changed(file, [...above, key], (document) => {
        const value = document.getIn(path, true);
        document.deleteIn(path);
        document.setIn([...above, key], value);
      });
      const found = (await read(file, text)).filter(({ at }) => at.line === line);
      expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining('unknown key'));
    }),
    { seed: 7, numRuns: 150 },
  );
});

test('fails on every value of a wrong type, at its line', async () => {
  const read = reader();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SITES), fc.boolean(), async ({ file, path }, other) => {
      const { text, line } = changed(file, path, (document) => {
        document.setIn(path, wrong(document.getIn(path), other));
      });
      const found = (await read(file, text)).filter(({ at }) => at.line === line);
      expect(found.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^expected .*, got /));
    }),
    { seed: 7, numRuns: 250 },
  );
});

function sitesOf(file: string, node: unknown, path: Path): Site[] {
  if (isSeq(node)) return node.items.flatMap((item, index) => sitesOf(file, item, [...path, index]));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    return [{ file, path: [...path, name], key: name, known: knownAt(path) }, ...sitesOf(file, value, [...path, name])];
  });
}

function knownAt(path: Path): readonly string[] {
  const schema = schemaAt(
    environmentFile,
    path.map((step) => (typeof step === 'string' ? camelCase(step) : step)),
  );
  return schema ? knownKeys(schema) : [];
}

function letter() {
  return fc.integer({ min: 97, max: 122 }).map((code) => String.fromCharCode(code));
}

/** One step away from `word`; the word itself where neighbours are the same. */
function misspell(word: string, place: number, how: string, letter: string): string {
  const at = place % (word.length - 1);
  const [before, after] = [word.slice(0, at), word.slice(at)];
  if (how === 'swap') return `${before}${after[1]}${after[0]}${after.slice(2)}`;
  if (how === 'drop') return before + after.slice(1);
  return before + letter + after;
}

/** Whether another known key is as near to the misspelt word: "proect" may be project or protect. */
function hasRival({ key, known }: Site, word: string): boolean {
  return known.some((other) => other !== key && nearest(word, [other, key]) === other);
}

/** The file with another word for the key, nothing else changed. */
function renamed({ file, path }: Site, word: string): { readonly text: string; readonly line: number } {
  const text = FILES[file] ?? '';
  const { start, end, line } = keyRange(text, path);
  return { text: text.slice(0, start) + word + text.slice(end), line };
}

/** The file after `change`, and the line that now has the key at `path`. */
function changed(file: string, path: Path, change: (document: Document) => void) {
  const document = parseDocument(FILES[file] ?? '');
  change(document);
  const text = document.toString({ lineWidth: 0 });
  return { text, line: keyRange(text, path).line };
}

function keyRange(text: string, path: Path): { readonly start: number; readonly end: number; readonly line: number } {
  const lines = new LineCounter();
  const map = parseDocument(text, { lineCounter: lines }).getIn(path.slice(0, -1), true);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1)) : undefined;
  if (!pair || !isNode(pair.key) || !pair.key.range) throw new Error(`there is no ${path.join('.')}`);
  const [start, end] = pair.key.range;
  return { start, end, line: lines.linePos(start).line };
}

/** The path of the map around the one that holds the last key. */
function mapAbove(path: Path): Path {
  const above = path.slice(0, -1);
  while (typeof above.at(-1) === 'number') above.pop();
  above.pop();
  return above;
}

/** A value that no key takes in place of `value`; `other` chooses between two. */
function wrong(value: unknown, other: boolean): unknown {
  // The JSON text of a list may be the list itself: it is said to be wrong at its items then, a line below.
  const list = typeof value === 'string' && value.startsWith('[');
  if (typeof value === 'string') return other ? 7 : list ? true : [7];
  if (typeof value === 'number') return other ? 'seven' : [7];
  if (typeof value === 'boolean') return other ? 'perhaps' : 7;
  return other ? 'seven' : 7;
}

/** Reads the shipped files of a system with one of them replaced: the problems of that file. */
function reader(): (file: string, text: string) => Promise<Problem[]> {
  const root = folder(FILES);
  return async (file, text) => {
    await setImmediate(); // lets the test runner hear that we are alive
    writeFileSync(join(root, file), text);
    const { problems } = readEnvironments([join(root, dirname(file))]);
    writeFileSync(join(root, file), FILES[file] ?? '');
    return problems.filter(({ at }) => at.file === join(root, file));
  };
}
