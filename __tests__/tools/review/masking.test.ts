import { expect, test } from 'vitest';
import { jsonReview } from '../../../src/tools/review/render/json';
import { textReview } from '../../../src/tools/review/render/text';
import { Mask } from '../../../src/tools/sensitive/mask';
import { findingsOf, planned, reviewOf } from '../../support/plan';

const SECRET = 'S3cret/"value"+1';

test('a sensitive value stands nowhere: not in policies, environment variables, user data, nor as a name', () => {
  const client = planned(
    'aws_cognito_user_pool_client.web',
    'update',
    { name: 'web', client_secret: 'the-one-before' },
    { name: 'web', client_secret: SECRET },
    { change: { before_sensitive: { client_secret: true }, after_sensitive: { client_secret: true } } },
  );
  const containers = (value: string) => ({
    family: 'api',
    container_definitions: JSON.stringify([
      { name: 'api', environment: [{ name: 'NOTE', value: `say ${value}` }], command: ['run', `--key=${value}`] },
    ]),
  });
  const policy = (id: string) => ({
    role: 'api',
    policy: JSON.stringify({ Statement: [{ Condition: { StringEquals: { 'sts:ExternalId': id } } }] }),
  });
  const server = (value: string) => ({
    instance_type: 't3.micro',
    user_data_base64: Buffer.from(`#!/bin/sh\nexport KEY=${value}\n`).toString('base64'),
    metadata: `in base64 ${Buffer.from(`x${value}`).toString('base64')} and a URL ${encodeURIComponent(value)}`,
  });
  const review = reviewOf(
    client,
    planned('aws_ecs_task_definition.api', 'update', containers('the-one-before'), containers(SECRET)),
    planned('aws_iam_role_policy.api', 'update', policy('the-one-before'), policy(SECRET)),
    planned('aws_instance.old', 'update', server('the-one-before'), server(SECRET)),
    planned('aws_sqs_queue.jobs', 'delete', { name: `jobs-${SECRET}` }),
  );
  for (const text of [textReview([review]), jsonReview([review])]) {
    for (const secret of [SECRET, 'the-one-before']) {
      for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        expect(text).not.toContain(spelling);
      expect(text).not.toContain(Buffer.from(`x${secret}`).toString('base64').slice(2, -4));
    }
  }
  expect(review.findings.find(({ address }) => address === 'aws_iam_role_policy.api')).toMatchObject({
    before: '["(sensitive value)"]',
    after: '["(sensitive value)"]',
  });
  expect(review.findings.find(({ address }) => address === 'aws_sqs_queue.jobs')?.reason).toContain(
    'the queue "jobs-(sensitive value)" is destroyed',
  );
});

test('a value that becomes sensitive hides what it was', () => {
  const change = planned(
    'aws_lambda_function.api',
    'update',
    { function_name: 'api', description: 'plain' },
    { function_name: 'api', description: 'other' },
    { change: { after_sensitive: { description: true } } },
  );
  expect(findingsOf(change)[0]).toMatchObject({ before: '(sensitive value)', after: '(sensitive value)' });
});

test('an environment variable whose name says that it is secret is hidden, and one that says where it lies is not', () => {
  const variables = (value: string) => ({
    family: 'api',
    container_definitions: JSON.stringify([
      {
        name: 'api',
        environment: [
          { name: 'DB_PASSWORD', value },
          { name: 'DB_SECRET', value: `arn:aws:secretsmanager:eu-west-1:1:secret:${value}` },
          { name: 'PUBLIC_NAME', value },
        ],
      },
    ]),
  });
  const shown = findingsOf(planned('aws_ecs_task_definition.api', 'update', variables('a1'), variables('b2'))).map(
    ({ attribute, after }) => [attribute, after],
  );
  expect(shown).toEqual([
    ['container_definitions[0].environment[DB_PASSWORD].value', '(sensitive value)'],
    ['container_definitions[0].environment[DB_SECRET].value', 'arn:aws:secretsmanager:eu-west-1:1:secret:b2'],
    ['container_definitions[0].environment[PUBLIC_NAME].value', 'b2'],
  ]);
});

test('keys, private keys and passwords in URLs are known by their form', () => {
  const mask = new Mask();
  expect(mask.text('AKIAIOSFODNN7EXAMPLE is a key')).toBe('(sensitive value) is a key');
  expect(mask.text('postgres://shop:pass,word@db:5432/shop')).toBe('postgres://shop:(sensitive value)@db:5432/shop');
  expect(mask.text('https://example.com:443/a@b')).toBe('https://example.com:443/a@b');
  expect(mask.text('-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----')).toBe('(sensitive value)');
});

test('short texts stay where they are a part of others, and go where they are the whole value', () => {
  const mask = new Mask(['abc']);
  expect(mask.text('abcdef')).toBe('abcdef');
  expect(mask.text('abc')).toBe('(sensitive value)');
});

test('a plain setting is shown, whatever its name speaks of', () => {
  const mask = new Mask();
  const shown = { PASSWORD_MIN_LENGTH: '8', REQUIRE_PASSWORD: 'true', DB_PASSWORD: '(sensitive value)' };
  expect(mask.value({ ...shown, DB_PASSWORD: '12345678' })).toEqual(shown);
});

test('what looks secret inside a sensitive JSON text is masked where it stands unmarked as well, and ordinary words are not', () => {
  const containers = (image: string) => ({
    family: 'api',
    container_definitions: JSON.stringify([
      {
        name: 'application',
        image,
        environment: [
          { name: 'SMTP', value: 'QxMaskB-0002-new' },
          { name: 'DB_PASSWORD', value: 'tuesday' },
          { name: 'REGION', value: 'us-east-1' },
        ],
      },
    ]),
  });
  const sensitive = { container_definitions: true };
  const review = reviewOf(
    planned('aws_ecs_task_definition.api', 'update', containers('api:1'), containers('api:2'), {
      change: { before_sensitive: sensitive, after_sensitive: sensitive },
    }),
    planned(
      'acme_note.it',
      'update',
      { key: 'none', day: 'none', region: 'none', of: 'none' },
      { key: 'QxMaskB-0002-new', day: 'on tuesday', region: 'in us-east-1', of: 'the application' },
    ),
  );
  const note = review.findings.filter(({ address }) => address === 'acme_note.it');
  expect(Object.fromEntries(note.map(({ attribute, after }) => [attribute, after]))).toEqual({
    key: '(sensitive value)',
    day: 'on (sensitive value)',
    region: 'in us-east-1',
    of: 'the application',
  });
});
