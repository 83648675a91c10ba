import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const YAML = readFileSync(join(__dirname, '../../examples/existing-network/dev.yaml'), 'utf8');
const VPC = 'vpc-0a1b2c3d4e5f60718';

const ids = (...names: string[]) => names.map((name) => `\${data.aws_subnet.network_${name}.id}`);
const PUBLIC = ids('public_0a1b2c3d4e5f60710', 'public_0a1b2c3d4e5f60711');
const PRIVATE = ids('private_0a1b2c3d4e5f60712', 'private_0a1b2c3d4e5f60713');
const DATABASE = ids('database_0a1b2c3d', 'database_0a1b2c3e');

test('manages nothing of the VPC but what it was asked to add', () => {
  const terraform = synth(YAML);
  const types = Object.keys(JSON.parse(terraform).resource).filter((type) =>
    /^aws_(?:(?:default_)?(?:vpc|subnet|route|internet|nat|eip|network_acl|flow)\w*|default_security_group)$/.test(
      type,
    ),
  );
  expect(types.sort()).toEqual([
    'aws_flow_log',
    'aws_vpc_endpoint',
    'aws_vpc_security_group_egress_rule',
    'aws_vpc_security_group_ingress_rule',
  ]);
});

test('puts each thing in the tier that is for it', () => {
  const terraform = synth(YAML);
  expect(resource(terraform, 'aws_lb.alb')['subnets']).toEqual(PUBLIC);
  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({
    network_configuration: { subnets: PRIVATE },
  });
  expect(resource(terraform, 'aws_lambda_function.function_report')).toMatchObject({
    vpc_config: { subnet_ids: PRIVATE },
  });
  expect(resource(terraform, 'aws_elasticache_subnet_group.redis_subnets')['subnet_ids']).toEqual(PRIVATE);
  expect(resource(terraform, 'aws_db_subnet_group.database_subnets')['subnet_ids']).toEqual(DATABASE);
  expect(resource(terraform, 'aws_vpc_endpoint.network_ecr_api')['subnet_ids']).toEqual(PRIVATE);
  for (const group of Object.values(all(terraform, 'aws_security_group'))) {
    expect(group['vpc_id']).toBe('${data.aws_vpc.network.id}');
  }
});

