// Builds dist/ from the sources, and tells whether it is still up to date. Synth runs from what this makes.
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'built-from');
const functions = ['deployer', 'notifier'];
const entries = {
  synth: 'main.ts',
  terrace: 'src/cli/main.ts',
  page: 'src/tools/review/render/html.ts',
  rendered: 'src/environment/rendered.ts',
  diagram: 'src/tools/diagram/drawn.ts',
};

/** Names, sizes and times of everything that the build depends on. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['main.ts', 'package-lock.json', 'bin/build.js', ...sources('src'), ...sources('functions')]) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function sources(folder) {
  const found = readdirSync(join(root, folder), { withFileTypes: true });
  return found
    .flatMap((entry) => (entry.isDirectory() ? sources(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort();
}

function build() {
  const print = fingerprint();
  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    outdir: dist,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    external: ['esbuild'],
    logLevel: 'error',
  });
  mkdirSync(join(dist, 'functions'), { recursive: true });
  for (const { path, contents } of outputFiles) replace(path, contents);
  for (const name of functions) replace(join(dist, 'functions', `${name}.js`), bundle(name));
  replace(stamp, print);
  for (const file of readdirSync(dist)) if (file.endsWith('.cache')) rmSync(join(dist, file), { force: true });
  return print;
}

/** Code that runs in AWS, bundled as src/environment/function-code.ts does it: to the same bytes. */
function bundle(name) {
  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: [join(root, 'functions', name, 'index.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

/** Runs a program of dist/, built anew when a source has changed. */
function run(name) {
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  const installed = !existsSync(join(root, 'src'));
  load(name, installed || built === fingerprint() ? built : build());
}

/**
 * Like `require`, with V8's compiled code kept beside the file: a fifth of a run was compiling. The name carries what it
 * was built from, because V8 itself compares no more than the length of a source.
 */
function load(name, print) {
  const file = join(dist, `${name}.js`);
  const cache = join(dist, `${name}.${print.slice(0, 12)}.${process.version}.${process.arch}.cache`);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) process.once('exit', () => keep(cache, script));
  const module = new Module(file);
  module.filename = file;
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dist);
}

function keep(cache, script) {
  try {
    replace(cache, script.createCachedData());
  } catch {
    // A folder that can't be written to: the next run compiles again.
  }
}

/** Whole or not at all, also for a second process that reads at the same moment. */
function replace(file, contents) {
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
}

module.exports = { run };
if (require.main === module) build();
