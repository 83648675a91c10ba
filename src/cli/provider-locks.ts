import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequiredProvider } from '../tools/handover';

export const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_arm64', 'darwin_amd64', 'windows_amd64'];

/** Checksums of providers, as a lock file; `note` says what is missing and why. */
export interface ProviderLocks {
  readonly text?: string;
  readonly note?: string;
}

/**
 * Asks Terraform for the checksums of providers: the registry has those of all platforms, and a mirror, which
 * `terraform init` uses as it is configured to, those of this machine.
 */
export function lockProviders(providers: readonly RequiredProvider[], platforms: readonly string[]): ProviderLocks {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-'));
  try {
    const required = Object.fromEntries(providers.map(({ name, source, version }) => [name, { source, version }]));
    writeFileSync(join(folder, 'providers.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
    const read = () => readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8');

    const asked = terraform(folder, ['providers', 'lock', ...platforms.map((platform) => `-platform=${platform}`)]);
    if (asked.error) return { note: `no .terraform.lock.hcl, because there is no terraform on the PATH: ${LATER}` };
    if (asked.status === 0) return { text: read() };

    const installed = terraform(folder, ['init', '-backend=false', '-input=false']);
    if (installed.status !== 0)
      return { note: `no .terraform.lock.hcl, because terraform says ${why(installed)}: ${LATER}` };
    const own = ownPlatform(folder);
    const others = platforms.filter((platform) => platform !== own);
    return {
      text: read(),
      note: `.terraform.lock.hcl knows ${own} only and not ${others.join(', ')}, because terraform says ${why(asked)}: ${LATER}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LATER = '"terraform providers lock", as the README.md of the stack has it, adds what is missing';

/** What Terraform itself was told by its user on the way (arguments, a data folder, a workspace) is not meant for this. */
function terraform(cwd: string, args: readonly string[]): SpawnSyncReturns<string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^TF_(?:CLI_ARGS|DATA_DIR|WORKSPACE)/.test(name));
  const env = { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: '1' };
  return spawnSync('terraform', [...args, ...(args[0] === 'version' ? [] : ['-no-color'])], {
    cwd,
    env,
    encoding: 'utf8',
  });
}

function ownPlatform(folder: string): string {
  return JSON.parse(terraform(folder, ['version', '-json']).stdout).platform;
}

/** What Terraform gives as its first reason: its list of them has one for each provider, with everything on the way there. */
function why({ stderr, stdout }: SpawnSyncReturns<string>): string {
  const text = `${stderr}\n${stdout}`.replace(/^[│╷╵ ]+/gm, '').replace(/\s+/g, ' ');
  const [, summary = 'nothing of why'] = /^Error: (.+)$/m.exec(`${stderr}\n${stdout}`) ?? [];
  const [, reason] = / - (\S+: [^:]+)/.exec(text) ?? [];
  return `"${reason ?? summary}"`;
}
