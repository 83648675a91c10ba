import type { EnvironmentSpec } from '../environment';
import { areDerived, type DefaultNetworkSpec, type OwnNetworkSpec, PARTS, subnetsOf } from '../sections/network';
import { aligned, contains, isAligned, overlaps, parseCidr } from '../values/cidr';
import { zonesOf } from '../values/regions';
import { either, type Finding } from './report';

/** Loopback, this network, link-local and multicast. */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'];
const SMALLEST = 16; // addresses of a /28, the least AWS gives a VPC or subnet
const LARGEST = 65_536; // a /16, the most

/** Ranges fit into each other, zones exist. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function* networkRules({ network, region, alb, functions }: EnvironmentSpec): Iterable<Finding> {
  if (network.existing) return;
  if (network.useDefaultVpc) {
    yield* publicPlaces(network, functions, region);
    return;
  }
  yield* range(['network', 'cidr'], network.cidr);
  const reserved = unusable.find((other) => overlaps(other, network.cidr));
  if (reserved !== undefined) {
    yield {
      path: ['network', 'cidr'],
      expected: `expected a range outside ${reserved}, which no VPC can have`,
      advice: 'take a private one, such as "10.0.0.0/16"',
    };
  }
  yield* zones(network, region);
  if (!areDerived(network)) yield* writtenSubnets(network, alb !== undefined);
  else if (parseCidr(network.cidr).size < SMALLEST * PARTS) {
    yield {
      path: ['network', 'cidr'],
      expected: 'expected a range from /16 to /23, because subnets get a 32nd of it each',
      got: network.cidr,
      advice: 'AWS takes no subnet below /28; take a larger range or write the subnets out under "subnets:"',
    };
  }
  yield* workloadRules(network);
}

/** Zones exist, and functions do not wait for answers from outside. */
function* publicPlaces(
  network: DefaultNetworkSpec,
  functions: EnvironmentSpec['functions'],
  region: string,
): Iterable<Finding> {
  for (const [index, zone] of network.availabilityZones.entries()) {
    if (zonesOf(region).includes(zone)) continue;
    yield {
      path: ['network', 'availability_zones', String(index)],
      expected: `expected a zone of ${region} (${zonesOf(region).join(', ')})`,
      got: zone,
    };
  }
  for (const { name, vpc } of functions) {
    if (!vpc) continue;
    yield {
      path: ['functions', name, 'vpc'],
      expected: 'expected false beside use_default_vpc, unless the function needs nothing outside the VPC',
      advice: 'functions get no public address, so neither AWS’s APIs nor the web answer one inside a default VPC',
      warning: true,
    };
  }
}

function* zones(network: OwnNetworkSpec, region: string): Iterable<Finding> {
  const known = zonesOf(region);
  const derived = areDerived(network);
  for (const [index, zone] of network.availabilityZones.entries()) {
    const path = derived ? ['network', 'availability_zones', String(index)] : zonePath(network, zone);
    if (!known.includes(zone)) {
      yield { path, expected: `expected a zone of ${region} (${known.join(', ')})`, got: zone };
    } else if (network.availabilityZones.indexOf(zone) !== index) {
      yield { path, expected: 'expected each zone once', got: zone };
    }
  }
}

function* writtenSubnets(network: OwnNetworkSpec, balanced: boolean): Iterable<Finding> {
  const subnets = subnetsOf(network).map((subnet) => ({ ...subnet, path: pathOf(subnet) }));
  for (const [index, subnet] of subnets.entries()) {
    const cidrPath = [...subnet.path, 'cidr'];
    yield* range(cidrPath, subnet.cidr);
    if (!contains(network.cidr, subnet.cidr)) {
      yield {
        path: cidrPath,
        expected: `expected a range inside the VPC's ${network.cidr}`,
        got: subnet.cidr,
        advice: 'AWS would refuse the subnet',
      };
    }
    if (balanced && subnet.tier === 'public' && parseCidr(subnet.cidr).size < 32) {
      yield {
        path: cidrPath,
        expected: 'expected /27 or more, because a load balancer stands in it',
        got: subnet.cidr,
        advice: 'it needs 8 free addresses, and AWS keeps 5 of the 16 for itself',
      };
    }
    for (const earlier of subnets.slice(0, index)) {
      if (overlaps(earlier.cidr, subnet.cidr)) {
        yield {
          path: cidrPath,
          expected: `expected a range that does not overlap "${earlier.name}" (${earlier.cidr})`,
          got: subnet.cidr,
          advice: 'AWS would refuse the second of the two',
        };
      }
      if (earlier.tier === subnet.tier && earlier.zone === subnet.zone) {
        yield {
          path: [...subnet.path, 'zone'],
          expected: `expected one ${subnet.tier} subnet in a zone`,
          got: subnet.zone,
          advice: `"${earlier.name}" is there already`,
        };
      }
    }
  }
}

/** Where workloads may stand there is a place for them, and for the NAT gateways that they leave through. */
function* workloadRules({ subnets, natGateways }: OwnNetworkSpec): Iterable<Finding> {
  const open = subnets.public.filter(({ workloads }) => workloads);
  const closed = subnets.private.filter(({ workloads }) => workloads);
  if (closed.length === 0) {
    yield {
      path: ['network', 'subnets', 'private'],
      expected: 'expected a subnet without "workloads: false"',
      advice: 'containers and functions would have no place to run',
    };
  }
  if (natGateways === 'single' && open.length === 0) {
    yield {
      path: ['network', 'subnets', 'public'],
      expected: 'expected a subnet without "workloads: false", because the NAT gateway stands in one',
      advice: 'leave it out of one of them, or write "nat_gateways: none"',
    };
  }
  const without = closed.filter(({ zone }) => !open.some((subnet) => subnet.zone === zone));
  if (natGateways === 'per_zone' && without.length > 0) {
    yield {
      path: ['network', 'nat_gateways'],
      expected: 'expected "single", because a NAT gateway stands in a public subnet of its zone',
      got: 'per_zone',
      advice: `there is no public subnet for one in ${either(without.map(({ zone }) => zone))}`,
    };
  }
}

/** Where the first subnet in `zone` says so. */
function zonePath(network: OwnNetworkSpec, zone: string): string[] {
  const first = subnetsOf(network).find((subnet) => subnet.zone === zone);
  return first ? [...pathOf(first), 'zone'] : ['network', 'subnets'];
}

function pathOf({ tier, index }: { readonly tier: string; readonly index: number }): string[] {
  return ['network', 'subnets', tier, String(index)];
}

function* range(path: readonly string[], cidr: string): Iterable<Finding> {
  if (!isAligned(cidr)) {
    yield { path, expected: 'expected the first address of a range', got: cidr, advice: `write "${aligned(cidr)}"` };
  }
  const { size } = parseCidr(cidr);
  if (size < SMALLEST || size > LARGEST) {
    yield { path, expected: 'expected a range from /16 to /28', got: cidr, advice: 'AWS takes no other sizes' };
  }
}
