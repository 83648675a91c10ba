import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { emptyFolder, root, runWith } from '../support/program';

const LOCAL = 'region: us-east-1\nstate: local\n';
const FILES = {
  'environments/demo/base.yaml': LOCAL,
  'environments/demo/dev.yaml': 'sqs: [{ name: jobs }]\n',
  'environments/demo/prod.yaml': 'sqs: [{ name: jobs }]\n',
  'environments/shop/dev.yaml': LOCAL,
};

test('tells which stacks are added, changed and removed by what is not committed yet, and leaves nothing behind', () => {
  const { home, write, changed, leftovers } = repository(FILES);
  write({
    'environments/demo/dev.yaml': 'sqs: [{ name: jobs }, { name: more }]\n',
    'environments/demo/qa.yaml': '{}\n',
    'environments/demo/prod.yaml': undefined,
  });
  const status = git(home, 'status', '--porcelain');
  expect(changed('--since', 'HEAD')).toEqual({
    status: 0,
    stdout: 'added demo-qa\nchanged demo-dev\nremoved demo-prod\n',
    stderr: '3 of 4 stacks differ from HEAD\n',
  });
  expect(leftovers()).toEqual([]);
  expect(git(home, 'status', '--porcelain')).toBe(status);
  expect(git(home, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
});

test('a change of base.yaml is one of all its environments, a comment one of none', () => {
  const { write, changed } = repository(FILES);
  write({
    'environments/shop/dev.yaml': `# a comment\n${LOCAL}`,
    'environments/demo/base.yaml': `${LOCAL}efs: [{ name: files }]\n`,
  });
  expect(changed('--since', 'HEAD').stdout).toBe('changed demo-dev\nchanged demo-prod\n');
});

test('tells a pipeline the commit and every stack, in JSON', () => {
  const { home, write, changed } = repository(FILES);
  const first = git(home, 'rev-parse', 'HEAD').trim();
  write({ 'environments/shop/dev.yaml': `${LOCAL}sqs: [{ name: jobs }]\n` });
  git(home, 'commit', '-qam', 'a queue');
  const { stdout, stderr } = changed('--since', 'HEAD~1', '--json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    since: first,
    code: 'then',
    added: [],
    changed: ['shop-dev'],
    removed: [],
    unchanged: ['demo-dev', 'demo-prod'],
  });
});

test('a change of a function’s code is one of its stack', () => {
  const { write, changed } = repository({
    'environments/demo/dev.yaml': `${LOCAL}functions: [{ name: api, code: functions/api }]\n`,
    'environments/shop/dev.yaml': LOCAL,
    'functions/api/index.ts': 'export const handler = async () => 1;\n',
  });
  write({ 'functions/api/index.ts': 'export const handler = async () => 2;\n' });
  expect(changed('--since', 'HEAD').stdout).toBe('changed demo-dev\n');
});

test('everything is added since a revision without environments, and a folder of a repository is one like it', () => {
  const { home, write, changed } = repository({ 'README.md': 'nothing yet' });
  write({ 'infra/environments/shop/dev.yaml': LOCAL });
  git(home, 'add', '.');
  git(home, 'commit', '-qm', 'a shop');
  expect(changed.in('infra', '--since', 'HEAD~1').stdout).toBe('added shop-dev\n');
  write({ 'infra/environments/shop/dev.yaml': `${LOCAL}sqs: [{ name: jobs }]\n` });
  expect(changed.in('infra', '--since', 'HEAD').stdout).toBe('changed shop-dev\n');
});

test('says so where terrace may have been another one then', () => {
  const { home, write, changed } = repository({ ...FILES, 'package-lock.json': '{ "terrace": 1 }' });
  write({ 'package-lock.json': '{ "terrace": 2 }' });
  expect(changed('--since', 'HEAD').stderr).toBe(
    '0 of 3 stacks differ from HEAD, whose files were synthesized by the code of now, because package-lock.json was not the same then\n',
  );
  expect(JSON.parse(changed('--since', 'HEAD', '--json').stdout)).toMatchObject({
    since: git(home, 'rev-parse', 'HEAD').trim(),
    code: 'now',
    reason: 'package-lock.json was not the same then',
  });
});

test('a change of terrace itself counts where it is part of the repository', () => {
  const { home, write, changed } = repository({ ...FILES, ...terraceItself() });
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'), 'junction');
  const file = 'src/environment/providers.ts';
  const text = readFileSync(join(home, file), 'utf8');
  write({ [file]: text.replace("managed_by: 'terraform'", "managed_by: 'somebody'") });
  expect(changed.by(home, '--since', 'HEAD')).toEqual({
    status: 0,
    stdout: 'changed demo-dev\nchanged demo-prod\nchanged shop-dev\n',
    stderr: '3 of 3 stacks differ from HEAD\n',
  });
  write({ 'package-lock.json': '{}' });
  expect(changed.by(home, '--since', 'HEAD')).toEqual({
    status: 0,
    stdout: '',
    stderr:
      '0 of 3 stacks differ from HEAD, whose files were synthesized by the code of now, because package-lock.json was not the same then\n',
  });
});

test('older functions find the packages that are installed, and older terrace its own, wherever it lies', () => {
  const code = "import { parse } from 'yaml';\nexport const handler = async () => parse('1');\n";
  const functions = 'functions: [{ name: api, code: functions/api }]\n';
  const plain = repository({
    'environments/demo/dev.yaml': `${LOCAL}${functions}`,
    'functions/api/index.ts': code,
    '.gitignore': 'node_modules\n',
  });
  symlinkSync(join(root, 'node_modules'), join(plain.home, 'node_modules'), 'junction');
  expect(plain.changed('--since', 'HEAD')).toEqual({
    status: 0,
    stdout: '',
    stderr: '0 of 1 stacks differ from HEAD\n',
  });

  const inside = Object.entries(terraceItself()).map(([name, text]) => [`tools/terrace/${name}`, text]);
  const { home, changed } = repository({ ...FILES, ...Object.fromEntries(inside) });
  const terrace = join(home, 'tools', 'terrace');
  symlinkSync(join(root, 'node_modules'), join(terrace, 'node_modules'), 'junction');
  expect(changed.by(terrace, '--since', 'HEAD')).toEqual({
    status: 0,
    stdout: '',
    stderr: '0 of 3 stacks differ from HEAD\n',
  });
});

test('the line of an older revision that was wrong is its error, not a warning before that', () => {
  const wrong = 'postgres: { engine_version: "15.4" }\nworkload: { backend_image_port: 80, cpu: 256, memory: 4096 }\n';
  const { write, changed } = repository({ ...FILES, 'environments/shop/dev.yaml': `${LOCAL}${wrong}` });
  write({ 'environments/shop/dev.yaml': LOCAL });
  expect(changed('--since', 'HEAD').stderr).toMatch(
    /^HEAD cannot be synthesized: environments\/shop\/dev\.yaml:4:\d+ workload\.memory: expected .*\n$/,
  );
});

test('fails in one line outside a repository, for an unknown revision and for one that was wrong', () => {
  const outside = emptyFolder();
  mkdirSync(join(outside, 'environments'));
  expect(
    runWith({ GIT_CEILING_DIRECTORIES: join(outside, '..') }, 'terrace', ['changed', '--since', 'HEAD'], outside),
  ).toEqual({
    status: 1,
    stdout: '',
    stderr: 'expected to be run in a git repository: not a git repository (or any of the parent directories): .git\n',
  });

  const { home, write, changed, leftovers } = repository({
    ...FILES,
    'environments/shop/dev.yaml': `${LOCAL}regoin: x\n`,
  });
  expect(changed('--since', 'mian')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'expected a git revision, got "mian": a clone that is not deep enough gets it with "git fetch --unshallow"\n',
  });
  write({ 'environments/shop/dev.yaml': LOCAL });
  expect(changed('--since', 'HEAD')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'HEAD cannot be synthesized: environments/shop/dev.yaml:3:1 regoin: unknown key: did you mean "region"?\n',
  });
  write({
    'environments/shop/dev.yaml': 'region: us-east-1\nworklod: {}\n',
    'environments/demo/dev.yaml': 'sqz: []\n',
  });
  expect(changed('--since', 'HEAD')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'environments/demo/dev.yaml:1:1 sqz: unknown key: did you mean "sqs"?\nenvironments/shop/dev.yaml:2:1 worklod: unknown key: did you mean "workload"?\n',
  });
  expect(leftovers()).toEqual([]);
  expect(readdirSync(home).sort()).toEqual(['.git', 'environments']);
});

