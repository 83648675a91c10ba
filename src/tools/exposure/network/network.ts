import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import type { Condition, Ports, Source } from '../path';
import { cidrIn, isCidr, isVersion6 } from './cidr';
import { type Host, hostsOf, rangesOf } from './hosts';
import { NetworkAcls } from './network-acls';
import { commonPorts } from './ports';
import { Routing, type Version } from './routing';
import { type Rule, SecurityGroups } from './security-groups';
import { inside, undecided } from './source';
import { hasVersion6 } from './version-6';

/** Who may open connections to a host, on which ports. */
export interface Caller {
  readonly from: Source;

  /** Of a caller that is a host of the stack. */
  readonly host?: Host;
  readonly ports: Ports;
  readonly by: readonly string[];
  readonly unknown: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Reachable {
  readonly internet: 'yes' | 'no' | 'unknown';
  readonly why: readonly string[];
  readonly by: readonly string[];
  readonly conditions: readonly Condition[];
}

const REACHED = { why: [], by: [], conditions: [] };

/** Of a network that is somebody else's. */
const AS_GIVEN: Condition = { kind: 'network', text: 'as the given subnets route' };

/** The network of a stack: what listens where, who is let in, and what the internet reaches. */
export class Network {
  readonly hosts: readonly Host[];
  private readonly groups: SecurityGroups;
  private readonly routing: Readonly<Record<Version, Routing>>;
  private readonly acls: NetworkAcls;
  private readonly ofGroup = new Map<Resource, Host[]>();
  private readonly ofResource = new Map<Resource, Host>();

  constructor(readonly graph: ResourceGraph) {
    this.groups = new SecurityGroups(graph);
    this.routing = { 4: new Routing(graph), 6: new Routing(graph, 6) };
    this.acls = new NetworkAcls(graph);
    this.hosts = hostsOf(graph, this.groups);
    for (const host of this.hosts) {
      if (!this.ofResource.has(host.resource)) this.ofResource.set(host.resource, host);
      for (const group of host.groups) this.ofGroup.set(group, [...(this.ofGroup.get(group) ?? []), host]);
    }
  }

  hostOf(resource: Resource): Host | undefined {
    return this.ofResource.get(resource);
  }

  /** Whom the security groups, routes and network ACLs let in on these ports. */
  callers(host: Host, ports: readonly Ports[]): readonly Caller[] {
    if (host.groups.length === 0) return this.withoutGroups(host, ports);
    return host.groups.flatMap((group) => {
      if (this.groups.isForeign(group)) return this.ofForeign(host, group, ports);
      return this.groups.rulesOf(group, 'ingress').flatMap((rule) => this.let(host, rule, ports));
    });
  }

  /** The addresses that a group lets in, whatever they reach. */
  lets(group: Resource): readonly Source[] {
    return this.groups.rulesOf(group, 'ingress').flatMap(({ peer }) => ('address' in peer ? [] : peer));
  }

  /** Whether one host's groups let it dial another. */
  dials(client: Host, server: Host, ports: Ports): boolean {
    const known = client.groups.filter((group) => !this.groups.isForeign(group));
    if (known.length < client.groups.length || known.length === 0) return true;
    return known.some((group) => this.groups.rulesOf(group, 'egress').some((rule) => reaches(rule, server, ports)));
  }

  /** Whether the internet reaches a host's addresses, as far as its subnets' routes are known. */
  reachable(host: Host): Reachable {
    if (host.public === 'no') return { ...REACHED, internet: 'no' };
    return this.routed(
      host,
      4,
      host.public === 'unknown' ? [`whether ${host.resource.address} has a public address`] : [],
    );
  }

  /** The same for those who come from some addresses: a host that has IPv6 is reached over IPv6 by its own routes. */
  private reachableFrom(host: Host, { cidr }: Source): Reachable {
    if (cidr === undefined || !isVersion6(cidr) || !hasVersion6(host)) return this.reachable(host);
    if (host.public === 'no' && isBalancer(host)) return { ...REACHED, internet: 'no' };
    return this.routed(host, 6, []);
  }

  private routed(host: Host, version: Version, address: readonly string[]): Reachable {
    if (host.subnets.length === 0) return { ...REACHED, internet: 'unknown', why: address, conditions: [AS_GIVEN] };
    const routed = host.subnets.map((subnet) => this.routing[version].of(subnet));
    const open = routed.filter(({ internet }) => internet === 'yes');
    if (open.length > 0)
      return {
        internet: address.length > 0 ? 'unknown' : 'yes',
        why: address,
        by: [...new Set(open.flatMap((one) => one.by))],
        conditions: [],
      };
    if (routed.every(({ internet }) => internet === 'no')) return { ...REACHED, internet: 'no' };
    const why = [...address, ...new Set(routed.flatMap((one) => one.why ?? []))];
    const given = routed.some(({ internet }) => internet === 'given');
    return { ...REACHED, internet: 'unknown', why, conditions: given ? [AS_GIVEN] : [] };
  }

