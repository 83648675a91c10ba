import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

test('cuts a public and a private subnet for each zone, none of which gives out public addresses', () => {
  const terraform = network('');

  expect(resource(terraform, 'aws_vpc.network')).toEqual({
    cidr_block: '10.0.0.0/16',
    enable_dns_hostnames: true,
    enable_dns_support: true,
    tags: { Name: 'demo-dev-vpc' },
  });
  const subnet = (zone: string, cidr: string, name: string) => ({
    vpc_id: '${aws_vpc.network.id}',
    availability_zone: zone,
    cidr_block: cidr,
    map_public_ip_on_launch: false,
    tags: { Name: name },
  });
  expect(all(terraform, 'aws_subnet')).toEqual({
    network_public_a: subnet('eu-central-1a', '10.0.0.0/21', 'demo-dev-public-a'),
    network_public_b: subnet('eu-central-1b', '10.0.8.0/21', 'demo-dev-public-b'),
    network_private_a: subnet('eu-central-1a', '10.0.64.0/21', 'demo-dev-private-a'),
    network_private_b: subnet('eu-central-1b', '10.0.72.0/21', 'demo-dev-private-b'),
  });
});

test('routes the public tier to the internet and the private one through a single NAT gateway', () => {
  const terraform = network('');

  expect(all(terraform, 'aws_route')).toEqual({
    network_public_internet: {
      route_table_id: '${aws_route_table.network_public.id}',
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: '${aws_internet_gateway.network_internet.id}',
    },
    network_private_nat: {
      route_table_id: '${aws_route_table.network_private.id}',
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: '${aws_nat_gateway.network_nat.id}',
    },
  });
  expect(tables(terraform)).toEqual({
    network_public_a: 'network_public',
    network_public_b: 'network_public',
    network_private_a: 'network_private',
    network_private_b: 'network_private',
  });
});

test('puts the single NAT gateway in a public subnet, once there is a way to the internet', () => {
  const terraform = network('');

  expect(all(terraform, 'aws_nat_gateway')).toEqual({
    network_nat: {
      allocation_id: '${aws_eip.network_nat_address.id}',
      subnet_id: '${aws_subnet.network_public_a.id}',
      depends_on: ['aws_internet_gateway.network_internet'],
      tags: { Name: 'demo-dev-vpc-nat' },
    },
  });
  expect(resource(terraform, 'aws_eip.network_nat_address')).toMatchObject({ domain: 'vpc' });
});

test('gives each zone a NAT gateway and a private route table of its own with per_zone', () => {
  const terraform = network('nat_gateways: per_zone');

  expect(tables(terraform)).toMatchObject({
    network_private_a: 'network_private_a_table',
    network_private_b: 'network_private_b_table',
  });
  for (const zone of ['a', 'b']) {
    expect(resource(terraform, `aws_nat_gateway.network_private_${zone}_nat`)).toMatchObject({
      subnet_id: `\${aws_subnet.network_public_${zone}.id}`,
      allocation_id: `\${aws_eip.network_private_${zone}_nat_address.id}`,
    });
    expect(resource(terraform, `aws_route.network_private_${zone}_to_nat`)).toEqual({
      route_table_id: `\${aws_route_table.network_private_${zone}_table.id}`,
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: `\${aws_nat_gateway.network_private_${zone}_nat.id}`,
    });
  }
  expect(Object.keys(all(terraform, 'aws_nat_gateway'))).toHaveLength(2);
});

test('leaves the private tier without a way out with none', () => {
  const terraform = network('nat_gateways: none');

  expect(all(terraform, 'aws_nat_gateway')).toEqual({});
  expect(all(terraform, 'aws_eip')).toEqual({});
  expect(Object.keys(all(terraform, 'aws_route'))).toEqual(['network_public_internet']);
  expect(tables(terraform)).toMatchObject({
    network_private_a: 'network_private',
    network_private_b: 'network_private',
  });
});

test('keeps every address when a zone is added', () => {
  const before = network('availability_zones: [eu-central-1a, eu-central-1c]');
  const after = network('availability_zones: [eu-central-1a, eu-central-1b, eu-central-1c]');

  expect(Object.keys(all(before, 'aws_subnet'))).toHaveLength(4);
  expect(all(after, 'aws_subnet')).toMatchObject(all(before, 'aws_subnet'));
});

test('closes the default security group', () => {
  expect(all(network(''), 'aws_default_security_group')).toEqual({
    network_default: { vpc_id: '${aws_vpc.network.id}', tags: { Name: 'demo-dev-vpc-default-closed' } },
  });
});

