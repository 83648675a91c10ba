import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './program';

/** What is no part of a fresh clone, or isn't copied: the packages are linked, and nobody else's systems are there. */
const LEFT_OUT = ['.git', 'node_modules', 'environments'];

/** A project in a folder of its own. */
export interface Clone {
  readonly path: string;
  /** What commands have to find around them: npx keeps links to the project in its cache. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** The project as it is after `npm ci`, without an environment. */
export function clone(): Clone {
  const home = mkdtempSync(join(tmpdir(), 'terrace-clone-'));
  const path = join(home, 'terrace');
  const parts = readdirSync(root).filter((part) => !LEFT_OUT.includes(part) && !/^cdktf\.out|\.tfstate/.test(part));
  for (const part of parts) cpSync(join(root, part), join(path, part), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  mkdirSync(join(path, 'environments'));
  const env = { npm_config_cache: join(home, 'npm') };
  return { path, env, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Writes a file, and its folder where that is missing. */
export function writeInto(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
