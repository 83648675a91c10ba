import type { Resource } from '../graph/resource-graph';
import { textsAt } from '../graph/values';
import type { Links } from './links';
import { SUBNET_PATHS } from './parts';
import type { Area } from './picture';

const ROUTES: Readonly<Record<string, string>> = { gateway_id: 'public', nat_gateway_id: 'private' };
const NAMED = /public|private|isolated|database|intra/;

/** The networks of a stack with their tiers, and who stands in which. */
export class Areas {
  readonly all: readonly Area[];
  private readonly tierOf = new Map<Resource, Area>();

  constructor(private readonly links: Links) {
    const networks = links.graph.ofType('aws_vpc').map((vpc) => ({ vpc, area: networkArea(vpc) }));
    const tiers = new Map<string, Resource[]>();
    for (const subnet of links.graph.ofType('aws_subnet')) {
      const { area = undefined } =
        networks.find(({ vpc }) => this.links.named(subnet, 'vpc_id', ['aws_vpc']).includes(vpc)) ??
        (networks.length === 1 ? networks[0] : undefined) ??
        {};
      const key = `${area?.id ?? ''} ${this.tier(subnet)}`;
      tiers.set(key, [...(tiers.get(key) ?? []), subnet]);
    }
    const areas = [...tiers].map(([key, subnets]) => {
      const [network = '', tier = ''] = key.split(' ');
      const area = tierArea(tier, network, subnets);
      for (const subnet of subnets) this.tierOf.set(subnet, area);
      return area;
    });
    this.all = [...networks.map(({ area }) => area), ...areas];
  }

  /** The tier that all of these stand in, or the network where they stand in several. */
  around(resources: readonly Resource[]): string | undefined {
    const tiers = resources.flatMap((one) => {
      const path = SUBNET_PATHS[one.type];
      if (path === undefined) return [];
      return this.links.named(one, path, ['aws_subnet']).flatMap((subnet) => this.tierOf.get(subnet) ?? []);
    });
    const [first] = tiers;
    if (!first) return undefined;
    return tiers.every(({ id }) => id === first.id) ? first.id : first.inside;
  }

  /** What its routes make of a subnet, or what it is called where they are somebody else's. */
  private tier(subnet: Resource): string {
    const tables = this.links
      .naming(subnet, 'aws_route_table_association', 'subnet_id')
      .flatMap((one) => this.links.named(one, 'route_table_id', ['aws_route_table']));
    const routes = tables.flatMap((table) => this.links.naming(table, 'aws_route', 'route_table_id'));
    for (const [path, tier] of Object.entries(ROUTES)) {
      const leads = (one: Resource, at: string) =>
        textsAt(one.values, at).some((text) => text !== '') || one.references.some((found) => found.path === at);
      if (routes.some((one) => leads(one, path)) || tables.some((one) => leads(one, `route.${path}`))) return tier;
    }
    const [said] = NAMED.exec(`${subnet.name} ${textsAt(subnet.values, 'tags.Name').join(' ')}`) ?? [];
    return said ?? (tables.length > 0 ? 'isolated' : 'all');
  }
}

function networkArea(vpc: Resource): Area {
  const [cidr] = textsAt(vpc.values, 'cidr_block').filter((text) => !text.includes('${'));
  const existing = vpc.mode === 'data' ? ', existing' : '';
  return {
    id: vpc.address,
    title: `VPC${cidr === undefined ? '' : ` ${cidr}`}${existing}`,
    inside: undefined,
    addresses: [vpc.address],
  };
}

function tierArea(tier: string, network: string, subnets: readonly Resource[]): Area {
  const zones = new Set(subnets.flatMap(({ values }) => textsAt(values, 'availability_zone')));
  const title = tier === 'all' ? 'Subnets' : `${tier[0]?.toUpperCase()}${tier.slice(1)} subnets`;
  return {
    id: `${network}/${tier}`,
    title: zones.size > 1 ? `${title}, ${zones.size} zones` : title,
    inside: network === '' ? undefined : network,
    addresses: subnets.map(({ address }) => address).sort(),
  };
}
