import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { FunctionCode } from '../blocks/functions/lambda';
import { entryOf } from '../spec/load/code-exists';

/** A moment that never changes, for the files in a zip: 1980 is the first that the format knows. */
const TIME = new Date(1980, 0, 1);
const READABLE = 0o644 << 16;

/** What has been bundled in this run: environments of one system have the same functions. */
const bundled = new Map<string, FunctionCode>();

/** The zip of a function: bundled from a folder, or the file itself. The same sources give the same bytes. */
export function functionCode(path: string): FunctionCode {
  const code = bundled.get(path) ?? makeCode(path);
  bundled.set(path, code);
  return code;
}

/**
 * The zip of one of our own functions, wherever synth is run from.
 *
 * Beside the built program it is bundled already; from the sources it is bundled here, to the same bytes.
 */
export function packagedFunction(name: string): FunctionCode {
  const built = join(__dirname, 'functions', `${name}.js`);
  if (!existsSync(built)) return functionCode(join(__dirname, '..', '..', 'functions', name));
  const code = bundled.get(built) ?? withHash(zip(readFileSync(built)));
  bundled.set(built, code);
  return code;
}

function makeCode(path: string): FunctionCode {
  return withHash(path.endsWith('.zip') ? readFileSync(path) : zip(bundle(path)));
}

function withHash(bytes: Uint8Array): FunctionCode {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('base64') };
}

function bundle(folder: string): Uint8Array {
  // Loaded here, because most environments have no functions.
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [entryOf(folder) ?? folder],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

function zip(index: Uint8Array): Uint8Array {
  return zipSync({ 'index.js': [index, { mtime: TIME, os: 3, attrs: READABLE, level: 9 }] });
}
