import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root, run } from './support/program';

// What we write for hashicorp/aws 5.100.0 is accepted by 6.x too; docs/cdktf.md tells what an upgrade brings besides. For
// mirrors that have it: a registry would hand out 700 MB for a provider that nothing here runs with yet.
const VERSION = '6.25.0';
const work = mkdtempSync(join(tmpdir(), 'terrace-provider-6-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const stacks = synthesize();
const missing = whatIsMissing();
if (missing !== undefined) console.warn(`SKIPPED: stacks under hashicorp/aws ${VERSION}, because ${missing}`);

test('a provider 6.x is there, where it is required', () => {
  expect(process.env['TERRACE_REQUIRE_PROVIDER_6'] === '1' ? missing : undefined).toBeUndefined();
});

for (const stack of stacks) {
  test.skipIf(missing !== undefined)(`hashicorp/aws ${VERSION} has nothing against ${stack}`, () => {
    expect(problems(stack, (json) => json)).toEqual([]);
  });
}

test.skipIf(missing !== undefined)('fails with the address for an argument that 6.x has no more', () => {
  const [stack = ''] = stacks.filter((name) => name.endsWith('-bootstrap'));
  const canary = (json: string) => json.replace('"state_bucket": {', '"state_bucket": { "bukket": "x",');
  expect(problems(stack, canary)).toEqual([expect.stringMatching(/^resource\.aws_s3_bucket\.state_bucket: .*bukket/)]);
});

function synthesize(): string[] {
  for (const part of ['environments', 'functions']) cpSync(join(root, part), join(work, part), { recursive: true });
  cpSync(join(__dirname, 'examples'), join(work, 'environments'), { recursive: true });
  const { status, stderr } = run('synth', [], work);
  if (status !== 0) throw new Error(stderr);
  return readdirSync(join(work, 'cdktf.out', 'stacks')).sort();
}

function whatIsMissing(): string | undefined {
  const { error, status, stderr } = terraform(stacks[0] ?? '', ['version']);
  if (error || status !== 0) return `there is no terraform on the PATH${stderr ?? ''}`;
  if (!/filesystem_mirror|network_mirror/.test(configuration())) return 'TF_CLI_CONFIG_FILE names no provider mirror';
  upgrade(stacks[0] ?? '', (json) => json);
  const init = terraform(stacks[0] ?? '', ['init', '-backend=false', '-input=false', '-no-color']);
  const [, reason] = /Error: (.*)/.exec(init.stderr) ?? [];
  return init.status === 0 ? undefined : `terraform init fails here: ${reason}`;
}

function configuration(): string {
  try {
    return readFileSync(process.env.TF_CLI_CONFIG_FILE ?? '', 'utf8');
  } catch {
    return '';
  }
}

/** What the provider finds wrong or worth a warning, by address. */
function problems(stack: string, change: (json: string) => string): string[] {
  upgrade(stack, change);
  const init = terraform(stack, ['init', '-backend=false', '-input=false', '-no-color']);
  if (init.status !== 0) return [init.stderr];
  const { diagnostics } = JSON.parse(terraform(stack, ['validate', '-json']).stdout) as {
    diagnostics: { summary: string; detail: string; snippet?: { context?: string } }[];
  };
  return diagnostics.map(({ summary, detail, snippet }) => `${snippet?.context ?? ''}: ${summary}: ${detail}`);
}

function upgrade(stack: string, change: (json: string) => string): void {
  const file = join(work, 'cdktf.out', 'stacks', stack, 'cdk.tf.json');
  const json = readFileSync(file, 'utf8').replace('"version": "5.100.0"', `"version": "${VERSION}"`);
  writeFileSync(file, change(json));
}

function terraform(stack: string, args: readonly string[]) {
  const cwd = join(work, 'cdktf.out', 'stacks', stack);
  return spawnSync('terraform', args, { cwd, encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
}
