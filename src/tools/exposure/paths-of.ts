import type { ResourceGraph } from '../graph/resource-graph';
import { bucketPaths } from './entrances/buckets';
import { Distributions } from './entrances/distributions';
import { functionPaths } from './entrances/functions';
import { HttpApis, restApiPaths } from './entrances/http-apis';
import { identityPaths, sharedPaths } from './entrances/identities';
import { LoadBalancers } from './entrances/load-balancers';
import { managedEndpointPaths } from './entrances/managed-endpoints';
import { publicEndpointPaths } from './entrances/public-endpoints';
import { merged } from './merge';
import { Network } from './network/network';
import { type Path, path } from './path';
import { Accounts } from './policies/accounts';
import { policyPaths } from './policies/resource-policies';
import { trustPaths } from './policies/trusts';

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
    ...managedEndpointPaths(graph),
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
