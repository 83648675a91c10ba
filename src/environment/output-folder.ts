import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { SpecError } from '../spec/load/problem';
import { explainFileError } from '../spec/load/read-text';

/** What synth writes into a stack's folder; everything else there (.terraform, plans, lock files) is Terraform's. */
const generated = ['assets', 'cdk.tf.json', 'cdk.tf', 'metadata.json', 'backend-config.hcl'];

/** An empty folder beside the output, to be filled before anything there is touched. */
export function makeStaging(target: string): string {
  const refuse = (reason: string) => {
    const file = relative('.', target) || target;
    return new SpecError([{ at: { file, line: 1, column: 1 }, path: '', message: `cannot be written to: ${reason}` }]);
  };
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found && !statSync(target, { throwIfNoEntry: false })?.isDirectory())
    throw refuse('expected a folder, got something else');
  try {
    mkdirSync(dirname(target), { recursive: true });
    if (found) accessSync(target, constants.W_OK);
    return mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  } catch (error) {
    throw refuse(explainFileError(error));
  }
}

/** Puts a complete output in the place of the old one, file by file, and leaves what Terraform has put beside it. */
export function replaceOutput(staging: string, target: string): void {
  mkdirSync(join(target, 'stacks'), { recursive: true });
  for (const stack of union(readdirSync(join(staging, 'stacks')), readdirSync(join(target, 'stacks')))) {
    const [fresh, old] = [join(staging, 'stacks', stack), join(target, 'stacks', stack)];
    if (existsSync(old) && !statSync(old).isDirectory()) continue;
    replaceFiles(fresh, old, generated);
    if (readdirSync(old).length === 0) rmdirSync(old);
  }
  renameSync(join(staging, 'manifest.json'), join(target, 'manifest.json'));
}

/** Puts those of `files` that are in `fresh` in the place of those in `old`; the others of them are gone then. */
export function replaceFiles(fresh: string, old: string, files: readonly string[]): void {
  mkdirSync(old, { recursive: true });
  for (const file of files) {
    // A folder takes the place of an empty one at most.
    if (file === 'assets' || !existsSync(join(fresh, file))) rmSync(join(old, file), { recursive: true, force: true });
    if (existsSync(join(fresh, file))) renameSync(join(fresh, file), join(old, file));
  }
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
