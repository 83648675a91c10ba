import { isMarked, textsAt, type Values } from './values';

/** One resource or data source, as a plan or the synthesized files tell it. */
export interface Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;

  /** What is known. Of synthesized files, texts hold what Terraform will put in as `${aws_vpc.network.id}`. */
  readonly values: Values;

  /** Marks what is known only after the apply, in the shape of the values. */
  readonly unknown: unknown;

  /** Marks what nobody may see, in the shape of the values. */
  readonly sensitive: unknown;

  /** What its arguments are taken from. */
  readonly references: readonly Reference[];

  /** The arguments that its configuration sets, where that is known: a state tells what AWS computed as well. */
  readonly written?: readonly string[];
}

/** An argument that names another resource. */
export interface Reference {
  /** Where it stands, without the places in lists: `network_configuration.subnets`. */
  readonly path: string;

  /** The address of the other; where there are several of it (`count`, `for_each`), without their keys. */
  readonly to: string;

  /** Which attribute of the other, such as `id`. */
  readonly attribute: string | undefined;

  /** Whether it means the instance of its own key: `aws_subnet.private[count.index]`. */
  readonly sameKey?: boolean;

  /** The key of the instance that it means: `[0]`, `["a"]`. */
  readonly key?: string;
}

/** What is known to name a resource in others' arguments. */
const IDENTIFIERS = [
  'id',
  'arn',
  'name',
  'url',
  'bucket',
  'key_id',
  'dns_name',
  'domain_name',
  'function_name',
  'invoke_arn',
  'qualified_arn',
  'execution_arn',
  'identifier',
  'cluster_identifier',
  'bucket_domain_name',
  'bucket_regional_domain_name',
  'website_endpoint',
  'iam_arn',
  'allocation_id',
  'public_ip',
  'prefix_list_id',
];

/** All resources of a stack at one moment, and what names what. */
export class ResourceGraph {
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly ofEveryKey: ReadonlyMap<string, readonly Resource[]>;
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byIdentifier = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  private readonly byLinked = new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();

  constructor(readonly resources: readonly Resource[]) {
    this.byAddress = new Map(resources.map((one) => [one.address, one]));
    this.ofEveryKey = grouped(resources, ({ address }) => [withoutKeys(address)]);
    this.byType = grouped(resources, ({ type }) => [type]);
  }

  get(address: string): Resource | undefined {
    return this.byAddress.get(address);
  }

  /** All instances of what `count` or `for_each` makes, by their address without keys. */
  instancesOf(address: string): readonly Resource[] {
    return this.ofEveryKey.get(address) ?? [];
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources of a type that an argument names: by what it says, and where that is not known yet by reference. */
  linked(from: Resource, path: string, type: string): readonly Resource[] {
    const texts = textsAt(from.values, path);
    const said = texts.map((text) => this.named(type, text));
    const known = texts.length > 0 && said.every(({ length }) => length > 0) && !isMarked(from.unknown, path);
    const referred = known ? [] : from.references.filter((one) => one.path === path);
    return [...new Set([...said.flat(), ...referred.flatMap((one) => this.meant(from, one, type))])];
  }

  /** The other way round: the resources of a type whose argument names this one. */
  linking(to: Resource, type: string, path: string): readonly Resource[] {
    const key = `${to.type} ${type} ${path}`;
    const known = this.byLinked.get(key) ?? this.indexed(to.type, type, path);
    this.byLinked.set(key, known);
    return known.get(to) ?? [];
  }

  /** The resources of a type that are known under a name, an id, an ARN or the like. */
  named(type: string, text: string): readonly Resource[] {
    const known = this.byIdentifier.get(type) ?? grouped(this.ofType(type), identifiersOf);
    this.byIdentifier.set(type, known);
    return known.get(text) ?? [];
  }

  private indexed(toType: string, type: string, path: string): ReadonlyMap<Resource, readonly Resource[]> {
    return grouped(this.ofType(type), (from) => this.linked(from, path, toType));
  }

  /** Of several instances those of the key that is meant, and in a module's instance those of the same one. */
  private meant(from: Resource, { to, sameKey, key }: Reference, type: string): readonly Resource[] {
    const all = (this.ofEveryKey.get(to) ?? []).filter((one) => one.type === type);
    if (all.length < 2) return all;
    const module = moduleOf(from.address);
    const near = all.filter(({ address }) => moduleOf(address) === module);
    const candidates = near.length > 0 ? near : all;
    const wanted = key ?? (sameKey ? keyOf(from.address) : '');
    const exact = wanted === '' ? [] : candidates.filter(({ address }) => keyOf(address) === wanted);
    return exact.length > 0 ? exact : candidates;
  }
}

/** What the argument at a path, without the places in lists, is taken from: `aws_vpc.network.id`. */
export function sourcesAt(path: string, references: readonly Reference[]): readonly string[] {
  const inside = (one: string, other: string) => one === other || one.startsWith(`${other}.`);
  const found = references.filter((one) => inside(one.path, path) || inside(path, one.path));
  return [
    ...new Set(found.map(({ to, key = '', attribute }) => [to + key, ...(attribute ? [attribute] : [])].join('.'))),
  ];
}

/** `module.a["x"].aws_subnet.private[0]` → `module.a.aws_subnet.private`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*"|[^"\]]*)\]/g, '');
}

/** `module.a["x"].` of what stands in it. */
function moduleOf(address: string): string {
  return /^(?:module\.[^.[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)*/.exec(address)?.[0] ?? '';
}

/** `["x"]` of an instance. */
function keyOf(address: string): string {
  return /\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/.exec(address)?.[0] ?? '';
}

function identifiersOf({ values }: Resource): string[] {
  return [...new Set(IDENTIFIERS.flatMap((name) => textsAt(values, name)))];
}

function grouped<Key>(
  resources: readonly Resource[],
  keysOf: (one: Resource) => readonly Key[],
): ReadonlyMap<Key, readonly Resource[]> {
  const groups = new Map<Key, Resource[]>();
  for (const one of resources) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
}
