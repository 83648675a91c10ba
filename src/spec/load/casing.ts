import * as z from 'zod';

/** `backup_window` → `backupWindow`. */
export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `backupWindow` → `backup_window`. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A document with the YAML's keys as TypeScript spells them; a key that the schema does not know is marked as such. */
export function toCamelCase(schema: z.ZodType, value: unknown): unknown {
  return renameKeys(schema, value, (key, shapes) => {
    const camel = camelCase(key);
    const field = snakeCase(camel) === key ? shapes.find((shape) => camel in shape)?.[camel] : undefined;
    return { key: field ? camel : UNKNOWN + key, field };
  });
}

/** The other way round, for printing what was read; what was computed beside it, which no file may say, is left out. */
export function toSnakeCase(schema: z.ZodType, value: unknown): unknown {
  return renameKeys(schema, value, (key, shapes) => {
    const field = shapes.find((shape) => key in shape)?.[key];
    return field && { key: snakeCase(key), field };
  });
}

/** Keeps `backupWindow` in a file from passing for `backup_window`. */
const UNKNOWN = '?';

/** A key as the user wrote it. */
export function withoutMark(key: string): string {
  return key.startsWith(UNKNOWN) ? key.slice(UNKNOWN.length) : key;
}

type Rename = (
  key: string,
  shapes: readonly Shape[],
) => { readonly key: string; readonly field: z.ZodType | undefined } | undefined;
type Shape = Readonly<Record<string, z.ZodType>>;

/** Walks value and schema together: keys that users invent (tags, parameters) stay as they are. */
function renameKeys(schema: z.ZodType, value: unknown, rename: Rename): unknown {
  if (Array.isArray(value)) {
    const element = alternatives(schema).find((option) => option instanceof z.ZodArray)?.element;
    return element ? value.map((item) => renameKeys(element as z.ZodType, item, rename)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;

  const shapes = shapesOf(schema);
  const record = alternatives(schema).find((option) => option instanceof z.ZodRecord);
  if (shapes.length === 0) {
    return record
      ? mapEntries(value, (key, inner) => [key, renameKeys(record.valueType as z.ZodType, inner, rename)])
      : value;
  }
  const order = shapes.flatMap((shape) => Object.keys(shape));
  return mapEntries(inOrder(value, order), (written, inner) => {
    const renamed = rename(written, shapes);
    return renamed && [renamed.key, renamed.field ? renameKeys(renamed.field, inner, rename) : inner];
  });
}

/** The keys that the schema knows where `value` stands, in the YAML's spelling. */
export function knownKeys(schema: z.ZodType): string[] {
  return [...new Set(shapesOf(schema).flatMap((shape) => Object.keys(shape).map(snakeCase)))];
}

/** The schema at `path` (camelCase), or undefined where users invent the keys. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((here, step) => here && fieldOf(here, step), schema);
}

function fieldOf(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  for (const option of alternatives(schema)) {
    if (option instanceof z.ZodArray && typeof step === 'number') return option.element as z.ZodType;
    if (option instanceof z.ZodObject && String(step) in option.shape) return option.shape[String(step)] as z.ZodType;
    if (option instanceof z.ZodRecord) return option.valueType as z.ZodType;
  }
  return undefined;
}

function shapesOf(schema: z.ZodType): Shape[] {
  return alternatives(schema)
    .filter((option) => option instanceof z.ZodObject)
    .map((option) => option.shape as Shape);
}

/** What a schema may be, with the wrappers (optional, default, …) taken off and unions opened. */
function alternatives(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => alternatives(option as z.ZodType));
  if (schema instanceof z.ZodPipe) return alternatives(schema.in as z.ZodType);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNullable
  ) {
    return alternatives(schema.unwrap() as z.ZodType);
  }
  return [schema];
}

/** The entries as the schema lists them: what is printed reads like the language's description. */
function inOrder(value: object, order: readonly string[]): object {
  const placed = Object.entries(value).map((entry) => ({ entry, place: order.indexOf(camelCase(entry[0])) }));
  return Object.fromEntries(placed.sort((a, b) => a.place - b.place).map(({ entry }) => entry));
}

function mapEntries(
  value: object,
  change: (key: string, value: unknown) => [string, unknown] | undefined,
): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, inner]) => change(key, inner));
  return Object.fromEntries(entries.filter((entry) => entry !== undefined));
}
