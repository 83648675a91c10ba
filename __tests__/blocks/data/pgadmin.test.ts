import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

test('runs a pinned release in the private subnets, behind no load balancer, with its shell open to a session', () => {
  const terraform = pgadmin();
  const { load_balancer, ...service } = resource(terraform, 'aws_ecs_service.pgadmin');
  expect(service).toMatchObject({
    name: 'demo-dev-pgadmin',
    desired_count: 1,
    enable_execute_command: true,
    network_configuration: {
      assign_public_ip: false,
      security_groups: ['${aws_security_group.pgadmin_connections.id}'],
      subnets: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
    },
  });
  expect(load_balancer).toBeUndefined();
  expect(container(resource(terraform, 'aws_ecs_task_definition.pgadmin_task'))).toMatchObject({
    image: 'dpage/pgadmin4:9.17',
    portMappings: [{ containerPort: 5050 }],
    environment: [
      { name: 'PGADMIN_DEFAULT_EMAIL', value: 'admin@shop.com' },
      { name: 'PGADMIN_LISTEN_PORT', value: '5050' },
      { name: 'PGADMIN_DISABLE_POSTFIX', value: 'true' },
    ],
    secrets: [{ name: 'PGADMIN_DEFAULT_PASSWORD', valueFrom: 'aws_ssm_parameter.pgadmin_password.arn' }],
  });
});

test('reaches the database and AWS, and nobody reaches it', () => {
  const terraform = pgadmin();
  const ingress = all(terraform, 'aws_vpc_security_group_ingress_rule');
  const group = '${aws_security_group.pgadmin_connections.id}';
  expect(ingress['database_connections_from_pgadmin']).toMatchObject({
    referenced_security_group_id: group,
    from_port: 5432,
  });
  expect(Object.values(ingress).filter((rule) => rule['security_group_id'] === group)).toEqual([]);
  const egress = Object.values(all(terraform, 'aws_vpc_security_group_egress_rule'));
  expect(egress.filter((rule) => rule['security_group_id'] === group).map((rule) => rule['description'])).toEqual(
    expect.arrayContaining(['to database', 'port 443 to anywhere']),
  );
});

test('is given a password of its own that no state holds, and may read no other', () => {
  const terraform = pgadmin();
  expect(resource(terraform, 'aws_ssm_parameter.pgadmin_password')).toEqual({
    name: '/dev/demo/pgadmin_password',
    description: 'Password of pgAdmin',
    type: 'SecureString',
    value_wo: '${ephemeral.random_password.pgadmin_password_generated.result}',
    value_wo_version: 4,
  });
  expect(resource(terraform, 'aws_ecs_service.pgadmin')['depends_on']).toContain('aws_ssm_parameter.pgadmin_password');
  const policies = Object.entries(all(terraform, 'aws_iam_role_policy')).filter(([name]) => /^pgadmin/.test(name));
  expect(policies.map(([name]) => name)).toEqual([
    'pgadmin_task_execution_role_read_pgadmin_password',
    'pgadmin_task_execution_role_write_logs',
    'pgadmin_task_role_exec',
  ]);
  expect(statements(policies[0]?.[1]['policy'])).toEqual([
    { Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: ['aws_ssm_parameter.pgadmin_password.arn'] },
  ]);
});

test('tells the command of the tunnel to it', () => {
  const terraform = pgadmin();
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    'Open pgAdmin at http://localhost:5050 as admin@shop.com (password: aws ssm get-parameter --region eu-central-1 --with-decryption --query Parameter.Value --output text --name /dev/demo/pgadmin_password) while this runs: id=$(aws ecs describe-tasks --region eu-central-1 --cluster demo_cluster_dev --tasks $(aws ecs list-tasks --region eu-central-1 --cluster demo_cluster_dev --service-name demo-dev-pgadmin --query "taskArns[0]" --output text) --query "tasks[0].containers[0].runtimeId" --output text); aws ssm start-session --region eu-central-1 --target "ecs:demo_cluster_dev_$(echo $id | cut -d- -f1)_$id" --document-name AWS-StartPortForwardingSession --parameters portNumber=5050,localPortNumber=5050',
  );
});

test('goes through the proxy where there is one, and takes its size from the file', () => {
  const terraform = synth(`
region: eu-central-1
state: local
postgres: { proxy: {}, pgadmin: { email: admin@shop.com, image: "dpage/pgadmin4:9.8", cpu: 512, memory: 1024 } }
`);
  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toHaveProperty(
    'database_proxy_connections_from_pgadmin',
  );
  const task = resource(terraform, 'aws_ecs_task_definition.pgadmin_task');
  expect(task).toMatchObject({ cpu: '512', memory: '1024' });
  expect(container(task)).toMatchObject({ image: 'dpage/pgadmin4:9.8' });
});

test('is not there unless the file asks for it', () => {
  const terraform = synth(
    'region: eu-central-1\nstate: local\npostgres: { pgadmin: { enabled: false, email: a@b.com } }',
  );
  expect(all(terraform, 'aws_ecs_service')).toEqual({});
  expect(all(terraform, 'aws_ssm_parameter')).not.toHaveProperty('pgadmin_password');
});

function pgadmin(): string {
  return synth(`
region: eu-central-1
state: local
alb: { http: forward }
workload: {}
postgres: { password_version: 4, pgadmin: { email: admin@shop.com } }
`);
}
