import * as z from 'zod';
import { environmentFile } from '../spec/environment-file';
import { snakeCase } from '../spec/load/casing';

/** The JSON Schema of environment files, in the YAML's spelling. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(environmentFile, { io: 'input', reused: 'inline' }) as JsonSchema;
  const titled = {
    ...inSnakeCase(schema),
    title: 'terrace environment',
    description: 'One environment of one system; base.yaml holds what a system’s environments share.',
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

/** Renames what are keys of the language; everything else of the schema stays. */
function inSnakeCase(schema: unknown): object {
  return rename(schema) as object;
}

function rename(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rename);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => {
      if (keyword === 'properties') {
        return [
          keyword,
          Object.fromEntries(
            Object.entries(value as object).map(([key, inner]) => [
              snakeCase(key),
              rename(withPlaceholders(key, inner)),
            ]),
          ),
        ];
      }
      if (keyword === 'required') return [keyword, (value as string[]).map(snakeCase)];
      if (keyword === 'default' && isPlainMap(value)) {
        return [keyword, Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), inner]))];
      }
      return [keyword, rename(value)];
    }),
  );
}

/** Names, and lists of parameters' names, may hold `{project}` and `{env}`, which are filled in before the form is checked. */
function withPlaceholders(key: string, schema: unknown): unknown {
  if (!isPlainMap(schema)) return schema;
  if (/Parameters$/.test(key) && 'items' in schema) return { ...schema, items: withPlaceholders('name', schema.items) };
  if (!/(?:^n|N)ame$/.test(key) || !('pattern' in schema)) return schema;
  return { ...schema, pattern: `(?:${schema.pattern})|\\{(?:project|env)\\}` };
}

function isPlainMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
