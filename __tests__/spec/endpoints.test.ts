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
    `"demo/dev.yaml:2:26 network.nat_gateways: expected "single" or "per_zone", because tasks.migrate gets its image and its secrets over HTTPS, got "none": its tasks would never start; endpoints lead to images in private ECR repositories alone, not to "public.ecr.aws/a/b:1""`,
  );
  expect(
    problems(`${all}\ntasks: [{ name: migrate, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/b:1" }]`),
  ).toBe('');
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
