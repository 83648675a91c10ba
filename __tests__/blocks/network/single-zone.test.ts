import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const YAML = readFileSync(join(__dirname, '../../examples/single-zone/dev.yaml'), 'utf8');
const PRIVATE = '${aws_subnet.network_private_a.id}';

test('runs everything in the zone of the workloads', () => {
  const terraform = synth(
    `${YAML}\ntasks: [{ name: migrate }]\nhttp_api: { routes: [{ route: $default, to: workload }] }`,
  );

  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({
    network_configuration: { subnets: [PRIVATE] },
  });
  expect(resource(terraform, 'aws_lambda_function.function_report')).toMatchObject({
    vpc_config: { subnet_ids: [PRIVATE] },
  });
  expect(resource(terraform, 'aws_elasticache_subnet_group.redis_subnets')['subnet_ids']).toEqual([PRIVATE]);
  expect(resource(terraform, 'aws_apigatewayv2_vpc_link.http_api_link')['subnet_ids']).toEqual([PRIVATE]);
  expect(resource(terraform, 'aws_vpc_endpoint.network_ecr_api')['subnet_ids']).toEqual([PRIVATE]);
  expect(JSON.parse(terraform).output.task_network.value).toContain(`"subnets" = [aws_subnet.network_private_a.id]`);
});

test('gives the second zone to what AWS wants two zones for, and to nothing else', () => {
  const terraform = synth(YAML);

  expect(resource(terraform, 'aws_lb.alb')['subnets']).toEqual([
    '${aws_subnet.network_public_a.id}',
    '${aws_subnet.network_public_b.id}',
  ]);
  expect(resource(terraform, 'aws_db_subnet_group.database_subnets')['subnet_ids']).toHaveLength(2);
  const { resource: resources } = JSON.parse(terraform);
  const inSecond = Object.entries<Record<string, object>>(resources).flatMap(([type, named]) =>
    Object.entries(named)
      .filter(([, args]) => JSON.stringify(args).includes('aws_subnet.network_private_b.'))
      .map(([name]) => `${type}.${name}`),
  );
  expect(inSecond).toEqual([
    'aws_network_acl_association.network_private_b_acl',
    'aws_route_table_association.network_private_b_routes',
  ]);
});

test('keeps a database of one zone and its replicas with the workloads; one of two zones goes where it must', () => {
  const zone = (settings: string, name = 'database') =>
    resource(synth(YAML.replace('engine_version: "16"', settings)), `aws_db_instance.${name}`)['availability_zone'];

  expect(zone('multi_az: false')).toBe('us-east-2a');
  expect(zone('multi_az: true')).toBeUndefined();
  expect(zone('read_replicas: [{ name: copy }]', 'database_replica_copy')).toBe('us-east-2a');
});

test('leaves the zone of a database to AWS where no subnet for databases is in that of the workloads', () => {
  const elsewhere = YAML.replace('zone: us-east-2a, cidr: 10.0.4.0/27', 'zone: us-east-2c, cidr: 10.0.4.0/27');
  expect(resource(synth(elsewhere), 'aws_db_instance.database')['availability_zone']).toBeUndefined();
});

test('puts NAT gateways where workloads may stand, whichever zone comes first', () => {
  const turned = YAML.replaceAll('us-east-2a', 'us-east-2c');
  expect(resource(synth(turned), 'aws_nat_gateway.network_nat')['subnet_id']).toBe('${aws_subnet.network_public_c.id}');
  const perZone = synth(YAML.replace('network:', 'network:\n  nat_gateways: per_zone'));
  expect(Object.keys(all(perZone, 'aws_nat_gateway'))).toEqual(['network_private_a_nat']);
  expect(Object.keys(all(perZone, 'aws_route')).sort()).toEqual([
    'network_private_a_to_nat',
    'network_public_internet',
  ]);
  expect(resource(perZone, 'aws_route_table_association.network_private_b_routes')['route_table_id']).toBe(
    '${aws_route_table.network_private_b_table.id}',
  );
});
