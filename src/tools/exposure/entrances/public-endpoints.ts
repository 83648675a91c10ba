import type { ResourceGraph } from '../../graph/resource-graph';
import { textsAt, valueAt, valuesAt } from '../../graph/values';
import { isPrivate } from '../network/cidr';
import { tcp } from '../network/ports';
import { sourceOfCidr } from '../network/source';
import { type Condition, INTERNET, type Path, path } from '../path';
import type { Accounts } from '../policies/accounts';
import { grantsOf } from '../policies/grants';
import { policyAt } from '../policies/policy';
import { tlsOfVersion } from './tls';

/** Endpoints that AWS puts on the internet itself: search domains outside of a VPC, and Kubernetes' API. */
export function publicEndpointPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  return [...searchPaths(graph, accounts), ...clusterPaths(graph)];
}

function searchPaths(graph: ResourceGraph, accounts: Accounts): readonly Path[] {
  return ['aws_opensearch_domain', 'aws_elasticsearch_domain'].flatMap((type) =>
    graph.ofType(type).flatMap((domain) => {
      if (valuesAt(domain.values, 'vpc_options.subnet_ids').length > 0 || domain.mode === 'data') return [];
      const separate = graph.linking(domain, `${type}_policy`, 'domain_name');
      return [...separate, domain].flatMap((holder) => {
        if (holder === domain && domain.written !== undefined && !domain.written.includes('access_policies')) return [];
        const policy = policyAt(graph, holder, 'access_policies');
        const enforced = valueAt(domain.values, 'domain_endpoint_options.enforce_https') === true;
        const version = textsAt(domain.values, 'domain_endpoint_options.tls_security_policy')[0] ?? 'TLS-1-0';
        const tls: readonly Condition[] = enforced ? [tlsOfVersion(version)] : [];
        const users = valueAt(domain.values, 'advanced_security_options.enabled') === true;
        const auth: readonly Condition[] = users ? [{ kind: 'auth', text: "the domain's own users" }] : [];
        return grantsOf(policy, { accounts, anonymous: true }).map(({ from, actions, conditions }) =>
          path({
            from,
            to: domain.address,
            ports: [tcp(443)],
            actions,
            conditions: [...tls, ...auth, ...conditions],
            because: [holder.address, domain.address],
          }),
        );
      });
    }),
  );
}

function clusterPaths(graph: ResourceGraph): readonly Path[] {
  return graph
    .ofType('aws_eks_cluster')
    .filter(({ mode, values }) => mode === 'managed' && valueAt(values, 'vpc_config.endpoint_public_access') !== false)
    .flatMap((cluster) => {
      const ranges = textsAt(cluster.values, 'vpc_config.public_access_cidrs');
      const sources = ranges.length === 0 ? [INTERNET] : ranges.filter((range) => !isPrivate(range)).map(sourceOfCidr);
      const conditions: readonly Condition[] = [{ kind: 'auth', text: 'a token of Kubernetes' }];
      return sources.map((from) =>
        path({ from, to: cluster.address, ports: [tcp(443)], conditions, because: [cluster.address] }),
      );
    });
}
