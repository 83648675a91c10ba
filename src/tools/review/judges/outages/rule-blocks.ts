import { coveredBy, portsOf } from '../../../exposure/network/ports';
import { isMap, textsAt, type Values, valuesAt } from '../../../graph/values';
import type { Change } from '../../change';
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
    return rules.every((rule) => peersOf(rule).every((peer) => isLet(rule, peer, others)));
  });
}

function isLet(rule: Values, peer: string, others: readonly Values[]): boolean {
  const wider = others.filter((other) => peersOf(other).some((one) => one === peer || isWithin(peer, one)));
  return coveredBy(portsIn(rule), wider.map(portsIn));
}

function peersOf(rule: Values): readonly string[] {
  const peers = PEERS.flatMap((key) => textsAt(rule, key));
  return rule['self'] === true ? [...peers, 'self'] : peers;
}

const PEERS = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'];

function portsIn(rule: Values) {
  return portsOf(rule['protocol'], rule['from_port'], rule['to_port']);
}
