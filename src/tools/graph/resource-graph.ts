import { textsAt, type Values } from './values';

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
}

/** An argument that names another resource. */
export interface Reference {
  /** Where it stands, without the places in lists: `network_configuration.subnets`. */
  readonly path: string;

  /** The address of the other; where there are several of it (`count`, `for_each`), without their keys. */
  readonly to: string;

  /** Which attribute of the other, such as `id`. */
  readonly attribute: string | undefined;
}

/** What is known to name a resource in others' arguments. */
const IDENTIFIERS = ['id', 'arn', 'name', 'url', 'bucket', 'key_id', 'dns_name', 'domain_name'];

/** All resources of a stack at one moment, and what names what. */
export class ResourceGraph {
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly ofEveryKey: ReadonlyMap<string, readonly Resource[]>;
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byIdentifier = new Map<string, ReadonlyMap<string, readonly Resource[]>>();

  constructor(readonly resources: readonly Resource[]) {
    this.byAddress = new Map(resources.map((one) => [one.address, one]));
    this.ofEveryKey = grouped(resources, ({ address }) => [withoutKeys(address)]);
    this.byType = grouped(resources, ({ type }) => [type]);
  }

  get(address: string): Resource | undefined {
    return this.byAddress.get(address);
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources of a type that an argument names: by reference where one is written, else by what it says. */
  linked(from: Resource, path: string, type: string): readonly Resource[] {
    const referred = from.references
      .filter((one) => one.path === path)
      .flatMap(({ to }) => this.ofEveryKey.get(to) ?? []);
    const said = textsAt(from.values, path).flatMap((text) => this.identified(type, text));
    return [...new Set([...said, ...referred.filter((one) => one.type === type)])];
  }

  /** The other way round: the resources of a type whose argument names this one. */
  linking(to: Resource, type: string, path: string): readonly Resource[] {
    return this.ofType(type).filter((from) => this.linked(from, path, to.type).includes(to));
  }

  private identified(type: string, text: string): readonly Resource[] {
    const known = this.byIdentifier.get(type) ?? grouped(this.ofType(type), identifiersOf);
    this.byIdentifier.set(type, known);
    return known.get(text) ?? [];
  }
}

/** `module.a["x"].aws_subnet.private[0]` → `module.a.aws_subnet.private`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*"|[^"\]]*)\]/g, '');
}

function identifiersOf({ values }: Resource): string[] {
  return [...new Set(IDENTIFIERS.flatMap((name) => textsAt(values, name)))];
}

function grouped(
  resources: readonly Resource[],
  keysOf: (one: Resource) => readonly string[],
): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const one of resources) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
  }
  return groups;
}
