import { parse } from 'yaml';

/** The keys of a YAML text that hold a value of their own, counted without the program's own reading. */
export function leafPaths(text: string): string[] {
  return [...leavesOf(parse(text), '')];
}

function* leavesOf(value: unknown, path: string): Iterable<string> {
  if (Array.isArray(value) && value.some(isFilled)) {
    for (const [index, item] of value.entries()) yield* leavesOf(item, `${path}[${index}]`);
  } else if (!Array.isArray(value) && isFilled(value)) {
    for (const [key, inner] of Object.entries(value as object)) {
      yield* leavesOf(inner, /^\d+$/.test(key) ? `${path}[${key}]` : `${path}${path && '.'}${key}`);
    }
  } else yield path;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
