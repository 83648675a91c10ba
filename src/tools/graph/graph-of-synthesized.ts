import { readExpression, referencesOf } from './expression';
import { type Reference, type Resource, ResourceGraph } from './resource-graph';
import { isMap, type Values } from './values';

/** A stack's cdk.tf.json, as far as it is read. */
export interface Synthesized {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** What the synthesized files of a stack describe. */
export function graphOfSynthesized({ resource = {}, data = {} }: Synthesized): ResourceGraph {
  return new ResourceGraph([...resourcesOf('managed', '', resource), ...resourcesOf('data', 'data.', data)]);
}

function resourcesOf(mode: Resource['mode'], prefix: string, blocks: Blocks): Resource[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': _, ...written }]) => {
      const values = read(written) as Values;
      return {
        address: `${prefix}${type}.${name}`,
        mode,
        type,
        name,
        values,
        unknown: unknownIn(values),
        sensitive: {},
        references: referencesIn(values),
        written: Object.keys(values),
      };
    }),
  );
}

function read(value: unknown): unknown {
  if (typeof value === 'string') return readExpression(value);
  if (Array.isArray(value)) return value.map(read);
  return isMap(value) ? mapped(value, read) : value;
}

function unknownIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unknownIn);
  return isMap(value) ? mapped(value, unknownIn) : typeof value === 'string' && referencesOf(value).length > 0;
}

function referencesIn(value: unknown, path = ''): Reference[] {
  if (typeof value === 'string') return referencesOf(value).map((found) => ({ path, ...found }));
  if (Array.isArray(value)) return value.flatMap((one) => referencesIn(one, path));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => referencesIn(inner, path === '' ? key : `${path}.${key}`));
}

function mapped(values: Values, change: (value: unknown) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
