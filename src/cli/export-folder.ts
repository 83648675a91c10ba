import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { makeStaging, replaceFiles } from '../environment/output-folder';
import { exportMark } from '../tools/handover-text';

/** What an export writes into a stack's folder; everything else there is Terraform's or its user's. */
const written = ['assets', 'cdk.tf.json', 'cdk.tf', 'backend-config.hcl', '.terraform.lock.hcl', 'README.md'];

/** What is in the way of an export of `stack` into `target`, if something is. */
export function inTheWay(target: string, stack: string): string | undefined {
  // What is not a folder itself is refused when the export is staged.
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const folder = join(target, stack);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return undefined;
  const expected = `expected no ${relative('.', folder)}, or one that an export of ${stack} has made`;
  if (!found.isDirectory()) return `${expected}, got a file: remove it, or name another folder with --to`;
  const readme = join(folder, 'README.md');
  const [first] = readdirSync(folder).sort();
  if (first === undefined) return undefined;
  if (existsSync(readme) && readFileSync(readme, 'utf8').startsWith(`${exportMark(stack)}\n`)) return undefined;
  return `${expected}, got one with ${first} in it: move it away, or name another folder with --to`;
}

/** Begins an empty export beside the target, which stays as it is until the export is whole. */
export function stageExport(target: string): string {
  return makeStaging(resolve(target));
}

/** Copies what synth has written of a stack, with its Terraform as `change` has it. */
export function stageStack(staging: string, synthesized: string, change: (terraform: string) => string): string {
  mkdirSync(staging);
  for (const file of written) {
    const from = join(synthesized, file);
    if (!existsSync(from)) continue;
    if (file.startsWith('cdk.tf')) writeFileSync(join(staging, file), change(readFileSync(from, 'utf8')));
    else cpSync(from, join(staging, file), { recursive: true });
  }
  return staging;
}

/** Puts a whole export of a stack in the place of the last; without a new lock file the old one stays. */
export function replaceExport(staging: string, folder: string): void {
  const locked = existsSync(join(staging, '.terraform.lock.hcl'));
  replaceFiles(
    staging,
    folder,
    written.filter((file) => locked || file !== '.terraform.lock.hcl'),
  );
}
