/**
 * npm run replacing: which attributes force a replacement, by asking the real provider. Each attribute is changed alone: a state
 * with one value, a configuration with another, `terraform plan -refresh=false` without network, and Terraform's own
 * `replace_paths`. Configurations come from the shipped stacks, and from samples.json for types that none of them has.
 * Takes Terraform with hashicorp/aws of that version at hand, and minutes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderStacks } from '../../src/environment/rendered';
import { graphOfSynthesized } from '../../src/tools/graph/graph-of-synthesized';
import type { PlanJson } from '../../src/tools/graph/plan-json';
import { type Block, literal, type Schema, stateOf, type Values } from './values';
import { cured, type Variant, variantsOf } from './variants';

const PROVIDER = '5.100.0';
const SOURCE = 'registry.terraform.io/hashicorp/aws';
const BATCH = 800;
const root = join(__dirname, '..', '..');
const work = mkdtempSync(join(tmpdir(), 'terrace-replacing-'));

interface Measured {
  /** Paths without places in lists; whatever the values are. */
  always: string[];

  /** Only in one direction: of versions and sizes, or of switches. */
  lowered?: string[];
  raised?: string[];
  switchedOn?: string[];
  switchedOff?: string[];

  /** Left out of a configuration, these stay as they are. */
  kept?: string[];

  /** What no configuration could be made for that the provider takes. */
  unmeasured?: string[];
}

