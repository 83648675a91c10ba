import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

const clash = `region: us-east-1
secrets:
  - { name: api, generate: { token: 32 } }
  - { name: mail, fill_in: [token] }
workload:
  uses: [secrets.api, secrets.mail]
`;

test('fails when two used things would set one variable', () => {
  expect(problemsOf(clash)).toBe(
    'demo/dev.yaml:6:3 workload.uses: expected things that inject different variables, got ["secrets.api","secrets.mail"]: both would set TOKEN; rename one of them, or use one of them only',
  );
});

test('fails when a secret would set the variable of a bucket or of the database', () => {
  const yaml = (key: string) => `region: us-east-1
secrets:
  - { name: own, fill_in: [${key}] }
buckets:
  - { name: user-uploads }
postgres: {}
workload:
  uses: [secrets.own, buckets.user-uploads, database]
`;
  expect(problemsOf(yaml('user_uploads_bucket'))).toContain('both would set USER_UPLOADS_BUCKET');
  expect(problemsOf(yaml('database_password'))).toContain('both would set DATABASE_PASSWORD');
  expect(problemsOf(yaml('something_else'))).toBe('');
});

test('a variable of the user’s own settles it', () => {
  expect(problemsOf(`${clash}  backend_env_variables: [{ name: TOKEN_FILE, value: /run/token }]\n`)).toContain('TOKEN');
  expect(problemsOf(`${clash}  backend_env_variables: [{ name: TOKEN, value: "" }]\n`)).toBe('');
});

const functions = (uses: string, more = '') => `region: us-east-1
secrets:
  - { name: api, generate: { token: 32 } }
  - { name: mail, fill_in: [token] }
buckets: [{ name: token, variable_name: TOKEN }, { name: other, variable_name: TOKEN_FROM }]
functions:
  - { name: hook, code: functions/api, uses: [${uses}]${more} }
`;

test('fails when two things that a function uses would set one variable', () => {
  expect(problemsOf(functions('secrets.api, secrets.mail'))).toBe(
    'demo/dev.yaml:7:40 functions.hook.uses: expected things that inject different variables, got ["secrets.api","secrets.mail"]: both would set TOKEN_FROM; rename one of them, or use one of them only',
  );
  expect(problemsOf(functions('secrets.api, buckets.other'))).toContain('both would set TOKEN_FROM');
});

test('a function is told of a secret by another variable than a container', () => {
  expect(problemsOf(functions('secrets.api, buckets.token'))).toBe('');
  expect(problemsOf(`${functions('')}workload: { uses: [secrets.api, buckets.token] }\n`)).toContain(
    'both would set TOKEN;',
  );
  const own = ', env_variables: [{ name: TOKEN_FROM, value: "" }]';
  expect(problemsOf(functions('secrets.api, secrets.mail', own))).toBe('');
});
