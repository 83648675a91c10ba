import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localStateFile, localStateInProject } from './state-backend';
import { type Synthesized, synthesize } from './synthesize';

export { localStateFile };

/** The Terraform JSON of every stack, exactly as synth would write it, for commands that only read it. */
export function renderStacks(paths: readonly string[]): ReadonlyMap<string, object> {
  const outdir = mkdtempSync(join(tmpdir(), 'terrace-'));
  try {
    const { stacks } = synthesize({ paths, outdir: join(outdir, 'out') });
    const read = (stack: string) => readFileSync(join(outdir, 'out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
    return new Map(stacks.map((stack) => [stack, JSON.parse(read(stack)) as object]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Everything that synth writes, for commands that hand it on, in a folder of theirs. */
export function renderFolder(paths: readonly string[], outdir: string): Synthesized {
  return synthesize({ paths, outdir });
}

/** A stack's Terraform, in either language, with a local state that lies beside it instead of in the project's folder. */
export function withStateBeside(stack: string, terraform: string): string {
  return terraform.replace(localStateInProject(stack), localStateFile(stack));
}
