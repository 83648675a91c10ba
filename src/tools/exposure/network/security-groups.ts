import { type Resource, type ResourceGraph, withoutKeys } from '../../graph/resource-graph';
import { isMap, isMarked, valuesAt } from '../../graph/values';
import type { Ports, Source } from '../path';
import { portsOf } from './ports';
import { addressSources, listsNamed } from './rule-addresses';

/** What one rule lets through: from or to a group of the stack, or others. */
export interface Rule {
  readonly ports: Ports;
  readonly peer: Resource | Source;

  /** The resource that holds the rule. */
  readonly by: string;

  /** The prefix lists that it names. */
  readonly lists: readonly string[];
}

export type Direction = 'ingress' | 'egress';

/** Standalone rules, rules inside of a group, and those of the VPC's own group, all alike. */
export class SecurityGroups {
  private readonly rules: Readonly<Record<Direction, Map<Resource, Rule[]>>> = {
    ingress: new Map(),
    egress: new Map(),
  };
  private readonly ofHolder = new Map<string, Rule[]>();

  constructor(private readonly graph: ResourceGraph) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const rule of graph.ofType(`aws_vpc_security_group_${direction}_rule`)) this.standalone(direction, rule);
      for (const group of graph.ofType(...GROUPS)) this.inline(direction, group);
    }
    for (const rule of graph.ofType('aws_security_group_rule')) {
      const direction = rule.values['type'] === 'egress' ? 'egress' : 'ingress';
      this.add(direction, rule, this.groupsNamed(rule, 'security_group_id'), {
        block: rule.values,
        marks: rule.unknown,
        path: '',
        groups: ['source_security_group_id'],
      });
    }
  }

  /** The groups that arguments name. */
  groupsNamed(from: Resource, path: string): readonly Resource[] {
    return GROUPS.flatMap((type) => this.graph.linked(from, path, type));
  }

  rulesOf(group: Resource, direction: Direction): readonly Rule[] {
    return this.rules[direction].get(group) ?? [];
  }

  /** The rules that a resource holds: one, or all those inside of a group; also those of a group that isn't in the stack. */
  heldBy(address: string, direction: Direction): readonly Rule[] {
    return this.ofHolder.get(`${direction} ${address}`) ?? [];
  }

  /** A group that only its id is known of, and not what it lets through. */
  isForeign(group: Resource): boolean {
    return group.mode === 'data';
  }

  private standalone(direction: Direction, rule: Resource): void {
    const groups = ['referenced_security_group_id'];
    this.add(direction, rule, this.groupsNamed(rule, 'security_group_id'), {
      block: rule.values,
      marks: rule.unknown,
      path: '',
      groups,
    });
  }

  private inline(direction: Direction, group: Resource): void {
    if (group.written !== undefined && !group.written.includes(direction)) return;
    const blocks = valuesAt(group.values, direction).filter(isMap);
    const marks = isMap(group.unknown) ? group.unknown[direction] : undefined;
    for (const [index, block] of blocks.entries()) {
      const known = Array.isArray(marks) ? marks[index] : marks;
      this.add(direction, group, [group], { block, marks: known, path: `${direction}.`, groups: ['security_groups'] });
    }
  }

  private add(direction: Direction, holder: Resource, owners: readonly Resource[], block: Block): void {
    const { ip_protocol: newer, protocol = newer, from_port: from, to_port: to } = block.block;
    const ports = portsOf(protocol, from, to);
    const others = [...this.peerGroups(holder, block), ...addressSources(this.graph, holder, block)];
    const lists = listsNamed(this.graph, holder, block).map(({ address }) => address);
    const rule = (peer: Rule['peer']): Rule => ({ peer, ports, by: holder.address, lists });
    for (const owner of owners) {
      const own = block.block['self'] === true ? [owner] : [];
      const rules = [...own, ...others].map(rule);
      this.rules[direction].set(owner, [...this.rulesOf(owner, direction), ...rules]);
    }
    const held = this.heldBy(holder.address, direction);
    this.ofHolder.set(`${direction} ${holder.address}`, [...held, ...others.map(rule)]);
  }

  private peerGroups(holder: Resource, { block, marks, path, groups }: Block): readonly (Resource | Source)[] {
    return groups.flatMap((key): readonly (Resource | Source)[] => {
      const texts = valuesAt(block, key).filter((one) => typeof one === 'string' && one !== '') as string[];
      const found = texts.flatMap((text) => this.peerGroup(holder, `${path}${key}`, text));
      const later = isMarked(marks, key) && !texts.some((text) => text.includes('${'));
      return later ? [...found, ...this.groupsNamed(holder, `${path}${key}`)] : found;
    });
  }

  private peerGroup(holder: Resource, path: string, text: string): readonly (Resource | Source)[] {
    const id = text.split('/').at(-1) ?? text;
    const said = GROUPS.flatMap((type) => this.graph.named(type, id));
    if (said.length > 0) return said;
    const meant = this.groupsNamed(holder, path).filter(({ address }) => text.includes(`${withoutKeys(address)}.`));
    return meant.length > 0 ? meant : [{ kind: 'private', name: `the security group ${text}` }];
  }
}

/** A rule's arguments, wherever they stand. */
export interface Block {
  readonly block: Readonly<Record<string, unknown>>;
  readonly marks: unknown;

  /** Where it stands in its resource: nowhere, `ingress.`, `egress.`. */
  readonly path: string;

  /** The arguments that name groups. */
  readonly groups: readonly string[];
}

const GROUPS = ['aws_security_group', 'aws_default_security_group'];
