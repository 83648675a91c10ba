import type { EnvironmentSpec } from '../environment';
import { didYouMean } from '../load/nearest';
import { isOwn } from '../sections/network';
import { FIRST_CLIENT_PORT, isRange } from '../sections/ports';
import type { ServiceSpec } from '../sections/service';
import { ANYWHERE, aligned, contains, isAligned } from '../values/cidr';
import { either, type Finding, type SpecPath } from './report';
import { runningServices } from './running-services';

/** Further ports of containers: each once, for those that are there. */
export function* portRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, service, routed } of runningServices(spec)) {
    const seen = [service.containerPort];
    for (const [index, { port, from }] of service.ports.entries()) {
      const here = [...path, 'ports', String(index)];
      if (seen.includes(port)) {
        yield {
          path: [...here, 'port'],
          expected: `expected another port than ${seen.join(', ')}, which the container has already`,
        };
      }
      seen.push(port);
      for (const [position, peer] of from.entries()) {
        const peerPath = [...here, 'from', String(position)];
        if (from.indexOf(peer) !== position) yield { path: peerPath, expected: 'expected each once', got: peer };
        else if (isRange(peer)) yield* range(peerPath, { port, cidr: peer }, spec);
        else yield* peerThere(peerPath, peer, { spec, routed });
      }
    }
    yield* checkedPort(path, service);
  }
}

function* range(
  path: SpecPath,
  { port, cidr }: { readonly port: number; readonly cidr: string },
  { network }: EnvironmentSpec,
): Iterable<Finding> {
  if (cidr === ANYWHERE) {
    yield {
      path,
      expected: 'expected a narrower range',
      got: cidr,
      advice: 'tasks stand in private subnets, where nobody comes from the internet but through the load balancer',
    };
  } else if (!isAligned(cidr)) {
    yield {
      path,
      expected: 'expected the first address of a range',
      got: cidr,
      advice: `write "${aligned(cidr)}"`,
    };
  } else if (isOwn(network) && network.networkAcls && port < FIRST_CLIENT_PORT && !contains(network.cidr, cidr)) {
    yield {
      path,
      expected: `expected a range within ${network.cidr}, because network_acls lets no others in below port ${FIRST_CLIENT_PORT}`,
      got: cidr,
    };
  }
}

function* peerThere(
  path: SpecPath,
  peer: string,
  { spec, routed }: { readonly spec: EnvironmentSpec; readonly routed: boolean },
): Iterable<Finding> {
  if (peer === 'alb') {
    if (routed) return;
    yield {
      path,
      expected: 'expected something else than the load balancer, which sends this service nothing',
      got: peer,
    };
    return;
  }
  const known = [
    ...(spec.workload ? ['workload'] : []),
    ...spec.services.map(({ name }) => `services.${name}`),
    ...spec.functions.map(({ name }) => `functions.${name}`),
  ];
  if (!known.includes(peer)) {
    yield {
      path,
      expected: 'expected something that this environment runs',
      got: peer,
      advice: didYouMean(peer, known, `there is ${either(known)}`),
    };
  } else if (spec.functions.some(({ name, vpc }) => peer === `functions.${name}` && !vpc)) {
    yield {
      path,
      expected: 'expected a function with "vpc: true"',
      got: peer,
      advice: 'outside the VPC it reaches no container',
    };
  }
}

/** A load balancer that may not reach the port it asks takes every task for unhealthy. */
function* checkedPort(path: SpecPath, { containerPort, healthCheck, ports }: ServiceSpec): Iterable<Finding> {
  if (healthCheck.port === undefined) return;
  const asked = ports.filter(({ from }) => from.includes('alb')).map(({ port }) => port);
  if (healthCheck.port === containerPort || asked.includes(healthCheck.port)) return;
  yield {
    path: [...path, 'health_check', 'port'],
    expected: `expected ${[containerPort, ...asked].join(' or ')}, which the load balancer reaches`,
    advice: `add "- { port: ${healthCheck.port}, from: [alb] }" to ports`,
  };
}
