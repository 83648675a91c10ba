import { coveredBy, portsOf } from '../../../exposure/network/ports';
import { isMap, textsAt, type Values, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import { isWithin } from './narrowed';

/**
 * Whether the rules inside of a security group let through all that they did, though each is written otherwise: one for every
 * port stands for one of a single port. What a plan tells of it attribute by attribute looks like less.
 */
export function letThroughAsMuch({ type, before, after }: Change): boolean {
  if (!/security_group$/.test(type)) return false;
  return ['ingress', 'egress'].every((key) => {
    const others = valuesAt(after, key).filter(isMap);
    const rules = valuesAt(before, key).filter(isMap);
    return rules.every((rule) => isLetBy(rule, others));
  });
}

/** Whether other rules of its group let through all that one did that goes: split in two, or written as one with others. */
export function letThroughByOthers({ type, address, before }: Change, comparison: Comparison): boolean {
  if (before === undefined || !/^aws_(?:vpc_)?security_group_(?:ingress_|egress_)?rule$/.test(type)) return false;
  const others = comparison.after
    .ofType(type)
    .filter((one) => one.address !== address && PLACE.every((key) => one.values[key] === before[key]))
    .map(({ values }) => values);
  return peersOf(before).length > 0 && isLetBy(before, others);
}

const PLACE = ['security_group_id', 'type'];

function isLetBy(rule: Values, others: readonly Values[]): boolean {
  const ports = portsIn(rule);
  const forAll = others.filter((other) => coveredBy(ports, [portsIn(other)])).flatMap(peersOf);
  return peersOf(rule).every((peer) => {
    const wider = others.filter((other) => peersOf(other).some((one) => one === peer || isWithin(peer, one)));
    return coveredBy(ports, wider.map(portsIn)) || isWithin(peer, forAll);
  });
}

function peersOf(rule: Values): readonly string[] {
  const peers = PEERS.flatMap((key) => textsAt(rule, key));
  return rule['self'] === true ? [...peers, 'self'] : peers;
}

const PEERS = [
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'prefix_list_ids',
  'security_groups',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_id',
  'referenced_security_group_id',
  'source_security_group_id',
];

function portsIn(rule: Values) {
  return portsOf(rule['protocol'] ?? rule['ip_protocol'], rule['from_port'], rule['to_port']);
}
