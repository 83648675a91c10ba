import { cidrIn, cidrInAll } from '../../../exposure/network/cidr';
import { hostsOf } from '../../../exposure/network/hosts';
import { coveredBy, portsText } from '../../../exposure/network/ports';
import { type Direction, type Rule, SecurityGroups } from '../../../exposure/network/security-groups';
import type { Ports, Source } from '../../../exposure/path';
import type { Resource, ResourceGraph } from '../../../graph/resource-graph';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords } from '../../things';
import { decisive } from './decisive';

const RULES = /^aws_(?:vpc_security_group_(?:in|e)gress_rule|security_group_rule|(?:default_)?security_group)$/;

/** What the rules of groups say to the whole internet, where no path tells it: who has the group isn't in the plan. */
export function openedGroups(comparison: Comparison): readonly Finding[] {
  const changed = comparison.changes.filter(
    ({ type, action }) => RULES.test(type) && ['create', 'update', 'replace'].includes(action),
  );
  if (changed.length === 0) return [];
  const [before, after] = [new Side(comparison.before), new Side(comparison.after)];
  const changes = new Map(changed.map((one) => [one.address, one]));
  return changed.flatMap((change) => [
    ...after.opened(change, 'ingress', before).flatMap((rule) => entered(rule, change, after, changes)),
    ...after.opened(change, 'egress', before).flatMap((rule) => left(rule, change, after, changes)),
  ]);
}

/** A rule for everybody. */
interface Open {
  readonly ports: Ports;
  readonly cidr: string;
}

class Side {
  private readonly groups: SecurityGroups;
  private used: ReadonlySet<Resource> | undefined;

  constructor(private readonly graph: ResourceGraph) {
    this.groups = new SecurityGroups(graph);
  }

  /** What a change opens to everybody that nothing has opened before. */
  opened({ address, previousAddress = address }: Change, direction: Direction, before: Side): readonly Open[] {
    const held = this.openIn(this.groups.heldBy(address, direction));
    if (held.length === 0) return [];
    const group = this.groupOf(address);
    const earlier = before.graph.get(group?.address ?? '') ?? before.groupOf(previousAddress);
    const known = before.openIn([
      ...before.groups.heldBy(previousAddress, direction),
      ...(earlier ? before.groups.rulesOf(earlier, direction) : []),
    ]);
    return held.filter(
      ({ ports, cidr }) =>
        !coveredBy(
          ports,
          known.filter((one) => cidrIn(cidr, one.cidr)).map((one) => one.ports),
        ) &&
        !cidrInAll(
          cidr,
          known.filter((one) => coveredBy(ports, [one.ports])).map((one) => one.cidr),
        ),
    );
  }

  /** The group that a rule belongs to, or the group itself; `undefined` where it isn't in the stack. */
  groupOf(address: string): Resource | undefined {
    const holder = this.graph.get(address);
    if (holder === undefined || /security_group$/.test(holder.type)) return holder;
    return this.groups.groupsNamed(holder, 'security_group_id')[0];
  }

  /** Whether something of the stack has the group: then paths tell what it reaches. */
  isUsed(group: Resource | undefined): boolean {
    this.used ??= new Set(hostsOf(this.graph, this.groups).flatMap((host) => host.groups));
    return group !== undefined && this.used.has(group);
  }

  nameOf(address: string): string {
    const group = this.groupOf(address);
    const id = this.graph.get(address)?.values['security_group_id'];
    return group ? inWords(group) : `the security group ${typeof id === 'string' ? id : `of ${address}`}`;
  }

  private openIn(rules: readonly Rule[]): readonly Open[] {
    return rules.flatMap(({ peer, ports }) => {
      const cidr = isSource(peer) && peer.kind === 'internet' ? peer.cidr : undefined;
      return cidr === undefined ? [] : [{ ports, cidr }];
    });
  }
}

function isSource(peer: Rule['peer']): peer is Source {
  return !('address' in peer);
}

type Changes = ReadonlyMap<string, Change>;

function entered({ ports, cidr }: Open, change: Change, after: Side, changes: Changes): readonly Finding[] {
  const group = after.groupOf(change.address);
  if (after.isUsed(group)) return [];
  const fresh = group !== undefined && changes.get(group.address)?.action === 'create';
  return [
    {
      verdict: fresh && isUsualDoor(ports) ? 'behaviour' : 'exposure',
      address: change.address,
      ...decisive([change.address], changes),
      reason: `whoever has ${after.nameOf(change.address)} is open to the internet (${cidr}) on ${portsText(ports)}`,
      effect:
        'nothing in this plan has it: whatever else does, or will, and has an address on the internet, is reached by anybody',
      advice: 'name the security group or the addresses that need it',
    },
  ];
}

/** What a website or its load balancer is open on. */
function isUsualDoor({ from, to, protocol }: Ports): boolean {
  return from === to && (from === 443 || (from === 80 && protocol === 'tcp'));
}

/** A new group may let everything out, as AWS's own groups do; one that did not says that it was meant not to. */
function left({ ports, cidr }: Open, change: Change, after: Side, changes: Changes): readonly Finding[] {
  const group = after.groupOf(change.address);
  if (group === undefined || changes.get(group.address)?.action === 'create') return [];
  return [
    {
      verdict: 'exposure',
      address: change.address,
      ...decisive([change.address], changes),
      reason: `whatever has ${after.nameOf(change.address)} may now send to the whole internet (${cidr}) on ${portsText(ports)}`,
      effect: 'nobody gets in by it; who is in already can take data out there',
      advice: 'name the addresses, the prefix list or the security group that it has to reach',
    },
  ];
}
