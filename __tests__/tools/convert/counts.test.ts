import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { keys } from '../../../src/tools/convert/keys';
import { countsOf, reportJson, reportText } from '../../../src/tools/convert/report';
import { converted, HEAD, olderFile, translated } from '../../support/converted';
import { leafPaths } from '../../support/leaves';

const files = ['small', 'whole', 'flat', 'every-key'];

test.each(files)('every key of %s.yaml is in the report once, in the order of the file', (file) => {
  const text = olderFile(file);
  const report = { ...translated(text), problems: [] };
  expect(report.entries.map(({ path }) => path)).toEqual(leafPaths(text));
  const { keys: all, kept, renamed, dropped, refused } = countsOf(report);
  expect(kept + renamed + dropped + refused).toBe(all);
  expect(all).toBe(leafPaths(text).length);
});

/** Words that are keys somewhere, and some that are keys nowhere. */
const words = [...new Set(Object.keys(keys).flatMap((key) => key.split(/[.[\]*]+/).filter(Boolean)))];
const word = fc.oneof(
  fc.constantFrom(...words, 'constructor', 'toString', 'colour', 'a.b', 'a b', 'ключ', 'cpu '),
  fc.stringMatching(/^[a-z][a-z_]{0,11}$/), // "__proto__" is refused before it is read
);
const scalar = fc.oneof(
  fc.constantFrom(null, '', true, false, 'yes', '256', 0, 3.5, '${x}', 'text', '["a", "b"]', '[broken', '16.x'),
  fc.string({ maxLength: 12 }),
  fc.integer(),
);
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 5 }),
  ),
}));

test('whatever a file holds, each of its keys is in the report once', () => {
  fc.assert(
    fc.property(fc.dictionary(word, anything, { maxKeys: 8 }), (extra) => {
      const text = stringify({ ...parse(HEAD), ...extra });
      const paths = translated(text).entries.map(({ path }) => path);
      expect(paths).toEqual(leafPaths(text));
    }),
    { numRuns: 100 },
  );
});

test('a file whose keys are changed, moved and removed at will keeps its count', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('rename', 'remove', 'empty', 'wrap', 'list', 'text'), word), {
        maxLength: 6,
      }),
      (file, changes) => {
        const document = { ...parse(olderFile(file)), state_bucket: 'shop-state' };
        for (const [seed, change, name] of changes) changeAt(document, seed, change, name);
        const text = stringify(document);
        const { entries, yaml } = translated(text);
        expect(entries.map(({ path }) => path)).toEqual(leafPaths(text));
        expect(() => parse(yaml)).not.toThrow();
      },
    ),
    { numRuns: 100 },
  );
});

test('the report ends with the counts, and the one for programs has the same', () => {
  const { report } = converted(`${HEAD}colour: red\nschema_version: 7\n`);
  expect(reportText(report)).toMatch(/\n7 keys: 4 kept, 1 renamed, 1 dropped, 1 refused\n$/);
  expect(JSON.parse(reportJson(report))).toMatchObject({
    file: 'dev.yaml',
    counts: { keys: 7, kept: 4, renamed: 1, dropped: 1, refused: 1 },
    keys: expect.arrayContaining([
      { path: 'state_bucket', line: 4, column: 1, as: 'renamed', to: ['state.bucket'], why: expect.any(String) },
    ]),
  });
});

/** Changes one map somewhere in the document. */
function changeAt(document: object, seed: number, change: string, name: string): void {
  const maps = [...mapsOf(document)];
  const map = maps[seed % maps.length] as Record<string, unknown>;
  const key = Object.keys(map)[seed % Math.max(Object.keys(map).length, 1)];
  if (key === undefined || (map === document && key === 'state_bucket')) return;
  const value = map[key];
  if (change === 'rename' || change === 'remove') delete map[key];
  if (change === 'rename') map[name] = value;
  if (change === 'empty') map[key] = null;
  if (change === 'wrap') map[key] = { [name]: value };
  if (change === 'list') map[key] = [value];
  if (change === 'text') map[key] = name;
}

function* mapsOf(value: unknown): Iterable<object> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inner of Object.values(value)) yield* mapsOf(inner);
}
