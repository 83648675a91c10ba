import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/files';
import { copyOfEnvironments, root, run, runWith } from '../support/program';

// A PATH on which there is no terraform: what an export does with one is in __tests__/handover.test.ts.
const bare = { PATH: emptyBin() };
const terrace = (args: readonly string[], cwd: string) => runWith(bare, 'terrace', args, cwd);

const NO_LOCKS =
  'WARNING: no .terraform.lock.hcl, because there is no terraform on the PATH: "terraform providers lock", as the README.md of the stack has it, adds what is missing\n';
const LOCAL = 'region: us-east-1\nstate: local\n';

test('an export has a folder for each stack with all that Terraform needs, and says what it could not have', () => {
  const home = copyOfEnvironments();
  const { status, stdout, stderr } = terrace(['export', 'rayman-dev', 'rayman-bootstrap', '--to', 'out'], home);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '2 stacks in out: rayman-bootstrap, rayman-dev\n' });
  expect(stderr.endsWith(NO_LOCKS)).toBe(true);
  expect(Object.keys(digest(join(home, 'out')))).toEqual([
    'rayman-bootstrap/README.md',
    'rayman-bootstrap/cdk.tf.json',
    expect.stringMatching(/^rayman-dev\/README\.md$/),
    expect.stringMatching(/^rayman-dev\/assets\/api-[0-9a-f]{16}\.zip$/),
    expect.stringMatching(/^rayman-dev\/assets\/worker-[0-9a-f]{16}\.zip$/),
    'rayman-dev/backend-config.hcl',
    'rayman-dev/cdk.tf.json',
  ]);
  const { backend } = JSON.parse(readFileSync(join(home, 'out/rayman-dev/cdk.tf.json'), 'utf8')).terraform;
  const settings = readFileSync(join(home, 'out/rayman-dev/backend-config.hcl'), 'utf8').trimEnd().split('\n');
  expect(settings.sort()).toEqual(
    Object.entries(backend.s3)
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
      .sort(),
  );
  for (const [file, text] of texts(join(home, 'out'))) {
    for (const outside of [home, root, tmpdir(), `${homedir()}/`, '../', 'node_modules', 'npm ', 'npx ', 'cdktf.out'])
      expect(text, file).not.toContain(outside);
  }
  expect(readdirSync(home).sort()).toEqual(['environments', 'functions', 'out']);
});

test('two exports are the same byte by byte, from different folders and into different folders', () => {
  const [one, other] = [copyOfEnvironments(), copyOfEnvironments()];
  terrace(['export', 'rayman-dev', 'spydor-prod', '--to', 'out'], one);
  terrace(['export', 'spydor-prod', 'rayman-dev', 'rayman-dev', '--to', join(other, 'a/b')], other);
  expect(digest(join(one, 'out'))).toEqual(digest(join(other, 'a/b')));
});

test('what Terraform and its user have put beside the last export stays, and nothing else of it', () => {
  const home = folder({ 'environments/demo/dev.yaml': LOCAL });
  terrace(['export', 'demo-dev', '--to', 'out'], home);
  const [own, old] = [join(home, 'out/demo-dev/terraform.demo-dev.tfstate'), join(home, 'out/demo-dev/assets/old.zip')];
  writeFileSync(own, 'a state');
  writeFileSync(join(home, 'out/demo-dev/.terraform.lock.hcl'), 'checksums');
  mkdirSync(join(home, 'out/demo-dev/assets'));
  writeFileSync(old, 'code of then');
  expect(terrace(['export', 'demo-dev', '--hcl', '--to', 'out'], home).status).toBe(0);
  expect(readdirSync(join(home, 'out/demo-dev')).sort()).toEqual([
    '.terraform.lock.hcl',
    'README.md',
    'cdk.tf',
    'terraform.demo-dev.tfstate',
  ]);
});

test('an export in HCL keeps a local state beside itself, as the JSON does', () => {
  const home = folder({ 'environments/demo/dev.yaml': LOCAL });
  terrace(['export', 'demo-dev', '--hcl', '--to', 'hcl'], home);
  terrace(['export', 'demo-dev', '--to', 'json'], home);
  expect(readFileSync(join(home, 'hcl/demo-dev/cdk.tf'), 'utf8')).toContain('path = "terraform.demo-dev.tfstate"');
  const { terraform } = JSON.parse(readFileSync(join(home, 'json/demo-dev/cdk.tf.json'), 'utf8'));
  expect(terraform.backend).toEqual({ local: { path: 'terraform.demo-dev.tfstate' } });
});

