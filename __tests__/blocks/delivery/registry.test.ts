import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, decoded, statements } from '../reading';

const prod = (more = '') =>
  synth(`region: eu-central-1
ecr_account_id: "111111111111"
workload: { repository: { name: shop_backend }, image_tag: v7 }
services: [{ name: worker }]
${more}`);
const dev = (accounts: string) =>
  synth(`region: eu-central-1
workload: { repository: { name: shop_backend } }
services: [{ name: worker, repository: { name: shop_worker } }, { name: proxy, image: nginx }]
ecr_trusted_accounts: ${accounts}
`);
const ONE = '[{ name: prod, account_id: "222222222222", env: prod, region: eu-west-1 }]';

test('images come from the repositories of the account that the file names, and none is made', () => {
  const terraform = prod();
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['image']).toBe(
    '111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop_backend:v7',
  );
  expect(container(resource(terraform, 'aws_ecs_task_definition.service_worker_task'))['image']).toBe(
    '111111111111.dkr.ecr.eu-central-1.amazonaws.com/demo_worker:initial',
  );
  expect(all(terraform, 'aws_ecr_repository')).toEqual({});
  expect(JSON.parse(terraform).output).not.toHaveProperty('repository_urls');
});

test('images may lie in another region', () => {
  expect(
    container(resource(prod('ecr_account_region: us-east-1'), 'aws_ecs_task_definition.workload_task'))['image'],
  ).toBe('111111111111.dkr.ecr.us-east-1.amazonaws.com/shop_backend:v7');
});

test('ECS may pull from that repository alone, and leaves what runs to the pipeline', () => {
  const terraform = prod();
  expect(
    statements(resource(terraform, 'aws_iam_role_policy.workload_task_execution_role_pull_image')['policy']),
  ).toMatchObject([
    { Resource: ['arn:aws:ecr:eu-central-1:111111111111:repository/shop_backend'] },
    { Resource: ['*'] },
  ]);
  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({
    lifecycle: { ignore_changes: ['desired_count', 'task_definition'] },
  });
});

test('says what the other account has to do', () => {
  expect(JSON.parse(prod()).output.next_steps.value).toContain(
    'See to it that the repository shop_backend of the account 111111111111 trusts this one (ecr_trusted_accounts there) and has an image with the tag "v7", from which demo-dev-backend starts.',
  );
});

const STARTED = `
scheduled_tasks: [{ name: report, schedule: rate(1 day), repository: { name: shop_report }, image_tag: v8 }]
event_processor_tasks: [{ name: orders, sources: [x], repository: {} }, { name: audit, sources: [x] }]`;

test('tasks that the time or an event starts run images of that account too', () => {
  const terraform = prod(STARTED);
  const image = (task: string) => container(resource(terraform, `aws_ecs_task_definition.${task}_task`))['image'];
  const registry = '111111111111.dkr.ecr.eu-central-1.amazonaws.com';
  expect(image('scheduled_task_report')).toBe(`${registry}/shop_report:v8`);
  expect(image('event_task_orders')).toBe(`${registry}/demo_orders:initial`);
  expect(image('event_task_audit')).toBe(`${registry}/shop_backend:v7`);
  expect(all(terraform, 'aws_ecr_repository')).toEqual({});
  expect(
    statements(
      resource(terraform, 'aws_iam_role_policy.scheduled_task_report_task_execution_role_pull_image')['policy'],
    ),
  ).toMatchObject([
    { Resource: ['arn:aws:ecr:eu-central-1:111111111111:repository/shop_report'] },
    { Resource: ['*'] },
  ]);
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    'See to it that the repository shop_report of the account 111111111111 trusts this one (ecr_trusted_accounts there) and has an image with the tag "v8", from which demo-dev-report starts.',
  );
});

test('the deployer hears of pushes for those tasks as well', () => {
  const terraform = prod(`${STARTED}\ndelivery: {}`);
  const rule = resource(terraform, 'aws_cloudwatch_event_rule.delivery_deployer_events');
  expect(decoded(rule['event_pattern'])).toMatchObject({
    detail: { 'repository-name': ['shop_backend', 'demo_worker', 'shop_report', 'demo_orders'] },
  });
  const { environment } = resource(terraform, 'aws_lambda_function.delivery_deployer') as {
    environment: { variables: Record<string, string> };
  };
  expect(decoded(environment.variables['TARGETS'])).toMatchObject({
    shop_backend: [{ container: 'backend' }, { family: 'demo-dev-audit', container: 'audit' }],
    shop_report: [{ family: 'demo-dev-report', container: 'report' }],
    demo_orders: [{ family: 'demo-dev-orders', container: 'orders' }],
  });
});

test('the deployer hears of that account’s pushes on a bus that takes events of it alone', () => {
  const terraform = prod('delivery: {}');
  expect(resource(terraform, 'aws_cloudwatch_event_bus.delivery_images')).toMatchObject({ name: 'demo-dev-images' });
  expect(statements(resource(terraform, 'aws_cloudwatch_event_bus_policy.delivery_images_policy')['policy'])).toEqual([
    {
      Sid: 'Registry',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: 'events:PutEvents',
      Resource: 'aws_cloudwatch_event_bus.delivery_images.arn',
    },
  ]);
  const rule = resource(terraform, 'aws_cloudwatch_event_rule.delivery_deployer_events');
  const bus = '${aws_cloudwatch_event_bus_policy.delivery_images_policy.event_bus_name}';
  expect(rule).toMatchObject({ event_bus_name: bus });
  expect(resource(terraform, 'aws_cloudwatch_event_target.delivery_deployer_target')).toMatchObject({
    event_bus_name: bus,
  });
  expect(decoded(rule['event_pattern'])).toMatchObject({
    source: ['aws.ecr'],
    account: ['111111111111'],
    detail: { 'repository-name': ['shop_backend', 'demo_worker'] },
  });
  expect(resource(terraform, 'aws_lambda_function.delivery_deployer')).toMatchObject({
    environment: { variables: { REGISTRY: '111111111111.dkr.ecr.eu-central-1.amazonaws.com' } },
  });
});

