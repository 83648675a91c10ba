import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const root = join(__dirname, '..', '..');

/** How a program ended and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of bin/ in a folder, as npm and npx do. */
export function run(program: 'synth' | 'terrace', args: readonly string[], cwd: string, input = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', `${program}.js`), ...args], {
    cwd,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** The same with other variables around it. */
export function runWith(
  variables: NodeJS.ProcessEnv,
  program: 'synth' | 'terrace',
  args: readonly string[],
  cwd: string,
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', `${program}.js`), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...variables },
  });
  return { status, stdout, stderr };
}

/** An empty folder, gone when the test is over. */
export function emptyFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'terrace-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A copy of the shipped environments, and of the functions they name, in a folder of its own. */
export function copyOfEnvironments(): string {
  const path = emptyFolder();
  for (const part of ['environments', 'functions']) cpSync(join(root, part), join(path, part), { recursive: true });
  return path;
}
