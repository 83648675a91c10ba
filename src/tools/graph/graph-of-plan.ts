import { knownPolicies } from './known-texts';
import type { ModuleConfiguration, ModuleValues, PlanJson, StateResource } from './plan-json';
import { type Reference, type Resource, ResourceGraph, withoutKeys } from './resource-graph';
import { isMap, type Values } from './values';
import { ownBlocks, setByPlan } from './written-arguments';

/** What there was when a plan was made. States do not say what was taken from where: things are found by what they are called. */
export function graphBefore(plan: PlanJson): ResourceGraph {
  return new ResourceGraph(
    resourcesIn(plan.prior_state?.values?.root_module).map((one) => ({
      ...asResource(one),
      unknown: {},
      references: [],
    })),
  );
}

/** What there will be. */
export function graphAfter(plan: PlanJson): ResourceGraph {
  const { prior_state: state, resource_changes: changes = [], configuration = {} } = plan;
  const { root_module: root = {} } = configuration;
  const changeOf = new Map(changes.map((one) => [one.address, one]));
  const configured = configuredIn(root);
  const expressions = new Map((root.resources ?? []).map((one) => [one.address, one.expressions ?? {}]));
  const before = byAddress(resourcesIn(state?.values?.root_module));
  const planned = resourcesIn(plan.planned_values?.root_module);
  // What Terraform forgets is planned without values, and stays as it was.
  const kept = planned.map((one) => (one.values === undefined ? (before.get(one.address) ?? one) : one));
  const all = [...kept, ...dataIn(plan)];
  const known = { before, after: byAddress(all) };
  const blocksOf = ownBlocks([...before.values(), ...kept]);
  return new ResourceGraph(
    all.map((one) => {
      const change = changeOf.get(one.address);
      const unknown = change?.change.after_unknown ?? {};
      const { references = [], written } = configured.get(withoutKeys(one.address)) ?? {};
      const more = change && written ? [...written, ...setByPlan(change), ...blocksOf(one)] : written;
      return {
        ...asResource({
          ...one,
          values: { ...one.values, ...knownPolicies(one, unknown, expressions.get(one.address) ?? {}, known) },
        }),
        unknown,
        references,
        ...(more && { written: [...new Set(more)] }),
      };
    }),
  );
}

function byAddress(resources: readonly StateResource[]): ReadonlyMap<string, StateResource> {
  return new Map(resources.map((one) => [one.address, one]));
}

/** The arguments that somebody has written, of each resource by its address without keys; what else there is AWS decides. */
export function writtenArguments({ configuration }: PlanJson): ReadonlyMap<string, ReadonlySet<string>> {
  const scopes = scopesFrom({ prefix: '', module: configuration?.root_module ?? {} });
  return new Map(
    scopes.flatMap(({ prefix, module: { resources = [] } }) =>
      resources.map(({ address, expressions = {} }) => [prefix + address, new Set(Object.keys(expressions))] as const),
    ),
  );
}

/** Data sources that the plan has read, and those that the apply will read, as far as their arguments are known. */
function dataIn({ prior_state: state, resource_changes: changes = [] }: PlanJson): readonly StateResource[] {
  const read = resourcesIn(state?.values?.root_module).filter(({ mode }) => mode === 'data');
  const known = new Set(read.map(({ address }) => address));
  const later = changes.filter(({ mode, address }) => mode === 'data' && !known.has(address));
  return [
    ...read,
    ...later.map(({ address, mode, type, name, change: { after } }) => ({
      address,
      mode,
      type,
      name,
      values: isMap(after) ? after : {},
    })),
  ];
}

function asResource({ address, mode, type, name, values = {}, sensitive_values: sensitive = {} }: StateResource) {
  return { address, mode, type, name, values, sensitive } satisfies Partial<Resource>;
}

function resourcesIn({ resources = [], child_modules: children = [] }: ModuleValues = {}): readonly StateResource[] {
  return [...resources, ...children.flatMap(resourcesIn)];
}

/** A module's configuration beside the arguments that it was called with. */
interface Scope {
  readonly prefix: string;
  readonly module: ModuleConfiguration;
  readonly caller?: { readonly scope: Scope; readonly given: Values };
}

type Configured = Required<Pick<Resource, 'references' | 'written'>>;

/** Of each resource, by its address without keys: a configuration knows no instances. */
function configuredIn(root: ModuleConfiguration = {}): ReadonlyMap<string, Configured> {
  return new Map(
    scopesFrom({ prefix: '', module: root }).flatMap((scope) =>
      (scope.module.resources ?? []).map(({ address, expressions = {} }): [string, Configured] => [
        scope.prefix + address,
        {
          written: Object.keys(expressions),
          references: written(expressions).flatMap(({ path, names }) => referencesOf(path, names, scope)),
        },
      ]),
    ),
  );
}

function referencesOf(path: string, names: readonly string[], scope: Scope): Reference[] {
  const sameKey = names.some((name) => /^(?:count\.index|each\.(?:key|value))/.test(name));
  return mostExact(names).flatMap((name) => resolved(name, scope).map((found) => ({ path, ...found, sameKey })));
}

function scopesFrom(scope: Scope): readonly Scope[] {
  const called = Object.entries(scope.module.module_calls ?? {});
  return [
    scope,
    ...called.flatMap(([name, { expressions = {}, module = {} }]) =>
      scopesFrom({ prefix: `${scope.prefix}module.${name}.`, module, caller: { scope, given: expressions } }),
    ),
  ];
}

/** Every argument that is taken from somewhere, with the names in it. */
function written(expressions: unknown, path = ''): { readonly path: string; readonly names: readonly string[] }[] {
  if (Array.isArray(expressions)) return expressions.flatMap((one) => written(one, path));
  if (!isMap(expressions)) return [];
  const names = expressions['references'];
  if (Array.isArray(names)) return [{ path, names: names.map(String) }];
  return Object.entries(expressions).flatMap(([key, inner]) => written(inner, path === '' ? key : `${path}.${key}`));
}

/** Terraform names `aws_vpc.network.id` and, after it, `aws_vpc.network`. */
function mostExact(names: readonly string[]): readonly string[] {
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

/** What a name means, through variables and outputs of modules. */
function resolved(name: string, scope: Scope): readonly Omit<Reference, 'path'>[] {
  const parts = withoutKeys(name).split('.');
  const [first = '', second = '', third = ''] = parts;
  if (first === 'var') {
    const { caller } = scope;
    return caller ? through(caller.given[second], caller.scope) : [];
  }
  if (first === 'module') {
    const { module = {}, expressions: given = {} } = scope.module.module_calls?.[second] ?? {};
    const inner = { prefix: `${scope.prefix}module.${second}.`, module, caller: { scope, given } };
    return through(module.outputs?.[third]?.expression, inner);
  }
  if (NO_RESOURCES.includes(first)) return [];
  const length = first === 'data' ? 3 : 2;
  const [key] = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/.exec(name) ?? [];
  return [{ to: scope.prefix + parts.slice(0, length).join('.'), attribute: parts[length], ...(key && { key }) }];
}

const NO_RESOURCES = ['local', 'each', 'count', 'self', 'path', 'terraform', 'ephemeral'];

function through(expression: unknown, scope: Scope): readonly Omit<Reference, 'path'>[] {
  return written(expression).flatMap(({ names }) => mostExact(names).flatMap((name) => resolved(name, scope)));
}