test('leads the S3 traffic of every route table but that of databases through a gateway endpoint', () => {
  const endpoint = (tables: string[]) => ({
    vpc_id: '${aws_vpc.network.id}',
    service_name: 'com.amazonaws.eu-central-1.s3',
    vpc_endpoint_type: 'Gateway',
    route_table_ids: tables.map((table) => `\${aws_route_table.${table}.id}`),
    tags: { Name: 'demo-dev-vpc-s3' },
  });
  expect(resource(network('nat_gateways: per_zone'), 'aws_vpc_endpoint.network_s3')).toEqual(
    endpoint(['network_public', 'network_private_a_table', 'network_private_b_table']),
  );
  expect(all(network(WITH_DATABASES), 'aws_vpc_endpoint')).toEqual({
    network_s3: endpoint(['network_public', 'network_private']),
  });
  expect(all(network('endpoints: []'), 'aws_vpc_endpoint')).toEqual({});
});

test('gives databases subnets of their own, with a route table that leads nowhere', () => {
  const terraform = network(WITH_DATABASES, 'postgres: {}');

  expect(resource(terraform, 'aws_subnet.network_database_a')).toEqual({
    vpc_id: '${aws_vpc.network.id}',
    availability_zone: 'eu-central-1a',
    cidr_block: '10.0.5.0/24',
    map_public_ip_on_launch: false,
    tags: { Name: 'demo-dev-database-a' },
  });
  expect(tables(terraform)).toMatchObject({
    network_database_a: 'network_database',
    network_database_b: 'network_database',
  });
  expect(Object.keys(all(terraform, 'aws_route')).sort()).toEqual(['network_private_nat', 'network_public_internet']);
  expect(resource(terraform, 'aws_db_subnet_group.database_subnets')['subnet_ids']).toEqual([
    '${aws_subnet.network_database_a.id}',
    '${aws_subnet.network_database_b.id}',
  ]);
});

test('lets the subnets of databases speak with the VPC alone under an ACL, whatever egress says', () => {
  const terraform = network(`network_acls: true, ${WITH_DATABASES}`, 'workload: { egress: [{ port: 587 }] }');

  for (const direction of ['in', 'out'] as const) {
    expect(aclRules(terraform, 'database', direction)).toEqual([
      'vpc allow -1 10.0.0.0/16',
      'path_mtu allow icmp 3/4 0.0.0.0/0',
    ]);
  }
  expect(resource(terraform, 'aws_network_acl_association.network_database_b_acl')).toMatchObject({
    network_acl_id: '${aws_network_acl.network_database_acl.id}',
    subnet_id: '${aws_subnet.network_database_b.id}',
  });
  expect(resource(terraform, 'aws_network_acl_rule.network_private_acl_out_587')).toBeDefined();
});

test('logs accepted and refused connections when asked to, as long as other logs', () => {
  const terraform = network('flow_logs: true');

  expect(resource(terraform, 'aws_flow_log.network_flow_logs')).toEqual({
    vpc_id: '${aws_vpc.network.id}',
    traffic_type: 'ALL',
    log_destination_type: 'cloud-watch-logs',
    log_destination: '${aws_cloudwatch_log_group.network_flow_logs_logs.arn}',
    iam_role_arn: '${aws_iam_role.network_flow_logs_role.arn}',
    max_aggregation_interval: 600,
  });
  expect(resource(terraform, 'aws_cloudwatch_log_group.network_flow_logs_logs')).toEqual({
    name: '/vpc/demo-dev-vpc/flow-logs',
    retention_in_days: 30,
  });
  expect(all(network(''), 'aws_flow_log')).toEqual({});
});

test('lets flow logs write into their own log group alone', () => {
  const terraform = network('flow_logs: true');

  expect(statements(resource(terraform, 'aws_iam_role.network_flow_logs_role')['assume_role_policy'])).toMatchObject([
    { Principal: { Service: ['vpc-flow-logs.amazonaws.com'] } },
  ]);
  expect(statements(resource(terraform, 'aws_iam_role_policy.network_flow_logs_role_write')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      Resource: [
        'aws_cloudwatch_log_group.network_flow_logs_logs.arn',
        '${aws_cloudwatch_log_group.network_flow_logs_logs.arn}:*',
      ],
    },
  ]);
});

test('has no network ACLs unless asked to', () => {
  expect(all(network(''), 'aws_network_acl')).toEqual({});
  expect(all(network(''), 'aws_network_acl_rule')).toEqual({});
});

test('puts each tier under an ACL of its own, once all its rules are there', () => {
  const terraform = network('network_acls: true');

  const acl = (name: string) => ({ vpc_id: '${aws_vpc.network.id}', tags: { Name: name } });
  expect(all(terraform, 'aws_network_acl')).toEqual({
    network_public_acl: acl('demo-dev-vpc-public'),
    network_private_acl: acl('demo-dev-vpc-private'),
  });
  const associations = all(terraform, 'aws_network_acl_association');
  expect(Object.keys(associations)).toHaveLength(4);
  for (const tier of ['public', 'private']) {
    const rules = Object.keys(all(terraform, 'aws_network_acl_rule')).filter((name) =>
      name.startsWith(`network_${tier}`),
    );
    for (const zone of ['a', 'b']) {
      expect(associations[`network_${tier}_${zone}_acl`]).toEqual({
        network_acl_id: `\${aws_network_acl.network_${tier}_acl.id}`,
        subnet_id: `\${aws_subnet.network_${tier}_${zone}.id}`,
        depends_on: expect.arrayContaining(rules.map((name) => `aws_network_acl_rule.${name}`)),
      });
    }
  }
});