test('puts the database into the private subnets where it has none of its own', () => {
  const without = synth(YAML.replace(/ +database: \[.*\n/, ''));
  expect(resource(without, 'aws_db_subnet_group.database_subnets')['subnet_ids']).toEqual(PRIVATE);
});

test('stops a plan with a subnet of another VPC', () => {
  const terraform = synth(YAML);
  for (const [tier, id] of [
    ['public', '0a1b2c3d4e5f60710'],
    ['private', '0a1b2c3d4e5f60713'],
    ['database', '0a1b2c3d'],
  ]) {
    expect(data(terraform, 'aws_subnet', `network_${tier}_${id}`)['id']).toBe(`subnet-${id}`);
    expect(conditions(terraform, 'aws_subnet', `network_${tier}_${id}`)).toContainEqual({
      condition: `\${self.vpc_id == "${VPC}"}`,
      error_message: `network.existing.subnets.${tier}: expected ids of what belongs to ${VPC}, got subnet-${id} of \${self.vpc_id}: AWS refuses to mix the two`,
    });
  }
});

test('stops a plan with two subnets of a tier in one zone', () => {
  const terraform = synth(YAML);
  const three = synth(YAML.replace('subnet-0a1b2c3d4e5f60713]', 'subnet-0a1b2c3d4e5f60713, subnet-0a1b2c3d4e5f60719]'));
  const [, ...others] = conditions(three, 'aws_subnet', 'network_private_0a1b2c3d4e5f60719');
  expect(others).toEqual(
    ['0a1b2c3d4e5f60712', '0a1b2c3d4e5f60713'].map((earlier) => ({
      condition: `\${(self.availability_zone != data.aws_subnet.network_private_${earlier}.availability_zone)}`,
      error_message: `network.existing.subnets.private: expected subnets in different zones, got subnet-${earlier} and subnet-0a1b2c3d4e5f60719 in \${self.availability_zone}: a file system is mounted in one subnet of each zone, and tasks outlive a zone only in two`,
    })),
  );
  for (const tier of ['public_0a1b2c3d4e5f60711', 'database_0a1b2c3e'])
    expect(conditions(terraform, 'aws_subnet', `network_${tier}`)).toHaveLength(2);
});

test('stops a plan with a public subnet whose route table, its own or the main one, has no default route', () => {
  const terraform = synth(YAML);
  for (const id of ['0a1b2c3d4e5f60710', '0a1b2c3d4e5f60711']) {
    expect(data(terraform, 'aws_route_tables', `network_public_${id}_associated`)).toEqual({
      vpc_id: '${data.aws_vpc.network.id}',
      filter: [{ name: 'association.subnet-id', values: [`\${data.aws_subnet.network_public_${id}.id}`] }],
    });
    expect(data(terraform, 'aws_route_table', `network_public_${id}_routes`)).toMatchObject({
      route_table_id: `\${element(concat(data.aws_route_tables.network_public_${id}_associated.ids, [data.aws_vpc.network.main_route_table_id]), 0)}`,
    });
    expect(conditions(terraform, 'aws_route_table', `network_public_${id}_routes`)).toEqual([
      {
        condition:
          '${anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && (startswith(route.gateway_id, "igw-") || startswith(route.transit_gateway_id, "tgw-") || startswith(route.vpc_endpoint_id, "vpce-"))])}',
        error_message: `network.existing.subnets.public: expected subnets with a default route (0.0.0.0/0) to an internet or transit gateway, got subnet-${id}, whose route table \${self.route_table_id} has none: nobody would get an answer from the load balancer`,
      },
    ]);
  }
});

test('edits the named route tables alone, and those only where they are of the VPC', () => {
  const terraform = synth(YAML);
  expect(resource(terraform, 'aws_vpc_endpoint.network_s3')).toMatchObject({
    vpc_endpoint_type: 'Gateway',
    route_table_ids: ['${data.aws_route_table.network_table_0a1b2c3d4e5f60714.route_table_id}'],
  });
  expect(data(terraform, 'aws_route_table', 'network_table_0a1b2c3d4e5f60714')).toEqual({
    route_table_id: 'rtb-0a1b2c3d4e5f60714',
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.vpc_id == "${VPC}"}`,
          error_message: `network.existing.route_tables: expected ids of what belongs to ${VPC}, got rtb-0a1b2c3d4e5f60714 of \${self.vpc_id}: AWS refuses to mix the two`,
        },
      ],
    },
  });
});

test('stops a plan with interface endpoints whose names the VPC would not resolve', () => {
  const terraform = synth(YAML);
  expect(data(terraform, 'aws_vpc', 'network')).toEqual({
    id: VPC,
    lifecycle: {
      postcondition: [
        {
          condition: '${self.enable_dns_support && self.enable_dns_hostnames}',
          error_message: `network.endpoints: expected a VPC with DNS support and DNS hostnames, got ${VPC}, which has not both: AWS refuses the private names of endpoints; whoever manages the VPC must turn them on`,
        },
      ],
    },
  });
  const gateways = synth(YAML.replace(/endpoints: .*/, 'endpoints: [s3]'));
  expect(conditions(gateways, 'aws_vpc', 'network')).toEqual([]);
});

test('lets every range of the VPC, the later ones too, into its endpoints', () => {
  const terraform = synth(YAML);
  expect(
    resource(terraform, 'aws_vpc_security_group_ingress_rule.network_endpoints_connections_from_vpc'),
  ).toMatchObject({
    for_each:
      '${toset([for range in data.aws_vpc.network.cidr_block_associations : range.cidr_block if range.state == "associated"])}',
    cidr_ipv4: '${each.value}',
    from_port: 443,
  });
});

test('logs its connections under the environment’s name, where asked to', () => {
  const terraform = synth(YAML);
  expect(resource(terraform, 'aws_flow_log.network_flow_logs')['vpc_id']).toBe('${data.aws_vpc.network.id}');
  expect(resource(terraform, 'aws_cloudwatch_log_group.network_flow_logs_logs')['name']).toBe(
    '/vpc/demo-dev/flow-logs',
  );
  expect(all(synth(YAML.replace('flow_logs: true', 'flow_logs: false')), 'aws_flow_log')).toEqual({});
});

test('lets services dial out without ACLs of its own', () => {
  const dialing = synth(YAML.replace('desired_count: 1', 'egress: [{ port: 587 }]'));
  expect(all(dialing, 'aws_network_acl_rule')).toEqual({});
});

function data(terraform: string, type: string, name: string): Record<string, unknown> {
  const { '//': _, ...found } = JSON.parse(terraform).data[type][name];
  return found;
}

function conditions(terraform: string, type: string, name: string): unknown[] {
  return (
    (data(terraform, type, name)['lifecycle'] as { readonly postcondition?: unknown[] } | undefined)?.postcondition ??
    []
  );
}
