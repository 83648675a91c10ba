import { isMap } from '../../src/tools/graph/values';
import type { Attribute, Block, Schema, Values } from './values';

/** One attribute that differs between a state and a configuration. */
export interface Variant {
  readonly type: string;
  readonly name: string;
  readonly path: string;

  /** The provider fills it in where a configuration leaves it out. */
  readonly computed: boolean;

  /** What becomes of the value, where that may decide. */
  readonly direction: 'lowered' | 'raised' | 'switchedOn' | 'switchedOff' | undefined;
  readonly configuration: Values;
  readonly earlier: Values;
}

/** Blocks within blocks beyond this repeat themselves (rules of a firewall). */
const DEEPEST = 3;

/** Every way to change one attribute of a resource that is otherwise as the sample has it. */
export function variantsOf(type: string, { block }: Schema, sample: Values): Variant[] {
  const nothing: Variant = {
    type,
    name: 'nothing',
    path: '',
    computed: false,
    direction: undefined,
    configuration: escaped(sample) as Values,
    earlier: sample,
  };
  const leaves = leavesOf(block, []);
  const few = leaves.length > MOST ? leaves.filter(({ path }) => path.length < 3) : leaves;
  const made = few.flatMap(({ path, attribute }) =>
    changes(attribute, path, valueAt(sample, path)).map((change) => ({ path, attribute, ...change })),
  );
  const variants = made.map(({ path, attribute, before, after, direction }, index): Variant => {
    // What is also computed stays as it was when a configuration leaves it out: so it has to be written.
    const configuration = after === KEPT ? sample : withValue(sample, path, after);
    return {
      type,
      name: `v${index}_${path.join('_')}`,
      path: path.join('.'),
      computed: attribute.computed === true,
      direction,
      configuration: escaped(configuration) as Values,
      earlier: withValue(configuration, path, before),
    };
  });
  return [nothing, ...variants];
}

/** Of types with more arguments than these, only the outer ones are tried. */
const MOST = 150;

