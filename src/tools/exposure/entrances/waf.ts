import type { Resource, ResourceGraph } from '../../graph/resource-graph';
import { textsAt } from '../../graph/values';
import type { Condition } from '../path';

/** The web firewalls in front of a load balancer, a stage or the like. */
export function firewallsOf(graph: ResourceGraph, guarded: Resource): readonly Condition[] {
  return ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'].flatMap((type) =>
    graph.linking(guarded, type, 'resource_arn').map((association) => firewall(graph, association, 'web_acl_arn')),
  );
}

/** A firewall that an argument names. */
export function firewall(graph: ResourceGraph, from: Resource, path: string): Condition {
  const [acl] = ['aws_wafv2_web_acl', 'aws_wafregional_web_acl', 'aws_waf_web_acl'].flatMap((type) =>
    graph.linked(from, path, type),
  );
  return {
    kind: 'waf',
    text: `WAF ${acl?.address ?? textsAt(from.values, path)[0] ?? from.address}`,
    by: from.address,
  };
}
