import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { StackFiles } from '../tools/stack-changes';
import { Refusal } from './refusal';
import { checkOut, type Revision } from './revision';

/** The folder of this program: dist/, where it runs from, lies in it. */
const TERRACE = realpathSync(join(__dirname, '..'));

/** What synth makes of the files of a revision, and of those that are there now, committed or not. */
export interface BothTimes {
  readonly revision: Revision;
  readonly earlier: StackFiles;
  readonly later: StackFiles;
}

/** Synthesizes both in a folder that is lent for it; nothing is written in the repository. */
export async function synthesizeBothTimes(since: string, folder: string): Promise<BothTimes> {
  const revision = checkOut(since, folder, TERRACE);
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  const program = join(TERRACE, 'bin', 'synth.js');
  // Started together: each takes a processor of its own.
  const [then, now] = await Promise.all([
    revision.empty ? '' : synth(revision.program ?? program, revision.home, before),
    synth(program, revision.now, after),
  ]);
  if (now !== '') throw new Refusal(now);
  if (then !== '') throw new Refusal(`${since} cannot be synthesized: ${then.split('\n')[0]}`);
  return { revision, earlier: revision.empty ? new Map() : filesOf(before), later: filesOf(after) };
}

/** Why the older files were synthesized by the code of now, to be put behind a sentence; nothing where they were not. */
export function codeOfNow({ reason }: Revision): string {
  return reason === undefined ? '' : `, whose files were synthesized by the code of now, because ${reason}`;
}

/** Runs a synth; its problems, or nothing when it succeeds. */
function synth(program: string, cwd: string, outdir: string): Promise<string> {
  const { SYNTH_HCL_OUTPUT: _, ...env } = process.env;
  const child = spawn(process.execPath, [program], {
    cwd,
    env: { ...env, CDKTF_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Before the folder goes that it writes to.
  const stop = () => child.kill();
  process.prependOnceListener('exit', stop);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      process.removeListener('exit', stop);
      done(code === 0 ? '' : problems(said) || `synth ended with ${signal ?? code}`);
    });
  });
}

/** Without the warnings that sound files have, and without Node's source line and stack. */
function problems(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/ warning: |^override in use: |^\s+at /.test(line));
  const error = lines.find((line) => /^(?:[A-Z]\w*)?Error: /.test(line));
  return error ?? lines.join('\n');
}

function filesOf(outdir: string): StackFiles {
  const stacks = join(outdir, 'stacks');
  return new Map(readdirSync(stacks).map((stack) => [stack, filesIn(join(stacks, stack))]));
}

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}
