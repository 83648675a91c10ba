import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

test('has an endpoint for S3 unless told otherwise', () => {
  expect(endpoints('')).toEqual(['s3']);
  expect(endpoints('network: { endpoints: [] }')).toEqual([]);
  expect(endpoints('network: { endpoints: [dynamodb, ecr.api] }')).toEqual(['dynamodb', 'ecr.api']);
});

test('fails on a service that has no endpoint, and on one that is there twice', () => {
  expect(problems('network: { endpoints: [s3, ecr, sqs, sqs] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:28 network.endpoints[1]: expected an AWS service as endpoints name it, such as "ecr.api" or "secretsmanager", got "ecr""`,
  );
  expect(problems('network: { endpoints: [sqs, sqs] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:29 network.endpoints[1]: expected each service once, got "sqs""`,
  );
  expect(problems('network: { endpoints: sqs }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:23 network.endpoints: expected a list of AWS services, got "sqs""`,
  );
});

test('fails on tasks without a way to their images, and says what is enough', () => {
  expect(problems('network: { nat_gateways: none }\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because workload gets its image and its secrets over HTTPS, got "none": its tasks would never start; to keep "none", write "endpoints: [s3, ecr.api, ecr.dkr, logs]""`,
  );
  expect(
    problems('network: { nat_gateways: none, endpoints: [ecr.api, logs] }\nservices: [{ name: a }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because services.a gets its image and its secrets over HTTPS, got "none": its tasks would never start; to keep "none", write "endpoints: [ecr.api, logs, ecr.dkr, s3]""`,
  );
  expect(problems('network: { nat_gateways: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }\nworkload: {}')).toBe('');
  expect(problems('network: { nat_gateways: none }')).toBe('');
});

test('fails on tasks without a way to their secrets', () => {
  expect(
    problems('network: { nat_gateways: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }\nworkload: {}\npostgres: {}'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because workload gets its image and its secrets over HTTPS, got "none": its tasks would never start; to keep "none", write "endpoints: [s3, ecr.api, ecr.dkr, logs, secretsmanager]""`,
  );
  expect(
    problems(
      'network: { nat_gateways: none, endpoints: [s3, ecr.api, ecr.dkr, logs, secretsmanager] }\nworkload: {}\npostgres: {}',
    ),
  ).toBe('');
});

test('fails on an image that no endpoint leads to', () => {
  const all = 'network: { nat_gateways: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }';
  expect(problems(`${all}\ntasks: [{ name: migrate, image: "public.ecr.aws/a/b:1" }]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because tasks.migrate gets its image and its secrets over HTTPS, got "none": its tasks would never start; endpoints lead to images in private ECR repositories of this region alone, not to "public.ecr.aws/a/b:1""`,
  );
  expect(
    problems(`${all}\ntasks: [{ name: migrate, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/b:1" }]`),
  ).toBe('');
});

const STARTING = 'network: { nat_gateways: none, endpoints: [s3, ecr.api, ecr.dkr, logs] }';
const toKeepNone = (path: string, enough: string) =>
  `demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because ${path} gets its image and its secrets over HTTPS, got "none": its tasks would never start; to keep "none", write "endpoints: [s3, ecr.api, ecr.dkr, logs, ${enough}]"`;
const toWork = (path: string, asked: string, enough: string) =>
  `demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because ${path} asks ${asked} over HTTPS, got "none": it would never get an answer; to keep "none", write "endpoints: [s3, ecr.api, ecr.dkr, logs, ${enough}]"`;

test('fails on tasks without a way to their SSM parameters', () => {
  const ssm = toKeepNone('services.a', 'ssm');
  expect(problems(`${STARTING}\nservices: [{ name: a, ssm_parameters: [key] }]`)).toBe(ssm);
  expect(problems(`${STARTING.replace('logs', 'logs, ssm')}\nservices: [{ name: a, ssm_parameters: [key] }]`)).toBe('');
});

test('names at once what all tasks need', () => {
  const yaml = `${STARTING}\npostgres: {}\ncognito: { web_client_secret: true }\nworkload: { uses: [] }\n`;
  const tasks = 'scheduled_tasks: [{ name: a, schedule: rate(1 day), ssm_parameters: [key] }]';
  expect(problems(`${yaml}${tasks}\nservices: [{ name: b, uses: [cognito] }]`)).toBe(
    toKeepNone('services.b', 'secretsmanager, ssm'),
  );
});

test('asks for no way to secrets where none is injected', () => {
  expect(problems(`${STARTING}\ncognito: {}\nworkload: { uses: [cognito] }`)).toBe('');
});

test('fails on an image in the registry of another region', () => {
  const elsewhere = 'ecr_account_id: "111111111111"\necr_account_region: eu-west-1';
  expect(problems(`${STARTING}\n${elsewhere}\nworkload: {}`)).toBe(
    'demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because workload gets its image and its secrets over HTTPS, got "none": its tasks would never start; endpoints lead to images in private ECR repositories of this region alone, not to "111111111111.dkr.ecr.eu-west-1.amazonaws.com/"',
  );
  expect(problems(`${STARTING}\n${elsewhere.replace('eu-west', 'us-east')}\nworkload: {}`)).toBe('');
});

test('fails on the public image of the task that makes the application’s user', () => {
  const endpoints = STARTING.replace('logs', 'logs, secretsmanager');
  expect(problems(`${endpoints}\npostgres: { application_user: app }`)).toContain('not to "public.ecr.aws/docker');
  expect(problems(`${endpoints}\npostgres: {}`)).toBe('');
});

test('fails on a pgAdmin that could not learn its password', () => {
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/pgadmin:9';
  const pgadmin = `postgres: { pgadmin: { email: a@example.com, image: "${image}" } }`;
  expect(problems(`${STARTING}\n${pgadmin}`)).toBe(toKeepNone('postgres.pgadmin', 'ssm'));
});

test('fails on what runs without a way to the services that it uses', () => {
  const used = (section: string, use: string) => problems(`${STARTING}\n${section}\nworkload: { uses: [${use}] }`);
  expect(used('sqs: [{ name: mails }]', 'sqs.mails.send')).toBe(toWork('workload', 'sqs', 'sqs'));
  expect(used('topics: [{ name: news }]', 'topics.news')).toBe(toWork('workload', 'sns', 'sns'));
  expect(used('secrets: [{ name: key, fill_in: [a] }]', 'secrets.key.read')).toBe(
    toWork('workload', 'secretsmanager', 'secretsmanager'),
  );
  expect(used('postgres: {}', 'database.admin')).toBe(toWork('workload', 'secretsmanager', 'secretsmanager'));
  expect(used('domain: { domain_name: example.com }\nses: {}', 'ses')).toBe(
    `${toWork('workload', 'email-smtp', 'email-smtp')} and send email by SMTP`,
  );
  expect(used('buckets: [{ name: files }]', 'buckets.files')).toBe('');
});

test('fails on a shell that would never open', () => {
  expect(problems(`${STARTING}\nworkload: { ecs_exec: true }`)).toBe(toWork('workload', 'ssmmessages', 'ssmmessages'));
});

test('fails on functions without a way to what they use, and asks nothing for their start', () => {
  const hook = (more: string) => `functions: [{ name: hook, code: functions/api${more} }]`;
  const none = 'network: { nat_gateways: none, endpoints: [] }';
  const answer = (asked: string) =>
    `demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because functions.hook asks ${asked} over HTTPS, got "none": it would never get an answer; to keep "none", write "endpoints: [${asked}]"`;
  expect(problems(`${none}\n${hook('')}`)).toBe('');
  const secret = 'secrets: [{ name: key, fill_in: [a] }]';
  expect(problems(`${none}\n${secret}\n${hook(', uses: [secrets.key]')}`)).toBe(answer('secretsmanager'));
  expect(problems(`${none}\n${secret}\n${hook(', uses: [secrets.key], vpc: false')}`)).toBe('');
  expect(problems(`${none}\nbuckets: [{ name: files }]\n${hook(', uses: [buckets.files]')}`)).toBe(answer('s3'));
  expect(problems(`${none}\n${hook(', uses: [logs]')}`)).toBe(answer('logs'));
  const rotated = 'secrets: [{ name: key, generate: { a: 32 }, rotation: { function: functions.hook } }]';
  expect(problems(`${none}\n${rotated}\n${hook('')}`)).toBe(answer('secretsmanager'));
});

test('fails on a security group that is called like that of the interface endpoints', () => {
  const service = 'services: [{ name: a, security_group_name: demo-dev-endpoints }]';
  expect(problems(`network: { endpoints: [sqs] }\n${service}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:44 services.a.security_group_name: expected another security group name than network.endpoints, got "demo-dev-endpoints": in AWS they would be one and the same; write another one here"`,
  );
  expect(problems(`network: { endpoints: [s3] }\n${service}`)).toBe('');
});

function endpoints(yaml: string): readonly string[] {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': `region: us-east-1\n${yaml}\n` })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec.network.endpoints;
}

function problems(yaml: string): string {
  return problemsOf(`region: us-east-1\n${yaml}\n`);
}
