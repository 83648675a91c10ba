import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadEnvironments, readEnvironments } from '../../src/spec/load/load';
import { formatProblem, SpecError } from '../../src/spec/load/problem';
import { folder } from '../support/files';
import { problemsIn } from '../support/problems';

const SOUND = 'region: us-east-1\n';

test('reads the environments of every system below a folder, in the order of their names', () => {
  const root = folder({
    'b/prod.yaml': SOUND,
    'b/dev.yaml': SOUND,
    'a/dev.yaml': SOUND,
    'a/base.yaml': 'protect: true\n',
  });
  expect(names([root])).toEqual(['a-dev', 'b-dev', 'b-prod']);
});

test('reads the environments of one system when given its folder', () => {
  const root = folder({ 'demo/prod.yaml': SOUND, 'demo/dev.yaml': SOUND, 'other/dev.yaml': SOUND });
  expect(names([join(root, 'demo')])).toEqual(['demo-dev', 'demo-prod']);
});

test('reads one environment when given its file', () => {
  const root = folder({ 'demo/prod.yaml': SOUND, 'demo/dev.yaml': SOUND });
  expect(names([join(root, 'demo/dev.yaml')])).toEqual(['demo-dev']);
});

test('takes base.yaml for all environments that are laid over it', () => {
  const root = folder({ 'demo/prod.yaml': SOUND, 'demo/dev.yaml': SOUND, 'demo/base.yaml': 'protect: true\n' });
  expect(names([join(root, 'demo/base.yaml')])).toEqual(['demo-dev', 'demo-prod']);
});

test('reads a file once that two paths mean', () => {
  const root = folder({ 'demo/dev.yaml': SOUND });
  expect(names([root, join(root, 'demo/dev.yaml')])).toEqual(['demo-dev']);
});

test('ignores hidden folders and files of other kinds', () => {
  const root = folder({ 'demo/dev.yaml': SOUND, '.git/config.yaml': 'x', 'demo/README.md': '#' });
  expect(names([root])).toEqual(['demo-dev']);
});

test('reads the sound environments beside the problems of the others', () => {
  const root = folder({ 'demo/dev.yaml': SOUND, 'demo/prod.yaml': 'region: mars\n' });
  const { environments, problems } = readEnvironments([root]);
  expect(environments.map(({ spec }) => spec.env)).toEqual(['dev']);
  expect(problems).toHaveLength(1);
});

test('points from a value of the Spec to the file and line it was written in', () => {
  const root = folder({
    'demo/base.yaml': 'region: us-east-1\nworkload:\n  cpu: 512\n  memory: 1024\n',
    'demo/dev.yaml': 'workload:\n  memory: 2048\n',
  });
  const [environment] = loadEnvironments([root]);
  expect(environment?.where(['workload', 'cpu'])).toEqual({ file: join(root, 'demo/base.yaml'), line: 3, column: 8 });
  expect(environment?.where(['workload', 'memory'])).toEqual({
    file: join(root, 'demo/dev.yaml'),
    line: 2,
    column: 11,
  });
});

test('accepts a byte order mark and the line ends of Windows', () => {
  const root = folder({ 'demo/dev.yaml': '\uFEFFregion: us-east-1\r\nprotect: false\r\n' });
  expect(loadEnvironments([root])[0]?.spec.protect).toBe(false);
});

test('fails with one error that holds every problem of every file, sorted by file and line', () => {
  const root = folder({ 'demo/prod.yaml': 'region: mars\n', 'demo/dev.yaml': 'budgte: 1\nregion: mars\n' });
  const error = thrown(() => loadEnvironments([root]));
  expect(error).toBeInstanceOf(SpecError);
  expect(String(error).replaceAll(`${root}/`, '')).toMatchInlineSnapshot(`
    "SpecError: demo/dev.yaml:1:1 budgte: unknown key: did you mean "budget"?
    demo/dev.yaml:2:9 region: expected a region such as "eu-central-1", got "mars"
    demo/prod.yaml:1:9 region: expected a region such as "eu-central-1", got "mars""
  `);
});

test('fails once on a problem of base.yaml that every environment shares', () => {
  const files = { 'demo/base.yaml': 'region: mars\n', 'demo/dev.yaml': 'env: dev\n', 'demo/prod.yaml': 'env: prod\n' };
  expect(problemsIn(files)).toMatchInlineSnapshot(
    `"demo/base.yaml:1:9 region: expected a region such as "eu-central-1", got "mars""`,
  );
});

test('fails on a path that is not there', () => {
  const { problems } = readEnvironments(['environments/nowhere']);
  expect(problems.map(formatProblem).join('\n')).toMatchInlineSnapshot(
    `"environments/nowhere:1:1 there is no such file or folder"`,
  );
});

