import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** An emulator of AWS's APIs. https://docs.getmoto.org */
const MOTO = '5.2.5';
const PACKAGE = `moto[server]==${MOTO}`;
const INSTALL_MILLISECONDS = 180_000;
const START_MILLISECONDS = 30_000;

/** The Python that has the emulator, or why there is none here. */
export type Installed = { readonly python: string } | { readonly missing: string };

export interface Moto {
  readonly url: string;
  stop(): void;
}

/** Installs the emulator once, into the user's cache folder. */
export function installMoto(): Installed {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const home = join(cache, 'terrace', `moto-${MOTO}`);
  if (existsSync(home)) return { python: pythonOf(home) };

  // Made aside and moved as a whole: several test files may be at it at the same moment.
  const making = `${home}.${process.pid}`;
  const failed =
    failure('python3', ['-m', 'venv', making]) ??
    failure(pythonOf(making), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE]);
  if (failed === undefined && !existsSync(home)) renameSync(making, home);
  rmSync(making, { recursive: true, force: true });
  return failed === undefined ? { python: pythonOf(home) } : { missing: failed };
}

/** Starts it on a port of its own. */
export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  if (await answers(url, server)) return { url, stop: () => void server.kill() };
  server.kill();
  throw new Error(`${python} -m moto.server does not answer`);
}

function pythonOf(home: string): string {
  return join(home, 'bin', 'python');
}

/** Why a program fails here, if it does. */
function failure(program: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: INSTALL_MILLISECONDS });
  if (!error && status === 0) return undefined;
  return `"${[program, ...args].join(' ')}" fails here: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until && server.exitCode === null) {
    const answered = await fetch(`${url}/moto-api/data.json`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return true;
    await pause(100);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
