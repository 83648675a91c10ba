import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bases } from '../../../corpus/making/bases';
import { type Case, casesIn, type TextChange } from '../../../corpus/making/case';
import { changeText } from '../../../corpus/making/change';
import { type Judged, judging } from '../../../src/cli/judged';
import { writtenStacks } from '../../../src/cli/written-stacks';
import type { Finding } from '../../../src/tools/review/finding';
import { comparisonOfPlan } from '../../../src/tools/review/plan-comparison';
import { readPlan } from '../../../src/tools/review/read-plan';
import { byVerdict } from '../../../src/tools/review/verdict';

// Plans by real Terraform, and what a careful reviewer would say of each: corpus/README.md says how they were made.
const DAY = '2026-01-01';
const cases = casesIn('corpus/cases');
const isDangerous = ({ expected }: Case) => byVerdict(expected.verdict, 'behaviour') < 0;
const written = writtenStacks();

describe('of the plans of the corpus', () => {
  test('at least 40 are dangerous and 20 look so', () => {
    expect(cases.filter(isDangerous).length).toBeGreaterThanOrEqual(40);
    expect(cases.filter((one) => !isDangerous(one)).length).toBeGreaterThanOrEqual(20);
  });

  for (const one of cases)
    test(`${one.name} is judged by what would happen: ${one.says.trim()}`, () => {
      const { review } = judged(one);
      const { verdict, or = [], address, attribute } = one.expected;
      const said = review.findings.map((finding) => `${finding.verdict}: ${finding.address} ${finding.attribute}`);
      if (verdict === 'unknown' && address !== undefined) {
        expect(said).toContainEqual(expect.stringContaining(`unknown: ${address}`));
        return;
      }
      expect([verdict, ...or], said.slice(0, 10).join('\n')).toContain(review.verdict);
      if (address !== undefined) expect(named(one, review.findings, attribute), said.join('\n')).not.toHaveLength(0);
      // Once more on the page: no review shows what is sensitive.
      expect(JSON.stringify(review)).not.toContain('a-client-secret-made-up-for-the-corpus');
    });

  for (const one of cases.filter(({ expected }) => expected.yaml !== undefined))
    test(`${one.name} is traced to its line of YAML`, () => {
      const { address, attribute, yaml } = one.expected;
      const lines = named(one, judged(one).review.findings, attribute).map((finding) => finding.yaml);
      // A key within it is more exact, and right too.
      const right = lines.filter(
        (line) => line?.text === yaml?.line && byNames(line?.path).startsWith(yaml?.path ?? '-'),
      );
      expect(right, `${address}: ${JSON.stringify(lines)}`).not.toHaveLength(0);
    });
});

/** `sqs[mail]` → `sqs.mail`. */
function byNames(path = ''): string {
  return path.replace(/\[([^\]]+)\]/g, '.$1');
}

/** A path within the attribute is more exact, and right too. */
function named({ expected }: Case, findings: readonly Finding[], attribute: string | undefined): readonly Finding[] {
  return findings.filter(
    (finding) =>
      finding.address === expected.address &&
      finding.verdict === expected.verdict &&
      (attribute === undefined || finding.attribute === undefined || finding.attribute.startsWith(attribute)),
  );
}

function judged(one: Case): Judged {
  const read = readPlan(brotliDecompressSync(readFileSync(`corpus/plans/${one.name}.json.br`)));
  if (!('plan' in read)) throw new Error(read.refused);
  const now = { today: DAY, written: writtenStacks(changed(one)), prices: 'prices' };
  return judging({ ...now, earlier: written })(comparisonOfPlan(read.plan));
}

/** A folder with the environments as the case has changed them. */
function changed({ stack, change }: Case): string {
  const texts = change.filter((each): each is TextChange => 'file' in each);
  if (texts.length === 0 || bases[stack]?.system === undefined) return '.';
  const home = mkdtempSync(join(tmpdir(), 'terrace-corpus-'));
  cpSync('environments', join(home, 'environments'), { recursive: true });
  const system = stack.replace(/-[^-]+$/, '');
  for (const text of texts) changeText(join(home, 'environments', system), text);
  return home;
}
