import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { isOwn, type OwnNetworkSpec } from '../../src/spec/sections/network';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

test('takes the first two zones of the region and a part of the range for each subnet', () => {
  expect(network().availabilityZones).toEqual(['us-east-1a', 'us-east-1b']);
  expect(network().subnets).toEqual({
    public: [
      { key: 'a', zone: 'us-east-1a', cidr: '10.0.0.0/21', name: 'demo-dev-public-a', workloads: true },
      { key: 'b', zone: 'us-east-1b', cidr: '10.0.8.0/21', name: 'demo-dev-public-b', workloads: true },
    ],
    private: [
      { key: 'a', zone: 'us-east-1a', cidr: '10.0.64.0/21', name: 'demo-dev-private-a', workloads: true },
      { key: 'b', zone: 'us-east-1b', cidr: '10.0.72.0/21', name: 'demo-dev-private-b', workloads: true },
    ],
  });
});

test('moves no subnet when a zone is added, wherever in the list', () => {
  const two = network('availability_zones: [us-east-1b, us-east-1d]').subnets;
  const three = network('availability_zones: [us-east-1a, us-east-1b, us-east-1d]').subnets;
  for (const tier of ['public', 'private'] as const) {
    expect(three[tier]).toHaveLength(3);
    expect(three[tier]).toEqual(expect.arrayContaining(two[tier]));
  }
});

test('keeps the subnets of all zones of a region apart', () => {
  const { subnets } = network(
    'availability_zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f]',
  );
  const cidrs = [...subnets.public, ...subnets.private].map(({ cidr }) => cidr);
  expect(new Set(cidrs).size).toBe(12);
});

test('takes the zones of written subnets and their names as they are', () => {
  const { availabilityZones, subnets } = network(SUBNETS);
  expect(availabilityZones).toEqual(['us-east-1a', 'us-east-1b']);
  expect(subnets.public[0]).toEqual({
    key: 'a',
    zone: 'us-east-1a',
    cidr: '10.0.1.0/24',
    name: 'web-a',
    workloads: true,
  });
  expect(subnets.private[1]?.name).toBe('demo-dev-private-b');
});

test('knows the zones of a region that leaves letters out', () => {
  expect(problems('network: { availability_zones: [ap-northeast-1a, ap-northeast-1c] }', 'ap-northeast-1')).toBe('');
});

