import { expect, test } from 'vitest';
import { routeFaults } from '../../e2e/support/faults/routes';
import type { Resource } from '../../e2e/support/terraform';

// Networks without a NAT gateway, of which no shipped stack has one.

test('tasks without a way out need the endpoints of what starts them', () => {
  expect(faults([...endpoints('ecr.api', 'ecr.dkr', 'logs'), gateway('s3', 'rtb-1')])).toEqual([]);
  expect(faults(endpoints('ecr.api', 'logs'))).toEqual([
    'aws_subnet.network_private_a: expected a default route to a NAT gateway or the endpoints of ecr.dkr, s3, got none: aws_ecs_service.workload in it reaches nothing outside the VPC',
  ]);
});

test('an endpoint that is a route is none in another table', () => {
  expect(faults([...endpoints('ecr.api', 'ecr.dkr', 'logs'), gateway('s3', 'rtb-2')])).toEqual([
    'aws_subnet.network_private_a: expected a default route to a NAT gateway or the endpoints of s3, got none: aws_ecs_service.workload in it reaches nothing outside the VPC',
  ]);
});

test('a task with a public address may leave by the internet gateway, and one without may not', () => {
  const way = [
    resource('aws_internet_gateway.network_internet', { id: 'igw-1' }),
    resource('aws_route.network_private_internet', {
      route_table_id: 'rtb-1',
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: 'igw-1',
    }),
  ];
  expect(faults(way, true)).toEqual([]);
  expect(faults(way, false)).toEqual([
    'aws_subnet.network_private_a: expected a default route to a NAT gateway or the endpoints of ecr.api, ecr.dkr, logs, s3, got internet: aws_ecs_service.workload in it reaches nothing outside the VPC',
  ]);
});

/** A subnet, its table, and a service in it. */
function faults(rest: readonly Resource[], publicAddress = false): string[] {
  const place = { subnets: ['subnet-1'], assign_public_ip: publicAddress };
  return [
    ...routeFaults([
      resource('aws_subnet.network_private_a', { id: 'subnet-1' }),
      resource('aws_route_table_association.network_private_a_routes', {
        subnet_id: 'subnet-1',
        route_table_id: 'rtb-1',
      }),
      resource('aws_ecs_service.workload', { network_configuration: [place] }),
      ...rest,
    ]),
  ];
}

function endpoints(...services: string[]): Resource[] {
  return services.map((service) =>
    resource(`aws_vpc_endpoint.${service.replace('.', '_')}`, {
      vpc_endpoint_type: 'Interface',
      service_name: `com.amazonaws.eu-central-1.${service}`,
    }),
  );
}

function gateway(service: string, table: string): Resource {
  return resource(`aws_vpc_endpoint.${service}`, {
    vpc_endpoint_type: 'Gateway',
    service_name: `com.amazonaws.eu-central-1.${service}`,
    route_table_ids: [table],
  });
}

function resource(address: string, values: Readonly<Record<string, unknown>>): Resource {
  const [type = ''] = address.split('.');
  return { address, mode: 'managed', type, values, sensitive_values: {} };
}
