import type { EnvironmentSpec } from '../spec/environment';
import { environmentFile } from '../spec/environment-file';
import { toSnakeCase } from '../spec/load/casing';
import { isMap } from './graph/values';

/** Something that one environment says and another doesn't, or says otherwise; undefined where nothing is said. */
export interface StackDifference {
  /** In the YAML's spelling: `services[api].cpu`. */
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** How two environments differ, every default filled in, by section; names that only carry the environment's are the same. */
export function stackDifferences(
  one: EnvironmentSpec,
  other: EnvironmentSpec,
): ReadonlyMap<string, readonly StackDifference[]> {
  const [left, right] = [one, other].map(sections) as [Record<string, unknown>, Record<string, unknown>];
  const comparer = new Comparer(one, other);
  const found = [...new Set([...Object.keys(left), ...Object.keys(right)])].map(
    (section): [string, readonly StackDifference[]] => [
      section,
      [...comparer.compare(left[section], right[section], section)],
    ],
  );
  return new Map(found.filter(([, differences]) => differences.length > 0));
}

/** A line for each difference, below its section. */
export function differencesText(
  names: readonly [string, string],
  differences: ReadonlyMap<string, readonly StackDifference[]>,
): string {
  if (differences.size === 0) return `${names.join(' and ')} say the same\n`;
  const [one, other] = names;
  const said = (value: unknown) => (value === undefined ? '(nothing)' : JSON.stringify(value));
  const blocks = [...differences].map(([section, found]) => {
    const whole = found.find(({ path }) => path === section);
    if (whole && (whole.one === undefined || whole.other === undefined) && isMap(whole.one ?? whole.other)) {
      return `${section}: only in ${whole.one === undefined ? other : one}\n`;
    }
    return [section, ...found.map((each) => `  ${each.path}: ${said(each.one)} | ${said(each.other)}`), ''].join('\n');
  });
  return [`${one} | ${other}\n`, ...blocks].join('\n');
}

/** What every environment has for itself, and what is about the review alone. */
const OWN = ['env', 'accept', 'name_differs_because'];

function sections(spec: EnvironmentSpec): Record<string, unknown> {
  const written = toSnakeCase(environmentFile, spec) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(written).filter(([key]) => !OWN.includes(key)));
}

/** `shop-dev-jobs`, `/dev/shop/key` and `dev.example.com` become the same in every environment. */
function normalised(value: unknown, spec: EnvironmentSpec): unknown {
  if (Array.isArray(value)) return value.map((one) => normalised(one, spec));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, normalised(one, spec)]));
  }
  if (typeof value !== 'string') return value;
  const word = (text: string) => new RegExp(`(?<![A-Za-z0-9])${text}(?![A-Za-z0-9])`, 'g');
  return value.replace(word(spec.env), '{env}').replace(word(spec.project), '{project}');
}

class Comparer {
  constructor(
    private readonly one: EnvironmentSpec,
    private readonly other: EnvironmentSpec,
  ) {}

  *compare(one: unknown, other: unknown, path: string): Iterable<StackDifference> {
    if (JSON.stringify(normalised(one, this.one)) === JSON.stringify(normalised(other, this.other))) return;
    if (isMap(one) && isMap(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
        yield* this.compare(one[key], other[key], `${path}.${key}`);
      return;
    }
    const [left, right] = [byName(one, this.one), byName(other, this.other)];
    if (!left || !right) {
      yield { path, one, other };
      return;
    }
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const [was, now] = [left.get(name), right.get(name)];
      yield* this.compare(was, now, `${path}[${(was ?? now)?.name}]`);
    }
  }
}

interface Named {
  readonly name: string;
}

/** By names that are the same in every environment. */
function byName(list: unknown, spec: EnvironmentSpec): ReadonlyMap<string, Named> | undefined {
  if (!Array.isArray(list) || !list.every(isNamed)) return undefined;
  return new Map(list.map((item) => [String(normalised(item.name, spec)), item]));
}

function isNamed(item: unknown): item is Named {
  return isMap(item) && typeof item['name'] === 'string';
}
