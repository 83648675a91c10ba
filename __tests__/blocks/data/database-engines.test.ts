import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded, statements } from '../reading';

test('MySQL writes its slow queries where RDS exports them from, and refuses plain connections', () => {
  const terraform = environment('mysql: { instance_class: db.t3.micro }');
  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({
    engine: 'mysql',
    engine_version: '8.4',
    port: 3306,
    db_name: 'demo',
    performance_insights_enabled: false,
    enabled_cloudwatch_logs_exports: ['error', 'slowquery'],
    auto_minor_version_upgrade: true,
  });
  const { family, name, parameter } = resource(terraform, 'aws_db_parameter_group.database_parameters');
  expect({ family, name }).toEqual({ family: 'mysql8.4', name: 'demo-dev-mysql-mysql8-4' });
  expect(parameter).toEqual([
    { name: 'require_secure_transport', value: '1', apply_method: 'immediate' },
    { name: 'slow_query_log', value: '1', apply_method: 'immediate' },
    { name: 'log_output', value: 'FILE', apply_method: 'immediate' },
  ]);
  expect(resource(terraform, 'aws_cloudwatch_log_group.database_logs_slowquery').name).toBe(
    '/aws/rds/instance/demo-dev-mysql/slowquery',
  );
});

test('Oracle has its licence, character set and options, and a password short enough for it', () => {
  const terraform = environment(
    'oracle: { sid: SHOP, options: [{ name: STATSPACK }, { name: OEM, version: "13.5", port: 5500, settings: { OMS_PORT: "1159" } }] }',
  );
  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({
    engine: 'oracle-se2',
    engine_version: '19',
    license_model: 'license-included',
    character_set_name: 'AL32UTF8',
    db_name: 'SHOP',
    port: 1521,
    option_group_name: '${aws_db_option_group.database_options.name}',
    enabled_cloudwatch_logs_exports: ['alert', 'audit', 'listener'],
  });
  expect(resource(environment('oracle: { national_character_set: UTF8 }'), 'aws_db_instance.database')).toMatchObject({
    nchar_character_set_name: 'UTF8',
  });
  expect(resource(terraform, 'aws_db_option_group.database_options')).toMatchObject({
    engine_name: 'oracle-se2',
    major_engine_version: '19',
    option: [
      { option_name: 'STATSPACK' },
      {
        option_name: 'OEM',
        version: '13.5',
        port: 5500,
        option_settings: [{ name: 'OMS_PORT', value: '1159' }],
      },
    ],
  });
  expect(JSON.parse(terraform).ephemeral.random_password.database_password_generated.length).toBe(30);
  expect(resource(terraform, 'aws_ssm_parameter.database_password').name).toBe('/dev/demo/oracle_password');
});

test('Oracle is reached by a JDBC URL that holds nothing secret', () => {
  const { environment: variables } = container(
    resource(environment('oracle: {}'), 'aws_ecs_task_definition.workload_task'),
  );
  expect(variables).toContainEqual({
    name: 'DATABASE_URL',
    value: 'jdbc:oracle:thin:@${aws_db_instance.database.address}:1521:ORCL',
  });
});

test('containers reach a database with a proxy by the proxy alone', () => {
  const terraform = environment('mysql: { proxy: {} }');
  expect(Object.keys(all(terraform, 'aws_vpc_security_group_ingress_rule')).sort()).toEqual([
    'alb_connections_from_internet_80',
    'database_connections_from_database_proxy',
    'database_proxy_connections_from_workload',
    'workload_connections_from_alb',
  ]);
  const { environment: variables } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(variables).toContainEqual({ name: 'DATABASE_HOST', value: 'aws_db_proxy.database_proxy.endpoint' });
  expect(
    decoded(resource(terraform, 'aws_secretsmanager_secret_version.database_secret_version').secret_string_wo),
  ).toMatchObject({
    host: 'aws_db_proxy.database_proxy.endpoint',
  });
});

test('the proxy takes TLS alone and logs in with the secrets of the users', () => {
  const terraform = environment('postgres: { proxy: {}, application_user: app }');
  expect(resource(terraform, 'aws_db_proxy.database_proxy')).toMatchObject({
    engine_family: 'POSTGRESQL',
    require_tls: true,
    role_arn: '${aws_iam_role.database_proxy_role.arn}',
    auth: [
      { auth_scheme: 'SECRETS', iam_auth: 'DISABLED', secret_arn: '${aws_secretsmanager_secret.database_secret.arn}' },
      {
        auth_scheme: 'SECRETS',
        iam_auth: 'DISABLED',
        secret_arn: '${aws_secretsmanager_secret.database_application_user.arn}',
      },
    ],
    depends_on: [
      'aws_iam_role_policy.database_proxy_role_read_secrets',
      'aws_cloudwatch_log_group.database_proxy_logs',
    ],
  });
  expect(statements(resource(terraform, 'aws_iam_role_policy.database_proxy_role_read_secrets').policy)).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [
        'aws_secretsmanager_secret.database_secret.arn',
        'aws_secretsmanager_secret.database_application_user.arn',
      ],
    },
  ]);
  expect(resource(terraform, 'aws_db_proxy_target.database_proxy_target')).toMatchObject({
    db_instance_identifier: '${aws_db_instance.database.identifier}',
  });
});