test('fails in a line for each stack that there is not and each folder that is not an export, and writes nothing', () => {
  const home = folder({
    'environments/demo/dev.yaml': LOCAL,
    'environments/demo/prod.yaml': LOCAL,
    'out/demo-dev/main.tf': 'terraform {}',
    'out/demo-prod': 'a file',
  });
  const { status, stdout, stderr } = terrace(['export', 'demo-dev', 'demo-prod', 'demo-dve', '--to', 'out'], home);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    'expected the name of a stack, got "demo-dve": did you mean "demo-dev"?',
    'expected no out/demo-dev, or one that an export of demo-dev has made, got one with main.tf in it: move it away, or name another folder with --to',
    'expected no out/demo-prod, or one that an export of demo-prod has made, got a file: remove it, or name another folder with --to',
    '',
  ]);
  expect(Object.keys(digest(join(home, 'out')))).toEqual(['demo-dev/main.tf', 'demo-prod']);
});

test('the export of one stack is not taken for that of another', () => {
  const home = folder({ 'environments/demo/dev.yaml': LOCAL, 'environments/demo/devel.yaml': LOCAL });
  terrace(['export', 'demo-devel', '--to', 'out'], home);
  const readme = readFileSync(join(home, 'out/demo-devel/README.md'), 'utf8');
  mkdirSync(join(home, 'out/demo-dev'));
  writeFileSync(join(home, 'out/demo-dev/README.md'), readme);
  expect(terrace(['export', 'demo-dev', '--to', 'out'], home).stderr).toBe(
    'expected no out/demo-dev, or one that an export of demo-dev has made, got one with README.md in it: move it away, or name another folder with --to\n',
  );
});

test('the last export stays as it is when a file is wrong or the folder can’t be written to', () => {
  const home = folder({ 'environments/demo/dev.yaml': LOCAL, taken: 'a file' });
  terrace(['export', 'demo-dev', '--to', 'out'], home);
  const before = digest(join(home, 'out'));
  expect(terrace(['export', 'demo-dev', '--to', 'taken'], home)).toMatchObject({
    status: 1,
    stderr: 'taken:1:1 cannot be written to: expected a folder, got something else\n',
  });
  writeFileSync(join(home, 'environments/demo/dev.yaml'), 'region: us-east-1\nworklod: {}\n');
  expect(terrace(['export', 'demo-dev', '--to', 'out'], home)).toMatchObject({
    status: 1,
    stderr: 'environments/demo/dev.yaml:2:1 worklod: unknown key: did you mean "workload"?\n',
  });
  expect(digest(join(home, 'out'))).toEqual(before);
  expect(readdirSync(home).sort()).toEqual(['environments', 'out', 'taken']);
});

test('overrides in the stacks that are handed over are announced, and no others', () => {
  const override = `${LOCAL}overrides:\n  aws_vpc.network: { instance_tenancy: dedicated }\n`;
  const home = folder({ 'environments/demo/dev.yaml': override, 'environments/demo/prod.yaml': override });
  expect(terrace(['export', 'demo-dev', '--to', 'out'], home).stderr).toBe(
    `override in use: demo-dev aws_vpc.network, which terrace does not check\n${NO_LOCKS}`,
  );
});

test('an export needs a folder to go to', () => {
  const { status, stderr } = run('terrace', ['export', 'demo-dev'], folder({ 'environments/demo/dev.yaml': LOCAL }));
  expect({ status, stderr }).toEqual({ status: 2, stderr: "error: required option '--to <folder>' not specified\n" });
});

