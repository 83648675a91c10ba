import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container } from '../reading';

const EXISTING = 'existing: true, name: shop-db, dbname: shop, security_group_id: sg-0a1b2c3d4e5f60718';

test('is read, and nothing of it is managed', () => {
  const terraform = synth(readFileSync(join(__dirname, '../../examples/existing-database/dev.yaml'), 'utf8'));
  expect(JSON.parse(terraform).data.aws_db_instance.database).toMatchObject({ db_instance_identifier: 'shop-db' });
  for (const type of ['aws_db_instance', 'aws_db_subnet_group', 'aws_secretsmanager_secret', 'aws_ssm_parameter'])
    expect(all(terraform, type)).toEqual({});
  const rules = { ...all(terraform, 'aws_vpc_security_group_ingress_rule') };
  for (const { security_group_id: group } of Object.values(rules)) expect(group).not.toContain('sg-0a1b');
});

test('is reached by a proxy of ours, which logs in with its secret', () => {
  const terraform = synth(readFileSync(join(__dirname, '../../examples/existing-database/dev.yaml'), 'utf8'));
  expect(resource(terraform, 'aws_db_proxy_target.database_proxy_target').db_instance_identifier).toBe('shop-db');
  expect(resource(terraform, 'aws_db_proxy.database_proxy').auth).toMatchObject([
    { secret_arn: '${data.aws_secretsmanager_secret.database_secret.arn}' },
  ]);
  expect(
    resource(terraform, 'aws_vpc_security_group_egress_rule.database_proxy_connections_to_database'),
  ).toMatchObject({ referenced_security_group_id: 'sg-0a1b2c3d4e5f60718', from_port: 3306 });
});

test('without a proxy its users dial its group, and its owner is asked to let them in', () => {
  const terraform = environment(`postgres: { ${EXISTING} }`);
  expect(resource(terraform, 'aws_vpc_security_group_egress_rule.workload_connections_to_database')).toMatchObject({
    referenced_security_group_id: 'sg-0a1b2c3d4e5f60718',
    from_port: 5432,
  });
  const { environment: variables, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(variables).toContainEqual({ name: 'DATABASE_HOST', value: 'data.aws_db_instance.database.address' });
  expect(secrets ?? []).toEqual([]);
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    'Let the security groups of those that use the database in to port 5432 of sg-0a1b2c3d4e5f60718: Terraform changes nothing there.',
  );
});

test('one that is taken over keeps its password, and its secret is looked up', () => {
  const terraform = environment('postgres: { import: true, name: old-db, secret_name: old/secret }');
  expect(JSON.parse(terraform).import).toEqual([{ to: 'aws_db_instance.database', id: 'old-db' }]);
  const instance = resource(terraform, 'aws_db_instance.database');
  expect(instance).not.toHaveProperty('password_wo');
  expect(instance).not.toHaveProperty('password_wo_version');
  expect(instance).not.toHaveProperty('manage_master_user_password');
  expect(JSON.parse(terraform).data.aws_secretsmanager_secret.database_secret).toMatchObject({ name: 'old/secret' });
  expect(JSON.parse(terraform)).not.toHaveProperty('ephemeral');
});

function environment(yaml: string): string {
  return synth(`${yaml}
region: us-east-1
state: local
alb: { http: forward }
workload: { image: "nginx:1" }
`);
}
