import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/files';
import { copyOfEnvironments, root, run } from '../support/program';

test('two synths in two folders are byte-identical, in JSON and in HCL', () => {
  for (const flags of [[], ['--hcl']]) {
    const [one, other] = [copyOfEnvironments(), copyOfEnvironments()];
    run('synth', flags, one);
    run('synth', flags, other);
    expect(digest(join(one, 'cdktf.out'))).toEqual(digest(join(other, 'cdktf.out')));
    expect(Object.keys(digest(join(one, 'cdktf.out'))).length).toBeGreaterThan(3);
  }
});

test('what is written names no place of this machine', () => {
  const home = copyOfEnvironments();
  run('synth', [], home);
  const text = files(join(home, 'cdktf.out'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(text).not.toContain(home);
  expect(text).not.toContain(root);
});

test('the order of keys in a file changes nothing', () => {
  const one = folder({
    'environments/demo/dev.yaml':
      'region: us-east-1\nstate: local\nbuckets:\n  - { name: a }\ncluster:\n  container_insights: true\n',
  });
  const other = folder({
    'environments/demo/dev.yaml':
      'cluster:\n  container_insights: true\nbuckets:\n  - { name: a }\nstate: local\nregion: us-east-1\n',
  });
  run('synth', [], one);
  run('synth', [], other);
  expect(digest(join(one, 'cdktf.out'))).toEqual(digest(join(other, 'cdktf.out')));
});

test('fails whole: one bad environment leaves all of the last output as it was', () => {
  const home = copyOfEnvironments();
  run('synth', [], home);
  const before = digest(join(home, 'cdktf.out'));
  writeFileSync(join(home, 'environments', 'fckdoomscroll', 'dev.yaml'), 'env: dev\nworklod: {}\n');

  const { status, stderr } = run('synth', [], home);

  expect(status).toBe(1);
  expect(stderr).toBe('environments/fckdoomscroll/dev.yaml:2:1 worklod: unknown key: did you mean "workload"?\n');
  expect(digest(join(home, 'cdktf.out'))).toEqual(before);
  expect(readdirSync(home).sort()).toEqual(['cdktf.out', 'environments', 'functions']);
});

test('leaves what Terraform keeps beside the output, and takes away what synth no longer makes', () => {
  const home = folder({
    'environments/demo/dev.yaml': 'region: us-east-1\nstate: local\n',
    'environments/demo/old.yaml': 'region: us-east-1\nstate: local\n',
  });
  run('synth', ['--hcl'], home);
  const stack = join(home, 'cdktf.out', 'stacks', 'demo-dev');
  mkdirSync(join(stack, '.terraform'));
  writeFileSync(join(stack, '.terraform.lock.hcl'), 'locked');
  writeFileSync(join(home, 'environments', 'demo', 'old.yaml'), 'region: us-east-1\nstate: local\nprotect: false\n');
  run('synth', [], home);

  expect(readdirSync(stack).sort()).toEqual(['.terraform', '.terraform.lock.hcl', 'cdk.tf.json']);
  expect(readdirSync(join(home, 'cdktf.out', 'stacks'))).toEqual(['demo-dev', 'demo-old']);
});

test('a removed environment takes its output along', () => {
  const home = folder({
    'environments/demo/dev.yaml': 'region: us-east-1\n',
    'environments/other/dev.yaml': 'region: us-east-1\n',
  });
  run('synth', [], home);
  const renamed = folder({ 'environments/demo/dev.yaml': 'region: us-east-1\n' });
  run('synth', [], renamed);
  writeFileSync(join(home, 'environments', 'other', 'dev.yaml'), 'region: us-east-1\nstate: local\n');
  run('synth', [], home);

  expect(readdirSync(join(home, 'cdktf.out', 'stacks'))).toEqual(['demo-bootstrap', 'demo-dev', 'other-dev']);
});

test('a backend of the pipeline’s own finds ours as a partial configuration beside the stack', () => {
  const home = folder({ 'environments/demo/dev.yaml': 'region: eu-west-1\naccount_id: "123456789012"\n' });
  run('synth', [], home);
  expect(readFileSync(join(home, 'cdktf.out', 'stacks', 'demo-dev', 'backend-config.hcl'), 'utf8')).toBe(
    [
      'bucket = "demo-terraform-state"',
      'key = "demo/dev/terraform.tfstate"',
      'region = "eu-west-1"',
      'encrypt = true',
      'dynamodb_table = "demo-terraform-locks"',
      'use_lockfile = true',
      'allowed_account_ids = ["123456789012"]',
      '',
    ].join('\n'),
  );
});

test('a local state needs no AWS: no backend configuration and no bootstrap stack', () => {
  const home = folder({ 'environments/demo/dev.yaml': 'region: eu-west-1\nstate: local\n' });
  run('synth', [], home);
  expect(readdirSync(join(home, 'cdktf.out', 'stacks'))).toEqual(['demo-dev']);
  expect(readdirSync(join(home, 'cdktf.out', 'stacks', 'demo-dev'))).toEqual(['cdk.tf.json']);
});

test('fails when an override names an address that no resource has', () => {
  const home = folder({
    'environments/demo/dev.yaml': 'region: eu-west-1\noverrides:\n  aws_vpc.netwrk: { enable_dns_support: false }\n',
  });
  const { status, stderr } = run('synth', [], home);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'environments/demo/dev.yaml:3:3 overrides["aws_vpc.netwrk"]: expected the address of a resource of demo-dev, got "aws_vpc.netwrk": did you mean "aws_vpc.network"?\n',
  );
  expect(existsSync(join(home, 'cdktf.out'))).toBe(false);
});

test('an override is applied in both languages and announced', () => {
  const yaml = 'region: eu-west-1\noverrides:\n  aws_vpc.network: { instance_tenancy: dedicated }\n';
  const home = folder({ 'environments/demo/dev.yaml': yaml });
  expect(run('synth', [], home).stderr).toBe(
    'override in use: demo-dev aws_vpc.network, which terrace does not check\n',
  );
  const stack = join(home, 'cdktf.out', 'stacks', 'demo-dev');
  expect(JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')).resource.aws_vpc.network.instance_tenancy).toBe(
    'dedicated',
  );
  run('synth', ['--hcl'], home);
  expect(readFileSync(join(stack, 'cdk.tf'), 'utf8')).toContain('instance_tenancy = "dedicated"');
});

test('an edit of the sources is noticed', () => {
  const stamp = join(root, 'dist', 'built-from');
  run('terrace', ['--help'], root);
  const before = statSync(stamp).mtimeMs;
  run('terrace', ['--help'], root);
  expect(statSync(stamp).mtimeMs).toBe(before);
  writeFileSync(stamp, 'something older');
  run('terrace', ['--help'], root);
  expect(readFileSync(stamp, 'utf8')).not.toBe('something older');
});

function digest(path: string): Record<string, string> {
  return Object.fromEntries(
    files(path).map((file) => [file.slice(path.length), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

function files(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

test('fails in one line where the output can’t be written', () => {
  const home = folder({
    'environments/demo/dev.yaml': 'region: us-east-1\nstate: local\n',
    'cdktf.out': 'not a folder',
  });
  const { status, stderr } = run('synth', [], home);
  expect(status).toBe(1);
  expect(stderr).toBe('cdktf.out:1:1 cannot be written to: expected a folder, got something else\n');
});

test('fails for an argument that synth does not know', () => {
  const { status, stderr } = run('synth', ['--hlc'], folder({ 'environments/demo/dev.yaml': 'region: us-east-1\n' }));
  expect(status).toBe(1);
  expect(stderr).toBe('synth: expected no argument but --hcl, got --hlc\n');
});

test('things whose names are easily taken for one another have addresses of their own', () => {
  const home = folder({
    'environments/demo/dev.yaml': `region: us-east-1
state: local
buckets: [{ name: a }, { name: a-policy }, { name: a-versioning }]
secrets: [{ name: constructor, generate: { constructor: 20, version: 20 } }]
`,
  });
  expect(run('synth', [], home)).toMatchObject({ status: 0, stderr: '' });
});
