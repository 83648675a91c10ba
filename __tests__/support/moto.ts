import { type ChildProcess, execFile, spawn } from 'node:child_process';
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

/** Time for the hook that starts it, the installation included. */
export const MOTO_MILLISECONDS = 2 * INSTALL_MILLISECONDS + START_MILLISECONDS;

export interface Moto {
  readonly url: string;
  stop(): void;
}

/** Starts the emulator, installed once into the user's cache folder; or tells why there is none here. */
export async function startMoto(): Promise<Moto | string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const home = join(cache, 'terrace', `moto-${MOTO}`);
  const failed = existsSync(home) ? undefined : await install(home);
  return failed ?? start(pythonOf(home));
}

/** Made aside and moved as a whole: several test files may be at it at the same moment. */
async function install(home: string): Promise<string | undefined> {
  const making = `${home}.${process.pid}`;
  const failed =
    (await failure('python3', ['-m', 'venv', making])) ??
    (await failure(pythonOf(making), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE]));
  if (failed === undefined && !existsSync(home)) renameSync(making, home);
  rmSync(making, { recursive: true, force: true });
  return failed;
}

/** On a port of its own. */
async function start(python: string): Promise<Moto> {
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
function failure(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: INSTALL_MILLISECONDS }, (error, _, stderr) => {
      const why = stderr.trim().split('\n').at(-1) || error?.message;
      resolve(error ? `"${[program, ...args].join(' ')}" fails here: ${why}` : undefined);
    });
  });
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
