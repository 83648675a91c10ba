import { expect, test } from 'vitest';
import { findingsOf, planned } from '../../../support/plan';

const variables = (given: Record<string, string>) => ({
  function_name: 'api',
  environment: [{ variables: { LOG_LEVEL: 'info', ...given } }],
});

/** What is said of a function that gets variables. */
function told(given: Record<string, string>, before: Record<string, string> = {}, sensitive: unknown = {}) {
  const change = { change: { after_sensitive: sensitive } };
  return findingsOf(planned('aws_lambda_function.api', 'update', variables(before), variables(given), change));
}

test('a live key in a variable is a finding, which does not show it', () => {
  const key = `AKIA${'A1'.repeat(8)}`;
  expect(told({ KEY: key })).toEqual([
    {
      verdict: 'exposure',
      address: 'aws_lambda_function.api',
      attribute: 'environment[0].variables.KEY',
      reason: 'the function "api" has an access key of AWS in plain text',
      after: '(sensitive value)',
      effect:
        'it is read in the state, in plans, and by everybody who may describe the thing; its old versions keep it',
      advice: 'write it under "secrets" and refer to it; and make this one invalid, because it has been in files',
    },
  ]);
});

test.each<[string, Record<string, string>]>([
  ['a private key', { PEM: '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----' }],
  ['a token of GitHub', { GH: `ghp_${'a1B2'.repeat(9)}` }],
  ['a token of GitLab', { GL: `glpat-${'a1B2-'.repeat(4)}` }],
  ['a key of Stripe', { PAY: `sk_live_${'a1B2'.repeat(6)}` }],
  ['a token of Slack', { CHAT: `xoxb-${'1234-'.repeat(4)}a` }],
  ['a webhook of Slack', { HOOK: 'https://hooks.slack.com/services/T0000/B0000/a1B2c3D4' }],
  ['a key of SendGrid', { MAIL: `SG.${'a1B2'.repeat(5)}.${'c3D4'.repeat(10)}` }],
  ['a token of npm', { NPM: `npm_${'a1B2'.repeat(9)}` }],
  ['a signed token', { JWT: `eyJ${'a1B2'.repeat(4)}.eyJ${'a1B2'.repeat(4)}.${'c3D4'.repeat(4)}` }],
  ['a password in a URL', { URL: 'postgres://shop:pass,word@db' }],
  ['what looks like a password', { DB_PASSWORD: 'changemenow' }],
  ['what looks like a key', { PAYMENT_API_KEY: 'q7Xk2mmP9vLw' }],
])('%s is known, and nothing shows it', (kind, given) => {
  const [finding] = told(given);
  expect(finding?.reason).toBe(`the function "api" has ${kind} in plain text`);
  expect(finding?.after).toContain('(sensitive value)');
  for (const value of Object.values(given)) expect(JSON.stringify(finding)).not.toContain(value.slice(-11));
});

test.each<Record<string, string>>([
  { PASSWORD_MIN_LENGTH: '8' },
  { DB_SECRET: 'arn:aws:secretsmanager:eu-west-1:1:secret:db1' },
  { API_KEY: '${aws_secretsmanager_secret.a1.arn}' },
  { DB_PASSWORD: 'a passphrase' },
  { URL: 'https://example.com:443/a@b' },
  { DB_PASSWORD: '123456' },
  { DB_PASSWORD: '/run/password' },
  { TOKEN_PATH: '/shop/token1' },
])('%o is no live key', (given) => {
  expect(told(given).map(({ verdict }) => verdict)).toEqual(['behaviour']);
});

test('a key that was there before, and one that Terraform hides, are told as they are', () => {
  const key = `AKIA${'A1'.repeat(8)}`;
  expect(told({ KEY: key, LOG: 'a' }, { KEY: key }).map(({ verdict }) => verdict)).toEqual(['behaviour']);
  const url = (host: string) => ({ URL: `postgres://shop:password@${host}/shop` });
  expect(told(url('new'), url('old')).map(({ verdict }) => verdict)).toEqual(['behaviour']);
  const hidden = { environment: [{ variables: { KEY: true } }] };
  expect(told({ KEY: key }, {}, hidden)[0]).toMatchObject({ verdict: 'exposure', after: '(sensitive value)' });
});

test('where a secret belongs it is none in plain text', () => {
  const value = (text: string) => ({ name: '/shop/url', type: 'SecureString', value: text });
  const marks = { change: { before_sensitive: { value: true }, after_sensitive: { value: true } } };
  const url = 'postgres://shop:password@db/shop';
  const findings = [
    ...findingsOf(planned('aws_ssm_parameter.url', 'update', value('none'), value(url), marks)),
    ...findingsOf(planned('aws_ssm_parameter.url', 'create', null, value(url), marks)),
  ];
  expect(findings.map(({ verdict }) => verdict)).toEqual(['behaviour', 'behaviour']);
});

test('a parameter of a build is a name, and its text a value', () => {
  const build = (type: string) => ({
    name: 'build',
    environment: [{ environment_variable: [{ name: 'API_TOKEN', type, value: 'q7Xk2mmP9vLw' }] }],
  });
  const verdict = (type: string) =>
    findingsOf(planned('aws_codebuild_project.b', 'create', null, build(type)))[0]?.verdict;
  expect(verdict('PLAINTEXT')).toBe('exposure');
  expect(verdict('PARAMETER_STORE')).not.toBe('exposure');
});

test('what is made with a key in it has it too, in the variables of a container', () => {
  const containers = [{ name: 'api', environment: [{ name: 'API_TOKEN', value: 'q7Xk2mmP9vLw' }] }];
  const task = { family: 'api', container_definitions: JSON.stringify(containers) };
  const marks = { change: { after_sensitive: { container_definitions: true } } };
  expect(findingsOf(planned('aws_ecs_task_definition.api', 'create', null, task, marks))[0]).toMatchObject({
    verdict: 'exposure',
    attribute: 'container_definitions[api].environment[API_TOKEN].value',
    reason: 'the task definition "api" has what looks like a key in plain text',
    after: '(sensitive value)',
  });
});
