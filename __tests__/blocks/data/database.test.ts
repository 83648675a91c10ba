import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

test('is a private, encrypted instance that leaves a snapshot behind', () => {
  expect(resource(database('{}'), 'aws_db_instance.database')).toEqual({
    identifier: 'demo-dev-postgres',
    engine: 'postgres',
    engine_version: '16',
    instance_class: 'db.t4g.micro',
    db_subnet_group_name: '${aws_db_subnet_group.database_subnets.name}',
    parameter_group_name: '${aws_db_parameter_group.database_parameters.name}',
    vpc_security_group_ids: ['${aws_security_group.database_connections.id}'],
    publicly_accessible: false,
    multi_az: false,
    allocated_storage: 20,
    storage_type: 'gp3',
    storage_encrypted: true,
    db_name: 'demo',
    port: 5432,
    username: 'dbadmin',
    password_wo: '${ephemeral.aws_ssm_parameter.database_password_read_back.value}',
    password_wo_version: 1,
    backup_retention_period: 7,
    backup_window: '03:00-04:00',
    maintenance_window: 'sun:04:00-sun:05:00',
    copy_tags_to_snapshot: true,
    auto_minor_version_upgrade: true,
    performance_insights_enabled: true,
    performance_insights_retention_period: 7,
    enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: 'demo-dev-postgres-final',
    lifecycle: { prevent_destroy: true },
    depends_on: ['aws_cloudwatch_log_group.database_logs_postgresql', 'aws_cloudwatch_log_group.database_logs_upgrade'],
  });
});

test('goes to another major version where the file lets it, and only there', () => {
  const allowed = (yaml: string) => resource(database(yaml), 'aws_db_instance.database')['allow_major_version_upgrade'];
  expect(allowed('{ engine_version: "17", allow_major_version_upgrade: true }')).toBe(true);
  expect(allowed('{ engine_version: "17" }')).toBeUndefined();
});

test('stands in the public subnets where the file says so, open over TLS to whom it names', () => {
  const terraform = database('{ public_access: true, public_access_from: [203.0.113.0/24, 198.51.100.7/32] }');

  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({ publicly_accessible: true });
  expect(resource(terraform, 'aws_db_subnet_group.database_subnets')).toMatchObject({
    description: 'Public subnets of demo-dev-postgres',
    subnet_ids: ['${aws_subnet.network_public_a.id}', '${aws_subnet.network_public_b.id}'],
  });
  const rules = Object.values(all(terraform, 'aws_vpc_security_group_ingress_rule')).filter(
    (rule) => rule['security_group_id'] === '${aws_security_group.database_connections.id}',
  );
  expect(rules).toMatchObject([
    { cidr_ipv4: '198.51.100.7/32', from_port: 5432, to_port: 5432, ip_protocol: 'tcp' },
    { cidr_ipv4: '203.0.113.0/24', from_port: 5432, to_port: 5432, ip_protocol: 'tcp' },
  ]);
  expect(resource(terraform, 'aws_db_parameter_group.database_parameters')['parameter']).toContainEqual(
    expect.objectContaining({ name: 'rds.force_ssl', value: '1' }),
  );
});

test('is open to everybody where the file names nobody, and its replicas are where it is', () => {
  const terraform = database('{ public_access: true, read_replicas: [{ name: reports }] }');

  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
    database_connections_port_5432_from_0_0_0_0_0: { cidr_ipv4: '0.0.0.0/0', from_port: 5432 },
  });
  expect(resource(terraform, 'aws_db_instance.database_replica_reports')).toMatchObject({ publicly_accessible: true });
});

test('takes its settings from the file', () => {
  const terraform = database(`
  name: main
  dbname: shop
  username: shopadmin
  engine_version: "15.4"
  instance_class: db.m7g.large
  multi_az: true
  max_allocated_storage: 100
  backup_retention_days: 30
  deletion_protection: false
  performance_insights: false
  log_exports: false
`);

  const instance = resource(terraform, 'aws_db_instance.database');
  expect(instance).toMatchObject({
    identifier: 'main',
    db_name: 'shop',
    username: 'shopadmin',
    engine_version: '15.4',
    instance_class: 'db.m7g.large',
    multi_az: true,
    max_allocated_storage: 100,
    backup_retention_period: 30,
    deletion_protection: false,
    performance_insights_enabled: false,
    final_snapshot_identifier: 'main-final',
  });
  expect(instance).not.toHaveProperty('performance_insights_retention_period');
  expect(instance).not.toHaveProperty('enabled_cloudwatch_logs_exports');
});

test('may be destroyed in an unprotected environment', () => {
  const instance = resource(database('{}', 'protect: false'), 'aws_db_instance.database');

  expect(instance).toMatchObject({ deletion_protection: false, lifecycle: { prevent_destroy: false } });
});

test('stands in the private subnets', () => {
  expect(resource(database('{}'), 'aws_db_subnet_group.database_subnets')).toEqual({
    name: 'demo-dev-postgres',
    description: 'Private subnets of demo-dev-postgres',
    subnet_ids: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
  });
});

test('is closed until something uses it, and never dials out', () => {
  const terraform = database('{}');

  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toEqual({});
  expect(all(terraform, 'aws_vpc_security_group_egress_rule')).toEqual({});
});

test('opens its port to what uses it alone', () => {
  const terraform = database('{}', 'workload: {}\nservices: [{ name: other }]');

  const rules = Object.entries(all(terraform, 'aws_vpc_security_group_ingress_rule'));
  expect(Object.fromEntries(rules.filter(([name]) => name.startsWith('database_')))).toEqual({
    database_connections_from_workload: {
      security_group_id: '${aws_security_group.database_connections.id}',
      referenced_security_group_id: '${aws_security_group.workload_connections.id}',
      ip_protocol: 'tcp',
      from_port: 5432,
      to_port: 5432,
      description: 'from workload',
    },
  });
});