/** What the provider's own words say is wrong with a configuration, put right; undefined where they don't. */
export function cured(variant: Variant, said: string, { block }: Schema): Variant | undefined {
  const path = variant.path.split('.');
  const to = (value: unknown): Variant | undefined => {
    const configuration = withValue(variant.configuration, path, value);
    return same(configuration, variant.configuration) ? undefined : { ...variant, configuration };
  };
  const now = valueAt(variant.configuration, path);
  const [, allowed] =
    /to be one of \[([^\]]+)\]/.exec(said) ?? /(?:must|value) (?:be )?one of:? \[([^\]]+)\]/.exec(said) ?? [];
  if (allowed !== undefined && said.includes(path.at(-1) ?? '')) {
    const values = [...allowed.matchAll(/"([^"]+)"/g)].map(([, one = '']) => one);
    return to(Array.isArray(now) ? values.slice(0, 1) : values[0]);
  }
  const [, least] = /in the range \((-?\d+)/.exec(said) ?? /at least \((-?\d+)\)/.exec(said) ?? [];
  if (least !== undefined && typeof now === 'number') return to(Number(least) + 1);
  if (/invalid JSON/.test(said) && typeof now === 'string') return to('{}');
  if (/Bool/.test(said) && now === 'now') return to('true');
  if (/invalid ARN/.test(said) && typeof now === 'string') return to('arn:aws:sqs:eu-central-1:123456789012:now');
  const [, conflicting] = /"?(\w+)"?: conflicts with/.exec(said) ?? [];
  if (conflicting !== undefined && conflicting !== path[0] && conflicting in variant.configuration) {
    const { [conflicting]: _, ...configuration } = variant.configuration;
    const { [conflicting]: __, ...earlier } = variant.earlier;
    return { ...variant, configuration, earlier };
  }
  const [, missing] = /The argument "(\w+)" is required/.exec(said) ?? [];
  const above = path.slice(0, -1);
  const around = above.reduce<Block | undefined>((here, key) => here?.block_types?.[key]?.block, block);
  const attribute = missing === undefined ? undefined : around?.attributes?.[missing];
  if (missing !== undefined && attribute && above.length > 0) {
    const place = [...above, missing];
    const value = guessed(attribute, place);
    const configuration = withValue(variant.configuration, place, value);
    if (valueAt(variant.configuration, place) !== undefined) return undefined;
    return { ...variant, configuration, earlier: withValue(variant.earlier, place, value) };
  }
  return undefined;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Leaf {
  readonly path: readonly string[];
  readonly attribute: Attribute;
}

function leavesOf(block: Block, above: readonly string[]): Leaf[] {
  const attributes = Object.entries(block.attributes ?? {}).flatMap(([name, attribute]): Leaf[] => {
    const path = [...above, name];
    if (!attribute.optional && !attribute.required) return [];
    if (attribute.write_only || IGNORED.includes(path.join('.'))) return [];
    if (attribute.nested_type && path.length < DEEPEST)
      return leavesOf({ attributes: attribute.nested_type.attributes }, path);
    return [{ path, attribute }];
  });
  if (above.length >= DEEPEST) return attributes;
  const blocks = Object.entries(block.block_types ?? {})
    .filter(([name]) => name !== 'timeouts')
    .flatMap(([name, inner]) => leavesOf(inner.block, [...above, name]));
  return [...attributes, ...blocks];
}

/** Names of states, and what Terraform or the provider fills in by itself. */
const IGNORED = ['id', 'tags_all'];

const KEPT = Symbol('as the sample has it');

interface Change {
  readonly before: unknown;
  readonly after: unknown;
  readonly direction: Variant['direction'];
}

function changes(attribute: Attribute, path: readonly string[], written: unknown): Change[] {
  const guess = written ?? (attribute.computed ? guessed(attribute, path) : undefined);
  const after = written === undefined && guess !== undefined ? guess : KEPT;
  const { type } = attribute;
  const change = (before: unknown, direction?: Variant['direction'], to: unknown = after): Change => ({
    before,
    after: to,
    direction,
  });
  if (type === 'bool') {
    return [change(false, 'switchedOn', true), change(true, 'switchedOff', false)];
  }
  if (type === 'number') {
    const number = Number(guess ?? 2);
    return [change(number - 1, 'raised'), change(number + 1, 'lowered')];
  }
  if (type === 'string') {
    const text = String(guess ?? 'x');
    if (/version$/.test(path.at(-1) ?? '') && /^\d+(?:\.\d+)*$/.test(text))
      return [change('1.0', 'raised'), change('99.0', 'lowered')];
    if (/^\s*[[{]/.test(text)) return [change('{"measured":true}')];
    if (/^\d+$/.test(text)) return [change(String(Number(text) + 1))];
    return [change(`${text}-was`)];
  }
  if (type !== undefined && typeof type !== 'string') return composite(type, guess).map((before) => change(before));
  return [change(attribute.nested_type?.nesting_mode === 'list' ? [] : undefined)];
}

function composite([kind, inner]: readonly [string, unknown], written: unknown): unknown[] {
  if (kind === 'map') return [{ ...(isMap(written) ? written : {}), was: inner === 'string' ? 'there' : null }];
  if (inner === 'string') return [['was']];
  if (inner === 'number') return [[7]];
  if (Array.isArray(inner) && inner[0] === 'object') {
    const fields = Object.entries(inner[1] as Record<string, unknown>);
    const filled = fields.map(([name, type]) => [
      name,
      type === 'string' ? 'was' : type === 'number' ? 7 : type === 'bool' ? true : null,
    ]);
    return [[Object.fromEntries(filled)]];
  }
  return [];
}

/** A value that the provider may take for what is not in the sample. */
function guessed({ type }: Attribute, path: readonly string[]): unknown {
  const name = path.at(-1) ?? '';
  if (type === 'number') return 3;
  if (type === 'bool') return true;
  const text = /arn|kms_key/.test(name)
    ? 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000'
    : /cidr/.test(name)
      ? '10.1.0.0/16'
      : /window/.test(name)
        ? 'mon:03:00-mon:04:00'
        : /zone/.test(name)
          ? 'eu-central-1b'
          : 'now';
  if (type === 'string') return text;
  if (Array.isArray(type) && type[0] === 'map') return type[1] === 'string' ? { now: 'there' } : undefined;
  if (Array.isArray(type) && type[1] === 'string') return [text];
  return undefined;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => {
    const first = Array.isArray(here) ? here[0] : here;
    return isMap(first) ? first[key] : undefined;
  }, value);
}

/** A copy with another value at a path, in the first of each list of blocks. */
function withValue(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [key]: value };
  const inner = values[key];
  const items = (Array.isArray(inner) ? inner : inner === undefined ? [] : [inner]) as Values[];
  const [first = {}, ...others] = items;
  return { ...values, [key]: [withValue(first, rest, value), ...others] };
}

function escaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(escaped);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
  return typeof value === 'string' ? value.replaceAll('${', '$${').replaceAll('%{', '%%{') : value;
}