test('checksums come from the registry, for all usual platforms, and each stack has those of its own providers', () => {
  const { home, asked, terrace } = withTerraform(`
if [ "$TF_CLI_ARGS$TF_WORKSPACE" != "" ]; then exit 7; fi
if [ "$1" = providers ]; then echo "$LOCKS" > .terraform.lock.hcl; else exit 7; fi`);
  const { status, stderr } = terrace(['export', 'rayman-dev', 'rayman-bootstrap', '--to', 'out']);
  expect({ status, warned: stderr.includes('WARNING') }).toEqual({ status: 0, warned: false });
  expect(asked()).toEqual([
    'providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64 -platform=darwin_amd64 -platform=windows_amd64 -no-color',
  ]);
  const head =
    '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';
  const lockOf = (stack: string) => readFileSync(join(home, 'out', stack, '.terraform.lock.hcl'), 'utf8');
  expect(lockOf('rayman-bootstrap')).toBe(`${head}\n${AWS_LOCK}`);
  expect(lockOf('rayman-dev')).toBe(`${head}\n${AWS_LOCK}\n${RANDOM_LOCK}`);
});

test('a mirror locks this machine’s platform, which one line tells with the reason', () => {
  const { home, terrace } = withTerraform(`
case "$1" in
  providers) echo "
Error: Could not retrieve providers for locking

Terraform failed to fetch the requested providers for linux_amd64: some providers could not be installed:
- registry.terraform.io/hashicorp/aws: could not connect to
registry.terraform.io: failed to request discovery document" >&2; exit 1;;
  init) echo "$LOCKS" > .terraform.lock.hcl;;
  version) echo '{ "platform": "linux_amd64" }';;
esac`);
  const { status, stderr } = terrace([
    'export',
    'rayman-dev',
    '--to',
    'out',
    '--platforms',
    'linux_amd64,darwin_arm64,windows_amd64',
  ]);
  expect(status).toBe(0);
  expect(stderr.split('\n').at(-2)).toBe(
    'WARNING: .terraform.lock.hcl knows linux_amd64 only and not darwin_arm64, windows_amd64, because terraform says "registry.terraform.io/hashicorp/aws: could not connect to registry.terraform.io": "terraform providers lock", as the README.md of the stack has it, adds what is missing',
  );
  expect(readFileSync(join(home, 'out/rayman-dev/.terraform.lock.hcl'), 'utf8')).toContain(RANDOM_LOCK);
});

test('without registry and mirror there are no checksums, which one line tells with the reason', () => {
  const { home, terrace } = withTerraform('echo "Error: Invalid provider\n\nDetails" >&2; exit 1');
  const { status, stderr } = terrace(['export', 'rayman-bootstrap', '--to', 'out']);
  expect(status).toBe(0);
  expect(stderr.split('\n').at(-2)).toBe(
    'WARNING: no .terraform.lock.hcl, because terraform says "Invalid provider": "terraform providers lock", as the README.md of the stack has it, adds what is missing',
  );
  expect(readdirSync(join(home, 'out/rayman-bootstrap')).sort()).toEqual(['README.md', 'cdk.tf.json']);
});

const AWS_LOCK = `provider "registry.terraform.io/hashicorp/aws" {
  version = "5.100.0"
  hashes = [
    "h1:aaa=",
  ]
}
`;
const RANDOM_LOCK = AWS_LOCK.replace('aws', 'random').replace('5.100.0', '3.7.2');

/** The shipped environments beside a `terraform` that is this shell script; `asked` tells its arguments. */
function withTerraform(script: string) {
  const home = copyOfEnvironments();
  const bin = folder({ terraform: `#!/bin/sh\necho "$@" >> "$ASKED"\n${script}\n` });
  chmodSync(join(bin, 'terraform'), 0o755);
  const log = join(bin, 'asked');
  const variables = {
    PATH: bin,
    ASKED: log,
    LOCKS: `${AWS_LOCK}\n${RANDOM_LOCK}`,
    TF_CLI_ARGS: '-x',
    TF_WORKSPACE: 'x',
  };
  return {
    home,
    asked: () => readFileSync(log, 'utf8').trimEnd().split('\n'),
    terrace: (args: readonly string[]) => runWith(variables, 'terrace', args, home),
  };
}

function emptyBin(): string {
  const path = join(tmpdir(), `terrace-no-programs-${process.pid}`);
  mkdirSync(path, { recursive: true });
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

function texts(path: string): [string, string][] {
  return filesIn(path)
    .filter((file) => !file.endsWith('.zip'))
    .map((file) => [file, readFileSync(join(path, file), 'utf8')]);
}

function digest(path: string): Record<string, string> {
  const sum = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(path, file)))
      .digest('hex');
  return Object.fromEntries(filesIn(path).map((file) => [file, sum(file)]));
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
}
