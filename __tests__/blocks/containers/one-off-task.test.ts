import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded } from '../reading';

test('runs the workload’s image under roles and logs of its own, and nothing starts it', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: { image_tag: v2 }
tasks:
  - { name: migrate, command: [npm, run, migrate], cpu: 512, memory: 1024, env_variables: [{ name: LOCK, value: "on" }] }
`);

  const definition = resource(terraform, 'aws_ecs_task_definition.task_migrate_task');
  expect(definition).toMatchObject({
    family: 'demo-dev-migrate',
    cpu: '512',
    memory: '1024',
    task_role_arn: '${aws_iam_role.task_migrate_task_role.arn}',
    execution_role_arn: '${aws_iam_role.task_migrate_task_execution_role.arn}',
  });
  expect(container(definition)).toMatchObject({
    name: 'migrate',
    image: '${aws_ecr_repository.workload_repository.repository_url}:v2',
    command: ['npm', 'run', 'migrate'],
    environment: [{ name: 'LOCK', value: 'on' }],
    logConfiguration: { options: { 'awslogs-stream-prefix': 'ecs' } },
  });
  expect(container(definition)).not.toHaveProperty('portMappings');
  expect(resource(terraform, 'aws_iam_role.task_migrate_task_role')).toMatchObject({ name: 'demo-dev-migrate-task' });
  expect(resource(terraform, 'aws_iam_role.task_migrate_task_execution_role')).toMatchObject({
    name: 'demo-dev-migrate-execution',
  });
  expect(resource(terraform, 'aws_cloudwatch_log_group.task_migrate_task_logs')).toMatchObject({
    name: '/ecs/tasks/demo-dev-migrate',
  });
  expect(all(terraform, 'aws_iam_role_policy')).toHaveProperty('task_migrate_task_execution_role_pull_image');
  expect(Object.keys(all(terraform, 'aws_ecs_service'))).toEqual(['workload']);
});

test('is started in the workload’s security group, which reaches what the task uses', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: { uses: [] }
tasks: [{ name: migrate, uses: [database] }]
postgres: {}
`);

  expect(decoded(JSON.parse(terraform).output.task_network.value)).toEqual({
    awsvpcConfiguration: {
      subnets: ['aws_subnet.network_private_a.id', 'aws_subnet.network_private_b.id'],
      securityGroups: ['aws_security_group.workload_connections.id'],
      assignPublicIp: 'DISABLED',
    },
  });
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.database_connections_from_workload')).toMatchObject({
    from_port: 5432,
  });
  expect(Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) => name.includes('database'))).toEqual([
    'task_migrate_task_execution_role_read_database_admin_secret',
  ]);
});

test('mounts a file system, under its own role', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: {}
tasks: [{ name: migrate, efs: [{ name: files, mount_point: /files }] }]
efs: [{ name: files }]
`);

  const definition = resource(terraform, 'aws_ecs_task_definition.task_migrate_task');
  expect(definition['volume']).toMatchObject([
    { name: 'efs-files', efs_volume_configuration: { file_system_id: '${aws_efs_file_system.efs_files.id}' } },
  ]);
  expect(container(definition)['mountPoints']).toEqual([
    { sourceVolume: 'efs-files', containerPath: '/files', readOnly: false },
  ]);
  expect(all(terraform, 'aws_iam_role_policy')).toHaveProperty('task_migrate_task_role_mount_efs_files');
});

test('has a security group of its own without a workload, which reaches images, AWS and the database', () => {
  const terraform = synth(`
region: eu-central-1
state: local
tasks: [{ name: report, image: "nginx:1.27", uses: [database], task_family: reporting }]
postgres: {}
`);

  const tcp = (port: number) => ({ ip_protocol: 'tcp', from_port: port, to_port: port });
  const security_group_id = '${aws_security_group.tasks_connections.id}';
  expect(resource(terraform, 'aws_security_group.tasks_connections')).toMatchObject({
    name: 'demo-dev-tasks',
    description: 'Traffic of demo-dev-tasks',
  });
  expect(all(terraform, 'aws_vpc_security_group_egress_rule')).toEqual({
    tasks_connections_to_anywhere_443: {
      ...tcp(443),
      security_group_id,
      cidr_ipv4: '0.0.0.0/0',
      description: 'port 443 to anywhere',
    },
    tasks_connections_to_database: {
      ...tcp(5432),
      security_group_id,
      referenced_security_group_id: '${aws_security_group.database_connections.id}',
      description: 'to database',
    },
  });
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.database_connections_from_tasks')).toMatchObject({
    referenced_security_group_id: security_group_id,
    description: 'from tasks',
  });
  expect(resource(terraform, 'aws_ecs_task_definition.task_report_task')).toMatchObject({ family: 'reporting' });
});

test('leaves no trace when there are no tasks', () => {
  const terraform = synth('{ region: eu-central-1, state: local, postgres: {} }');

  expect(all(terraform, 'aws_ecs_task_definition')).toEqual({});
  expect(Object.keys(all(terraform, 'aws_security_group'))).toEqual(['database_connections']);
  expect(JSON.parse(terraform).output).not.toHaveProperty('task_network');
});
