import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded, statements } from '../reading';

test('lets users sign in by email with a strict password and an optional second factor', () => {
  expect(resource(users('{}'), 'aws_cognito_user_pool.users')).toEqual({
    name: 'demo-dev-users',
    username_attributes: ['email'],
    auto_verified_attributes: ['email'],
    deletion_protection: 'ACTIVE',
    mfa_configuration: 'OPTIONAL',
    software_token_mfa_configuration: { enabled: true },
    password_policy: {
      minimum_length: 8,
      require_lowercase: true,
      require_uppercase: true,
      require_numbers: true,
      require_symbols: true,
      temporary_password_validity_days: 7,
    },
    account_recovery_setting: { recovery_mechanism: [{ name: 'verified_email', priority: 1 }] },
    verification_message_template: { default_email_option: 'CONFIRM_WITH_CODE' },
    lifecycle: { prevent_destroy: true },
  });
});

test('takes its settings from the file', () => {
  const on = resource(
    users('{ name: people, mfa: on, password_min_length: 14, deletion_protection: false }'),
    'aws_cognito_user_pool.users',
  );
  const off = resource(users('{ mfa: off }'), 'aws_cognito_user_pool.users');

  expect(on).toMatchObject({
    name: 'people',
    mfa_configuration: 'ON',
    password_policy: { minimum_length: 14 },
    deletion_protection: 'INACTIVE',
  });
  expect(off).toMatchObject({ mfa_configuration: 'OFF' });
  expect(off).not.toHaveProperty('software_token_mfa_configuration');
});

test('has its groups under their names', () => {
  const pool = '${aws_cognito_user_pool.users.id}';

  expect(all(users('{ groups: [admin, read-only] }'), 'aws_cognito_user_group')).toEqual({
    users_group_admin: { name: 'admin', user_pool_id: pool },
    users_group_read_only: { name: 'read-only', user_pool_id: pool },
  });
});

test('gives the web application a client without a secret, which betrays no user', () => {
  const terraform = users('{}', 'workload: {}');

  expect(resource(terraform, 'aws_cognito_user_pool_client.users_web_client')).toEqual({
    name: 'demo-dev-users-web',
    user_pool_id: '${aws_cognito_user_pool.users.id}',
    generate_secret: false,
    explicit_auth_flows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    prevent_user_existence_errors: 'ENABLED',
    enable_token_revocation: true,
    supported_identity_providers: ['COGNITO'],
  });
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))).toMatchObject({
    environment: [
      { name: 'COGNITO_USER_POOL_ID', value: 'aws_cognito_user_pool.users.id' },
      { name: 'COGNITO_CLIENT_ID', value: 'aws_cognito_user_pool_client.users_web_client.id' },
    ],
    secrets: [],
  });
  expect(all(terraform, 'aws_secretsmanager_secret')).toEqual({});
});

test('keeps the client’s secret in Secrets Manager, by the client that it belongs to', () => {
  const terraform = users('{ web_client_secret: true, secret_name: shop/cognito }', 'workload: {}');

  expect(resource(terraform, 'aws_cognito_user_pool_client.users_web_client')).toMatchObject({ generate_secret: true });
  expect(resource(terraform, 'aws_secretsmanager_secret.users_secret')).toMatchObject({
    name: 'shop/cognito',
    recovery_window_in_days: 30,
  });
  const { secret_string_wo, ...version } = resource(
    terraform,
    'aws_secretsmanager_secret_version.users_secret_version',
  );
  expect(version).toMatchObject({
    lifecycle: { replace_triggered_by: ['aws_cognito_user_pool_client.users_web_client.id'] },
  });
  expect(decoded(secret_string_wo)).toEqual({
    user_pool_id: 'aws_cognito_user_pool.users.id',
    client_id: 'aws_cognito_user_pool_client.users_web_client.id',
    client_secret: 'aws_cognito_user_pool_client.users_web_client.client_secret',
  });
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['secrets']).toEqual([
    { name: 'COGNITO_CLIENT_SECRET', valueFrom: '${aws_secretsmanager_secret.users_secret.arn}:client_secret::' },
  ]);
  expect(Object.keys(all(terraform, 'aws_iam_role_policy'))).toContain(
    'workload_task_execution_role_read_cognito_secret',
  );
});

