import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { expect, test } from 'vitest';
import { functionCode } from '../../../src/environment/function-code';
import { folder } from '../../support/files';
import { resource, synth } from '../../support/stacks';
import { statements } from '../reading';

const api = (more = '') =>
  synth(`region: us-east-1\npostgres: {}\nfunctions: [{ name: api, code: functions/api, uses: [database]${more} }]\n`);

test('runs in the private subnets under its own role, logs and group', () => {
  const terraform = api(', log_group_name: /aws/lambda/dev-api, reserved_concurrency: 5');
  expect(resource(terraform, 'aws_lambda_function.function_api')).toMatchObject({
    function_name: 'demo-dev-api',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    memory_size: 256,
    timeout: 10,
    reserved_concurrent_executions: 5,
    logging_config: { log_format: 'JSON', log_group: '${aws_cloudwatch_log_group.function_api_logs.name}' },
    vpc_config: {
      subnet_ids: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
      security_group_ids: ['${aws_security_group.function_api_connections.id}'],
    },
  });
  expect(resource(terraform, 'aws_cloudwatch_log_group.function_api_logs')).toMatchObject({
    name: '/aws/lambda/dev-api',
    retention_in_days: 7,
  });
});

test('reaches what it uses, and is told where its secrets are instead of being given them', () => {
  const terraform = api();
  expect(
    resource(terraform, 'aws_vpc_security_group_ingress_rule.database_connections_from_function_api'),
  ).toMatchObject({ from_port: 5432 });
  expect(resource(terraform, 'aws_lambda_function.function_api').environment).toMatchObject({
    variables: {
      DATABASE_HOST: '${aws_db_instance.database.address}',
      DATABASE_PASSWORD_FROM: '${aws_secretsmanager_secret.database_secret.arn}:password::',
    },
  });
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.function_api_role_read_database_admin_secret').policy),
  ).toMatchObject([
    { Action: ['secretsmanager:GetSecretValue'], Resource: ['aws_secretsmanager_secret.database_secret.arn'] },
  ]);
});

test('outside the VPC it has no security group and may make no network interfaces', () => {
  const terraform = synth('region: us-east-1\nfunctions: [{ name: api, code: functions/api, vpc: false }]\n');
  expect(terraform).not.toHaveResourceWithProperties(SecurityGroup, {});
  expect(JSON.parse(terraform).resource.aws_iam_role_policy).not.toHaveProperty('function_api_role_network_interfaces');
  expect(resource(terraform, 'aws_lambda_function.function_api')).not.toHaveProperty('vpc_config');
});

test('handles queues in batches of which single messages may fail', () => {
  const terraform = synth(`region: us-east-1
sqs: [{ name: mails, visibility_timeout_seconds: 60 }]
functions: [{ name: worker, code: functions/worker, queues: [{ name: mails, batch_size: 5, batch_window_seconds: 20, max_concurrency: 3 }] }]
`);
  expect(resource(terraform, 'aws_lambda_event_source_mapping.function_worker_queue_mails')).toMatchObject({
    event_source_arn: '${aws_sqs_queue.queue_mails.arn}',
    batch_size: 5,
    maximum_batching_window_in_seconds: 20,
    function_response_types: ['ReportBatchItemFailures'],
    scaling_config: { maximum_concurrency: 3 },
  });
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.function_worker_role_handle_queue_mails').policy),
  ).toMatchObject([
    {
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: ['aws_sqs_queue.queue_mails.arn'],
    },
  ]);
});

test('runs an image instead of code', () => {
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/worker:v1';
  const terraform = synth(`region: us-east-1\nfunctions: [{ name: worker, image: "${image}" }]\n`);
  expect(resource(terraform, 'aws_lambda_function.function_worker')).toMatchObject({
    package_type: 'Image',
    image_uri: image,
  });
});

test('the same sources give the same bytes, and other sources others', () => {
  const source = (text: string) => folder({ 'code/index.ts': `export const handler = (): string => '${text}';\n` });
  const [one, same, other] = ['a', 'a', 'b'].map((text) => functionCode(`${source(text)}/code`));
  expect(one?.sha256).toBe(same?.sha256);
  expect(one?.sha256).not.toBe(other?.sha256);
});

test('a zip file is taken as it is', () => {
  const home = folder({ 'code.zip': 'any bytes' });
  expect(Buffer.from(functionCode(`${home}/code.zip`).bytes).toString()).toBe('any bytes');
});
