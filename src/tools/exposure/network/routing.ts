import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, isMarked, textsAt, valuesAt } from '../../graph/values';

/** Whether the internet reaches into a subnet, and what that rests on. */
export interface Routed {
  readonly internet: 'yes' | 'no' | 'unknown' | 'given';

  /** What is not known, in words; of a network that is somebody else's, `given` says it all. */
  readonly why?: string;
  readonly by: readonly string[];
}

/** IPv4 or IPv6: each has default routes of its own. */
export type Version = 4 | 6;

/** Route tables of a stack, read as one for one version: routes of their own, routes inside of tables, and the VPC's main table. */
export class Routing {
  private readonly known = new Map<Resource, Routed>();
  private readonly main = new Map<Resource, readonly Routed[]>();

  constructor(
    private readonly graph: ResourceGraph,
    private readonly version: Version = 4,
  ) {}

  of(subnet: Resource): Routed {
    const routed = this.known.get(subnet) ?? this.read(subnet);
    this.known.set(subnet, routed);
    return routed;
  }

  private read(subnet: Resource): Routed {
    if (subnet.type === 'aws_default_subnet') return { internet: 'yes', by: [subnet.address] };
    const associated = this.graph.linking(subnet, 'aws_route_table_association', 'subnet_id');
    const tables = associated.flatMap((one) => this.tablesNamed(one, 'route_table_id'));
    const given = this.graph.linking(subnet, 'aws_route_table', 'associations.subnet_id');
    const alone = tables.length + given.length + associated.length === 0;
    const found = [
      ...[...tables, ...given].map((table) => this.ofTable(table)),
      ...(alone ? this.networksOf(subnet).flatMap((vpc) => this.ofMainTable(vpc)) : []),
    ];
    const by = associated.map(({ address }) => address);
    const open = found.find(({ internet }) => internet === 'yes');
    if (open) return { ...open, by: [...open.by, ...by] };
    const undecided = found.find(({ internet }) => internet === 'unknown');
    if (undecided) return { ...undecided, by: [...undecided.by, ...by] };
    const foreign = found.find(({ internet }) => internet === 'given');
    if (foreign) return { ...foreign, by: [...foreign.by, ...by] };
    if (found.length === 0 && (subnet.mode === 'data' || !this.ownsNetwork(subnet))) return { internet: 'given', by };
    if (found.length === 0 && associated.length > 0)
      return { internet: 'unknown', why: `where ${subnet.address} routes to`, by };
    return { internet: 'no', by };
  }

  private tablesNamed(from: Resource, path: string): readonly Resource[] {
    return TABLES.flatMap((type) => this.graph.linked(from, path, type));
  }

  private networksOf(subnet: Resource): readonly Resource[] {
    return VPCS.flatMap((type) => this.graph.linked(subnet, 'vpc_id', type));
  }

  /** The table of a VPC that subnets without one of their own use: no way out unless one is added to it. */
  private ofMainTable(vpc: Resource): readonly Routed[] {
    const known = this.main.get(vpc) ?? this.readMainTable(vpc);
    this.main.set(vpc, known);
    return known;
  }

  private readMainTable(vpc: Resource): readonly Routed[] {
    const [id = ''] = textsAt(vpc.values, 'main_route_table_id');
    const isMain = (one: Resource, path: string) =>
      (id !== '' && one.values[path] === id) ||
      one.references.some(
        (to) => to.path === path && to.to === vpc.address && /route_table_id$/.test(to.attribute ?? ''),
      );
    const tables = [
      ...this.graph
        .linking(vpc, 'aws_main_route_table_association', 'vpc_id')
        .flatMap((one) => this.tablesNamed(one, 'route_table_id')),
      ...this.graph.linked(vpc, 'main_route_table_id', 'aws_route_table'),
      ...this.graph.ofType('aws_default_route_table').filter((one) => isMain(one, 'default_route_table_id')),
    ];
    const routes = this.graph.ofType('aws_route').filter((one) => isMain(one, 'route_table_id'));
    return [...tables.map((table) => this.ofTable(table)), ...routes.map((one) => this.ofRoute(one, one.values, ''))];
  }

  private ownsNetwork(subnet: Resource): boolean {
    return this.networksOf(subnet).some(({ mode }) => mode === 'managed');
  }

  private ofTable(table: Resource): Routed {
    const inline = table.written !== undefined && !table.written.includes('route') ? [] : [table];
    const separate = this.graph.linking(table, 'aws_route', 'route_table_id');
    const routes = [
      ...separate.map((one) => this.ofRoute(one, one.values, '')),
      ...inline.flatMap((one) =>
        valuesAt(one.values, 'route')
          .concat(valuesAt(one.values, 'routes'))
          .filter(isMap)
          .map((block) => this.ofRoute(one, block, 'route.')),
      ),
    ];
    const best = ORDER.flatMap((wanted) => routes.find(({ internet }) => internet === wanted) ?? [])[0];
    if (best) return best;
    return table.mode === 'data' && textsAt(table.values, 'routes.cidr_block').length === 0
      ? { internet: 'given', by: [] }
      : { internet: 'no', by: [] };
  }

  /** One route: the way to the internet is a default route to an internet gateway. */
  private ofRoute(holder: Resource, route: Readonly<Record<string, unknown>>, path: string): Routed {
    const by = [holder.address];
    const ranges = RANGES.flatMap((key) => textsAt(route, key)).filter((range) => range !== '');
    if (ranges.length > 0 && !ranges.some((range) => EVERYTHING[this.version].test(range)))
      return { internet: 'no', by };
    const gateway = textsAt(route, 'gateway_id').find((text) => text !== '') ?? '';
    const gateways = this.graph.linked(holder, `${path}gateway_id`, 'aws_internet_gateway');
    if (/^igw-/.test(gateway)) return { internet: 'yes', by };
    if (gateways.length > 0 && (gateway !== '' || isMarked(holder.unknown, `${path}gateway_id`)))
      return { internet: 'yes', by: [...by, ...gateways.map(({ address }) => address)] };
    if (
      ELSEWHERE.some((key) => textsAt(route, key).some((text) => text !== '') || isMarked(holder.unknown, path + key))
    ) {
      return textsAt(route, 'transit_gateway_id').some((text) => text !== '')
        ? { internet: 'given', by }
        : { internet: 'no', by };
    }
    if (gateway !== '' || isMarked(holder.unknown, `${path}gateway_id`))
      return gateway === 'local' || /^vgw-|^vpce-/.test(gateway)
        ? { internet: 'no', by }
        : { internet: 'unknown', why: `which gateway ${holder.address} leads to`, by };
    return { internet: 'no', by };
  }
}

const TABLES = ['aws_route_table', 'aws_default_route_table'];
export const VPCS = ['aws_vpc', 'aws_default_vpc'];
const RANGES = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'cidr_block', 'ipv6_cidr_block'];

/** What leads wherever no other route does; some write it in halves. */
const EVERYTHING: Readonly<Record<Version, RegExp>> = {
  4: /^(?:0\.0\.0\.0\/[0-4]|128\.0\.0\.0\/1)$/,
  6: /^(?:::\/[0-3]|2000::\/3)$/,
};
const ORDER = ['yes', 'unknown', 'given', 'no'] as const;

/** Other next hops: connections that are opened from outside do not come in there. */
const ELSEWHERE = [
  'nat_gateway_id',
  'egress_only_gateway_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
  'network_interface_id',
  'local_gateway_id',
  'carrier_gateway_id',
];
