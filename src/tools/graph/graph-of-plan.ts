import type { ModuleConfiguration, ModuleValues, PlanJson, StateResource } from './plan-json';
import { type Reference, type Resource, ResourceGraph, withoutKeys } from './resource-graph';
import { isMap, type Values } from './values';

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
  const unknown = new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change.after_unknown]));
  const references = referencesIn(plan.configuration?.root_module);
  const data = resourcesIn(plan.prior_state?.values?.root_module).filter(({ mode }) => mode === 'data');
  return new ResourceGraph(
    [...resourcesIn(plan.planned_values?.root_module), ...data].map((one) => ({
      ...asResource(one),
      unknown: unknown.get(one.address) ?? {},
      references: references.get(withoutKeys(one.address)) ?? [],
    })),
  );
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

/** Of each resource, by its address without keys: a configuration knows no instances. */
function referencesIn(root: ModuleConfiguration = {}): ReadonlyMap<string, readonly Reference[]> {
  return new Map(
    scopesFrom({ prefix: '', module: root }).flatMap((scope) =>
      (scope.module.resources ?? []).map(({ address, expressions = {} }): [string, readonly Reference[]] => [
        scope.prefix + address,
        written(expressions).flatMap(({ path, names }) =>
          mostExact(names).flatMap((name) => resolved(name, scope).map((found) => ({ path, ...found }))),
        ),
      ]),
    ),
  );
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
  return [{ to: scope.prefix + parts.slice(0, length).join('.'), attribute: parts[length] }];
}

const NO_RESOURCES = ['local', 'each', 'count', 'self', 'path', 'terraform', 'ephemeral'];

function through(expression: unknown, scope: Scope): readonly Omit<Reference, 'path'>[] {
  return written(expression).flatMap(({ names }) => mostExact(names).flatMap((name) => resolved(name, scope)));
}