test('lets clients, replies and the VPC into the public tier, and the last two into the private one', () => {
  const terraform = network('network_acls: true, cidr: 10.7.0.0/16');

  expect(aclRules(terraform, 'public', 'in')).toMatchInlineSnapshot(`
    [
      "http allow tcp 80-80 0.0.0.0/0",
      "https allow tcp 443-443 0.0.0.0/0",
      "replies allow tcp 1024-65535 0.0.0.0/0",
      "vpc allow -1 10.7.0.0/16",
      "path_mtu allow icmp 3/4 0.0.0.0/0",
    ]
  `);
  expect(aclRules(terraform, 'private', 'in')).toMatchInlineSnapshot(`
    [
      "replies allow tcp 1024-65535 0.0.0.0/0",
      "vpc allow -1 10.7.0.0/16",
      "path_mtu allow icmp 3/4 0.0.0.0/0",
    ]
  `);
});

test('lets the web, replies and the VPC out of both tiers', () => {
  const terraform = network('network_acls: true, cidr: 10.7.0.0/16');

  expect(aclRules(terraform, 'public', 'out')).toMatchInlineSnapshot(`
    [
      "http allow tcp 80-80 0.0.0.0/0",
      "https allow tcp 443-443 0.0.0.0/0",
      "replies allow tcp 1024-65535 0.0.0.0/0",
      "vpc allow -1 10.7.0.0/16",
      "path_mtu allow icmp 3/4 0.0.0.0/0",
    ]
  `);
  expect(aclRules(terraform, 'private', 'out')).toEqual(aclRules(terraform, 'public', 'out'));
});

test('lets the ports of egress out of both tiers where no rule does yet, once each', () => {
  const terraform = synth(`
region: eu-central-1
state: local
network: { network_acls: true }
workload: { egress: [{ port: 80 }, { port: 443 }, { port: 587 }, { port: 587, cidr: 192.0.2.0/24 }, { port: 5432 }, { port: 22, cidr: 10.0.64.0/21 }] }
`);

  for (const tier of ['public', 'private']) {
    expect(aclRules(terraform, tier, 'out').slice(5)).toEqual(['587 allow tcp 587-587 0.0.0.0/0']);
    expect(resource(terraform, `aws_network_acl_rule.network_${tier}_acl_out_587`)).toMatchObject({
      rule_number: 1587,
    });
    expect(resource(terraform, `aws_network_acl_association.network_${tier}_a_acl`)['depends_on']).toContain(
      `aws_network_acl_rule.network_${tier}_acl_out_587`,
    );
  }
});

const WITH_DATABASES = `subnets: {
  public: [{ zone: eu-central-1a, cidr: 10.0.1.0/24 }, { zone: eu-central-1b, cidr: 10.0.2.0/24 }],
  private: [{ zone: eu-central-1a, cidr: 10.0.3.0/24 }, { zone: eu-central-1b, cidr: 10.0.4.0/24 }],
  database: [{ zone: eu-central-1a, cidr: 10.0.5.0/24 }, { zone: eu-central-1b, cidr: 10.0.6.0/24 }] }`;

function network(settings: string, rest = ''): string {
  return synth(`
region: eu-central-1
state: local
logs: { retention_days: 30 }
network: { ${settings} }
${rest}
`);
}

/** The route table of each subnet. */
function tables(terraform: string): Record<string, string> {
  const name = (reference: unknown) => String(reference).split('.')[1] ?? '';
  const associations = Object.values(all(terraform, 'aws_route_table_association'));
  return Object.fromEntries(
    associations.map(({ subnet_id, route_table_id }) => [name(subnet_id), name(route_table_id)]),
  );
}

/** The rules of an ACL in one direction, by number, a line each. */
function aclRules(terraform: string, tier: string, direction: 'in' | 'out'): string[] {
  const start = `network_${tier}_acl_${direction}_`;
  return Object.entries(all(terraform, 'aws_network_acl_rule'))
    .filter(([name]) => name.startsWith(start))
    .filter(([, rule]) => rule['egress'] === (direction === 'out'))
    .filter(([, rule]) => rule['network_acl_id'] === `\${aws_network_acl.network_${tier}_acl.id}`)
    .sort(([, one], [, other]) => Number(one['rule_number']) - Number(other['rule_number']))
    .map(([name, { rule_action, protocol, from_port, to_port, icmp_type, icmp_code, cidr_block }]) => {
      const ports = from_port === undefined ? '' : ` ${from_port}-${to_port}`;
      const icmp = icmp_type === undefined ? '' : ` ${icmp_type}/${icmp_code}`;
      return `${name.slice(start.length)} ${rule_action} ${protocol}${ports}${icmp} ${cidr_block}`;
    });
}
