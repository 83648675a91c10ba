import type { ResourceGraph } from '../graph/resource-graph';
import { Accounts } from './accounts';
import { bucketPaths } from './buckets';
import { Distributions } from './distributions';
import { functionPaths } from './functions';
import { HttpApis, restApiPaths } from './http-apis';
import { identityPaths, sharedPaths } from './identities';
import { LoadBalancers } from './load-balancers';
import { merged } from './merge';
import { Network } from './network';
import { type Path, path } from './path';
import { publicEndpointPaths } from './public-endpoints';
import { policyPaths } from './resource-policies';
import { trustPaths } from './trusts';

/** Who can reach what, over a whole stack: from outside, and from one of its parts to another. */
export function pathsOf(graph: ResourceGraph): readonly Path[] {
  const network = new Network(graph);
  const accounts = new Accounts(graph);
  const balancers = new LoadBalancers(network);
  const found = [
    ...balancers.paths(),
    ...new HttpApis(network, balancers).paths(),
    ...restApiPaths(graph),
    ...functionPaths(graph, accounts),
    ...bucketPaths(graph, accounts),
  ];
  return merged([
    ...new Distributions(network, balancers, found).paths(),
    ...found,
    ...direct(network),
    ...policyPaths(graph, accounts),
    ...trustPaths(graph, accounts),
    ...publicEndpointPaths(graph, accounts),
    ...identityPaths(graph),
    ...sharedPaths(graph),
  ]);
}

/** What is dialled without anything in between. */
function direct(network: Network): readonly Path[] {
  return network.hosts.flatMap((host) =>
    host.listens.length === 0
      ? []
      : network.callers(host, host.listens).map(({ from, ports, by, unknown, conditions }) =>
          path({
            from,
            to: host.resource.address,
            ports: [ports],
            unknown,
            conditions,
            because: [...new Set([...by, ...host.by])],
          }),
        ),
  );
}
