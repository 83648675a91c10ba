import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { isMap, valuesAt } from '../../graph/values';
import type { Ports } from '../path';
import { cidrIn } from './cidr';
import { commonPorts, coveredBy, numberOf, portsOf } from './ports';

interface Entry {
  readonly number: number;
  readonly allows: boolean;
  readonly cidr: string;
  readonly ports: Ports;
  readonly by: string;
}

/** What network ACLs let into subnets. A subnet without a list of its own has the VPC's, which lets everything through. */
export class NetworkAcls {
  private readonly entries = new Map<Resource, readonly Entry[]>();

  constructor(private readonly graph: ResourceGraph) {}

  /** Whether some of these ports get into a subnet, and the entries that say so; `undefined` where nothing does. */
  letsIn(subnet: Resource, cidr: string, ports: Ports): { readonly by: readonly string[] } | undefined {
    const lists = this.listsOf(subnet);
    if (lists.length === 0) return { by: [] };
    const found = lists.flatMap((list) => this.firstAllowing(list, cidr, ports) ?? []);
    return found.length > 0 ? { by: found } : undefined;
  }

  private listsOf(subnet: Resource): readonly Resource[] {
    const direct = TYPES.flatMap((type) => this.graph.linking(subnet, type, 'subnet_ids'));
    const associated = this.graph
      .linking(subnet, 'aws_network_acl_association', 'subnet_id')
      .flatMap((one) => TYPES.flatMap((type) => this.graph.linked(one, 'network_acl_id', type)));
    return [...new Set([...direct, ...associated])].filter(({ mode }) => mode === 'managed');
  }

  /** Entries count by their numbers; what none allows is denied. */
  private firstAllowing(list: Resource, cidr: string, ports: Ports): string | undefined {
    const denied: Ports[] = [];
    for (const entry of this.entriesOf(list)) {
      if (!cidrIn(cidr, entry.cidr)) continue;
      const common = commonPorts(entry.ports, ports);
      if (!common || coveredBy(common, denied)) continue;
      if (entry.allows) return entry.by;
      denied.push(common);
    }
    return undefined;
  }

  private entriesOf(list: Resource): readonly Entry[] {
    const known = this.entries.get(list) ?? this.read(list);
    this.entries.set(list, known);
    return known;
  }

  private read(list: Resource): readonly Entry[] {
    const separate = this.graph
      .linking(list, 'aws_network_acl_rule', 'network_acl_id')
      .filter(({ values }) => values['egress'] !== true)
      .map((rule) => entryOf(rule.values, rule.address));
    const written = list.written?.includes('ingress') ?? separate.length === 0;
    const inline = written ? valuesAt(list.values, 'ingress').filter(isMap) : [];
    return [...separate, ...inline.map((block) => entryOf(block, list.address))].sort(
      (one, other) => one.number - other.number,
    );
  }
}

const TYPES = ['aws_network_acl', 'aws_default_network_acl'];

function entryOf(values: Readonly<Record<string, unknown>>, by: string): Entry {
  const { rule_action: newer, action = newer, rule_number: standing, rule_no: number = standing } = values;
  return {
    number: numberOf(number) ?? 0,
    allows: String(action).toLowerCase() === 'allow',
    cidr: String(values['cidr_block'] || values['ipv6_cidr_block'] || '0.0.0.0/0'),
    ports: portsOf(values['protocol'], values['from_port'], values['to_port']),
    by,
  };
}