test('fails on a folder without environments', () => {
  expect(problemsIn({ 'README.md': '# nothing here' })).toMatchInlineSnapshot(
    `".:1:1 expected a folder for each system with a file for each environment, got none: "terrace init" makes one"`,
  );
});

test('fails on a system that has only base.yaml', () => {
  expect(problemsIn({ 'demo/base.yaml': SOUND })).toMatchInlineSnapshot(
    `"demo:1:1 expected a file for each environment beside base.yaml, got none"`,
  );
});

test('fails on the ending .yml', () => {
  expect(problemsIn({ 'demo/dev.yml': SOUND })).toMatchInlineSnapshot(
    `"demo/dev.yml:1:1 expected the ending .yaml, got .yml: rename it to dev.yaml"`,
  );
});

test('fails on the ending .yml when given the file itself', () => {
  const root = folder({ 'demo/dev.yml': SOUND });
  const { problems } = readEnvironments([join(root, 'demo/dev.yml')]);
  expect(problems.map(formatProblem).join('\n').replaceAll(`${root}/`, '')).toMatchInlineSnapshot(
    `"demo/dev.yml:1:1 expected the ending .yaml, got .yml: rename it to dev.yaml"`,
  );
});

test('fails on a file that a link promises and nobody has', () => {
  const root = folder({ 'demo/prod.yaml': SOUND });
  symlinkSync(join(root, 'gone.yaml'), join(root, 'demo/dev.yaml'));
  const { problems } = readEnvironments([root]);
  expect(problems.map(formatProblem).join('\n').replaceAll(`${root}/`, '')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cannot be read: there is no such file"`,
  );
});

test('fails on a base.yaml that a link promises and nobody has', () => {
  const root = folder({ 'demo/prod.yaml': SOUND });
  symlinkSync(join(root, 'gone.yaml'), join(root, 'demo/base.yaml'));
  const { problems } = readEnvironments([root]);
  expect(problems.map(formatProblem).join('\n').replaceAll(`${root}/`, '')).toMatchInlineSnapshot(
    `"demo/base.yaml:1:1 cannot be read: there is no such file"`,
  );
});

test('fails on a link that leads to itself', () => {
  const root = folder({ 'demo/prod.yaml': SOUND });
  symlinkSync(join(root, 'demo/dev.yaml'), join(root, 'demo/dev.yaml'));
  const { problems } = readEnvironments([root]);
  expect(problems.map(formatProblem).join('\n').replaceAll(`${root}/`, '')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 cannot be read: its links lead in a circle"`,
  );
});

test('fails on a base.yaml that is a folder', () => {
  expect(problemsIn({ 'demo/dev.yaml': SOUND, 'demo/base.yaml/x.txt': '' })).toMatchInlineSnapshot(
    `"demo/base.yaml:1:1 expected a file, got a folder"`,
  );
});

test('fails on a file that is not UTF-8', () => {
  const latin1 = Uint8Array.from([...Buffer.from('region: us-east-1 # '), 0xe4, 0x0a]);
  expect(problemsIn({ 'demo/dev.yaml': latin1 })).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected UTF-8 text, got other bytes: save the file as UTF-8"`,
  );
});

test('fails on a file of 5 MB without reading it', () => {
  expect(problemsIn({ 'demo/dev.yaml': '#'.repeat(5 * 1024 * 1024) })).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected at most 1 MB, got 5.0 MB: this is no environment file"`,
  );
});

test('fails on a project that is not what the folder is called', () => {
  expect(problemsIn({ 'demo/dev.yaml': 'project: shop\nenv: test\nregion: us-east-1\n' })).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:10 project: expected "demo", the name of the folder, got "shop": rename one of the two, or say why they differ in "name_differs_because"
    demo/dev.yaml:2:6 env: expected "dev", the name of the file, got "test": rename one of the two, or say why they differ in "name_differs_because""
  `);
});

test('accepts another project and env than folder and file when the file says why', () => {
  const dev = 'project: shop\nenv: test\nname_differs_because: it was called so before\nregion: us-east-1\n';
  expect(problemsIn({ 'demo/dev.yaml': dev })).toBe('');
});

test('fails on a folder or file whose name cannot stand in names of AWS', () => {
  expect(problemsIn({ 'My_Shop/dev 1.yaml': SOUND })).toMatchInlineSnapshot(`
    "My_Shop/dev 1.yaml:1:1 project: expected the name of the folder to be small letters, digits and dashes, got "My_Shop": rename it, or write "project:"
    My_Shop/dev 1.yaml:1:1 env: expected the name of the file to be small letters, digits and dashes, got "dev 1": rename it, or write "env:""
  `);
});

function names(paths: readonly string[]): string[] {
  return loadEnvironments(paths).map(({ spec }) => `${spec.project}-${spec.env}`);
}

function thrown(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
