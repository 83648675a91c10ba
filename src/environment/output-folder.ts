import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What synth writes into a stack's folder; everything else there (.terraform, plans, lock files) is Terraform's. */
const generated = ['cdk.tf.json', 'cdk.tf', 'metadata.json', 'backend-config.hcl'];

/** Puts a complete output in the place of the old one, file by file, and leaves what Terraform has put beside it. */
export function replaceOutput(staging: string, target: string): void {
  mkdirSync(join(target, 'stacks'), { recursive: true });
  for (const stack of union(readdirSync(join(staging, 'stacks')), readdirSync(join(target, 'stacks')))) {
    const [fresh, old] = [join(staging, 'stacks', stack), join(target, 'stacks', stack)];
    if (existsSync(old) && !statSync(old).isDirectory()) continue;
    mkdirSync(old, { recursive: true });
    for (const file of generated) {
      if (existsSync(join(fresh, file))) renameSync(join(fresh, file), join(old, file));
      else rmSync(join(old, file), { force: true });
    }
    if (readdirSync(old).length === 0) rmdirSync(old);
  }
  renameSync(join(staging, 'manifest.json'), join(target, 'manifest.json'));
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
