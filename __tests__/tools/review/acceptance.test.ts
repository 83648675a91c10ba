import { expect, test } from 'vitest';
import { problemsOfText } from '../../../src/spec/load/load';
import { formatProblem } from '../../../src/spec/load/problem';
import type { Finding } from '../../../src/tools/review/finding';
import { compareSynthesized } from '../../../src/tools/review/synthesized/synthesized-comparison';
import {
  acceptanceYaml,
  accepted,
  fingerprint,
  type WrittenAcceptance,
} from '../../../src/tools/review/yaml/acceptance';

const FINDING: Finding = {
  verdict: 'loses-data',
  address: 'aws_db_instance.database',
  attribute: 'db_name',
  reason: 'the database goes',
};

test('a fingerprint holds for the very change: the stack, the verdict, the attribute and its values', () => {
  const own = printOf('shop-prod', 'one', 'two');
  expect(own).toMatch(/^c[0-9a-f]{16}$/);
  expect(printOf('shop-prod', 'one', 'two')).toBe(own);
  const others = [
    printOf('shop-dev', 'one', 'two'),
    printOf('shop-prod', 'one', 'three'),
    printOf('shop-prod', 'zero', 'two'),
    printOf('shop-prod', 'one', 'two', { verdict: 'outage' }),
    printOf('shop-prod', 'one', 'two', { attribute: 'engine' }),
  ];
  expect(new Set([own, ...others]).size).toBe(6);
});

test('long values count to their end, though a finding shows their beginning', () => {
  const long = 'x'.repeat(500);
  expect(printOf('shop-prod', 'one', `${long}a`)).not.toBe(printOf('shop-prod', 'one', `${long}b`));
});

test('what is accepted says why, and only that finding', () => {
  const finding = { ...FINDING, change: 'c0123456789abcdef' };
  const other = { ...FINDING, attribute: 'engine', change: 'cfedcba9876543210' };
  const { findings, problems } = accepted([finding, other], [acceptance({})], { today: '2026-11-01' });
  expect(problems).toEqual([]);
  expect(findings[0]?.accepted).toEqual({
    reason: 'the data is copied before',
    until: '2026-12-31',
    at: { file: 'prod.yaml', line: 9, column: 3 },
  });
  expect(findings[1]?.accepted).toBeUndefined();
});

test.each<[Partial<WrittenAcceptance>, string]>([
  [
    { until: '2026-10-31' },
    'prod.yaml:9:3 accept[0].until: expected a day from 2026-11-01 on, got "2026-10-31": it has ended; look at the finding again',
  ],
  [
    { address: 'aws_db_instance.other' },
    'prod.yaml:9:3 accept[0].address: expected the address of something that changes here, got "aws_db_instance.other", of which nothing does: remove the acceptance once its change is applied',
  ],
  [
    { attribute: undefined },
    'prod.yaml:9:3 accept[0].attribute: expected db_name, got none: remove it, or look at what the review says now',
  ],
  [
    { verdict: 'outage' },
    'prod.yaml:9:3 accept[0].verdict: expected loses-data, got "outage": remove it, or look at what the review says now',
  ],
  [
    { change: 'c0000000000000000' },
    'prod.yaml:9:3 accept[0].change: expected "c0123456789abcdef", got "c0000000000000000": this is another change than the one that was accepted',
  ],
])('a stale acceptance or that of another change is refused at its line: %o', (differing, message) => {
  const finding = { ...FINDING, change: 'c0123456789abcdef' };
  const { findings, problems } = accepted([finding], [acceptance(differing)], { today: '2026-11-01' });
  expect(problems.map(formatProblem)).toEqual([message]);
  expect(findings[0]?.accepted).toBeUndefined();
});