  private let(host: Host, { peer, ports: rulePorts, by, lists }: Rule, listens: readonly Ports[]): readonly Caller[] {
    const common = listens.flatMap((one) => commonPorts(one, rulePorts) ?? []);
    return common.flatMap((ports) =>
      'address' in peer
        ? this.members(host, peer, ports, by)
        : this.entering(host, { from: peer, ports, by: [by, ...lists], ...NOTHING }),
    );
  }

  private members(server: Host, group: Resource, ports: Ports, by: string): readonly Caller[] {
    const clients = this.ofGroup.get(group) ?? [];
    if (clients.length === 0)
      return this.groups.isForeign(group)
        ? [{ from: { kind: 'private', name: `what is in ${group.address}` }, ports, by: [by], ...NOTHING }]
        : [];
    const others = clients.filter((client) => client.resource !== server.resource);
    if (others.length > CROWD)
      return [{ from: { kind: 'private', name: `what is in ${group.address}` }, ports, by: [by], ...NOTHING }];
    return others
      .filter((client) => this.dials(client, server, ports) && this.passes(client, server, ports))
      .map((host) => ({ ...NOTHING, from: inside(host.resource.address), host, ports, by: [by] }));
  }

  /** Network ACLs stand between subnets as well. */
  private passes(client: Host, server: Host, ports: Ports): boolean {
    const ranges = rangesOf(client).filter(isCidr);
    if (ranges.length === 0 || server.subnets.length === 0) return true;
    return server.subnets.some((subnet) => ranges.some((range) => this.acls.letsIn(subnet, range, ports)));
  }

  private entering(host: Host, caller: Caller): readonly Caller[] {
    const { from, ports } = caller;
    const lists = host.subnets.flatMap((subnet) => this.acls.letsIn(subnet, from.cidr ?? '0.0.0.0/0', ports) ?? []);
    if (from.kind === 'private')
      return host.subnets.length > 0 && from.cidr !== undefined && lists.length === 0 ? [] : [caller];
    if (host.subnets.length > 0 && lists.length === 0) return [];
    const { internet, why, by, conditions } = this.reachableFrom(host, from);
    if (from.kind === 'unknown') {
      const reach = internet === 'no' ? ' in its network' : '';
      return [{ ...caller, from: { ...from, name: `whoever ${from.name} lets in${reach}` }, unknown: [from.name] }];
    }
    if (internet === 'no') return [{ ...caller, from: asNeighbour(from) }];
    return [
      {
        ...caller,
        by: [...caller.by, ...lists.flatMap((list) => list.by), ...by, ...host.by],
        unknown: why,
        conditions,
      },
    ];
  }

  private ofForeign(host: Host, group: Resource, ports: readonly Ports[]): readonly Caller[] {
    const why = `whom the given security group ${group.address} lets in`;
    return ports.map((one) => ({ from: undecided(why), ports: one, by: host.by, unknown: [why], conditions: [] }));
  }

  /** A network load balancer may be without groups, which lets everybody in; anything else then has those of the VPC. */
  private withoutGroups(host: Host, ports: readonly Ports[]): readonly Caller[] {
    const anybody: Source = { kind: 'internet', name: 'the internet', cidr: '0.0.0.0/0' };
    if (host.resource.values['load_balancer_type'] === 'network') {
      if (this.reachable(host).internet !== 'no')
        return ports.flatMap((one) => this.entering(host, { from: anybody, ports: one, by: [], ...NOTHING }));
      return ports.map((one) => ({
        from: { kind: 'private', name: 'its network' },
        ports: one,
        by: host.by,
        ...NOTHING,
      }));
    }
    if (host.public === 'no' || this.reachable(host).internet === 'no') return [];
    const why = `whom the security groups of ${host.resource.address} let in`;
    return ports.map((one) => ({ from: undecided(why), ports: one, by: host.by, unknown: [why], conditions: [] }));
  }
}

/** An internal load balancer has IPv6 addresses that AWS lets nobody from the internet reach. */
function isBalancer({ resource }: Host): boolean {
  return /^aws_a?lb$/.test(resource.type);
}

/** Where no route leads in from the internet, a rule for it still lets in every address that does reach the network. */
function asNeighbour({ name, cidr }: Source): Source {
  return { kind: 'private', name: `any address in reach (${cidr ?? name})`, ...(cidr !== undefined && { cidr }) };
}

const NOTHING = { unknown: [], conditions: [] };

/** Of more than this in one group nobody wants to read each by name. */
const CROWD = 20;

function reaches({ peer, ports: allowed }: Rule, server: Host, ports: Ports): boolean {
  if (!commonPorts(allowed, ports)) return false;
  if ('address' in peer) return server.groups.includes(peer);
  if (peer.cidr === undefined) return peer.kind === 'private' || peer.kind === 'unknown';
  const { cidr } = peer;
  const ranges = rangesOf(server).filter(isCidr);
  if (ranges.length === 0) return peer.kind === 'private' || peer.kind === 'internet';
  return ranges.some((range) => cidrIn(range, cidr) || cidrIn(cidr, range));
}
