import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagedFunction } from '../../../src/environment/function-code';
import { loadEnvironments } from '../../../src/spec/load/load';
import { deployerVariables } from '../../../src/spec/rules/function-size';
import { folder } from '../../support/files';
import { run } from '../../support/program';
import { resource, synth } from '../../support/stacks';
import { all, decoded, statements } from '../reading';

const shop = (more = '') =>
  synth(`region: eu-central-1
workload: { repository: { name: shop_backend } }
services: [{ name: worker, repository: { name: shop_worker } }, { name: proxy, image: nginx }]
delivery: {}
${more}`);

test('hears of images that arrive in the repositories of services here', () => {
  const rule = resource(shop(), 'aws_cloudwatch_event_rule.delivery_deployer_events');
  expect(rule).not.toHaveProperty('event_bus_name');
  expect(decoded(rule['event_pattern'])).toEqual({
    source: ['aws.ecr'],
    account: ['data.aws_caller_identity.delivery_account.account_id'],
    'detail-type': ['ECR Image Action'],
    detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': ['shop_backend', 'shop_worker'] },
  });
});

test('is told which services run which repository, and of no other', () => {
  const { environment } = resource(shop(), 'aws_lambda_function.delivery_deployer') as {
    environment: { variables: Record<string, string> };
  };
  expect(environment.variables).toMatchObject({
    CLUSTER: '${aws_ecs_cluster.cluster.name}',
    REGISTRY: '${data.aws_caller_identity.delivery_account.account_id}.dkr.ecr.eu-central-1.amazonaws.com',
    TAGS: '["*"]',
    AWS_MAX_ATTEMPTS: '7',
  });
  expect(decoded(environment.variables['TARGETS'])).toEqual({
    shop_backend: [{ service: 'aws_ecs_service.workload.name', container: 'backend' }],
    shop_worker: [{ service: 'aws_ecs_service.service_worker.name', container: 'worker' }],
  });
});

test('deploys one repository to every service that runs it', () => {
  const terraform = synth(`region: eu-central-1
workload: { repository: { name: shop, existing: true } }
services: [{ name: worker, repository: { name: shop, existing: true } }]
delivery: { deployer: { tags: [v*, main-*] } }
`);
  const { environment } = resource(terraform, 'aws_lambda_function.delivery_deployer') as {
    environment: { variables: Record<string, string> };
  };
  expect(decoded(environment.variables['TARGETS'])).toMatchObject({
    shop: [{ container: 'backend' }, { container: 'worker' }],
  });
  expect(environment.variables['TAGS']).toBe('["v*","main-*"]');
});

test('may deploy those services and pass their roles to ECS, and nothing else', () => {
  const terraform = shop();
  const granted = Object.entries(all(terraform, 'aws_iam_role_policy'))
    .filter(([name]) => name.startsWith('delivery_deployer'))
    .map(([name, { policy }]) => [name, statements(policy)]);
  const services = ['workload', 'service_worker'];
  expect(Object.fromEntries(granted)).toEqual({
    delivery_deployer_role_write_logs: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.delivery_deployer_logs.arn}:*'],
      },
    ],
    delivery_deployer_role_send_dead_letters: [
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['aws_sqs_queue.delivery_deployer_dead_letters.arn'] },
    ],
    delivery_deployer_role_deploy_services: [
      {
        Effect: 'Allow',
        Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
        Resource: services.map((service) => `aws_ecs_service.${service}.id`),
      },
      {
        Effect: 'Allow',
        Action: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
        Resource: services.flatMap((service) => [
          `aws_ecs_task_definition.${service}_task.arn_without_revision`,
          `\${aws_ecs_task_definition.${service}_task.arn_without_revision}:*`,
        ]),
      },
      { Effect: 'Allow', Action: ['ecs:DescribeTaskDefinition'], Resource: ['*'] },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: services.flatMap((service) => [
          `aws_iam_role.${service}_task_role.arn`,
          `aws_iam_role.${service}_task_execution_role.arn`,
        ]),
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ],
  });
});

const TASKS = `
workload: { repository: { name: shop_backend } }
scheduled_tasks:
  - { name: cleanup, schedule: rate(1 day) }
  - { name: report, schedule: rate(1 day), repository: { name: shop_report } }
  - { name: fixed, schedule: rate(1 day), image_owner: terraform }
  - { name: foreign, schedule: rate(1 day), image: nginx, image_owner: pipeline }
event_processor_tasks: [{ name: orders, sources: [x] }]
tasks: [{ name: migrate }, { name: shell, image: nginx }]
`;
const targets = (yaml: string) => {
  const { environment } = resource(
    synth(`region: eu-central-1\n${yaml}\ndelivery: {}\n`),
    'aws_lambda_function.delivery_deployer',
  ) as { environment: { variables: Record<string, string> } };
  return decoded(environment.variables['TARGETS']);
};