test('leaves nothing behind when it is broken off', async () => {
  const { home, temporary, leftovers } = repository(FILES);
  const child = spawn(process.execPath, [join(root, 'bin', 'terrace.js'), 'changed', '--since', 'HEAD'], {
    cwd: home,
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
  });
  const ended = new Promise((done) => child.once('exit', (code) => done(code)));
  while (leftovers().length === 0) await setTimeout(20);
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
  expect(leftovers()).toEqual([]);
});

/** A git repository with these files committed, and `changed` run in it with a folder of its own for what is temporary. */
function repository(files: Readonly<Record<string, string>>) {
  const [home, temporary] = [emptyFolder(), emptyFolder()];
  const write = (changes: Readonly<Record<string, string | undefined>>) => {
    for (const [name, text] of Object.entries(changes)) {
      mkdirSync(join(home, name, '..'), { recursive: true });
      if (text === undefined) rmSync(join(home, name));
      else writeFileSync(join(home, name), text);
    }
  };
  write(files);
  git(home, 'init', '-q');
  git(home, 'add', '.');
  git(home, 'commit', '-qm', 'all');
  const variables = { TMPDIR: temporary };
  const changed = Object.assign((...args: string[]) => runWith(variables, 'terrace', ['changed', ...args], home), {
    in: (folder: string, ...args: string[]) => runWith(variables, 'terrace', ['changed', ...args], join(home, folder)),
    by: (program: string, ...args: string[]) => {
      const bin = join(program, 'bin', 'terrace.js');
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'changed', ...args], {
        cwd: home,
        encoding: 'utf8',
        env: { ...process.env, ...variables },
      });
      return { status, stdout, stderr };
    },
  });
  return { home, temporary, write, changed, leftovers: () => readdirSync(temporary) };
}

/** The files of this project that a build takes. */
function terraceItself(): Record<string, string> {
  const sources = ['src', 'functions'].flatMap((folder) => {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    return files.filter((file) => /\.(?:ts|json)$/.test(file)).map((file) => `${folder}/${file}`);
  });
  const names = ['main.ts', 'package.json', 'package-lock.json', 'bin/build.js', 'bin/synth.js', 'bin/terrace.js'];
  const all = [...names, ...sources];
  const ignored = { '.gitignore': 'node_modules\ndist\n' };
  return { ...ignored, ...Object.fromEntries(all.map((file) => [file, readFileSync(join(root, file), 'utf8')])) };
}

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
