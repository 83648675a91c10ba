import type { Usable } from '../access/usable';
import type { Service } from '../blocks/containers/service';
import type { EnvironmentSpec } from '../spec/environment';
import { runningServices } from '../spec/rules/running-services';
import { peerVariable } from '../spec/values/variable-name';

/** What `uses` names of the containers themselves: each by its address inside the VPC, which service discovery gives it. */
export function findPeers(
  spec: EnvironmentSpec,
  running: () => ReadonlyMap<string, Service>,
): ReadonlyMap<string, Usable> {
  const { serviceDiscovery, namespace } = spec.cluster;
  if (!serviceDiscovery) return new Map();
  return new Map(
    runningServices(spec).map(({ name, service: { discoveryName, containerPort } }) => [
      name,
      {
        injection: {
          environment: { [peerVariable(name)]: `http://${discoveryName}.${namespace}:${containerPort}` },
          secrets: {},
        },
        letUse: (consumer) => running().get(name)?.connections.allowFrom(consumer),
      },
    ]),
  );
}
