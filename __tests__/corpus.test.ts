import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bases } from '../corpus/making/bases';
import { casesIn, verdicts } from '../corpus/making/case';
import { complaints } from '../corpus/making/check';

const folder = join(__dirname, '..', 'corpus');
const cases = casesIn(join(folder, 'cases'));
const files = readdirSync(join(folder, 'plans'));
const packed = new Map(files.map((file) => [file.replace('.json.br', ''), readFileSync(join(folder, 'plans', file))]));
const calm = cases.filter(({ expected }) => ['behaviour', 'harmless'].includes(expected.verdict));
const dangerous = cases.filter(
  ({ expected }) => expected.verdict !== 'unknown' && !calm.some((one) => one.expected === expected),
);

describe('the corpus of plans', () => {
  test('has a plan of every case, and a case of every plan', () => {
    expect([...packed.keys()].sort()).toEqual(cases.map(({ name }) => name).sort());
  });

  test('has 42 dangerous plans and 22 that only look it', () => {
    expect(dangerous.length).toBeGreaterThanOrEqual(42);
    expect(calm.length).toBeGreaterThanOrEqual(22);
  });

  test('is small enough to be cloned by everybody', () => {
    const sizes = [...packed.values()].map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(60_000);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(5_000_000);
  });

  test('says of each what happens in AWS, in words of its own', () => {
    expect(new Set(cases.map(({ says }) => says)).size).toBe(cases.length);
    for (const { name, stack, expected } of cases) {
      expect(bases, name).toHaveProperty(stack);
      expect(
        [expected.verdict, ...(expected.or ?? [])].filter((one) => !verdicts.includes(one)),
        name,
      ).toEqual([]);
    }
  });

  for (const { name, expected } of cases) {
    test(`${name} is a plan that tells nothing of where it was made, and changes what the case names`, () => {
      const text = brotliDecompressSync(packed.get(name) ?? Buffer.alloc(0)).toString();
      expect(complaints(text)).toEqual([]);
      const { terraform_version, resource_changes } = JSON.parse(text) as Plan;
      expect(terraform_version).toMatch(/^1\.11\./);
      const change = resource_changes.find(({ address }) => address === expected.address)?.change;
      const { attribute } = expected;
      if (expected.address) expect(change?.actions ?? ['no-op']).not.toEqual(['no-op']);
      if (!attribute || !change) return;
      const unknown = change.after_unknown as Readonly<Record<string, unknown>>;
      expect(change.after?.[attribute] === undefined ? unknown[attribute] : change.after[attribute]).not.toEqual(
        change.before?.[attribute],
      );
    });
  }
});

interface Plan {
  readonly terraform_version: string;
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown: unknown;
    };
  }[];
}
