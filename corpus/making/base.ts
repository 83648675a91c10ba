import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { inAccount } from './account';
import { type Base, bases } from './bases';
import { run, terraform } from './run';

export const root = join(__dirname, '..', '..');

/** A stack as it was applied. */
export interface Applied {
  readonly sources: string;
  /** What Terraform took of them. */
  readonly stack: string;
  readonly state: string;
  readonly lock: string;
  /** With the folder of Terraform's own that plans share. */
  readonly env: NodeJS.ProcessEnv;
}

const begun = new Map<string, Promise<Applied>>();

/** Applies a stack to the emulator, once for as long as the emulator lives. */
export function applied(stack: string): Promise<Applied> {
  const already = begun.get(stack);
  if (already) return already;
  const base = bases[stack];
  if (!base) throw new Error(`corpus: expected one of ${Object.keys(bases).join(', ')}, got ${stack}`);
  const now = make(stack, base);
  begun.set(stack, now);
  return now;
}

/** Writes a stack of such sources into their folder, as Terraform takes it; its path. */
export async function synthesize(sources: string, stack: string, { system }: Base): Promise<string> {
  if (system === undefined) return sources;
  await run(process.execPath, [join(root, 'bin', 'synth.js')], sources);
  const path = join(sources, 'cdktf.out', 'stacks', stack);
  const local = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };
  writeFileSync(join(path, 'backend_override.tf.json'), JSON.stringify(local));
  return path;
}

async function make(stack: string, base: Base): Promise<Applied> {
  if (base.after) await applied(base.after);
  const home = join(cache(), stack);
  const sources = join(home, 'sources');
  const state = join(home, 'state.json');
  const env = { ...(await inAccount(base.account, base.region)), TF_DATA_DIR: join(home, 'data') };
  const made = join(home, 'made');
  const stackMade = base.system ? join(made, 'cdktf.out', 'stacks', stack) : made;
  const all: Applied = { sources, stack: stackMade, state, lock: join(home, 'lock.hcl'), env };
  if (existsSync(state)) return all;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  copySources(stack, base, sources);
  if (base.existing) await makeWhatIsThere(sources, base, env);
  cpSync(sources, made, { recursive: true });
  const path = await synthesize(made, stack, base);
  const override = join(path, 'emulator_override.tf.json');
  if (base.system) writeFileSync(override, JSON.stringify(windows(path)));
  await terraform(path, env, 'init', '-no-color');
  await terraform(path, env, 'apply', '-no-color', '-auto-approve', '-parallelism=20');
  const text = readFileSync(join(path, 'terraform.tfstate'), 'utf8');
  rmSync(override, { force: true });
  writeFileSync(join(path, 'terraform.tfstate'), asInAws(text, path, base));
  cpSync(join(path, '.terraform.lock.hcl'), all.lock);
  await terraform(path, env, 'plan', '-no-color', '-refresh=false', '-detailed-exitcode').catch((error: Error) => {
    throw new Error(`corpus: expected nothing to change in ${stack}, got a plan that changes something`, {
      cause: error,
    });
  });
  cpSync(join(path, 'terraform.tfstate'), state);
  return all;
}

function copySources(stack: string, { system }: Base, to: string): void {
  if (system === undefined) cpSync(join(root, 'corpus', stack), to, { recursive: true });
  for (const part of system === undefined ? [] : [join('environments', system), 'functions'])
    cpSync(join(root, part), join(to, part), { recursive: true });
}

/** Where what was applied is kept, by the emulator that has it. */
function cache(): string {
  const { host } = new URL(process.env['AWS_ENDPOINT_URL'] ?? '');
  return join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'terrace',
    `corpus-${host.replace(':', '-')}`,
  );
}

/** The VPC and the certificate of somebody else, with e2e's fixtures; their ids go into the YAML. */
async function makeWhatIsThere(sources: string, { system = '', region }: Base, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = join(sources, 'environments', system);
  const spec = parse(readFileSync(join(folder, 'prod.yaml'), 'utf8')) as Existing;
  const { vpc_id: vpc, subnets, route_tables } = spec.network.existing;
  await fixture('certificate', sources, env, { region, name: spec.alb.certificate.iam });
  const ids = await fixture('network', sources, env, { region, vpc, ...subnets, route_tables });
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    const now = Object.entries(ids).reduce((old, [id, made]) => old.replaceAll(id, made), text);
    writeFileSync(join(folder, file), now);
  }
}

interface Existing {
  readonly network: {
    readonly existing: { vpc_id: string; subnets: Record<string, string[]>; route_tables: string[] };
  };
  readonly alb: { readonly certificate: { readonly iam: string } };
}

async function fixture(name: string, sources: string, env: NodeJS.ProcessEnv, variables: object) {
  const path = join(sources, '..', name);
  cpSync(join(root, 'e2e', 'fixtures', name), path, { recursive: true });
  const own = { ...env, TF_DATA_DIR: join(path, '.terraform') };
  await terraform(path, own, 'init', '-no-color');
  const given = Object.entries(variables).map(
    ([key, value]) => `-var=${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  await terraform(path, own, 'apply', '-no-color', '-auto-approve', ...given);
  const outputs = JSON.parse(await terraform(path, own, 'output', '-json')) as {
    ids?: { value: Record<string, string> };
  };
  return outputs.ids?.value ?? {};
}

interface Stack {
  readonly resource: { readonly aws_db_instance?: Readonly<Record<string, { maintenance_window: string }>> };
}

/** Emulators say that a maintenance window which begins when the backup window ends overlaps it. */
function windows(path: string): object {
  const { resource } = JSON.parse(readFileSync(join(path, 'cdk.tf.json'), 'utf8')) as Stack;
  const names = Object.keys(resource.aws_db_instance ?? {});
  const late = Object.fromEntries(names.map((name) => [name, { maintenance_window: 'sun:05:00-sun:06:00' }]));
  return names.length === 0 ? {} : { resource: { aws_db_instance: late } };
}

/** The state as AWS would have left it: its addresses for the emulator's, and no secret that looks like one. */
function asInAws(text: string, path: string, { system, region }: Base): string {
  const [, window] = system
    ? (/"maintenance_window": ?"([^"]+)"/.exec(
        readFileSync(join(path, 'cdk.tf.json'), 'utf8').replace(/"aws_elasticache[^}]*}/g, ''),
      ) ?? [])
    : [];
  const emulator = process.env['AWS_ENDPOINT_URL'] ?? '';
  return text
    .replaceAll('sun:05:00-sun:06:00', window ?? 'sun:05:00-sun:06:00')
    .replaceAll(emulator, `https://sqs.${region}.amazonaws.com`)
    .replaceAll(/("client_secret": )"[^"]{20,}"/g, '$1"a-client-secret-made-up-for-the-corpus"');
}
