import { expect, test } from 'vitest';
import { all, statements } from '../blocks/reading';
import { shippedStacks } from '../support/shipped';
import { resource } from '../support/stacks';

// What the document says of development and production; each of its blocks is tested in dialect.test.ts.
const stacks = new Map(shippedStacks().map(({ stack, terraform }) => [stack, terraform]));
const [dev, prod] = ['dev', 'prod'].map((env) => stacks.get(`platform-${env}`) ?? '') as [string, string];

test('development makes the repositories, and production’s account may pull from them', () => {
  expect(Object.values(all(dev, 'aws_ecr_repository')).map(({ name }) => name)).toEqual([
    'platform_worker',
    'platform_backend',
  ]);
  for (const { policy } of Object.values(all(dev, 'aws_ecr_repository_policy')))
    expect(statements(policy)).toMatchObject([{ Principal: { AWS: ['arn:aws:iam::222222222222:root'] } }]);
  expect(all(prod, 'aws_ecr_repository')).toEqual({});
});

test('production runs images of the other account, and may pull them', () => {
  expect(resource(prod, 'aws_ecs_task_definition.workload_task')['container_definitions']).toContain(
    '"image" = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/platform_backend:initial"',
  );
  expect(resource(prod, 'aws_iam_role_policy.workload_task_execution_role_pull_image')['policy']).toContain(
    'arn:aws:ecr:eu-central-1:111111111111:repository/platform_backend',
  );
});

test('development answers by the HTTP API, production by the load balancer under its own name', () => {
  expect(resource(dev, 'aws_apigatewayv2_domain_name.http_api_domain')['domain_name']).toBe('api.dev.example.com');
  expect(all(dev, 'aws_lb')).toEqual({});
  expect(all(prod, 'aws_apigatewayv2_api')).toEqual({});
  expect(resource(prod, 'aws_route53_record.domain_api_example_com_a')).toMatchObject({
    name: 'api.example.com',
    alias: { name: '${aws_lb.alb.dns_name}' },
  });
  expect(resource(prod, 'aws_lb_listener.alb_https')['certificate_arn']).toBe(
    '${aws_acm_certificate_validation.domain_api_validation.certificate_arn}',
  );
});

test('names carry the environment as the document has it', () => {
  const names = (terraform: string) => [
    resource(terraform, 'aws_ecs_cluster.cluster')['name'],
    resource(terraform, 'aws_s3_bucket.bucket_backend')['bucket'],
    resource(terraform, 'aws_s3_bucket.bucket_assets')['bucket'],
    resource(terraform, 'aws_route53_zone.domain')['name'],
    resource(terraform, 'aws_acm_certificate.domain_wildcard')['domain_name'],
    resource(terraform, 'aws_acm_certificate.domain_api')['domain_name'],
    resource(terraform, 'aws_ssm_parameter.database_password')['name'],
  ];
  expect(names(dev)).toEqual([
    'platform_cluster_dev',
    'platform-backend-dev-dev123',
    'platform-assets-dev',
    'dev.example.com',
    '*.dev.example.com',
    'api.dev.example.com',
    '/dev/platform/postgres_password',
  ]);
  expect(names(prod)).toEqual([
    'platform_cluster_prod',
    'platform-backend-prod-prod123',
    'platform-assets-prod',
    'example.com',
    '*.example.com',
    'api.example.com',
    '/prod/platform/postgres_password',
  ]);
});

test('pgAdmin is there in development alone, reached by nobody', () => {
  expect(all(dev, 'aws_ecs_service')).toHaveProperty('pgadmin');
  expect(all(prod, 'aws_ecs_service')).not.toHaveProperty('pgadmin');
  const into = Object.keys(all(dev, 'aws_vpc_security_group_ingress_rule'));
  expect(into.filter((name) => name.startsWith('pgadmin_'))).toEqual([]);
});

test('a push in development’s account deploys there and is told to production’s', () => {
  expect(all(dev, 'aws_lambda_function')).toHaveProperty('delivery_deployer');
  expect(resource(prod, 'aws_cloudwatch_event_bus.delivery_images')['name']).toBe('platform-prod-images');
  expect(JSON.stringify(all(dev, 'aws_cloudwatch_event_target'))).toContain(
    'arn:aws:events:eu-central-1:222222222222:event-bus/platform-prod-images',
  );
});

test('workflows of one environment alone may deploy to production', () => {
  expect(statements(resource(prod, 'aws_iam_role.delivery_github')['assume_role_policy'])).toMatchObject([
    {
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:sub': ['repo:acme/platform:environment:production'] },
      },
    },
  ]);
});

test('an output says what the document promises', () => {
  const { output } = JSON.parse(dev);
  expect(output).toMatchObject({
    backend_ecr_repo_url: { value: '${aws_ecr_repository.workload_repository.repository_url}' },
    account_id: { value: '${data.aws_caller_identity.account.account_id}' },
    region: { value: 'eu-central-1' },
    backend_task_role_name: { value: '${aws_iam_role.workload_task_role.name}' },
    backend_cloud_map_arn: { value: '${aws_service_discovery_private_dns_namespace.service_discovery.arn}' },
  });
});

test('the dashboard shows requests, CPU and memory', () => {
  for (const [terraform, namespace] of [
    [dev, 'AWS/ApiGateway'],
    [prod, 'AWS/ApplicationELB'],
  ] as const) {
    const body = String(resource(terraform, 'aws_cloudwatch_dashboard.dashboard')['dashboard_body']);
    for (const shown of [namespace, 'CPUUtilization', 'MemoryUtilization']) expect(body).toContain(shown);
  }
});

test('logs are kept for seven days', () => {
  for (const terraform of [dev, prod])
    for (const group of Object.values(all(terraform, 'aws_cloudwatch_log_group')))
      expect(group['retention_in_days']).toBe(7);
});
