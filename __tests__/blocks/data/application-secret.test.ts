import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded, statements } from '../reading';

test('generates the keys that the file gives a length, and never stores them', () => {
  const terraform = secrets(
    '[{ name: jwt, description: Sessions, generate: { session_secret: 48, csrf_key: 32 }, version: 2 }]',
  );

  expect(JSON.parse(terraform).ephemeral).toEqual({
    random_password: {
      secret_jwt_value_session_secret: { length: 48, special: false },
      secret_jwt_value_csrf_key: { length: 32, special: false },
    },
  });
  expect(resource(terraform, 'aws_secretsmanager_secret.secret_jwt')).toEqual({
    name: 'demo/dev/jwt',
    description: 'Sessions',
    recovery_window_in_days: 30,
  });
  const { secret_string_wo, ...version } = resource(terraform, 'aws_secretsmanager_secret_version.secret_jwt_version');
  expect(version).toEqual({ secret_id: '${aws_secretsmanager_secret.secret_jwt.arn}', secret_string_wo_version: 2 });
  expect(decoded(secret_string_wo)).toEqual({
    session_secret: 'ephemeral.random_password.secret_jwt_value_session_secret.result',
    csrf_key: 'ephemeral.random_password.secret_jwt_value_csrf_key.result',
  });
});

test('leaves a secret that a person fills in without a version of Terraform’s', () => {
  const terraform = secrets('[{ name: mail, secret_name: team/mail, fill_in: [api_key] }]');

  expect(resource(terraform, 'aws_secretsmanager_secret.secret_mail')).toMatchObject({
    name: 'team/mail',
    description: 'mail of the application',
  });
  expect(all(terraform, 'aws_secretsmanager_secret_version')).toEqual({});
  expect(JSON.parse(terraform)).not.toHaveProperty('ephemeral');
});

test('frees its name at once in an unprotected environment', () => {
  const terraform = secrets('[{ name: mail, fill_in: [api_key] }]', 'protect: false');

  expect(resource(terraform, 'aws_secretsmanager_secret.secret_mail')).toMatchObject({ recovery_window_in_days: 0 });
});

test('declares hashicorp/random only where something is generated', () => {
  expect(JSON.parse(secrets('[{ name: jwt, generate: { key: 16 } }]')).provider.random).toEqual([{}]);
  expect(JSON.parse(secrets('[{ name: mail, fill_in: [api_key] }]')).provider).not.toHaveProperty('random');
});

test('lets ECS inject it, and its user’s code read it only where `uses` says so', () => {
  const readers = (uses: string) => {
    const terraform = secrets('[{ name: jwt, generate: { key: 16 } }]', `workload: { uses: [${uses}] }`);
    const granted = Object.entries(all(terraform, 'aws_iam_role_policy')).filter(([name]) => /secret_jwt$/.test(name));
    for (const [, { policy }] of granted) {
      expect(statements(policy)).toEqual([
        {
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: ['aws_secretsmanager_secret.secret_jwt.arn'],
        },
      ]);
    }
    const { environment, secrets: injected } = container(
      resource(terraform, 'aws_ecs_task_definition.workload_task'),
    ) as { environment: { name: string }[]; secrets: { name: string }[] };
    return { roles: granted.map(([name]) => name), told: [...environment, ...injected].map(({ name }) => name) };
  };
  expect(readers('secrets.jwt')).toEqual({ roles: ['workload_task_execution_role_read_secret_jwt'], told: ['KEY'] });
  expect(readers('secrets.jwt.read')).toEqual({
    roles: ['workload_task_role_read_secret_jwt'],
    told: ['JWT_SECRET_ARN'],
  });
});

test('keeps a renamed secret, with the name that it has in AWS', () => {
  const terraform = secrets('[{ name: session-keys, was: jwt, fill_in: [key] }]');

  expect(resource(terraform, 'aws_secretsmanager_secret.secret_session_keys')).toMatchObject({ name: 'demo/dev/jwt' });
  expect(JSON.parse(terraform).moved).toEqual([
    { from: 'aws_secretsmanager_secret.secret_jwt', to: 'aws_secretsmanager_secret.secret_session_keys' },
  ]);
});

function secrets(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
secrets: ${section}
${more}
`);
}
