import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folder } from '../support/files';
import { copyOfEnvironments, emptyFolder, root, run } from '../support/program';

test('validate says that all of environments/ is sound, and writes nothing', () => {
  const home = copyOfEnvironments();
  const { status, stdout } = run('terrace', ['validate'], home);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+ environments are sound: .*fckdoomscroll-dev, fckdoomscroll-prod/);
  expect(readdirSync(home).sort()).toEqual(['environments', 'functions']);
});

test('validate takes files and folders, and counts one as one', () => {
  const home = copyOfEnvironments();
  const { stdout } = run('terrace', ['validate', 'environments/fckdoomscroll/dev.yaml'], home);
  expect(stdout).toBe('1 environment is sound: fckdoomscroll-dev\n');
});

test('validate fails with a line for every problem of every file, and no stack trace', () => {
  const home = folder({
    'environments/a/dev.yaml': 'region: us-east-1\nworklod: {}\n',
    'environments/b/dev.yaml': 'regoin: x\nregion: y\n',
  });
  const { status, stdout, stderr } = run('terrace', ['validate'], home);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.split('\n')).toEqual([
    'environments/a/dev.yaml:2:1 worklod: unknown key: did you mean "workload"?',
    'environments/b/dev.yaml:1:1 regoin: unknown key: did you mean "region"?',
    'environments/b/dev.yaml:2:9 region: expected a region such as "eu-central-1", got "y"',
    '',
  ]);
});

test('fails in one line where there is no environments folder', () => {
  for (const program of ['synth', 'terrace'] as const) {
    const { status, stderr } = run(program, program === 'terrace' ? ['validate'] : [], emptyFolder());
    expect(status).toBe(1);
    expect(stderr).toBe('environments:1:1 there is no such file or folder\n');
  }
});

test('spec prints a file that means the same', () => {
  const home = copyOfEnvironments();
  const { stdout } = run('terrace', ['spec', 'environments/fckdoomscroll/prod.yaml'], home);
  const again = folder({ 'fckdoomscroll/prod.yaml': stdout });
  expect(run('terrace', ['spec', 'fckdoomscroll/prod.yaml'], again).stdout).toBe(stdout);
  expect(parse(stdout)).toMatchObject({
    project: 'fckdoomscroll',
    env: 'prod',
    postgres: { multi_az: true, backup_retention_days: 7 },
    network: { nat_gateways: 'single' },
  });
});

test('spec prints the same of networks, databases and tasks of every kind', () => {
  for (const file of ['existing-network', 'single-zone', 'mysql', 'oracle', 'tasks', 'platform-data', 'delivery'].map(
    (system) => `${system}/dev.yaml`,
  )) {
    const home = join(root, '__tests__', 'examples');
    const { stdout } = run('terrace', ['spec', file], home);
    const again = folder({ [file]: stdout });
    expect(run('terrace', ['spec', file], again).stdout).toBe(stdout);
    expect(Object.keys(parse(stdout).network)).not.toContain('label');
    expect(Object.keys(parse(stdout).mysql ?? {})).not.toContain('family');
  }
});

test('spec prints what is on by default and off in the file', () => {
  const home = folder({ 'shop/dev.yaml': 'region: us-east-1\ndelivery: { deployer: { enabled: false } }\n' });
  const { stdout } = run('terrace', ['spec', 'shop/dev.yaml'], home);
  expect(parse(stdout)).toMatchObject({ delivery: { deployer: { enabled: false } } });
  expect(run('terrace', ['spec', 'shop/dev.yaml'], folder({ 'shop/dev.yaml': stdout })).stdout).toBe(stdout);
});

test('the committed schema is the one that the language has now', () => {
  expect(readFileSync(join(root, 'schema', 'environment.json'), 'utf8')).toBe(run('terrace', ['schema'], root).stdout);
});

test('every shipped file points its editor at the schema', () => {
  const files = readdirSync(join(root, 'environments'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(readFileSync(join(root, 'environments', file), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schema\/environment\.json\n/,
    );
  }
});

const flags = ['--project', 'shop', '--region', 'eu-central-1', '--domain', 'example.com', '--database', 'postgres'];

test('init writes an environment of about 25 lines that synthesizes', () => {
  const home = emptyFolder();
  const { status, stdout } = run('terrace', ['init', ...flags], home);
  expect(status).toBe(0);
  expect(stdout).toBe(
    'environments/shop/dev.yaml is written. Next: npm run synth, then npm run golden to record its addresses.\n',
  );
  expect(readFileSync(join(home, 'environments', 'shop', 'dev.yaml'), 'utf8').split('\n').length).toBeLessThan(34);
  expect(run('synth', [], home).stdout).toBe('2 stacks: shop-bootstrap, shop-dev\n');
});

test('init asks for what no flag says, and takes the offered answer for an empty line', () => {
  const home = emptyFolder();
  const { stdout } = run('terrace', ['init'], home, 'shop\n\n\nnone\n');
  expect(stdout).toContain(
    'Project (small letters, digits, dashes): AWS region [us-east-1]: Root domain, "none" for plain HTTP [none]: ',
  );
  const yaml = parse(readFileSync(join(home, 'environments', 'shop', 'dev.yaml'), 'utf8'));
  expect(yaml).toMatchObject({ project: 'shop', region: 'us-east-1', alb: { http: 'forward' } });
  expect(yaml).not.toHaveProperty('postgres');
  expect(run('synth', [], home).status).toBe(0);
});

test('init fails for what AWS or the language would refuse, and writes nothing', () => {
  const home = emptyFolder();
  const { status, stderr } = run('terrace', ['init', ...flags, '--region', 'eu-middle-1', '--database', 'mongo'], home);
  expect(status).toBe(1);
  expect(stderr).toBe(
    '--database: expected "postgres" or "none", got "mongo"\n--region: expected a region such as "eu-central-1", got "eu-middle-1"\n',
  );
  expect(readdirSync(home)).toEqual([]);
});

test('init fails where the system is there already', () => {
  const home = emptyFolder();
  run('terrace', ['init', ...flags], home);
  const { status, stderr } = run('terrace', ['init', ...flags], home);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'environments/shop/dev.yaml: expected a new environment, got a file that exists: choose another project or env\n',
  );
});

test('the environment in the README is what init writes', () => {
  const home = emptyFolder();
  run('terrace', ['init', ...flags], home);
  const [, example] =
    /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  expect(example).toBe(readFileSync(join(home, 'environments', 'shop', 'dev.yaml'), 'utf8'));
});

test('fails in one line for a file that may not be read', () => {
  const home = folder({ 'environments/a/dev.yaml': 'region: us-east-1\n' });
  chmodSync(join(home, 'environments/a/dev.yaml'), 0);
  const { stderr } = run('terrace', ['validate', 'environments/a/missing.yaml'], home);
  expect(stderr).toBe('environments/a/missing.yaml:1:1 there is no such file or folder\n');
});