test('applies parameters at once where PostgreSQL allows it, and refuses connections without TLS', () => {
  const terraform = database(
    '{ engine_version: "15.4", parameters: { max_connections: "100", log_statement: ddl, shared_buffers: "1000" } }',
  );

  expect(resource(terraform, 'aws_db_parameter_group.database_parameters')).toEqual({
    name: 'demo-dev-postgres-postgres15',
    family: 'postgres15',
    description: 'Parameters of demo-dev-postgres',
    parameter: [
      { name: 'rds.force_ssl', value: '1', apply_method: 'pending-reboot' },
      { name: 'max_connections', value: '100', apply_method: 'pending-reboot' },
      { name: 'log_statement', value: 'ddl', apply_method: 'immediate' },
      { name: 'shared_buffers', value: '1000', apply_method: 'pending-reboot' },
    ],
    lifecycle: { create_before_destroy: true },
  });
});

test('accepts connections without TLS only when told to', () => {
  expect(resource(database('{ force_ssl: false }'), 'aws_db_parameter_group.database_parameters')['parameter']).toEqual(
    [{ name: 'rds.force_ssl', value: '0', apply_method: 'pending-reboot' }],
  );
});

test('leaves the baseline of a small gp3 volume out, which RDS refuses to be told', () => {
  const small = resource(
    database('{ iops: 3000, throughput: 125, allocated_storage: 399 }'),
    'aws_db_instance.database',
  );
  const large = resource(
    database('{ iops: 12000, throughput: 500, allocated_storage: 400 }'),
    'aws_db_instance.database',
  );
  const io2 = resource(
    database('{ storage_type: io2, iops: 2000, allocated_storage: 100 }'),
    'aws_db_instance.database',
  );

  expect(small).not.toHaveProperty('iops');
  expect(small).not.toHaveProperty('storage_throughput');
  expect(large).toMatchObject({ iops: 12000, storage_throughput: 500 });
  expect(io2).toMatchObject({ storage_type: 'io2', iops: 2000 });
});

test('keeps its logs as long as the others', () => {
  const terraform = database('{}', 'logs: { retention_days: 30 }');

  expect(all(terraform, 'aws_cloudwatch_log_group')).toEqual({
    database_logs_postgresql: { name: '/aws/rds/instance/demo-dev-postgres/postgresql', retention_in_days: 30 },
    database_logs_upgrade: { name: '/aws/rds/instance/demo-dev-postgres/upgrade', retention_in_days: 30 },
  });
  expect(all(database('{ log_exports: false }'), 'aws_cloudwatch_log_group')).toEqual({});
});

test('has read replicas in the same security group', () => {
  const terraform = database('{ read_replicas: [{ name: reports }, { name: big, instance_class: db.m7g.large }] }');

  expect(resource(terraform, 'aws_db_instance.database_replica_reports')).toEqual({
    identifier: 'demo-dev-postgres-reports',
    replicate_source_db: '${aws_db_instance.database.identifier}',
    instance_class: 'db.t4g.micro',
    storage_type: 'gp3',
    storage_encrypted: true,
    vpc_security_group_ids: ['${aws_security_group.database_connections.id}'],
    publicly_accessible: false,
    auto_minor_version_upgrade: true,
    performance_insights_enabled: true,
    performance_insights_retention_period: 7,
    maintenance_window: 'sun:04:00-sun:05:00',
    skip_final_snapshot: true,
  });
  expect(resource(terraform, 'aws_db_instance.database_replica_big')).toMatchObject({ instance_class: 'db.m7g.large' });
});

test('keeps a renamed replica, with the name that it has in AWS', () => {
  const terraform = database('{ read_replicas: [{ name: reports, was: old-reports }] }');

  expect(resource(terraform, 'aws_db_instance.database_replica_reports')).toMatchObject({
    identifier: 'demo-dev-postgres-old-reports',
  });
  expect(JSON.parse(terraform).moved).toEqual([
    { from: 'aws_db_instance.database_replica_old_reports', to: 'aws_db_instance.database_replica_reports' },
  ]);
});

test('copies its backups to another region, under a key made there', () => {
  const terraform = database('{ backup_copy_region: eu-west-1, backup_retention_days: 14 }');

  expect(JSON.parse(terraform).provider.aws[1]).toMatchObject({ region: 'eu-west-1', alias: 'eu_west_1' });
  expect(resource(terraform, 'aws_kms_key.database_backup_key')).toEqual({
    provider: 'aws.eu_west_1',
    description: 'Encrypts the copies of the backups of demo-dev-postgres',
    enable_key_rotation: true,
    deletion_window_in_days: 30,
  });
  expect(resource(terraform, 'aws_db_instance_automated_backups_replication.database_backup_copy')).toEqual({
    provider: 'aws.eu_west_1',
    source_db_instance_arn: '${aws_db_instance.database.arn}',
    kms_key_id: '${aws_kms_key.database_backup_key.arn}',
    retention_period: 14,
  });
});

function database(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
postgres: ${section}
${more}
`);
}

test('keeps a pinned minor version, which AWS would otherwise raise for good', () => {
  const version = (engine: string) =>
    resource(synth(`region: us-east-1\npostgres: { engine_version: "${engine}" }\n`), 'aws_db_instance.database');
  expect(version('15.4').auto_minor_version_upgrade).toBe(false);
  expect(version('15').auto_minor_version_upgrade).toBe(true);
});
