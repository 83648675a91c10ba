import { isMap } from '../../graph/values';
import { type AttributeChange, withoutPlaces } from '../change';
import measured from './replacing.json';

/** What the real provider has answered for a type: paths without places in lists. */
interface Replacing {
  /** Any change of these forces a replacement. */
  readonly always: readonly string[];
  readonly lowered?: readonly string[];
  readonly raised?: readonly string[];
  readonly switchedOn?: readonly string[];
  readonly switchedOff?: readonly string[];

  /** Of those above: left out, they stay as they are. */
  readonly kept?: readonly string[];

  /** What nobody could ask the provider about. */
  readonly unmeasured?: readonly string[];
}

const types: Readonly<Record<string, Replacing>> = measured.types;

/** Whether anybody has asked the provider what replaces a resource of this type. */
export function isMeasured(type: string): boolean {
  return Object.hasOwn(types, type);
}

/** Those of the changes that force Terraform to make the resource anew. */
export function forcing(type: string, changes: readonly AttributeChange[]): readonly AttributeChange[] {
  const replacing = Object.hasOwn(types, type) ? types[type] : undefined;
  return replacing ? changes.filter((change) => forces(replacing, change)) : [];
}

/** Those of the changes that nobody knows this of. */
export function unmeasuredOf(type: string, changes: readonly AttributeChange[]): readonly AttributeChange[] {
  const { unmeasured = [] } = (Object.hasOwn(types, type) && types[type]) || {};
  return changes.filter(({ path }) => unmeasured.includes(withoutPlaces(path)));
}

/** Whether a change is none because the provider keeps what it has when an argument is left out. */
export function staysAsItIs(type: string, { path, after }: AttributeChange): boolean {
  const { kept = [] } = (Object.hasOwn(types, type) && types[type]) || {};
  return after === undefined && kept.includes(withoutPlaces(path));
}

function forces(replacing: Replacing, change: AttributeChange): boolean {
  const direction = directionOf(change);
  const found = [...replacing.always, ...(direction === undefined ? [] : (replacing[direction] ?? []))];
  return pathsIn(change).some((path) => found.some((one) => path === one || path.startsWith(`${one}.`)));
}

/** The path of a change, and where a block comes or goes as a whole, those of all that it holds. */
function pathsIn({ path, before, after }: AttributeChange): string[] {
  const place = withoutPlaces(path);
  return [...new Set([place, ...leavesIn(before, place), ...leavesIn(after, place)])];
}

function leavesIn(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => leavesIn(one, path));
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => leavesIn(inner, `${path}.${key}`));
  return value === undefined || value === null ? [] : [path];
}

function directionOf({
  before,
  after,
}: AttributeChange): 'lowered' | 'raised' | 'switchedOn' | 'switchedOff' | undefined {
  const [from, to] = [String(before ?? ''), String(after ?? '')];
  if ([from, to].every((text) => ['true', 'false', ''].includes(text)))
    return to === 'true' ? 'switchedOn' : 'switchedOff';
  const [old, young] = [numbersIn(from), numbersIn(to)];
  if (old === undefined || young === undefined) return undefined;
  const place = old.findIndex((number, index) => number !== (young[index] ?? number));
  return place === -1 ? undefined : (young[place] ?? 0) > (old[place] ?? 0) ? 'raised' : 'lowered';
}

/** `15.4` → 15, 4. */
function numbersIn(text: string): readonly number[] | undefined {
  return /^\d+(?:\.\d+)*$/.test(text) ? text.split('.').map(Number) : undefined;
}