test('is told which tasks run which repository when something starts them', () => {
  expect(targets(TASKS)).toEqual({
    shop_backend: [
      { service: 'aws_ecs_service.workload.name', container: 'backend' },
      { family: 'demo-dev-cleanup', container: 'cleanup' },
      { family: 'demo-dev-orders', container: 'orders' },
      { family: 'demo-dev-migrate', container: 'migrate' },
    ],
    shop_report: [{ family: 'demo-dev-report', container: 'report' }],
  });
  const rule = resource(
    synth(`region: eu-central-1\n${TASKS}delivery: {}\n`),
    'aws_cloudwatch_event_rule.delivery_deployer_events',
  );
  expect(decoded(rule['event_pattern'])).toMatchObject({
    detail: { 'repository-name': ['shop_backend', 'shop_report'] },
  });
});

test('leaves the user of the database to its own image, and one-off tasks where Terraform owns the workload’s', () => {
  const database = 'postgres: { application_user: app }\n';
  expect(targets(`workload: { repository: { name: shop } }\n${database}`)).toEqual({
    shop: [{ service: 'aws_ecs_service.workload.name', container: 'backend' }],
  });
  const owned =
    'workload: { image: "nginx:1.27" }\nservices: [{ name: a, repository: { name: shop_a } }]\ntasks: [{ name: migrate }]\nscheduled_tasks: [{ name: b, schedule: rate(1 day), image_owner: pipeline }]\n';
  expect(targets(owned)).toEqual({ shop_a: [{ service: 'aws_ecs_service.service_a.name', container: 'a' }] });
});

test('may register revisions of those families alone, and pass on their roles alone', () => {
  const terraform = synth(`region: eu-central-1\n${TASKS}delivery: {}\n`);
  const [moving, registering, describing, passing] = statements(
    resource(terraform, 'aws_iam_role_policy.delivery_deployer_role_deploy_services')['policy'],
  ) as Record<string, unknown>[];
  const runners = ['workload', 'scheduled_task_cleanup', 'event_task_orders', 'task_migrate', 'scheduled_task_report'];
  expect(moving).toMatchObject({ Resource: ['aws_ecs_service.workload.id'] });
  expect(registering).toMatchObject({
    Action: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
    Resource: runners.flatMap((runner) => [
      `aws_ecs_task_definition.${runner}_task.arn_without_revision`,
      `\${aws_ecs_task_definition.${runner}_task.arn_without_revision}:*`,
    ]),
  });
  expect(describing).toMatchObject({ Action: ['ecs:DescribeTaskDefinition'], Resource: ['*'] });
  expect(passing).toMatchObject({
    Resource: runners.flatMap((runner) => [
      `aws_iam_role.${runner}_task_role.arn`,
      `aws_iam_role.${runner}_task_execution_role.arn`,
    ]),
    Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });
});

test('may move no service where there is none', () => {
  const terraform = synth(
    'region: eu-central-1\nscheduled_tasks: [{ name: cleanup, schedule: rate(1 day) }]\ndelivery: {}\n',
  );
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.delivery_deployer_role_deploy_services')['policy']),
  ).toMatchObject([
    { Action: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'] },
    { Action: ['ecs:DescribeTaskDefinition'] },
    { Action: ['iam:PassRole'] },
  ]);
});

test('is a small function outside the VPC, which only its rule may call', () => {
  const terraform = shop();
  expect(resource(terraform, 'aws_lambda_function.delivery_deployer')).toMatchObject({
    function_name: 'demo-dev-deployer',
    architectures: ['arm64'],
    timeout: 120,
    dead_letter_config: { target_arn: '${aws_sqs_queue.delivery_deployer_dead_letters.arn}' },
    logging_config: { log_group: '${aws_cloudwatch_log_group.delivery_deployer_logs.name}' },
  });
  expect(resource(terraform, 'aws_lambda_function.delivery_deployer')).not.toHaveProperty('vpc_config');
  expect(resource(terraform, 'aws_lambda_function.delivery_deployer')).not.toHaveProperty(
    'reserved_concurrent_executions',
  );
  expect(resource(terraform, 'aws_lambda_permission.delivery_deployer_permission')).toMatchObject({
    action: 'lambda:InvokeFunction',
    principal: 'events.amazonaws.com',
    source_arn: '${aws_cloudwatch_event_rule.delivery_deployer_events.arn}',
  });
  expect(resource(terraform, 'aws_cloudwatch_event_target.delivery_deployer_target')).toMatchObject({
    arn: '${aws_lambda_function.delivery_deployer.arn}',
    depends_on: ['aws_lambda_permission.delivery_deployer_permission'],
  });
});