test('has no bus where nothing is deployed from another account', () => {
  expect(all(prod(), 'aws_cloudwatch_event_bus')).toEqual({});
  expect(all(prod('delivery: { deployer: { enabled: false } }'), 'aws_cloudwatch_event_bus')).toEqual({});
  expect(all(synth('region: eu-central-1\nworkload: {}\ndelivery: {}\n'), 'aws_cloudwatch_event_bus')).toEqual({});
});

test('trusted accounts may pull from every repository made here, each named once', () => {
  const accounts = `[{ name: prod, account_id: "222222222222", env: prod }, { name: staging, account_id: "222222222222", env: staging }, { name: demo, account_id: "333333333333", env: demo }]`;
  const terraform = dev(accounts);
  expect(Object.keys(all(terraform, 'aws_ecr_repository_policy')).sort()).toEqual([
    'service_worker_repository_policy',
    'workload_repository_policy',
  ]);
  expect(statements(resource(terraform, 'aws_ecr_repository_policy.workload_repository_policy')['policy'])).toEqual([
    {
      Sid: 'TrustedAccountsPull',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::222222222222:root', 'arn:aws:iam::333333333333:root'] },
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
  ]);
});

test('each of their environments hears of every push, on its own bus', () => {
  const terraform = dev(ONE);
  const rule = resource(terraform, 'aws_cloudwatch_event_rule.delivery_pushes_prod');
  expect(decoded(rule['event_pattern'])).toEqual({
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': ['shop_backend', 'shop_worker'] },
  });
  const bus = 'arn:aws:events:eu-west-1:222222222222:event-bus/demo-prod-images';
  expect(resource(terraform, 'aws_cloudwatch_event_target.delivery_pushes_prod_target')).toMatchObject({
    arn: bus,
    target_id: 'bus', // a random one otherwise
    role_arn: '${aws_iam_role.delivery_pushes_role.arn}',
    dead_letter_config: { arn: '${aws_sqs_queue.delivery_pushes_dead_letters.arn}' },
    depends_on: [
      'aws_iam_role_policy.delivery_pushes_role_put_events',
      'aws_sqs_queue_policy.delivery_pushes_dead_letters_policy',
    ],
  });
  expect(statements(resource(terraform, 'aws_iam_role_policy.delivery_pushes_role_put_events')['policy'])).toEqual([
    { Effect: 'Allow', Action: ['events:PutEvents'], Resource: [bus] },
  ]);
  expect(statements(resource(terraform, 'aws_iam_role.delivery_pushes_role')['assume_role_policy'])).toMatchObject([
    { Principal: { Service: ['events.amazonaws.com'] } },
  ]);
});

test('what a bus did not take is kept in a queue that takes events of those rules alone', () => {
  const terraform = dev(`${ONE.slice(0, -1)}, { name: demo, account_id: "333333333333", env: demo }]`);
  const rule = (account: string) => `aws_cloudwatch_event_rule.delivery_pushes_${account}.arn`;
  expect(resource(terraform, 'aws_sqs_queue.delivery_pushes_dead_letters')).toMatchObject({
    name: 'demo-dev-image-events-dlq',
    message_retention_seconds: 14 * 86_400,
  });
  expect(
    statements(resource(terraform, 'aws_sqs_queue_policy.delivery_pushes_dead_letters_policy')['policy']),
  ).toContainEqual({
    Sid: 'EventRules',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: 'aws_sqs_queue.delivery_pushes_dead_letters.arn',
    Condition: { ArnEquals: { 'aws:SourceArn': [rule('prod'), rule('demo')] } },
  });
});

test('they may pull from the repositories of started tasks, and hear of pushes there', () => {
  const terraform = synth(`region: eu-central-1
workload: { repository: { name: shop_backend } }
${STARTED}
ecr_trusted_accounts: ${ONE}
`);
  expect(Object.keys(all(terraform, 'aws_ecr_repository_policy')).sort()).toEqual([
    'event_task_orders_repository_policy',
    'scheduled_task_report_repository_policy',
    'workload_repository_policy',
  ]);
  expect(
    statements(resource(terraform, 'aws_ecr_repository_policy.scheduled_task_report_repository_policy')['policy']),
  ).toMatchObject([{ Principal: { AWS: ['arn:aws:iam::222222222222:root'] } }]);
  expect(decoded(resource(terraform, 'aws_cloudwatch_event_rule.delivery_pushes_prod')['event_pattern'])).toMatchObject(
    { detail: { 'repository-name': ['shop_backend', 'shop_report', 'demo_orders'] } },
  );
});

test('trusts nobody unasked', () => {
  const terraform = dev('[]');
  for (const type of ['aws_ecr_repository_policy', 'aws_cloudwatch_event_rule'])
    expect(all(terraform, type)).toEqual({});
});
