import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `terraform init` gets as hashicorp/aws here: the real one, one that asks no service of AWS, or why it gets none. */
export type Provider = 'real' | 'stand-in' | { readonly missing: string };

/** With the block of providers that a stack of nothing but AWS has. */
export const awsAlone = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'us-east-1' }] },
};

/** A stand-in tells in a log what it was asked; the real one gets no answer. */
export function whichProvider(): Provider {
  const path = mkdtempSync(join(tmpdir(), 'terrace-e2e-provider-'));
  try {
    writeFileSync(
      join(path, 'main.tf.json'),
      JSON.stringify({ ...awsAlone, data: { aws_caller_identity: { current: {} } } }),
    );
    if (spawnSync('terraform', ['version']).error) return { missing: 'there is no terraform on the PATH' };
    const init = terraform(path, ['init', '-no-color']);
    if (init.status !== 0) return { missing: `terraform init fails here: ${/Error: (.*)/.exec(init.stderr)?.[1]}` };
    const log = join(path, 'log');
    terraform(path, ['plan'], { STANDIN_LOG: log });
    return existsSync(log) ? 'stand-in' : 'real';
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function terraform(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const quick = { AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true', CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
  return spawnSync('terraform', args, { cwd, encoding: 'utf8', env: { ...process.env, ...nowhere, ...quick, ...env } });
}
