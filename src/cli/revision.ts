import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { Refusal } from './refusal';

/** The files of an older revision, in a folder of their own. */
export interface Revision {
  /** The full id of the commit. */
  readonly commit: string;

  /** The folder there that the current folder is here. */
  readonly home: string;

  /** The same in a copy of the files as they are now: bundles of functions tell how far away the packages are. */
  readonly now: string;

  /** Whether there were no environments yet. */
  readonly empty: boolean;

  /** The program of then, where it can be run with what is installed now. */
  readonly program: string | undefined;

  /** Why the program of then is not run, where there was one. */
  readonly reason: string | undefined;
}

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/**
 * Writes the files of a revision below `folder`, and changes nothing in the repository, whatever happens to this process: a
 * worktree would be noted there.
 */
export function checkOut(name: string, folder: string, terrace: string): Revision {
  const top = realpathSync(git(['rev-parse', '--show-toplevel'], 'expected to be run in a git repository').trim());
  const here = relative(top, realpathSync('.'));
  const advice = 'a clone that is not deep enough gets it with "git fetch --unshallow"';
  const [commit = ''] = git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    `expected a git revision, got "${name}": ${advice}`,
    false,
  ).split('\n');

  const tree = join(folder, 'then');
  mkdirSync(tree);
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') };
  git(['read-tree', commit], `${name} cannot be read`, true, { cwd: top, env });
  git(['checkout-index', '--all', `--prefix=${tree}${sep}`], `${name} cannot be read`, true, { cwd: top, env });

  const home = join(tree, here);
  const now = join(folder, 'now');
  copyFiles(top, now);
  mkdirSync(join(now, here), { recursive: true });
  linkModules(top, now, here);
  const found = { commit, home, now: join(now, here) };
  if (!existsSync(join(home, 'environments'))) return { ...found, empty: true, program: undefined, reason: undefined };
  const own = relative(top, terrace);
  const ours = !own.startsWith('..') && !own.split(sep).includes('node_modules');
  linkModules(top, tree, here);
  if (ours) linkModules(top, tree, own);
  return { ...found, empty: false, ...programOf(tree, top, here, ours ? own : undefined) };
}

/** Copies what a synth may read, whether git knows it or not. */
function copyFiles(top: string, target: string): void {
  const except = ['node_modules', '.terraform', 'cdktf.out*', '*.tfstate*'].map((pattern) => `--exclude=${pattern}`);
  const listed = git(['ls-files', '-z', '--cached', '--others', ...except], 'the files cannot be listed', true, {
    cwd: top,
  });
  for (const file of new Set(listed.split('\0'))) {
    // Another repository in this one ends in a slash; what is deleted and not committed yet is listed all the same.
    if (file === '' || file.endsWith('/') || !lstatSync(join(top, file), { throwIfNoEntry: false })) continue;
    cpSync(join(top, file), join(target, file), { recursive: true, verbatimSymlinks: true });
  }
}

/** A program that lies in the repository is part of it; one that is installed is what the lock file says. */
function programOf(
  tree: string,
  top: string,
  here: string,
  own: string | undefined,
): Pick<Revision, 'program' | 'reason'> {
  const differing = differingLock(tree, top, own ?? here);
  if (differing !== undefined) return { program: undefined, reason: `${differing} was not the same then` };
  if (own === undefined) return { program: undefined, reason: undefined };
  const program = join(tree, own, 'bin', 'synth.js');
  return existsSync(program)
    ? { program, reason: undefined }
    : { program: undefined, reason: 'there was no bin/synth.js then' };
}

/** The lock file nearest to a folder, by its place in the repository, if it has changed. */
function differingLock(tree: string, top: string, folder: string): string | undefined {
  for (const place of upwards(folder)) {
    const names = LOCK_FILES.map((file) => join(place, file));
    const found = names.filter((name) => existsSync(join(top, name)) || existsSync(join(tree, name)));
    if (found.length > 0) return found.find((name) => read(join(top, name)) !== read(join(tree, name)));
  }
  return undefined;
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Lends the installed packages to the older files: synth bundles functions, which import some. */
function linkModules(top: string, tree: string, folder: string): void {
  for (const place of upwards(folder)) {
    const [installed, there] = [join(top, place, 'node_modules'), join(tree, place, 'node_modules')];
    if (existsSync(installed) && !existsSync(there) && existsSync(dirname(there)))
      symlinkSync(installed, there, 'junction');
  }
}

/** `a/b` → `a/b`, `a`, ``. */
function upwards(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split(sep);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join(sep)).concat('');
}

/** What git prints; where it fails, `refusal`, with git's own reason where that says more. */
function git(
  args: readonly string[],
  refusal: string,
  withReason = true,
  where: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  const { error, status, stdout, stderr } = spawnSync('git', args, { ...where, encoding: 'utf8', maxBuffer: Infinity });
  if (error) throw new Refusal(`expected git on the PATH, got ${(error as NodeJS.ErrnoException).code}`);
  if (status === 0) return stdout;
  const [reason = ''] = stderr.split('\n');
  throw new Refusal(withReason ? `${refusal}: ${reason.replace(/^(?:fatal|error): /, '')}` : refusal);
}
