import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

test('makes an interface endpoint in the private subnets, which answers to the service’s own name', () => {
  const terraform = network('[ecr.api, sqs]');

  const endpoint = (service: string) => ({
    vpc_id: '${aws_vpc.network.id}',
    service_name: `com.amazonaws.eu-central-1.${service}`,
    vpc_endpoint_type: 'Interface',
    private_dns_enabled: true,
    subnet_ids: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
    security_group_ids: ['${aws_security_group.network_endpoints_connections.id}'],
    tags: { Name: `demo-dev-vpc-${service}` },
  });
  expect(all(terraform, 'aws_vpc_endpoint')).toEqual({
    network_ecr_api: endpoint('ecr.api'),
    network_sqs: endpoint('sqs'),
  });
});

test('lets HTTPS of the VPC into all interface endpoints, and nothing out', () => {
  const terraform = network('[ecr.api, sqs]', 'cidr: 10.7.0.0/16');

  expect(resource(terraform, 'aws_security_group.network_endpoints_connections')).toMatchObject({
    name: 'demo-dev-endpoints',
    vpc_id: '${aws_vpc.network.id}',
  });
  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toEqual({
    network_endpoints_connections_from_vpc: {
      security_group_id: '${aws_security_group.network_endpoints_connections.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_ipv4: '10.7.0.0/16',
      description: 'from the VPC',
    },
  });
  expect(all(terraform, 'aws_vpc_security_group_egress_rule')).toEqual({});
});

test('makes routes of the free endpoints, which need no security group', () => {
  const terraform = network('[dynamodb, s3]');

  expect(resource(terraform, 'aws_vpc_endpoint.network_dynamodb')).toEqual({
    vpc_id: '${aws_vpc.network.id}',
    service_name: 'com.amazonaws.eu-central-1.dynamodb',
    vpc_endpoint_type: 'Gateway',
    route_table_ids: ['${aws_route_table.network_public.id}', '${aws_route_table.network_private.id}'],
    tags: { Name: 'demo-dev-vpc-dynamodb' },
  });
  expect(all(terraform, 'aws_security_group')).toEqual({});
});

function network(endpoints: string, settings = 'flow_logs: false'): string {
  return synth(`
region: eu-central-1
state: local
network: { endpoints: ${endpoints}, ${settings} }
`);
}
