'use strict';

// Builds dist/ from the sources, and tells whether it is still up to date. Synth runs from what this makes.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'built-from');
const entries = { synth: 'main.ts', terrace: 'src/cli/main.ts' };

/** Names, sizes and times of everything that the build depends on. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['main.ts', 'package-lock.json', 'bin/build.js', ...sources('src')]) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function sources(folder) {
  const found = readdirSync(join(root, folder), { withFileTypes: true });
  return found.flatMap((entry) => (entry.isDirectory() ? sources(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`])).sort();
}

function build() {
  const print = fingerprint();
  mkdirSync(dist, { recursive: true });
  require('esbuild').buildSync({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  writeFileSync(`${stamp}.new`, print);
  renameSync(`${stamp}.new`, stamp);
}

/** Runs a program of dist/, built anew when a source has changed. */
function run(name) {
  const installed = !existsSync(join(root, 'src'));
  if (!installed && (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint())) build();
  require(join(dist, `${name}.js`));
}

module.exports = { run };
if (require.main === module) build();
