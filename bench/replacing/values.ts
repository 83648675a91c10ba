import { isMap, type Values } from '../../src/tools/graph/values';

export type { Values };

/** A provider's schema of a type, as `terraform providers schema -json` prints it. */
export interface Schema {
  readonly version?: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: Nesting; readonly block: Block }>>;
}

export type Nesting = 'single' | 'list' | 'set' | 'map' | 'group';

export interface Attribute {
  readonly type?: Type;
  readonly nested_type?: { readonly nesting_mode: Nesting; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}

/** `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type Type = string | readonly [string, unknown];

/** What a reference would be replaced by: something that passes for it. */
const BY_ENDING: readonly (readonly [RegExp, string])[] = [
  [/\bkms.*(?:arn|id)$|^arn$.*kms/, 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000'],
  [/role.*arn|role$/, 'arn:aws:iam::123456789012:role/x'],
  [/lambda|function.*arn|invoke/, 'arn:aws:lambda:eu-central-1:123456789012:function:x'],
  [/certificate/, 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000'],
  [/arn/, 'arn:aws:sqs:eu-central-1:123456789012:x'],
  [/vpc_id$/, 'vpc-0123456789abcdef0'],
  [/subnet/, 'subnet-0123456789abcdef0'],
  [/security_group/, 'sg-0123456789abcdef0'],
  [/cidr/, '10.0.0.0/16'],
  [/url/, 'https://example.com/x'],
  [/zone_id/, 'Z0123456789ABCDEFGHIJ'],
  [/domain|host/, 'x.example.com'],
  [/account/, '123456789012'],
  [/port|count|size|number/, '1'],
];

/** A resource of a stack without what would have to be looked up. */
export function literal(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => literal(one, key));
  if (isMap(value)) {
    const left = Object.entries(value).filter(([inner]) => !NO_ARGUMENTS.includes(inner));
    return Object.fromEntries(left.map(([inner, one]) => [inner, literal(one, inner)]));
  }
  if (typeof value !== 'string' || !value.includes('${')) return value;
  return value.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, (expression) => standIn(expression, key));
}

const NO_ARGUMENTS = ['lifecycle', 'provider', 'depends_on', 'count', 'for_each', 'connection', 'provisioner', '//'];

function standIn(expression: string, key: string): string {
  const [, attribute = ''] = /\.(\w+)(?:\[[^\]]*\])?\}$/.exec(expression) ?? [];
  const found = [key, `${attribute}`].flatMap((text) => BY_ENDING.find(([ending]) => ending.test(text))?.[1] ?? []);
  return found[0] ?? 'x1';
}

/** A configuration's arguments as a state has them: every attribute, blocks in lists. */
export function stateOf(block: Block, values: Values): Values {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, attribute]) => [
    name,
    attribute.write_only ? null : stored(attribute, values[name]),
  ]);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, { nesting_mode: nesting, block: inner }]) => {
    const written = values[name];
    const items = (Array.isArray(written) ? written : written === undefined ? [] : [written]) as Values[];
    const read = items.map((item) => stateOf(inner, item));
    return [name, nesting === 'single' || nesting === 'group' ? (read[0] ?? null) : read];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

function stored({ type, nested_type: nested }: Attribute, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (nested) {
    const one = (item: unknown) => stateOf({ attributes: nested.attributes }, item as Values);
    if (nested.nesting_mode === 'list' || nested.nesting_mode === 'set')
      return (Array.isArray(value) ? value : [value]).map(one);
    return nested.nesting_mode === 'map' ? value : one(value);
  }
  if (type === 'number') return Number(value);
  if (type === 'bool') return value === true || value === 'true';
  if (type === 'string') return String(value);
  return value;
}
