import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

test('describes one container with its size, port, variables and logs', () => {
  const terraform = workload(
    '{ cpu: 512, memory: 1024, architecture: arm64, health_check: { container: false }, backend_env_variables: [{ name: LOG_LEVEL, value: debug }] }',
  );

  const definition = resource(terraform, 'aws_ecs_task_definition.workload_task');
  expect(definition).toMatchObject({
    family: 'demo-dev-backend',
    requires_compatibilities: ['FARGATE'],
    network_mode: 'awsvpc',
    cpu: '512',
    memory: '1024',
    runtime_platform: { operating_system_family: 'LINUX', cpu_architecture: 'ARM64' },
    task_role_arn: '${aws_iam_role.workload_task_role.arn}',
    execution_role_arn: '${aws_iam_role.workload_task_execution_role.arn}',
  });
  expect(container(definition)).toEqual({
    name: 'backend',
    image: '${aws_ecr_repository.workload_repository.repository_url}:initial',
    essential: true,
    portMappings: [{ name: 'http', containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    environment: [{ name: 'LOG_LEVEL', value: 'debug' }],
    secrets: [],
    readonlyRootFilesystem: false,
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': 'aws_cloudwatch_log_group.workload_task_logs.name',
        'awslogs-region': 'eu-central-1',
        'awslogs-stream-prefix': 'ecs',
      },
    },
  });
});

test('takes names, command and image tag from the file', () => {
  const terraform = workload(`
  container_name: app
  task_family: shop
  task_role_name: shop-role
  execution_role_name: shop-start
  log_group_name: /shop
  log_stream_prefix: web
  image_tag: v2
  command: [node, worker.js]
  readonly_root_filesystem: true
`);

  const definition = resource(terraform, 'aws_ecs_task_definition.workload_task');
  expect(definition).toMatchObject({ family: 'shop' });
  expect(container(definition)).toMatchObject({
    name: 'app',
    image: '${aws_ecr_repository.workload_repository.repository_url}:v2',
    command: ['node', 'worker.js'],
    readonlyRootFilesystem: true,
    logConfiguration: { options: { 'awslogs-stream-prefix': 'web' } },
  });
  expect(resource(terraform, 'aws_iam_role.workload_task_role')).toMatchObject({
    name: 'shop-role',
    description: 'What shop may do',
  });
  expect(resource(terraform, 'aws_iam_role.workload_task_execution_role')).toMatchObject({
    name: 'shop-start',
    description: 'What ECS may do to start shop',
  });
  expect(resource(terraform, 'aws_cloudwatch_log_group.workload_task_logs')).toEqual({
    name: '/shop',
    retention_in_days: 7,
  });
});

test('lets ECS pull the one image and write the one log group, and the code nothing', () => {
  const terraform = workload('{}');

  const policies = Object.entries(all(terraform, 'aws_iam_role_policy')).map(([name, { policy }]) => [
    name,
    statements(policy),
  ]);
  expect(Object.fromEntries(policies)).toEqual({
    workload_task_execution_role_pull_image: [
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: ['aws_ecr_repository.workload_repository.arn'],
      },
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    ],
    workload_task_execution_role_write_logs: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.workload_task_logs.arn}:*'],
      },
    ],
  });
});

test('lets only ECS tasks take its roles on', () => {
  const terraform = workload('{}');

  for (const name of ['workload_task_role', 'workload_task_execution_role']) {
    expect(statements(resource(terraform, `aws_iam_role.${name}`)['assume_role_policy'])).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: ['ecs-tasks.amazonaws.com'] } },
    ]);
  }
});

test('may pull an image from a private repository elsewhere, and needs no leave for a public one', () => {
  const other = workload('{ image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1" }');
  const open = workload('{ image: "public.ecr.aws/nginx/nginx:1.27" }');

  expect(
    statements(resource(other, 'aws_iam_role_policy.workload_task_execution_role_pull_image')['policy']),
  ).toMatchObject([
    { Resource: ['arn:aws:ecr:eu-west-1:123456789012:repository/team/app'] },
    { Action: ['ecr:GetAuthorizationToken'] },
  ]);
  expect(container(resource(open, 'aws_ecs_task_definition.workload_task'))).toMatchObject({
    image: 'public.ecr.aws/nginx/nginx:1.27',
  });
  expect(all(open, 'aws_iam_role_policy')).not.toHaveProperty('workload_task_execution_role_pull_image');
  expect(all(open, 'aws_ecr_repository')).toEqual({});
});

test('gets secrets by reference, each by its key', () => {
  const terraform = workload(
    '{}',
    'secrets: [{ name: jwt, generate: { session_secret: 48 } }, { name: mail, fill_in: [api_key] }]',
  );

  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['secrets']).toEqual([
    { name: 'SESSION_SECRET', valueFrom: '${aws_secretsmanager_secret.secret_jwt.arn}:session_secret::' },
    { name: 'API_KEY', valueFrom: '${aws_secretsmanager_secret.secret_mail.arn}:api_key::' },
  ]);
});

test('uses only what it names', () => {
  const terraform = workload(
    '{ uses: [secrets.jwt] }',
    'secrets: [{ name: jwt, generate: { session_secret: 48 } }, { name: mail, fill_in: [api_key] }]\nbuckets: [{ name: media }]',
  );

  const { secrets, environment } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(secrets).toEqual([
    { name: 'SESSION_SECRET', valueFrom: '${aws_secretsmanager_secret.secret_jwt.arn}:session_secret::' },
  ]);
  expect(environment).toEqual([]);
  expect(Object.keys(all(terraform, 'aws_iam_role_policy'))).toEqual([
    'workload_task_execution_role_pull_image',
    'workload_task_execution_role_read_secret_jwt',
    'workload_task_execution_role_write_logs',
  ]);
});

test('prefers a variable of the file to an injected one of the same name', () => {
  const terraform = workload(
    '{ backend_env_variables: [{ name: SESSION_ID, value: mine }, { name: MEDIA_BUCKET, value: other }] }',
    'secrets: [{ name: jwt, generate: { session_id: 48 } }]\nbuckets: [{ name: media }]',
  );

  const { secrets, environment } = container(resource(terraform, 'aws_ecs_task_definition.workload_task'));
  expect(secrets).toEqual([]);
  expect(environment).toEqual([
    { name: 'MEDIA_BUCKET', value: 'other' },
    { name: 'SESSION_ID', value: 'mine' },
  ]);
});

test('lets code write to its own log group when it uses logs', () => {
  const terraform = workload('{ uses: [logs] }');

  expect(statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_write_own_logs')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: ['${aws_cloudwatch_log_group.workload_task_logs.arn}:*'],
    },
  ]);
});

function workload(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
workload: ${section}
${more}
`);
}
