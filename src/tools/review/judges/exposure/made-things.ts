import { portsOf, portsText } from '../../../exposure/network/ports';
import type { Resource, ResourceGraph } from '../../../graph/resource-graph';
import { textsAt } from '../../../graph/values';
import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import { inWords, nounOf } from '../../things';
import { namesOf } from './names';

/** What is made and lets somebody do something, in words that say what: where it is worse than that, others tell it. */
export function* madeThings({ after: graph, changes }: Comparison): Iterable<Finding> {
  for (const { action, address, type } of changes) {
    const resource = action === 'create' ? graph.get(address) : undefined;
    const says = resource && MADE.find(({ types }) => types.test(type))?.says(resource, graph);
    if (says !== undefined) yield { verdict: 'behaviour', address, reason: says };
  }
}

interface Made {
  readonly types: RegExp;

  /** A whole sentence; none, where too little of it is known. */
  readonly says: (resource: Resource, graph: ResourceGraph) => string | undefined;
}

const MADE: readonly Made[] = [
  {
    types: /^aws_iam_(?:role|user|group)_policy_attachment$|^aws_iam_policy_attachment$/,
    says: (resource, graph) => {
      const policy = named(resource, graph, 'policy_arn', 'aws_iam_policy');
      const holders = holdersOf(resource, graph);
      if (policy.length === 0 || holders.length === 0) return undefined;
      return `${policy.join(', ')} is attached to ${holders.join(', ')}`;
    },
  },
  {
    types: /^aws_vpc_security_group_(?:in|e)gress_rule$|^aws_security_group_rule$/,
    says: (resource, graph) => {
      const { values, type } = resource;
      const own = named(resource, graph, 'security_group_id', 'aws_security_group');
      const peers = [
        ...PEERS.flatMap((key) => textsAt(values, key).filter((one) => one !== '')),
        ...GROUPS.flatMap((key) => named(resource, graph, key, 'aws_security_group')),
      ];
      if (peers.length === 0 || own.length === 0) return undefined;
      const ports = portsText(
        portsOf(values['ip_protocol'] ?? values['protocol'], values['from_port'], values['to_port']),
      );
      const [from, to] = type.includes('egress') || values['type'] === 'egress' ? [own, peers] : [peers, own];
      return `${inWords(resource)} is made, and lets ${from.join(', ')} reach ${to.join(', ')} on ${ports}`;
    },
  },
];

/** Whom a policy is attached to. */
export function holdersOf(resource: Resource, graph: ResourceGraph): readonly string[] {
  return HOLDERS.flatMap(([key, type]) => named(resource, graph, key, type));
}

const HOLDERS = [
  ['role', 'aws_iam_role'],
  ['user', 'aws_iam_user'],
  ['group', 'aws_iam_group'],
  ['roles', 'aws_iam_role'],
  ['users', 'aws_iam_user'],
  ['groups', 'aws_iam_group'],
] as const;
const PEERS = ['cidr_ipv4', 'cidr_ipv6', 'cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_id', 'prefix_list_ids'];
const GROUPS = ['referenced_security_group_id', 'source_security_group_id'];

/** What an argument names, as the stack calls it, or as it is written. */
function named(resource: Resource, graph: ResourceGraph, argument: string, type: string): readonly string[] {
  const found = graph.linked(resource, argument, type);
  if (found.length > 0) return found.map(inWords);
  return textsAt(resource.values, argument)
    .filter((one) => one !== '')
    .map((one) => `the ${nounOf(type)} "${namesOf([one])[0]?.replace(/^policy\/(?:[\w-]+\/)*/, '')}"`);
}
