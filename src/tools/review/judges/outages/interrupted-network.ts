import { valuesAt } from '../../../graph/values';
import type { Change } from '../../change';
import { isEmpty } from '../../meaning';
import { type AttributeRule, switchedOff } from '../attribute-rule';
import { letsThroughLess, lost } from './narrowed';
import { letThroughAsMuch } from './rule-blocks';

const ADD_FIRST = 'add the new ones first, take away the old ones in a second step';

/** What packets pass, is changed in place, and lets fewer through. */
export const interruptedNetwork: readonly AttributeRule[] = [
  {
    types: /^aws_(?:security_group|default_security_group)$/,
    path: /^(?:ingress|egress)(?:\.|$)/,
    when: (before, after, change) => !isEmpty(before) && lost(before, after) && !letThroughAsMuch(change),
    says: 'lets less through',
    effect: 'what only the old rules let through is refused from this moment; connections that are open may stay',
    advice: 'see in the flow logs that nothing uses it',
  },
  {
    types: /^aws_(?:default_network_acl|network_acl)$/,
    path: /^(?:ingress|egress)(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && lost(before, after),
    says: 'lets less through',
    effect: 'what only the old rules let through is refused from this moment, in open connections too',
    advice: 'see in the flow logs that nothing uses it',
  },
  {
    types: /^aws_(?:route_table|default_route_table)$/,
    path: /^route(?:\.|$)/,
    when: (before, after) => !isEmpty(before) && lost(before, after),
    says: 'leads fewer packets on',
    effect: 'packets that took the old route are lost from this moment, or take another one',
    advice: 'see in the flow logs that nothing takes it',
  },
  {
    types: /^aws_route$/,
    path: /^(?!tags|description|state|origin|instance_owner_id)/,
    when: (before, after) => !isEmpty(before) && before !== after,
    says: 'leads another way',
    effect: otherWay,
    advice: 'see first that what takes it gets through on the new way; apply it in a quiet hour',
  },
  {
    types:
      /^aws_(?:network_acl_rule|vpc_security_group_ingress_rule|vpc_security_group_egress_rule|security_group_rule)$/,
    path: /^(?!tags|description)/,
    when: letsThroughLess,
    says: 'changes what it lets through',
    effect: 'what only the old one let through is refused from this moment',
    advice: 'add the new one beside it, and remove the old one in a second step',
  },
  {
    types: /^aws_route_table_association$/,
    path: /^(?:route_table_id|subnet_id|gateway_id)$/,
    when: (before) => !isEmpty(before),
    says: 'gives the subnet other routes',
    effect: 'all packets of the subnet take the routes of the new table from this moment',
    advice: 'see first that the new table leads everywhere that the old one did',
  },
  {
    types: /^aws_db_subnet_group$|^aws_elasticache_subnet_group$/,
    path: /^subnet_ids$/,
    when: lost,
    says: 'has fewer subnets',
    effect: 'AWS refuses to take away a subnet that something of the group is in, and the apply stops half-way',
    advice: ADD_FIRST,
  },
  {
    types: /^aws_(?:db_proxy|vpc_endpoint|efs_mount_target)$/,
    path: /^(?:subnet_ids|vpc_subnet_ids|security_group_ids|vpc_security_group_ids|security_groups|route_table_ids)$/,
    when: lost,
    says: 'is in fewer places',
    effect: 'it is no longer reached from or through what is taken away, and connections over it break',
    advice: ADD_FIRST,
  },
  {
    types: /^aws_vpc_endpoint$/,
    path: /^private_dns_enabled$/,
    when: switchedOff,
    says: 'is no longer reached by the usual name of its service',
    effect: 'who asks for that name is led to the internet instead, which subnets without a way out do not reach',
    advice: 'leave it on, or let all callers use the names of the endpoint first',
  },
  {
    types: /^aws_vpc$/,
    path: /^(?:enable_dns_support|enable_dns_hostnames)$/,
    when: switchedOff,
    says: 'resolves fewer names',
    // https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
    effect: 'private zones and names of endpoints no longer resolve in it; without DNS support, no name does',
    advice: 'leave it on',
  },
  {
    types: /^aws_eks_cluster$/,
    path: /^vpc_config\.(?:endpoint_public_access|endpoint_private_access|public_access_cidrs)$/,
    when: (before, after) => switchedOff(before, after) || (Array.isArray(before) && lost(before, after)),
    says: 'is reached from fewer places',
    effect: 'whoever calls its API from what is taken away, such as pipelines or nodes, is cut off within minutes',
    advice: 'see first that all callers have another way',
  },
];

function otherWay({ after }: Change): string {
  const toInternet = valuesAt(after, 'gateway_id').some((one) => String(one).startsWith('igw-'));
  return toInternet
    ? 'packets go to the internet gateway from this moment: what has no public address of its own gets nothing back'
    : 'packets take the new way from this moment, and open connections through the old one break';
}
