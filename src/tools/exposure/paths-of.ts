import type { ResourceGraph } from '../graph/resource-graph';
import { LoadBalancers } from './load-balancers';
import { merged } from './merge';
import { Network } from './network';
import { type Path, path } from './path';

/** Who can reach what, over a whole stack: from outside, and from one of its parts to another. */
export function pathsOf(graph: ResourceGraph): readonly Path[] {
  const network = new Network(graph);
  const balancers = new LoadBalancers(network);
  return merged([...balancers.paths(), ...direct(network)]);
}

/** What is dialled without anything in between. */
function direct(network: Network): readonly Path[] {
  return network.hosts.flatMap((host) =>
    host.listens.length === 0
      ? []
      : network
          .callers(host, host.listens)
          .map(({ from, ports, by, unknown, conditions }) =>
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