test('what fits nothing may wait where a part of the changes is missing, but not what fits otherwise', () => {
  const finding = { ...FINDING, change: 'c0123456789abcdef' };
  const rules = { today: '2026-11-01', isPart: true };
  const problems = (differing: Partial<WrittenAcceptance>) =>
    accepted([finding], [acceptance(differing)], rules).problems.map(({ path }) => path);
  expect(problems({ address: 'aws_db_instance.other' })).toEqual([]);
  expect(problems({ change: 'c0000000000000000' })).toEqual(['accept[0].change']);
  expect(problems({ address: 'aws_db_instance.other', until: '2026-10-31' })).toEqual(['accept[0].until']);
});

test('what was accepted before a change of files may fit nothing of it, until it has ended', () => {
  const rules = { today: '2026-11-01', known: ['c0123456789abcdef'] };
  const problems = (differing: Partial<WrittenAcceptance>) =>
    accepted([], [acceptance(differing)], rules).problems.map(({ path }) => path);
  expect(problems({})).toEqual([]);
  expect(problems({ change: 'c0000000000000000' })).toEqual(['accept[0].address']);
  expect(problems({ until: '2026-10-31' })).toEqual(['accept[0].until']);
});

test('a finding comes with a block to paste, which the language takes once reason and day are filled in', () => {
  const block = acceptanceYaml({ ...FINDING, change: 'c0123456789abcdef' }) ?? '';
  const filled = block.replace(/reason: #.*/, 'reason: moved before').replace(/until: #.*/, 'until: 2026-12-31');
  const file = `region: eu-central-1\naccept:\n${filled.replace(/^/gm, '  ')}\n`;
  expect(problemsOfText('dev.yaml', file)).toEqual([]);
  expect(acceptanceYaml({ ...FINDING, verdict: 'harmless', change: 'c0123456789abcdef' })).toBeUndefined();
});

test('wider acceptances are no YAML of this language', () => {
  const text = (address: string, verdict: string, change: string) =>
    `region: eu-central-1\naccept:\n  - { address: "${address}", ${verdict}reason: why, until: 2026-12-31, change: ${change} }\n`;
  const told = (file: string) => problemsOfText('dev.yaml', file).map(formatProblem);
  expect(told(text('aws_db_instance.*', 'verdict: outage, ', 'c0123456789abcdef'))).toEqual([
    'dev.yaml:3:16 accept[0].address: expected one Terraform address such as "aws_db_instance.database", without "*", got "aws_db_instance.*"',
  ]);
  expect(told(text('aws_db_instance.a', '', 'c0123456789abcdef'))).toEqual([
    'dev.yaml:3:5 accept[0].verdict: expected "loses-data" or "outage" or "exposure" or "costs-more" or "behaviour" or "unknown", got nothing',
  ]);
  expect(told(text('aws_db_instance.a', 'verdict: outage, ', 'any'))).toEqual([
    'dev.yaml:3:94 accept[0].change: expected the word after "change:" that the review prints with the finding, such as "c0123456789abcdef", got "any"',
  ]);
});

test('one change is accepted once', () => {
  const one = '{ address: aws_x.a, verdict: outage, reason: why, until: 2026-12-31, change: c0123456789abcdef }';
  expect(
    problemsOfText('dev.yaml', `region: eu-central-1\naccept:\n  - ${one}\n  - ${one}\n`).map(formatProblem),
  ).toEqual([
    'dev.yaml:4:82 accept[1].change: expected another change than the acceptances above, got "c0123456789abcdef": remove one of the two',
  ]);
});

function printOf(stack: string, before: string, after: string, differing: Partial<Finding> = {}): string {
  const made = (name: string) => ({ resource: { aws_db_instance: { database: { db_name: name } } } });
  return fingerprint({ ...FINDING, ...differing }, compareSynthesized(stack, made(before), made(after)));
}

function acceptance(differing: Partial<WrittenAcceptance>): WrittenAcceptance {
  return {
    address: 'aws_db_instance.database',
    attribute: 'db_name',
    verdict: 'loses-data',
    reason: 'the data is copied before',
    until: '2026-12-31',
    change: 'c0123456789abcdef',
    index: 0,
    where: () => ({ file: 'prod.yaml', line: 9, column: 3 }),
    ...differing,
  };
}
