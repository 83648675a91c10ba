import { isMap } from '../graph/values';
import { isSecret, looksSecret } from './mask';

/** The parts of a plan that say what is sensitive in it. */
interface Marked {
  readonly resource_changes?: readonly { readonly change: MarkedChange }[];
  readonly resource_drift?: readonly { readonly change: MarkedChange }[];
  readonly output_changes?: Readonly<Record<string, MarkedChange>>;
  readonly prior_state?: { readonly values?: MarkedValues };
  readonly planned_values?: MarkedValues;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly configuration?: {
    readonly root_module?: { readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>> };
  };
}

interface MarkedChange {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

interface MarkedValues {
  readonly root_module?: MarkedModule;
  readonly outputs?: Readonly<Record<string, { readonly sensitive?: boolean; readonly value?: unknown }>>;
}

interface MarkedModule {
  readonly resources?: readonly { readonly values?: unknown; readonly sensitive_values?: unknown }[];
  readonly child_modules?: readonly MarkedModule[];
}

/** The texts of a plan that are sensitive, wherever they stand in it. */
export function sensitiveTexts(plan: Marked): string[] {
  const { resource_changes: resources = [], resource_drift: drift = [], output_changes: outputs = {} } = plan;
  const changes = [...[...resources, ...drift].map(({ change }) => change), ...Object.values(outputs)];
  const declared = plan.configuration?.root_module?.variables ?? {};
  const texts = [
    ...changes.flatMap(({ before, after, before_sensitive, after_sensitive }) => [
      ...marked(before, before_sensitive),
      ...marked(after, after_sensitive),
    ]),
    ...inValues(plan.prior_state?.values),
    ...inValues(plan.planned_values),
    ...Object.entries(plan.variables ?? {}).flatMap(([name, { value }]) =>
      declared[name]?.sensitive === true ? leaves(value) : [],
    ),
  ];
  return [...new Set(texts)];
}

function inValues({ root_module: root = {}, outputs = {} }: MarkedValues = {}): string[] {
  const shown = Object.values(outputs).flatMap(({ sensitive, value }) => (sensitive === true ? leaves(value) : []));
  return [...shown, ...inModule(root)];
}

function inModule({ resources = [], child_modules: children = [] }: MarkedModule): string[] {
  return [
    ...resources.flatMap(({ values, sensitive_values }) => marked(values, sensitive_values)),
    ...children.flatMap(inModule),
  ];
}

/** Follows the marks, which are few, instead of the values, which are many. */
function marked(value: unknown, marks: unknown): string[] {
  if (marks === true) return leaves(value);
  if (typeof marks !== 'object' || marks === null || typeof value !== 'object' || value === null) return [];
  return Object.entries(marks).flatMap(([key, inner]) =>
    inner === false ? [] : marked((value as Readonly<Record<string, unknown>>)[key], inner),
  );
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...secretsIn(jsonIn(value))];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isMap(value) ? Object.values(value).flatMap(leaves) : [];
}

/** A sensitive JSON text, such as the definition of a container, holds ordinary words as well: only what looks secret is. */
function secretsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return isSecret(name, value) || looksSecret(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one, name));
  if (!isMap(value)) return [];
  const named = 'value' in value && typeof value['name'] === 'string' ? value['name'] : undefined;
  return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, key === 'value' ? (named ?? key) : key));
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
