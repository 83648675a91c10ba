import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded, statements } from '../reading';

const READ_BACK = 'ephemeral.aws_ssm_parameter.database_password_read_back.value';
const GENERATED = 'ephemeral.random_password.database_password_generated.result';
const APPLICATION = 'ephemeral.random_password.database_application_user_password.result';

test('generates the master password, keeps it in SSM and hands on what it reads back from there', () => {
  const terraform = database('{ password_version: 3 }');

  expect(JSON.parse(terraform).ephemeral).toEqual({
    random_password: { database_password_generated: { length: 32, special: false } },
    aws_ssm_parameter: { database_password_read_back: { arn: '${aws_ssm_parameter.database_password.arn}' } },
  });
  expect(resource(terraform, 'aws_ssm_parameter.database_password')).toEqual({
    name: '/dev/demo/postgres_password',
    description: 'Master password of the database',
    type: 'SecureString',
    value_wo: `\${${GENERATED}}`,
    value_wo_version: 3,
  });
  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({
    password_wo: `\${${READ_BACK}}`,
    password_wo_version: 3,
  });
});

test('copies the password, as read back, into every further parameter that the file names', () => {
  const copy = (name: string) => ({
    name,
    description: 'Master password of the database',
    type: 'SecureString',
    value_wo: `\${${READ_BACK}}`,
    value_wo_version: 3,
  });
  const { database_password: generated, ...copies } = all(database('{ password_version: 3 }'), 'aws_ssm_parameter');
  expect(generated?.['name']).toBe('/dev/demo/postgres_password');
  expect(copies).toEqual({
    database_password_copy_dev_demo_backend_pg_database_password: copy('/dev/demo/backend/pg_database_password'),
  });
});

test('generates the same parameter wherever the list has it, and any other if it has it not', () => {
  const names = (list: string) =>
    Object.entries(all(database(`{ password_parameters: ${list} }`), 'aws_ssm_parameter')).map(
      ([address, { name }]) => [address, name],
    );
  expect(names('["/a/b", "/{env}/{project}/postgres_password"]')).toEqual([
    ['database_password', '/dev/demo/postgres_password'],
    ['database_password_copy_a_b', '/a/b'],
  ]);
  expect(names('["/a/b"]')).toEqual([['database_password', '/a/b']]);
});

test('keeps the connection in a secret that is written anew with the password or the address', () => {
  const terraform = database('{ password_version: 3, secret_name: shop/database }');

  expect(resource(terraform, 'aws_secretsmanager_secret.database_secret')).toEqual({
    name: 'shop/database',
    description: 'Connection of the database user dbadmin',
    recovery_window_in_days: 30,
  });
  const { secret_string_wo, ...version } = resource(
    terraform,
    'aws_secretsmanager_secret_version.database_secret_version',
  );
  expect(version).toEqual({
    secret_id: '${aws_secretsmanager_secret.database_secret.arn}',
    secret_string_wo_version: 3,
    lifecycle: { replace_triggered_by: ['aws_db_instance.database.address'] },
  });
  expect(decoded(secret_string_wo)).toEqual({
    username: 'dbadmin',
    password: READ_BACK,
    host: 'aws_db_instance.database.address',
    port: 5432,
    dbname: 'demo',
  });
});

test('lets no secret value into an argument that Terraform stores', () => {
  const terraform = JSON.parse(
    database('{ application_user: app, url: {} }', 'workload: {}\nsecrets: [{ name: jwt, generate: { key: 32 } }]'),
  );

  const holders = Object.values<Record<string, object>>(terraform.resource)
    .flatMap((resources) => Object.values(resources))
    .flatMap((resource) => Object.entries(resource))
    .filter(([, value]) => JSON.stringify(value).includes('ephemeral.'))
    .map(([argument]) => argument);
  expect([...new Set(holders)].sort()).toEqual(['password_wo', 'secret_string_wo', 'value_wo']);
  expect(JSON.stringify(terraform.output)).not.toContain('ephemeral.');
});

