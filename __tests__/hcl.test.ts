import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { afterAll, expect, test } from 'vitest';
import { root, run } from './support/program';

const work = mkdtempSync(join(tmpdir(), 'terrace-hcl-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
for (const part of ['environments', 'functions']) cpSync(join(root, part), join(work, part), { recursive: true });
cpSync(join(__dirname, 'examples'), join(work, 'environments'), { recursive: true });
const out = join(work, 'cdktf.out', 'stacks');

run('synth', [], work);
const json = new Map(
  readdirSync(out).map((stack) => [stack, JSON.parse(readFileSync(join(out, stack, 'cdk.tf.json'), 'utf8'))]),
);
run('synth', ['--hcl'], work);

for (const [stack, expected] of json) {
  test(`the HCL of ${stack} describes the same configuration as its JSON`, async () => {
    const parsed = await parse('cdk.tf', readFileSync(join(out, stack, 'cdk.tf'), 'utf8'));
    expect(normal(parsed)).toEqual(normal(expected));
  });
}

test('the comparison sees a difference in a nested block', async () => {
  const stack = [...json.keys()].find((name) => name.endsWith('-bootstrap')) ?? '';
  const text = readFileSync(join(out, stack, 'cdk.tf'), 'utf8').replace('noncurrent_days = 90', 'noncurrent_days = 91');
  expect(normal(await parse('cdk.tf', text))).not.toEqual(normal(json.get(stack)));
});

/** One form for what the two languages write differently: single blocks, absent values, references, comments. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items.length === 1 ? items[0] : items;
  }
  if (typeof value === 'string') return value.replace(/^\$\{([a-z0-9_.]+)\}$/, '$1');
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .filter(([key]) => key !== '//')
    .map(([key, inner]) => [key, normal(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
