import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Applied, applied, synthesize } from './base';
import { type Base, bases } from './bases';
import type { Case, Patch } from './case';
import { changeText, forget, patch, taint } from './change';
import { terraform } from './run';

/** What `terraform show -json` prints of the plan of a case. */
export async function planOf(one: Case): Promise<string> {
  const base = bases[one.stack];
  const made = await applied(one.stack);
  if (!base) throw new Error(`corpus: expected a base of ${one.stack}, got none`);
  const own = mkdtempSync(join(tmpdir(), 'terrace-corpus-'));
  try {
    const path = await changed(one, base, made, own);
    cpSync(made.lock, join(path, '.terraform.lock.hcl'));
    const env = base.system ? made.env : await ownModules(path, made);
    await terraform(path, env, 'plan', '-no-color', '-refresh=false', '-out=plan.out');
    return await terraform(path, env, 'show', '-json', 'plan.out');
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** The stack and its state with the changes of a case; it's synthesized anew where its sources have changed. */
async function changed({ stack, change }: Case, base: Base, made: Applied, own: string): Promise<string> {
  const texts = change.flatMap((one) => ('file' in one ? [one] : []));
  const patches = change.filter((one): one is Patch => 'json' in one || 'state' in one);
  const asBefore = texts.length === 0;
  cpSync(asBefore ? made.stack : made.sources, own, { recursive: true });
  for (const one of texts) changeText(base.system ? join(own, 'environments', base.system) : own, one);
  const path = asBefore ? own : await synthesize(own, stack, base);
  const state = join(path, 'terraform.tfstate');
  cpSync(made.state, state);
  patch(
    state,
    patches.filter((one) => one.state),
  );
  forget(
    state,
    change.flatMap((one) => ('forget' in one ? [one.forget] : [])),
  );
  taint(
    state,
    change.flatMap((one) => ('taint' in one ? [one.taint] : [])),
  );
  const ofStack = patches.filter((one) => one.json);
  if (ofStack.length > 0) patch(join(path, 'cdk.tf.json'), ofStack);
  return path;
}

/** Modules are installed by their names, which a case may change. */
async function ownModules(path: string, { env }: Applied): Promise<NodeJS.ProcessEnv> {
  const own = { ...env, TF_DATA_DIR: join(path, '.terraform') };
  cpSync(env['TF_DATA_DIR'] ?? '', own.TF_DATA_DIR, { recursive: true, verbatimSymlinks: true });
  await terraform(path, own, 'get');
  return own;
}