test('has a hosted UI that sends users back where the file says', () => {
  const terraform = users(
    '{ enable_user_pool_domain: true, user_pool_domain_prefix: shop-login, callback_urls: ["https://example.com/back"] }',
  );

  expect(resource(terraform, 'aws_cognito_user_pool_domain.users_domain')).toEqual({
    domain: 'shop-login',
    user_pool_id: '${aws_cognito_user_pool.users.id}',
  });
  expect(resource(terraform, 'aws_cognito_user_pool_client.users_web_client')).toMatchObject({
    callback_urls: ['https://example.com/back'],
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ['code'],
    allowed_oauth_scopes: ['openid', 'email', 'profile'],
  });
  expect(all(users('{}'), 'aws_cognito_user_pool_domain')).toEqual({});
});

test('sends users back to the environment’s domain, or to a developer’s machine where there is none', () => {
  const on = '{ enable_user_pool_domain: true, enable_dashboard_client: true }';
  const back = (terraform: string) =>
    Object.values(all(terraform, 'aws_cognito_user_pool_client')).map((client) => client['callback_urls']);

  const domain = 'domain: { domain_name: example.com }';
  expect(back(users(on, domain))).toEqual([['https://dev.example.com/callback'], ['https://dev.example.com/callback']]);
  expect(back(users(on))).toEqual([['http://localhost:3000/callback'], ['http://localhost:3000/callback']]);
  expect(back(users('{ enable_dashboard_client: true }', domain))).toEqual([undefined, undefined]);
  expect(JSON.parse(users(on)).output.hosted_ui_url.value).toBe('https://demo-dev.auth.eu-central-1.amazoncognito.com');
  expect(JSON.parse(users('{}')).output).not.toHaveProperty('hosted_ui_url');
});

test('gives a dashboard a client of its own', () => {
  const terraform = users(
    '{ enable_dashboard_client: true, dashboard_callback_urls: ["https://admin.example.com/back"] }',
    'workload: {}',
  );

  expect(resource(terraform, 'aws_cognito_user_pool_client.users_dashboard_client')).toEqual({
    name: 'demo-dev-users-dashboard',
    user_pool_id: '${aws_cognito_user_pool.users.id}',
    generate_secret: false,
    explicit_auth_flows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    prevent_user_existence_errors: 'ENABLED',
    enable_token_revocation: true,
    supported_identity_providers: ['COGNITO'],
    callback_urls: ['https://admin.example.com/back'],
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ['code'],
    allowed_oauth_scopes: ['openid', 'email', 'profile'],
  });
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toContainEqual({
    name: 'COGNITO_DASHBOARD_CLIENT_ID',
    value: 'aws_cognito_user_pool_client.users_dashboard_client.id',
  });
});

test('lets the workload manage users, and confirm them only where the file says so', () => {
  const granted = (section: string, workload: string) => {
    const policies = all(users(section, workload), 'aws_iam_role_policy');
    const policy = policies['workload_task_role_manage_users'];
    return policy && statements(policy['policy']);
  };
  const manage = (actions: readonly string[]) => [
    {
      Effect: 'Allow',
      Action: actions.map((action) => `cognito-idp:${action}`),
      Resource: ['aws_cognito_user_pool.users.arn'],
    },
  ];
  const actions = [
    'AdminAddUserToGroup',
    'AdminCreateUser',
    'AdminDeleteUser',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminGetUser',
    'AdminListGroupsForUser',
    'AdminRemoveUserFromGroup',
    'AdminResetUserPassword',
    'AdminSetUserPassword',
    'AdminUpdateUserAttributes',
    'ListUsers',
    'ListUsersInGroup',
  ];

  expect(granted('{}', 'workload: {}')).toEqual(manage(actions));
  expect(granted('{ backend_confirm_signup: true }', 'workload: {}')).toEqual(
    manage([...actions, 'AdminConfirmSignUp']),
  );
  expect(granted('{}', 'workload: { uses: [cognito] }')).toBeUndefined();
});

test('tells who manages users which pool, and nothing of clients', () => {
  const terraform = users('{}', 'workload: { uses: [cognito.admin] }');

  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toEqual([
    { name: 'COGNITO_USER_POOL_ID', value: 'aws_cognito_user_pool.users.id' },
  ]);
});

test('does without a web client', () => {
  const terraform = users('{ enable_web_client: false }', 'workload: {}');

  expect(all(terraform, 'aws_cognito_user_pool_client')).toEqual({});
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toEqual([
    { name: 'COGNITO_USER_POOL_ID', value: 'aws_cognito_user_pool.users.id' },
  ]);
});

function users(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
cognito: ${section}
${more}
`);
}
