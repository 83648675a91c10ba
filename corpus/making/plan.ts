import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applied, synthesize } from './base';
import { bases } from './bases';
import type { Case, Patch, TextChange } from './case';
import { changeText, patch } from './change';
import { terraform } from './run';

/** What `terraform show -json` prints of the plan of a case. */
export async function planOf({ stack, change }: Case): Promise<string> {
  const base = bases[stack];
  const { sources, state, env } = await applied(stack);
  const own = mkdtempSync(join(tmpdir(), 'terrace-corpus-'));
  try {
    cpSync(sources, own, { recursive: true });
    const files = base?.system ? join(own, 'environments', base.system) : own;
    for (const one of change) if ('file' in one) changeText(files, one);
    const path = await synthesize(own, stack, base ?? { account: '', region: '' });
    cpSync(state, join(path, 'terraform.tfstate'));
    cpSync(join(state, '..', 'lock.hcl'), join(path, '.terraform.lock.hcl'));
    patch(join(path, 'terraform.tfstate'), change.filter(ofState));
    if (change.some(ofJson)) patch(join(path, 'cdk.tf.json'), change.filter(ofJson));
    await terraform(path, env, 'plan', '-no-color', '-refresh=false', '-out=plan.out');
    return await terraform(path, env, 'show', '-json', 'plan.out');
  } finally {
    if (!process.env['TERRACE_CORPUS_KEEP']) rmSync(own, { recursive: true, force: true });
    else console.error(own);
  }
}

const ofState = (one: TextChange | Patch): one is Patch => 'state' in one;
const ofJson = (one: TextChange | Patch): one is Patch => 'json' in one;