test('fails on a range whose address is not its first', () => {
  expect(problems('network: { cidr: 10.0.1.0/16 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 network.cidr: expected the first address of a range, got "10.0.1.0/16": write "10.0.0.0/16""`,
  );
});

test('fails on a range larger than AWS gives a VPC', () => {
  expect(problems('network: { cidr: 10.0.0.0/8 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 network.cidr: expected a range from /16 to /28, got "10.0.0.0/8": AWS takes no other sizes"`,
  );
});

test('fails on a range too small for the subnets that follow from it', () => {
  expect(problems('network: { cidr: 10.0.0.0/24 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 network.cidr: expected a range from /16 to /23, because subnets get a 32nd of it each, got "10.0.0.0/24": AWS takes no subnet below /28; take a larger range or write the subnets out under "subnets:""`,
  );
});

test('fails on what is no range', () => {
  expect(problems('network: { cidr: 10.0.0.256/16 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 network.cidr: expected an IPv4 range such as "10.0.0.0/16", got "10.0.0.256/16""`,
  );
});

test('fails on a range without a length', () => {
  expect(problems('network: { cidr: 10.0.0.0 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:18 network.cidr: expected an IPv4 range such as "10.0.0.0/16", got "10.0.0.0""`,
  );
});

test('fails on a zone that the region does not have', () => {
  expect(problems('network: { availability_zones: [us-east-1a, us-east-1g] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:45 network.availability_zones[1]: expected a zone of us-east-1 (us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f), got "us-east-1g""`,
  );
});

test('fails on zones of another region', () => {
  expect(problems('network: { availability_zones: [eu-west-1a, us-east-1a] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:33 network.availability_zones[0]: expected a zone of us-east-1 (us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f), got "eu-west-1a""`,
  );
});

test('fails on a zone that stands twice', () => {
  expect(problems('network: { availability_zones: [us-east-1a, us-east-1a] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:45 network.availability_zones[1]: expected each zone once, got "us-east-1a""`,
  );
});

test('fails on what is no zone', () => {
  expect(problems('network: { availability_zones: [a, b] }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:33 network.availability_zones[0]: expected an availability zone such as "us-east-1a", got "a"
    demo/dev.yaml:1:36 network.availability_zones[1]: expected an availability zone such as "us-east-1a", got "b""
  `);
});

test('fails on a single zone', () => {
  expect(problems('network: { availability_zones: [us-east-1a] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:12 network.availability_zones: expected at least 2 availability zones, because a load balancer and a database subnet group need two, got ["us-east-1a"]"`,
  );
});

test('fails on zones beside subnets that lie in others', () => {
  expect(problems(`network: { availability_zones: [us-east-1a, us-east-1c], ${SUBNETS} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:12 network.availability_zones: expected the zones of the subnets (us-east-1a, us-east-1b), got ["us-east-1a","us-east-1c"]: leave them out, or write a subnet for each"`,
  );
});

test('fails on a subnet in a zone that the region does not have, at the subnet', () => {
  expect(problems(subnets('{ zone: us-east-1g, cidr: 10.0.3.0/24 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:13 network.subnets.private[2].zone: expected a zone of us-east-1 (us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f), got "us-east-1g""`,
  );
});

test('fails on a subnet outside the VPC', () => {
  expect(problems(subnets('{ zone: us-east-1c, cidr: 10.1.0.0/24 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:31 network.subnets.private[2].cidr: expected a range inside the VPC's 10.0.0.0/16, got "10.1.0.0/24": AWS would refuse the subnet"`,
  );
});

test('fails on subnets that overlap, even across tiers', () => {
  expect(problems(subnets('{ zone: us-east-1c, cidr: 10.0.1.128/25 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:31 network.subnets.private[2].cidr: expected a range that does not overlap "web-a" (10.0.1.0/24), got "10.0.1.128/25": AWS would refuse the second of the two"`,
  );
});

test('fails on a subnet whose address is not the first of its range', () => {
  expect(problems(subnets('{ zone: us-east-1c, cidr: 10.0.3.7/24 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:31 network.subnets.private[2].cidr: expected the first address of a range, got "10.0.3.7/24": write "10.0.3.0/24""`,
  );
});

test('fails on a subnet smaller than AWS gives one', () => {
  expect(problems(subnets('{ zone: us-east-1c, cidr: 10.0.3.0/29 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:31 network.subnets.private[2].cidr: expected a range from /16 to /28, got "10.0.3.0/29": AWS takes no other sizes"`,
  );
});

test('fails on two subnets of a tier in one zone', () => {
  expect(problems(subnets('{ zone: us-east-1b, cidr: 10.0.3.0/24 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:13 network.subnets.private[2].zone: expected one private subnet in a zone, got "us-east-1b": "demo-dev-private-b" is there already"`,
  );
});

test('fails on subnets of one tier only', () => {
  expect(
    problems('network: { subnets: { public: [{ zone: us-east-1a, cidr: 10.0.1.0/24 }] } }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:12 network.subnets.private: expected a list, got nothing
    demo/dev.yaml:1:23 network.subnets.public: expected at least 2 subnets in different zones, got a list of 1"
  `);
});

test('fails on a NAT gateway for each zone where a zone has no public subnet', () => {
  expect(
    problems(
      subnets('{ zone: us-east-1c, cidr: 10.0.3.0/24 }').replace('{ subnets', '{ nat_gateways: per_zone, subnets'),
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:26 network.nat_gateways: expected "single", because a NAT gateway stands in a public subnet of its zone, got "per_zone": there is no public subnet for one in "us-east-1c""`,
  );
});

test('fails on another number of NAT gateways than there is a word for', () => {
  expect(problems('network: { nat_gateways: 2 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:26 network.nat_gateways: expected "single" or "per_zone" or "none", got 2"`,
  );
});

test('knows the zones of subnets for databases, and holds them to the same rules', () => {
  const databases = (zone: string, cidr: string) =>
    `${SUBNETS.replace(/ \}$/, '')}, database: [{ zone: us-east-1a, cidr: 10.0.20.0/24 },\n    { zone: ${zone}, cidr: ${cidr} }] }`;
  const { availabilityZones, subnets } = network(databases('us-east-1c', '10.0.21.0/24'));
  expect(availabilityZones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
  expect(subnets.database).toEqual([
    { key: 'a', zone: 'us-east-1a', cidr: '10.0.20.0/24', name: 'demo-dev-database-a' },
    { key: 'c', zone: 'us-east-1c', cidr: '10.0.21.0/24', name: 'demo-dev-database-c' },
  ]);
  expect(problems(`network: { ${databases('us-east-1b', '10.0.1.0/25')} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:31 network.subnets.database[1].cidr: expected a range that does not overlap "web-a" (10.0.1.0/24), got "10.0.1.0/25": AWS would refuse the second of the two"`,
  );
  expect(problems(`network: { ${databases('us-east-1a', '10.0.21.0/24')} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:13 network.subnets.database[1].zone: expected one database subnet in a zone, got "us-east-1a": "demo-dev-database-a" is there already"`,
  );
  expect(problems(`network: { ${databases('us-east-1b', '10.0.21.0/24, workloads: true')} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:45 network.subnets.database[1].workloads: unknown key: it belongs under "network.subnets.public" or "network.subnets.private""`,
  );
});

test('accepts a second zone that is there because AWS demands it', () => {
  expect(problems(inOneZone('single'))).toBe('');
  expect(problems(inOneZone('per_zone'))).toBe('');
});

test('fails on private subnets none of which may hold workloads', () => {
  expect(problems(inOneZone('none', { private: NO_WORKLOADS }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:5 network.subnets.private: expected a subnet without "workloads: false", got a list of 2: containers and functions would have no place to run"`,
  );
});

test('fails on public subnets none of which may hold the NAT gateways', () => {
  expect(problems(inOneZone('single', { public: NO_WORKLOADS }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:5 network.subnets.public: expected a subnet without "workloads: false", because the NAT gateway stands in one, got a list of 2: leave it out of one of them, or write "nat_gateways: none""`,
  );
  expect(problems(inOneZone('per_zone', { public: NO_WORKLOADS }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:17 network.nat_gateways: expected "single", because a NAT gateway stands in a public subnet of its zone, got "per_zone": there is no public subnet for one in "us-east-1a""`,
  );
  expect(problems(inOneZone('none', { public: NO_WORKLOADS }))).toBe('');
});

test('fails on a Redis that is to fail over to a zone without workloads', () => {
  expect(problems(`${inOneZone('none')}\nredis: { nodes: 2 }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:6:1 redis.automatic_failover: expected false, because workloads have one zone (us-east-1a) and it fails over to another, got true: ElastiCache refuses it; write "automatic_failover: false", or take "workloads: false" off a second private subnet"`,
  );
  expect(problems(`${inOneZone('none')}\nredis: { nodes: 2, automatic_failover: false }`)).toBe('');
});

const NO_WORKLOADS = ', workloads: false';

/** Subnets in two zones, the second of which has no workloads; `first` adds to those in the first zone. */
function inOneZone(natGateways: string, first: { readonly public?: string; readonly private?: string } = {}): string {
  return `network:
  nat_gateways: ${natGateways}
  subnets:
    public: [{ zone: us-east-1a, cidr: 10.0.1.0/24${first.public ?? ''} }, { zone: us-east-1b, cidr: 10.0.3.0/27, workloads: false }]
    private: [{ zone: us-east-1a, cidr: 10.0.2.0/24${first.private ?? ''} }, { zone: us-east-1b, cidr: 10.0.3.32/27, workloads: false }]`;
}

const SUBNETS = `subnets: {
  public: [{ zone: us-east-1a, cidr: 10.0.1.0/24, name: web-a }, { zone: us-east-1b, cidr: 10.0.2.0/24 }],
  private: [{ zone: us-east-1a, cidr: 10.0.10.0/24 }, { zone: us-east-1b, cidr: 10.0.11.0/24 }] }`;

/** Sound subnets and one more private one, which is the last line. */
function subnets(third: string): string {
  return `network: { ${SUBNETS.replace(/\] \}$/, `,\n    ${third}`)}] } }`;
}

function network(yaml = ''): OwnNetworkSpec {
  const root = folder({ 'demo/dev.yaml': `network: { ${yaml} }\nregion: us-east-1\n` });
  const [environment] = loadEnvironments([root]);
  if (!environment) throw new Error('no environment was read');
  const { network } = environment.spec;
  if (!isOwn(network)) throw new Error('the network is somebody else’s');
  return network;
}

function problems(yaml: string, region = 'us-east-1'): string {
  return problemsOf(`${yaml}\nregion: ${region}\n`);
}
