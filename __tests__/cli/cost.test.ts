import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyOfEnvironments, run } from '../support/program';

test('cost prints every line, the total, the document’s figure and the difference, and writes nothing', () => {
  const home = copyOfEnvironments();
  const { status, stdout, stderr } = run('terrace', ['cost', 'fckdoomscroll-prod'], home);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^fckdoomscroll-prod: USD a month of 730 hours, list prices of us-east-1 as of \d{4}-\d\d-\d\d\n/,
  );
  expect(stdout).toMatch(/ aws_nat_gateway\.network_nat: NAT gateway +730 hour x 0\.045 +32\.85\n/);
  expect(stdout).toMatch(/ containers together +\d+\.\d\d {3}\(document: 22\.00\)\n/);
  expect(stdout).toMatch(/\nNothing is unpriced\.\n/);
  expect(stdout).toMatch(/\nFree by themselves \(\d+\):\n/);
  expect(stdout).toMatch(/ average_tasks\.workload 3,/);
  expect(readdirSync(home).sort()).toEqual(['environments', 'functions']);

  const total = figure(stdout, 'TOTAL, the sum of the lines above');
  const printed = [...stdout.matchAll(/^ {2}aws_.* (\d+\.\d\d)$/gm)].map(([, monthly]) => Number(monthly));
  expect(printed.length).toBeGreaterThan(40);
  expect(Math.abs(printed.reduce((sum, monthly) => sum + monthly, 0) - total)).toBeLessThan(printed.length * 0.005);
  expect(figure(stdout, 'The document says')).toBe(110);
  expect(figure(stdout, 'The estimate is higher by')).toBeCloseTo(total - 110, 2);
  expect(stdout).toContain('leaves out the NAT gateway');
});

test('cost knows the bootstrap stack, whose usage is that of the defaults', () => {
  const { status, stdout } = run('terrace', ['cost', 'fckdoomscroll-bootstrap'], copyOfEnvironments());
  expect(status).toBe(0);
  expect(stdout).toContain('aws_s3_bucket.state_bucket: stored');
  expect(stdout).not.toContain('The document says');
});

test('cost fails in one line for a stack that there is not, with the nearest name', () => {
  const { status, stdout, stderr } = run('terrace', ['cost', 'fckdoomscrol-prd'], copyOfEnvironments());
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe('expected the name of a stack, got "fckdoomscrol-prd": did you mean "fckdoomscroll-prod"?\n');
});

test('cost fails in one line for a region that has no price table', () => {
  const home = copyOfEnvironments();
  const file = join(home, 'environments', 'fckdoomscroll', 'base.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll('us-east-1', 'eu-central-1'));
  const { status, stdout, stderr } = run('terrace', ['cost', 'fckdoomscroll-dev'], home);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'there is no price table for eu-central-1, so all of fckdoomscroll-dev is unpriced: write prices/eu-central-1.json (there is one for us-east-1)\n',
  );
});

test('cost fails as synth does for a file that is wrong, a line for each problem and no stack trace', () => {
  const home = copyOfEnvironments();
  const file = join(home, 'environments', 'fckdoomscroll', 'dev.yaml');
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}\noverrides: { aws_db_instance.databse: { apply_immediately: true } }\n`,
  );
  const { status, stderr } = run('terrace', ['cost', 'fckdoomscroll-dev'], home);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^environments\/fckdoomscroll\/dev\.yaml:\d+:\d+ overrides.*did you mean "aws_db_instance\.database"\?\n$/,
  );
});

function figure(text: string, label: string): number {
  const [, value = ''] = new RegExp(`^${label} +(\\d+\\.\\d\\d)$`, 'm').exec(text) ?? [];
  return Number(value);
}
