import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { root, run } from './support/program';

// The maintained fork of cdktf makes the same of our sources; docs/cdktf.md tells what it would take to change over. Its
// bindings are half a gigabyte, so `npm test` leaves them where they are: npm run cdktn.
const FORK = {
  cdktn: '0.24.0',
  '@cdktn/provider-aws': '25.7.0',
  '@cdktn/provider-random': '15.0.1',
  constructs: '10.7.2',
};
const standsFor = {
  cdktf: 'cdktn',
  '@cdktf/provider-aws': '@cdktn/provider-aws',
  '@cdktf/provider-random': '@cdktn/provider-random',
  constructs: 'constructs',
};

const work = mkdtempSync(join(tmpdir(), 'terrace-cdktn-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const modules = join(work, 'fork', 'node_modules');
const missing = install();
if (missing !== undefined) console.warn(`SKIPPED: the stacks as cdktn makes them, because ${missing}`);

for (const language of ['json', 'hcl']) {
  test.skipIf(missing !== undefined)(`cdktn makes the same in ${language}, but for versions`, async () => {
    const [ours, theirs] = [home(), home()];
    expect(run('synth', language === 'hcl' ? ['--hcl'] : [], ours).status).toBe(0);
    await setImmediate();
    expect(synthesizeWithFork(theirs, language).stderr.replace(/^.* warning: .*\n/gm, '')).toBe('');
    const [before, after] = [terraformIn(ours), terraformIn(theirs)];
    expect(Object.keys(after).length).toBeGreaterThan(12);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [stack, text] of Object.entries(before)) {
      expect(after[stack], stack).not.toBe(text);
      expect(meaning(language, after[stack] ?? ''), stack).toEqual(meaning(language, withTheirVersions(text)));
    }
  });
}

test.skipIf(missing !== undefined)('our sources have the types that cdktn wants', () => {
  const place = (name: string) => join(modules, name);
  const paths = Object.entries(standsFor).flatMap(([ours, theirs]) => [
    [ours, [place(theirs)]],
    [`${ours}/*`, [join(place(theirs), '*')]],
  ]);
  const compilerOptions = { paths: Object.fromEntries(paths), typeRoots: [join(root, 'node_modules', '@types')] };
  writeFileSync(
    join(work, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      files: [join(root, 'main.ts')],
      include: [],
    }),
  );
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', work], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

/** All that differs, besides where JSON has its line ends. */
function withTheirVersions(terraform: string): string {
  return terraform
    .replace(/("version": ")0\.21\.0"/, '$10.24.0"')
    .replace(/("?version"? ?[:=] ")5\.100\.0"/, '$16.66.0"')
    .replace(/("?version"? ?[:=] ")3\.7\.2"/, '$13.9.1"')
    .replace(/("?source"? ?[:=] ")aws"/, '$1hashicorp/aws"');
}

function meaning(language: string, terraform: string): unknown {
  return language === 'json' ? JSON.parse(terraform) : terraform;
}

/** Installs the fork beside nothing else; why it could not, if so. */
function install(): string | undefined {
  if (process.env.TERRACE_CDKTN !== '1') return 'it is 500 MB: "npm run cdktn" installs it';
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(work, 'fork', 'package.json'), '{ "private": true }');
  const packages = Object.entries(FORK).map(([name, version]) => `${name}@${version}`);
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: join(work, 'fork'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? undefined : `npm says ${/^npm error (.*)$/m.exec(stderr)?.[1] ?? stderr.slice(0, 200)}`;
}

function home(): string {
  const path = mkdtempSync(join(work, 'home-'));
  for (const part of ['environments', 'functions']) cpSync(join(root, part), join(path, part), { recursive: true });
  cpSync(join(__dirname, 'examples'), join(path, 'environments'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'), 'junction');
  return path;
}

function synthesizeWithFork(cwd: string, language: string) {
  const outfile = join(cwd, 'synth.js');
  const alias = Object.entries(standsFor).map(([ours, theirs]) => [ours, join(modules, theirs)]);
  buildSync({
    entryPoints: [join(root, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['esbuild'],
    logLevel: 'error',
    alias: Object.fromEntries(alias),
  });
  // Our own functions lie beside the built program.
  cpSync(join(root, 'dist', 'functions'), join(cwd, 'functions'), { recursive: true });
  const context = JSON.stringify({ targetVersions: { terraform: '>=1.11.0', opentofu: '>=1.11.0' } });
  const env = { ...process.env, SYNTH_HCL_OUTPUT: String(language === 'hcl'), CDKTF_CONTEXT_JSON: context };
  return spawnSync(process.execPath, [outfile], { cwd, encoding: 'utf8', env });
}

function terraformIn(path: string): Record<string, string> {
  const stacks = join(path, 'cdktf.out', 'stacks');
  const read = (stack: string) => {
    const [file = ''] = readdirSync(join(stacks, stack)).filter((name) => name.startsWith('cdk.tf'));
    return readFileSync(join(stacks, stack, file), 'utf8');
  };
  return Object.fromEntries(
    readdirSync(stacks)
      .sort()
      .map((stack) => [stack, read(stack)]),
  );
}