test('what fails three times, or can’t be delivered, is kept two weeks in an encrypted queue', () => {
  const terraform = shop();
  expect(resource(terraform, 'aws_lambda_function_event_invoke_config.delivery_deployer_retries')).toMatchObject({
    maximum_retry_attempts: 2,
    maximum_event_age_in_seconds: 3600,
  });
  expect(resource(terraform, 'aws_cloudwatch_event_target.delivery_deployer_target')).toMatchObject({
    dead_letter_config: { arn: '${aws_sqs_queue.delivery_deployer_dead_letters.arn}' },
  });
  expect(resource(terraform, 'aws_sqs_queue.delivery_deployer_dead_letters')).toMatchObject({
    name: 'demo-dev-deployer-dlq',
    message_retention_seconds: 1_209_600,
    sqs_managed_sse_enabled: true,
  });
  expect(
    statements(resource(terraform, 'aws_sqs_queue_policy.delivery_deployer_dead_letters_policy')['policy']),
  ).toMatchObject([
    { Sid: 'TlsOnly', Effect: 'Deny' },
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: { ArnEquals: { 'aws:SourceArn': ['aws_cloudwatch_event_rule.delivery_deployer_events.arn'] } },
    },
  ]);
});

test.each(['deployer', 'notifier'])('alarms may count what the %s has failed at', (name) => {
  const terraform = synth(`region: eu-central-1
workload: {}
delivery: { notifier: {} }
alarms: { rules: [{ name: failed, severity: warning, metric: delivery.${name}.failed, above: 0 }] }
`);
  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_failed')).toMatchObject({
    namespace: 'AWS/SQS',
    metric_name: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    dimensions: { QueueName: `\${aws_sqs_queue.delivery_${name}_dead_letters.name}` },
  });
});

test('is on where `delivery` is written, and off where the file says so', () => {
  expect(all(shop(), 'aws_lambda_function')).toHaveProperty('delivery_deployer');
  for (const yaml of ['', 'delivery: { enabled: false }', 'delivery: { deployer: { enabled: false } }']) {
    expect(all(synth(`region: eu-central-1\nworkload: {}\n${yaml}\n`), 'aws_lambda_function')).toEqual({});
  }
});

test('has the same code from the sources and from the built program, whatever folder that runs in', () => {
  const home = folder({
    'environments/shop/dev.yaml': 'region: eu-central-1\nworkload: {}\ndelivery: { notifier: {} }\n',
  });
  expect(run('synth', [], home)).toMatchObject({ status: 0 });
  const stack = join(home, 'cdktf.out', 'stacks', 'shop-dev');
  const terraform = readFileSync(join(stack, 'cdk.tf.json'), 'utf8');
  for (const name of ['deployer', 'notifier']) {
    const { filename, source_code_hash: hash } = resource(terraform, `aws_lambda_function.delivery_${name}`);
    expect(hash).toBe(packagedFunction(name).sha256);
    const zip = readFileSync(join(stack, String(filename).replace('${path.module}/', '')));
    expect(createHash('sha256').update(zip).digest('base64')).toBe(hash);
  }
});

test('the size of what the deployer is told is that of what it is told', () => {
  const yaml = `region: eu-central-1
ecr_account_id: "111111111111"
workload: {}
services: [{ name: worker, container_name: main }]
tasks: [{ name: migrate }]
scheduled_tasks: [{ name: report, schedule: rate(1 day), repository: {} }]
delivery: {}
`;
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': yaml })]);
  if (!environment) throw new Error('no environment was read');
  const lambda = resource(synth(yaml), 'aws_lambda_function.delivery_deployer') as {
    environment: { variables: Record<string, string> };
  };
  const { TARGETS, CLUSTER, ...told } = lambda.environment.variables;
  const { TARGETS: measured = '', CLUSTER: cluster, ...others } = deployerVariables(environment.spec) ?? {};
  const names = { backend: 'demo-dev-backend', main: 'demo-dev-worker' };
  const targets = Object.entries(
    decoded(TARGETS) as Record<string, { container: keyof typeof names; service?: string }[]>,
  );
  expect(JSON.parse(measured)).toEqual(
    Object.fromEntries(
      targets.map(([repository, all]) => [
        repository,
        all.map((each) => (each.service === undefined ? each : { ...each, service: names[each.container] })),
      ]),
    ),
  );
  expect(CLUSTER).toBe('${aws_ecs_cluster.cluster.name}');
  expect(cluster).toBe('demo_cluster_dev');
  expect(others).toEqual(told);
});
