import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type StackChanges, type StackFiles, stackChanges } from '../../tools/stack-changes';
import { Refusal } from '../refusal';
import { checkOut, type Revision } from '../revision';
import { inTemporaryFolder } from '../temporary-folder';

/** The folder of this program: dist/, where it runs from, lies in it. */
const TERRACE = realpathSync(join(__dirname, '..'));

interface Flags {
  readonly since: string;
  readonly json: boolean;
}

/** `terrace changed --since <revision>` */
export function addChanged(program: Command): void {
  program
    .command('changed')
    .description('print the stacks whose Terraform differs between a git revision and the files as they are now')
    .requiredOption('--since <revision>', 'what to compare with, such as origin/main or HEAD~1')
    .option('--json', 'one JSON object, for pipelines', false)
    .action(({ since, json }: Flags) =>
      inTemporaryFolder(async (folder) => {
        const revision = checkOut(since, folder, TERRACE);
        const out = join(folder, 'after');
        const program = join(TERRACE, 'bin', 'synth.js');
        // Started together: each takes a processor of its own.
        const [then, now] = await Promise.all([
          revision.empty ? '' : synth(revision.program ?? program, revision.home, join(folder, 'before')),
          synth(program, revision.now, out),
        ]);
        if (now !== '') throw new Refusal(now);
        if (then !== '') throw new Refusal(`${since} cannot be synthesized: ${then.split('\n')[0]}`);
        const changes = stackChanges(revision.empty ? new Map() : filesOf(join(folder, 'before')), filesOf(out));
        if (json) console.log(JSON.stringify(asJson(revision, changes), undefined, 2));
        else print(since, revision, changes);
      }),
    );
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

function asJson({ commit, program, reason }: Revision, { added, changed, removed, unchanged }: StackChanges): object {
  const code = program !== undefined || reason === undefined ? 'then' : 'now';
  return { since: commit, code, ...(reason !== undefined && { reason }), added, changed, removed, unchanged };
}

function print(since: string, { reason }: Revision, { added, changed, removed, unchanged }: StackChanges): void {
  for (const [what, stacks] of Object.entries({ added, changed, removed }))
    for (const stack of stacks) console.log(`${what} ${stack}`);
  const differing = added.length + changed.length + removed.length;
  const how = reason === undefined ? '' : `, whose files were synthesized by the code of now, because ${reason}`;
  console.error(`${differing} of ${differing + unchanged.length} stacks differ from ${since}${how}`);
}