test('the proxy shares connections and drops idle clients as its file says', () => {
  const terraform = environment(
    'mysql: { proxy: { max_connections_percent: 60, borrow_timeout_seconds: 15, idle_client_timeout_seconds: 900 } }',
  );
  expect(resource(terraform, 'aws_db_proxy.database_proxy').idle_client_timeout).toBe(900);
  expect(resource(terraform, 'aws_db_proxy_default_target_group.database_proxy_pool').connection_pool_config).toEqual({
    max_connections_percent: 60,
    connection_borrow_timeout: 15,
  });
});

test('the log group of a proxy is made before it, or RDS would make it and keep it for ever', () => {
  const terraform = environment('mysql: { proxy: { name: pool } }\nlogs: { retention_days: 30 }');
  expect(resource(terraform, 'aws_cloudwatch_log_group.database_proxy_logs')).toMatchObject({
    name: '/aws/rds/proxy/pool',
    retention_in_days: 30,
  });
});

test('a service waits for the content of the secrets it starts with', () => {
  const terraform = environment('mysql: {}\nsecrets: [{ name: jwt, generate: { key: 20 } }]');
  expect(resource(terraform, 'aws_ecs_service.workload').depends_on).toEqual(
    expect.arrayContaining([
      'aws_secretsmanager_secret_version.database_secret_version',
      'aws_secretsmanager_secret_version.secret_jwt_version',
    ]),
  );
});

test('a password managed by RDS is made by nobody else, and its secret is read, not injected', () => {
  const terraform = environment('postgres: { rotation: managed }');
  const instance = resource(terraform, 'aws_db_instance.database');
  expect(instance.manage_master_user_password).toBe(true);
  expect(instance).not.toHaveProperty('password_wo');
  expect(JSON.parse(terraform).resource).not.toHaveProperty('aws_ssm_parameter');
  expect(JSON.parse(terraform).resource).not.toHaveProperty('aws_secretsmanager_secret');
  const { environment: variables, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(variables).toContainEqual({
    name: 'DATABASE_SECRET_ARN',
    value: 'aws_db_instance.database.master_user_secret[0].secret_arn',
  });
  expect(secrets ?? []).toEqual([]);
});

test('a function that rotates may change that secret, reach the database, and be called by Secrets Manager for it alone', () => {
  const terraform = environment(
    'postgres: { rotation: { function: functions.rotate, every_days: 7 } }\nfunctions: [{ name: rotate, image: "a:1" }]',
  );
  expect(resource(terraform, 'aws_secretsmanager_secret_rotation.database_rotation')).toMatchObject({
    secret_id: '${aws_secretsmanager_secret.database_secret.arn}',
    rotation_lambda_arn: '${aws_lambda_function.function_rotate.arn}',
    rotation_rules: { automatically_after_days: 7 },
    rotate_immediately: false,
  });
  expect(resource(terraform, 'aws_lambda_permission.database_rotation_permission')).toMatchObject({
    principal: 'secretsmanager.amazonaws.com',
    source_arn: '${aws_secretsmanager_secret.database_secret.arn}',
  });
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.function_rotate_role_rotate_database').policy),
  ).toContainEqual({
    Effect: 'Allow',
    Action: [
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    Resource: ['aws_secretsmanager_secret.database_secret.arn'],
  });
  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toHaveProperty(
    'database_connections_from_function_rotate',
  );
});

test('a secret that rotates is named to its readers, not injected', () => {
  const terraform = environment(
    'secrets: [{ name: api-keys, generate: { key: 20 }, rotation: { function: functions.rotate } }]\nfunctions: [{ name: rotate, image: "a:1" }]',
  );
  const { environment: variables, secrets } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(variables).toContainEqual({
    name: 'API_KEYS_SECRET_ARN',
    value: 'aws_secretsmanager_secret.secret_api_keys.arn',
  });
  expect(secrets ?? []).toEqual([]);
  expect(resource(terraform, 'aws_secretsmanager_secret_rotation.secret_api_keys_rotation').rotation_rules).toEqual({
    automatically_after_days: 30,
  });
});

function environment(yaml: string): string {
  return synth(`${yaml}
region: us-east-1
state: local
alb: { http: forward }
workload: { image: "nginx:1" }
`);
}