test('tells its users host, port and name, and injects user and password by reference', () => {
  const terraform = database('{ dbname: shop }', 'workload: {}');

  const { environment, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(environment).toEqual([
    { name: 'DATABASE_HOST', value: 'aws_db_instance.database.address' },
    { name: 'DATABASE_PORT', value: '5432' },
    { name: 'DATABASE_NAME', value: 'shop' },
  ]);
  expect(secrets).toEqual([
    { name: 'DATABASE_USERNAME', valueFrom: '${aws_secretsmanager_secret.database_secret.arn}:username::' },
    { name: 'DATABASE_PASSWORD', valueFrom: '${aws_secretsmanager_secret.database_secret.arn}:password::' },
  ]);
});

test('injects one URL where the file asks for it, with its parameters escaped', () => {
  const terraform = database('{ url: { parameters: { sslmode: require, application_name: a&b } } }', 'workload: {}');

  const { secret_string_wo } = resource(terraform, 'aws_secretsmanager_secret_version.database_secret_version');
  expect(decoded(secret_string_wo)).toMatchObject({
    url: `postgresql://dbadmin:\${${READ_BACK}}@\${aws_db_instance.database.address}:5432/demo?sslmode=require&application_name=a%26b`,
  });
  const { environment, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(environment).toEqual([]);
  expect(secrets).toEqual([
    { name: 'DATABASE_URL', valueFrom: '${aws_secretsmanager_secret.database_secret.arn}:url::' },
  ]);
});

test('writes a URL without parameters without a question mark', () => {
  const { secret_string_wo } = resource(
    database('{ url: {} }'),
    'aws_secretsmanager_secret_version.database_secret_version',
  );

  expect(decoded(secret_string_wo)).toMatchObject({
    url: `postgresql://dbadmin:\${${READ_BACK}}@\${aws_db_instance.database.address}:5432/demo`,
  });
});

test('gives the application a user of its own and keeps the master’s secret from it', () => {
  const terraform = database('{ application_user: app }', 'workload: {}');

  expect(resource(terraform, 'aws_secretsmanager_secret.database_application_user')).toMatchObject({
    name: 'demo/dev/database-application',
    description: 'Connection of the database user app',
  });
  const { secret_string_wo } = resource(
    terraform,
    'aws_secretsmanager_secret_version.database_application_user_version',
  );
  expect(decoded(secret_string_wo)).toMatchObject({ username: 'app', password: APPLICATION });
  const { secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(secrets).toEqual([
    {
      name: 'DATABASE_USERNAME',
      valueFrom: '${aws_secretsmanager_secret.database_application_user.arn}:username::',
    },
    {
      name: 'DATABASE_PASSWORD',
      valueFrom: '${aws_secretsmanager_secret.database_application_user.arn}:password::',
    },
  ]);
  const readers = Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) => name.startsWith('workload'));
  expect(readers).toEqual([
    'workload_task_execution_role_pull_image',
    'workload_task_execution_role_read_database_secret',
    'workload_task_execution_role_write_logs',
  ]);
});

test('makes that user by a one-off task with the server’s own psql', () => {
  const terraform = database('{ engine_version: "15.4", application_user: app }');

  const task = container(resource(terraform, 'aws_ecs_task_definition.database_user_task'));
  const master = (key: string) => `\${aws_secretsmanager_secret.database_secret.arn}:${key}::`;
  expect(task).toMatchObject({
    name: 'database-user',
    image: 'public.ecr.aws/docker/library/postgres:15-alpine',
    command: ['sh', '-c', expect.any(String)],
    readonlyRootFilesystem: true,
    environment: [
      { name: 'PGHOST', value: 'aws_db_instance.database.address' },
      { name: 'PGPORT', value: '5432' },
      { name: 'PGDATABASE', value: 'demo' },
      { name: 'PGSSLMODE', value: 'require' },
      { name: 'APPLICATION_USER', value: 'app' },
    ],
    secrets: [
      { name: 'PGUSER', valueFrom: master('username') },
      { name: 'PGPASSWORD', valueFrom: master('password') },
      {
        name: 'APPLICATION_PASSWORD',
        valueFrom: '${aws_secretsmanager_secret.database_application_user.arn}:password::',
      },
    ],
  });
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.database_connections_from_tasks')).toMatchObject({
    from_port: 5432,
  });
  expect(Object.keys(all(terraform, 'aws_iam_role_policy'))).toEqual(
    expect.arrayContaining([
      'database_user_task_execution_role_read_database_admin_secret',
      'database_user_task_execution_role_read_database_secret',
    ]),
  );
});

test('sets the application’s password in the client and grants rows, never tables', () => {
  const terraform = database('{ application_user: app }');

  const [, , script] = container(resource(terraform, 'aws_ecs_task_definition.database_user_task'))[
    'command'
  ] as string[];
  const grants = String(script).match(/GRANT [^;]*? (?:ON|TO) (?:ALL )?\w+/g);
  expect(grants).toEqual([
    'GRANT CONNECT ON DATABASE',
    'GRANT USAGE ON SCHEMA',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES',
    'GRANT USAGE, SELECT ON ALL SEQUENCES',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES',
    'GRANT USAGE, SELECT ON SEQUENCES',
  ]);
  expect(script).toContain(String.raw`psql -v ON_ERROR_STOP=1 -c "\password $APPLICATION_USER"`);
});

test('lets code that uses database.admin read the master secret, without anything injected', () => {
  const terraform = database('{ application_user: app }', 'workload: { uses: [database.admin] }');

  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))).toMatchObject({
    environment: [],
    secrets: [],
  });
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_read_database_admin_secret')['policy']),
  ).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['aws_secretsmanager_secret.database_secret.arn'],
    },
  ]);
  expect(all(terraform, 'aws_iam_role_policy')).not.toHaveProperty(
    'workload_task_execution_role_read_database_admin_secret',
  );
});

function database(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
postgres: ${section}
${more}
`);
}
