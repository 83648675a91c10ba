import type { z } from 'zod';
import { either } from '../rules/report';
import { camelCase, knownKeys, schemaAt, snakeCase, toCamelCase, withoutMark } from './casing';
import { nearest } from './nearest';
import type { Problem } from './problem';
import { locate, locateKey, type Path, plain, type Tree, valueAt } from './tree';

/** The checked value, or every problem that keeps it from being one. */
type Checked<T> =
  | { readonly value: T; readonly problems: [] }
  | { readonly value?: undefined; readonly problems: readonly Problem[] };

/** Checks a document against a schema whose keys are the camelCase form of the YAML's. */
export function check<Schema extends z.ZodType>(schema: Schema, tree: Tree): Checked<z.output<Schema>> {
  const result = schema.safeParse(toCamelCase(schema, plain(tree)), { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => toProblems(schema, tree, issue)) };
}

/** A file that holds only a part of a document: like `check`, but nothing has to be there. */
export function checkPart(schema: z.ZodType, tree: Tree): readonly Problem[] {
  const result = schema.safeParse(toCamelCase(schema, plain(tree)), { reportInput: true });
  if (result.success) return [];
  return result.error.issues
    .filter((issue) => issue.code !== 'custom' && !isMissing(issue))
    .flatMap((issue) => toProblems(schema, tree, issue));
}

/** The YAML's spelling of a path, `services[1].cpu`. */
export function spell(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      /^\d+$/.test(String(step)) ? `[${String(step)}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}

/** `, got X` in the form of a message's end; nothing is written as "nothing". */
export function got(value: unknown): string {
  if (value === undefined) return 'got nothing';
  if (value === null) return 'got an empty value';
  if (Array.isArray(value))
    return value.length > 5 || value.some(isMap) ? `got a list of ${value.length}` : `got ${JSON.stringify(value)}`;
  if (typeof value === 'object') return `got a map (${Object.keys(value).slice(0, 4).join(', ') || 'empty'})`;
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return `got ${text.length > 120 ? `${text.slice(0, 117)}…` : text}`;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path as it stands in the file: the loader renames keys, but not those that users invent. */
function writtenPath(tree: Tree, path: readonly PropertyKey[]): Path {
  const written: (string | number)[] = [];
  for (const step of path) {
    if (typeof step === 'number') written.push(step);
    else if (valueAt(tree, [...written, String(step)]) !== undefined) written.push(String(step));
    else written.push(snakeCase(String(step)));
  }
  return written;
}

function toProblems(schema: z.ZodType, tree: Tree, issue: z.core.$ZodIssue): Problem[] {
  const path = writtenPath(tree, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(schema, tree, issue.path, withoutMark(key)));
  if (issue.code === 'invalid_union') return unionProblems(schema, tree, issue);
  if (issue.code === 'invalid_key') {
    return [
      {
        at: locateKey(tree, path),
        path: spell(path),
        message: `${issue.issues[0]?.message ?? issue.message}, ${got(path.at(-1))}`,
      },
    ];
  }
  const advice = issue.code === 'custom' && typeof issue.params?.advice === 'string' ? `: ${issue.params.advice}` : '';
  const value =
    issue.code === 'custom' && issue.params && 'got' in issue.params ? issue.params.got : valueAt(tree, path);
  return [{ at: locate(tree, path), path: spell(path), message: `${expectation(issue)}, ${got(value)}${advice}` }];
}

/** The alternative that fits the kind of value the user wrote explains best what is wrong with it. */
function unionProblems(schema: z.ZodType, tree: Tree, issue: z.core.$ZodIssueInvalidUnion): Problem[] {
  const closest = issue.errors.find((issues) =>
    issues.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  if (closest) {
    return closest.flatMap((inner) => toProblems(schema, tree, { ...inner, path: [...issue.path, ...inner.path] }));
  }
  const path = writtenPath(tree, issue.path);
  const expected = issue.message.startsWith('expected')
    ? issue.message
    : issue.errors
        .flatMap((issues) => issues.map(expectation))
        .filter(unique)
        .join(' or ')
        .replace(/ or expected /g, ' or ');
  return [{ at: locate(tree, path), path: spell(path), message: `${expected}, ${got(valueAt(tree, path))}` }];
}

function unknownKey(schema: z.ZodType, tree: Tree, parent: readonly PropertyKey[], key: string): Problem {
  const path = [...writtenPath(tree, parent), key];
  const section = schemaAt(schema, parent);
  const known = section ? knownKeys(section) : [];
  const meant = nearest(key, known) ?? onlyOneEnding(key, known);
  const belongs = meant
    ? []
    : placesOf(
        schema,
        key,
        parent
          .filter((step) => typeof step === 'string')
          .map(asWritten)
          .join('.'),
      );
  const advice = meant
    ? `did you mean "${meant}"?`
    : belongs.length > 0 && belongs.length <= 3
      ? `it belongs ${belongs[0] === '' ? 'to the top of the file' : `under ${either(belongs)}`}`
      : `known here: ${known.join(', ')}`;
  return { at: locateKey(tree, path), path: spell(path), message: `unknown key: ${advice}` };
}

/** The longer name of the same thing: `container_command` for `command`. */
function onlyOneEnding(key: string, known: readonly string[]): string | undefined {
  const [first, second] = known.filter((each) => each.endsWith(`_${key}`));
  return second === undefined ? first : undefined;
}

/** The maps that know `key`, '' being the top: those within `parent` or else the least deep ones. */
function placesOf(schema: z.ZodType, key: string, parent: string): string[] {
  const places = mapsOf(schema, '').flatMap(({ map, place }) => (knownKeys(map).includes(key) ? place : []));
  const within = places.filter((place) => place.startsWith(`${parent}.`));
  const candidates = parent !== '' && within.length > 0 ? within : places;
  const least = Math.min(...candidates.map(depth));
  return candidates.filter((place) => depth(place) === least);
}

function mapsOf(map: z.ZodType, place: string): { readonly map: z.ZodType; readonly place: string }[] {
  const inner = knownKeys(map).flatMap((key) => {
    const field = schemaAt(map, [camelCase(key)]);
    const item = field && schemaAt(field, [0]);
    return [field, item].flatMap((found) => (found ? mapsOf(found, place === '' ? key : `${place}.${key}`) : []));
  });
  return [{ map, place }, ...inner];
}

function depth(place: string): number {
  return place === '' ? 0 : place.split('.').length;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('expected')) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${typeWord[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value')
    return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  return issue.message;
}

const typeWord: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function isMissing(issue: z.core.$ZodIssue): boolean {
  return (
    issue.input === undefined &&
    (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union')
  );
}

function asWritten(step: PropertyKey): string | number {
  return typeof step === 'number' ? step : snakeCase(String(step));
}

function unique<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}
