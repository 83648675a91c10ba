import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root, run } from './support/program';

// Real Terraform with the real provider, from wherever `terraform init` gets it: the registry, or the mirror that
// TF_CLI_CONFIG_FILE names. TERRACE_REQUIRE_TERRAFORM=1 makes it an error that it gets none.
const work = mkdtempSync(join(tmpdir(), 'terrace-terraform-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const stacks = ['json', 'hcl'].flatMap((language) =>
  synthesize(language).map((stack) => ({ language, stack, path: join(work, language, 'cdktf.out', 'stacks', stack) })),
);
const missing = whatIsMissing();
if (missing !== undefined) console.warn(`SKIPPED: terraform validate of ${stacks.length} stacks, because ${missing}`);

test('Terraform and its providers are there where they are required', () => {
  expect(process.env.TERRACE_REQUIRE_TERRAFORM === '1' ? missing : undefined).toBeUndefined();
});

for (const { language, stack, path } of stacks) {
  test.skipIf(missing !== undefined)(`the provider accepts ${stack} in ${language}`, () => {
    expect(validate(path)).toBe('');
  });
}

test.skipIf(missing !== undefined)('fails for an argument that the provider does not know', () => {
  const path = join(work, 'canary');
  cpSync(stacks.find(({ stack }) => stack.endsWith('-bootstrap'))?.path ?? '', path, { recursive: true });
  const file = join(path, 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  json.resource.aws_s3_bucket.state_bucket.bukket = 'x';
  writeFileSync(file, JSON.stringify(json));
  expect(validate(path)).toContain('bukket');
});

function synthesize(language: string): string[] {
  const home = join(work, language);
  for (const part of ['environments', 'functions']) cpSync(join(root, part), join(home, part), { recursive: true });
  cpSync(join(__dirname, 'examples'), join(home, 'environments'), { recursive: true });
  const { status, stderr } = run('synth', language === 'hcl' ? ['--hcl'] : [], home);
  if (status !== 0) throw new Error(stderr);
  return readdirSync(join(home, 'cdktf.out', 'stacks')).sort();
}

function whatIsMissing(): string | undefined {
  const version = spawnSync('terraform', ['version', '-json'], { encoding: 'utf8' });
  if (version.error) return 'there is no terraform on the PATH';
  const init = terraform(stacks.at(-1)?.path ?? '', ['init', '-backend=false', '-input=false', '-no-color']);
  const reason = `${init.stdout}\n${init.stderr}`.split('\n').find((line) => /Error/.test(line));
  return init.status === 0 ? undefined : `terraform init fails here: ${reason?.replace(/^\W*Error: /, '')}`;
}

/** What the provider finds wrong or worth a warning, as text. */
function validate(path: string): string {
  const init = terraform(path, ['init', '-backend=false', '-input=false', '-no-color']);
  if (init.status !== 0) return init.stderr;
  const { diagnostics } = JSON.parse(terraform(path, ['validate', '-json']).stdout) as {
    diagnostics: { summary: string; detail: string }[];
  };
  return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n');
}

function terraform(cwd: string, args: readonly string[]) {
  return spawnSync('terraform', args, { cwd, encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
}