try {
  main(process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main(only: readonly string[]): void {
  const samples = samplesByType();
  const schemas = readSchemas();
  const types = [...samples.keys()].filter((type) => only.length === 0 || only.includes(type)).sort();
  const variants = types.flatMap((type) => {
    const schema = schemas[type];
    if (!schema) throw new Error(`the provider has no ${type}`);
    return variantsOf(type, schema, samples.get(type) ?? {});
  });
  const forced = new Map<Variant, readonly string[]>();
  const refused = new Map<Variant, string>();
  for (let start = 0; start < variants.length; start += BATCH) {
    measure(variants.slice(start, start + BATCH), schemas, forced, refused);
    console.error(`${Math.min(start + BATCH, variants.length)} of ${variants.length}`);
  }
  for (const [{ type, name }, why] of refused) console.error(`${type} ${name}: ${why}`);
  const target = join(root, 'src', 'tools', 'review', 'synthesized', 'replacing.json');
  const known = only.length > 0 ? JSON.parse(readFileSync(target, 'utf8')).types : {};
  const found = Object.fromEntries(
    types.map((type) => [
      type,
      told(
        variants.filter((one) => one.type === type),
        forced,
      ),
    ]),
  );
  const sorted = Object.entries({ ...known, ...found }).sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(target, `${JSON.stringify({ provider: PROVIDER, types: Object.fromEntries(sorted) }, undefined, 1)}\n`);
  spawnSync('npx', ['biome', 'format', '--write', target], { cwd: root });
}

/** A type's shortest way to a configuration that the provider takes: written out, else its fullest resource in the stacks. */
function samplesByType(): Map<string, Values> {
  const found = new Map<string, Values>();
  process.chdir(root);
  const stacks = ['environments', '__tests__/examples'].flatMap((path) => [...renderStacks([path]).values()]);
  for (const { mode, type, values } of stacks.flatMap((stack) => graphOfSynthesized(stack).resources)) {
    if (mode !== 'managed' || !type.startsWith('aws_')) continue;
    const sample = literal(values) as Values;
    if (JSON.stringify(sample).length > JSON.stringify(found.get(type) ?? {}).length) found.set(type, sample);
  }
  const written: Record<string, Values> = JSON.parse(readFileSync(join(__dirname, 'samples.json'), 'utf8'));
  for (const [type, { instead_of_stacks: instead, ...values }] of Object.entries(written))
    found.set(type, instead ? values : { ...found.get(type), ...values });
  return found;
}

function readSchemas(): Readonly<Record<string, Schema>> {
  const folder = join(work, 'schema');
  writeModule(folder, {});
  terraform(folder, ['init', '-backend=false', '-input=false']);
  const { stdout } = terraform(folder, ['providers', 'schema', '-json']);
  return JSON.parse(stdout).provider_schemas[SOURCE].resource_schemas;
}

/** Plans variants together; those that the provider refuses are cured or taken out, and the rest is planned again. */
function measure(
  variants: readonly Variant[],
  schemas: Readonly<Record<string, Schema>>,
  forced: Map<Variant, readonly string[]>,
  refused: Map<Variant, string>,
): void {
  let rest = variants.map((asked) => ({ asked, tried: asked }));
  for (let round = 0; rest.length > 0 && round < 12; round++) {
    const folder = join(work, 'plan');
    const tried = rest.map((one) => one.tried);
    writeModule(folder, configurationOf(tried));
    if (!existsSync(join(folder, '.terraform'))) terraform(folder, ['init', '-backend=false', '-input=false']);
    writeFileSync(join(folder, 'terraform.tfstate'), JSON.stringify(stateFile(tried, schemas)));
    const planned = terraform(folder, ['plan', '-refresh=false', '-lock=false', '-input=false', '-json', '-out=plan']);
    if (planned.status === 0) {
      const changes: PlanJson = JSON.parse(terraform(folder, ['show', '-json', 'plan']).stdout);
      const paths = new Map(changes.resource_changes?.map(({ address, change }) => [address, change.replace_paths]));
      for (const { asked } of rest) forced.set(asked, pathsIn(paths.get(`${asked.type}.${asked.name}`)));
      return;
    }
    const errors = errorsIn(planned.stdout);
    const error = ({ type, name }: Variant) => errors.get(`${type}.${name}`);
    if (!rest.some(({ asked }) => error(asked) !== undefined)) {
      // The provider itself broke off: half of them at a time shows which one it can't take.
      const [first] = rest;
      if (first !== undefined && rest.length === 1) {
        refused.set(first.asked, `${planned.stdout}${planned.stderr}`.slice(-500));
        return;
      }
      const half = Math.ceil(rest.length / 2);
      const asked = rest.map((one) => one.asked);
      measure(asked.slice(0, half), schemas, forced, refused);
      measure(asked.slice(half), schemas, forced, refused);
      return;
    }
    rest = rest.flatMap(({ asked, tried }) => {
      const said = error(asked);
      if (said === undefined) return [{ asked, tried }];
      const next = cured(tried, said, schemas[asked.type] as Schema);
      if (next === undefined) refused.set(asked, said);
      return next === undefined ? [] : [{ asked, tried: next }];
    });
  }
  for (const { asked } of rest) refused.set(asked, 'never came to an end');
}

/** `[["rule", 0, "port"]]` → `rule.port` */
function pathsIn(found: readonly (readonly (string | number)[])[] = []): string[] {
  return found.map((path) => path.filter((step) => typeof step === 'string').join('.'));
}

function told(variants: readonly Variant[], replaced: ReadonlyMap<Variant, readonly string[]>): Measured {
  // What a state lacks that the provider fills in by itself may force a replacement without any change.
  const always = new Set(variants.filter(({ path }) => path === '').flatMap((one) => replaced.get(one) ?? []));
  // Of a set of blocks Terraform names the whole: each of its elements is told by all that it says.
  const forces = (one: Variant) =>
    replaced.get(one)?.some((path) => `${one.path}.`.startsWith(`${path}.`) || !always.has(path)) === true;
  const paths = [...new Set(variants.map(({ path }) => path))].filter((path) => path !== '').sort();
  const known = (path: string) => variants.filter((one) => one.path === path && replaced.has(one));
  const whatever = paths.filter((path) => known(path).length > 0 && known(path).every(forces));
  const sometimes = (direction: Variant['direction']) =>
    paths.filter(
      (path) => !whatever.includes(path) && known(path).some((one) => one.direction === direction && forces(one)),
    );
  const some = {
    lowered: sometimes('lowered'),
    raised: sometimes('raised'),
    switchedOn: sometimes('switchedOn'),
    switchedOff: sometimes('switchedOff'),
    kept: [...new Set(variants.filter(({ computed }) => computed).map(({ path }) => path))].sort(),
    unmeasured: paths.filter((path) => known(path).length === 0),
  };
  return { always: whatever, ...Object.fromEntries(Object.entries(some).filter(([, found]) => found.length > 0)) };
}

function errorsIn(stdout: string): ReadonlyMap<string, string> {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const diagnostics = lines.map((line) => JSON.parse(line).diagnostic).filter((one) => one?.severity === 'error');
  return new Map(
    diagnostics.map((one) => {
      const [, type, name] = /resource\.(\w+)\.(\w+)/.exec(one.snippet?.context ?? '') ?? [];
      return [one.address ?? `${type}.${name}`, `${one.summary}: ${one.detail}`.replace(/\s+/g, ' ').slice(0, 1000)];
    }),
  );
}

function configurationOf(variants: readonly Variant[]): object {
  const resource: Record<string, Record<string, Values>> = {};
  for (const { type, name, configuration } of variants) {
    resource[type] ??= {};
    resource[type][name] = configuration;
  }
  return { resource };
}

function stateFile(variants: readonly Variant[], schemas: Readonly<Record<string, Schema>>): object {
  return {
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: 'measured',
    outputs: {},
    resources: variants.map(({ type, name, earlier }) => {
      const { version = 0, block } = schemas[type] as { readonly version?: number; readonly block: Block };
      return {
        mode: 'managed',
        type,
        name,
        provider: `provider["${SOURCE}"]`,
        instances: [{ schema_version: version, attributes: { ...stateOf(block, earlier), id: 'measured' } }],
      };
    }),
  };
}

function writeModule(folder: string, rest: object): void {
  mkdirSync(folder, { recursive: true });
  const provider = {
    region: 'eu-central-1',
    access_key: 'none',
    secret_key: 'none',
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
    skip_region_validation: true,
    max_retries: 1,
  };
  const required = { aws: { source: 'hashicorp/aws', version: PROVIDER } };
  const module = { terraform: { required_providers: required }, provider: { aws: [provider] }, ...rest };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(module));
}

function terraform(cwd: string, args: readonly string[]) {
  return spawnSync('terraform', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    // What the provider would ask AWS is refused at once.
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
}
