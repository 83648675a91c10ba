import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

test('reads the default VPC and its own subnets, and makes nothing of a network', () => {
  const terraform = stack('workload: {}');

  expect(JSON.parse(terraform).data.aws_vpc.network).toEqual({ default: true });
  expect(JSON.parse(terraform).data.aws_subnet).toEqual({
    network_a: { vpc_id: '${data.aws_vpc.network.id}', availability_zone: 'eu-central-1a', default_for_az: true },
    network_b: { vpc_id: '${data.aws_vpc.network.id}', availability_zone: 'eu-central-1b', default_for_az: true },
  });
  for (const type of ['aws_vpc', 'aws_subnet', 'aws_nat_gateway', 'aws_vpc_endpoint', 'aws_flow_log'])
    expect(all(terraform, type)).toEqual({});
});

test('what runs there dials out by a public address of its own', () => {
  const terraform = stack(
    'workload: {}\ntasks: [{ name: migrate }]\nscheduled_tasks: [{ name: nightly, schedule: rate(1 day) }]',
  );

  expect(resource(terraform, 'aws_ecs_service.workload')['network_configuration']).toEqual({
    subnets: ['${data.aws_subnet.network_a.id}', '${data.aws_subnet.network_b.id}'],
    security_groups: ['${aws_security_group.workload_connections.id}'],
    assign_public_ip: true,
  });
  expect(JSON.stringify(resource(terraform, 'aws_scheduler_schedule.scheduled_task_nightly'))).toContain(
    '"assign_public_ip":true',
  );
  expect(JSON.parse(terraform).output.task_network.value).toContain('"assignPublicIp" = "ENABLED"');
});

test('takes the zones that the file names', () => {
  const terraform = synth(
    'region: eu-central-1\nstate: local\nnetwork: { use_default_vpc: true, availability_zones: [eu-central-1b, eu-central-1c] }\npostgres: {}\n',
  );

  expect(resource(terraform, 'aws_db_subnet_group.database_subnets')['subnet_ids']).toEqual([
    '${data.aws_subnet.network_b.id}',
    '${data.aws_subnet.network_c.id}',
  ]);
});

test('adds the endpoints and flow logs that are asked for', () => {
  const terraform = synth(
    'region: eu-central-1\nstate: local\nnetwork: { use_default_vpc: true, endpoints: [s3], flow_logs: true }\n',
  );

  expect(resource(terraform, 'aws_vpc_endpoint.network_s3')['route_table_ids']).toEqual([
    '${data.aws_vpc.network.main_route_table_id}',
  ]);
  expect(resource(terraform, 'aws_flow_log.network_flow_logs')['vpc_id']).toBe('${data.aws_vpc.network.id}');
});

function stack(yaml: string): string {
  return synth(`region: eu-central-1\nstate: local\nnetwork: { use_default_vpc: true }\n${yaml}\n`);
}
