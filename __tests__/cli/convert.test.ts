import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { olderFile } from '../support/converted';
import { folder } from '../support/files';
import { root, run } from '../support/program';

const small = olderFile('small');

test('convert writes the file to standard output and the report to standard error', () => {
  const home = folder({ 'old.yaml': small });
  const { status, stdout, stderr } = run('terrace', ['convert', 'old.yaml'], home);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^# The shop's first environment\.\n\nproject: shop\n/);
  expect(stderr).toMatch(
    /^old\.yaml:3:1 project kept\n[\s\S]*\n64 keys: 34 kept, 19 renamed, 10 dropped, 1 refused\n$/,
  );
});

test('convert --to writes a file that is sound, and the report to standard output', () => {
  const home = folder({ 'old.yaml': small, 'environments/shop/base.yaml': 'region: eu-central-1\n' });
  const to = 'environments/shop/dev.yaml';
  const { status, stdout } = run('terrace', ['convert', 'old.yaml', '--to', to, '--report', 'json'], home);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { keys: 64 }, problems: [] });
  expect(run('terrace', ['validate', to], home).stdout).toBe('1 environment is sound: shop-dev\n');
  expect(readdirSync(join(home, 'environments', 'shop'))).toEqual(['base.yaml', 'dev.yaml']);
});

test('convert makes the folder of a system that is new', () => {
  const home = folder({ 'old.yaml': small });
  const { status } = run('terrace', ['convert', 'old.yaml', '--to', 'environments/shop/dev.yaml'], home);
  expect(status).toBe(0);
  expect(existsSync(join(home, 'environments', 'shop', 'dev.yaml'))).toBe(true);
});

test('convert writes over nothing, unless it is told to', () => {
  const home = folder({ 'old.yaml': small, 'dev.yaml': 'mine: true\n' });
  const { status, stdout, stderr } = run('terrace', ['convert', 'old.yaml', '--to', 'dev.yaml'], home);
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    'dev.yaml: expected a new file, got one that exists: name another one, or write over it with --force\n',
  ]);
  expect(readFileSync(join(home, 'dev.yaml'), 'utf8')).toBe('mine: true\n');
  expect(run('terrace', ['convert', 'old.yaml', '--to', 'dev.yaml', '--force'], home).status).toBe(0);
  expect(readFileSync(join(home, 'dev.yaml'), 'utf8')).toContain('project: shop\n');
});

test('convert leaves nothing behind where it cannot write or has nothing to convert', () => {
  const home = folder({ 'old.yaml': small, 'list.yaml': '- a\n', 'dev.yaml': 'mine: true\n' });
  const inFile = run('terrace', ['convert', 'old.yaml', '--to', 'list.yaml/shop/dev.yaml'], home);
  expect([inFile.status, inFile.stderr]).toEqual([
    1,
    'list.yaml/shop/dev.yaml: cannot be written: a part of its path is not a folder\n',
  ]);
  const list = run('terrace', ['convert', 'list.yaml', '--to', 'dev.yaml', '--force'], home);
  expect([list.status, list.stdout]).toEqual([1, '']);
  expect(list.stderr).toBe('list.yaml:1:1 expected a map of sections such as "region: us-east-1", got a list\n');
  const nothing = run('terrace', ['convert', 'none.yaml'], home);
  expect([nothing.status, nothing.stderr]).toEqual([1, 'none.yaml:1:1 cannot be read: there is no such file\n']);
  expect(readFileSync(join(home, 'dev.yaml'), 'utf8')).toBe('mine: true\n');
  expect(readdirSync(home).sort()).toEqual(['dev.yaml', 'list.yaml', 'old.yaml']);
});

test('the report in the README is what convert says', () => {
  const old = `project: shop
env: dev
region: eu-central-1
schema_version: 26
state_bucket: shop-state
state_lock_table: shop-locks
workload:
  backend_image_port: 8080
  backend_cpu: "512"
  backend_memory: "1024"
  backend_runtime: ec2
`;
  const home = folder({ 'old/dev.yaml': old });
  const { stderr } = run('terrace', ['convert', 'old/dev.yaml'], home);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, example = ''] = /```\n(old\/dev\.yaml:1:1[\s\S]*?)```/.exec(readme) ?? [];
  expect(example.split('\n').length).toBeGreaterThan(10);
  expect(example).toBe(stderr);
});
