import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from './synthesize';

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
