import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Block, blocks } from './support/dialect';
import { synth } from './support/stacks';

const DOCUMENT = '../shared/seeds/platform.md';

/** What each block has to become, whatever stands beside it: a resource by its address, and what of it the document says. */
const becomes: Readonly<Record<Block, Readonly<Record<string, object>>>> = {
  workload: {
    'aws_ecs_cluster.cluster': { name: 'demo_cluster_dev' },
    'aws_ecs_service.workload': { launch_type: 'FARGATE' },
    'aws_appautoscaling_target.workload_scaling': { min_capacity: 1, max_capacity: 4 },
    'aws_appautoscaling_policy.workload_scaling_cpu': {},
    'aws_cloudwatch_log_group.workload_task_logs': { retention_in_days: 7 },
    'aws_ecs_task_definition.workload_task': {
      container_definitions: expect.stringMatching(
        /"containerPort" = 8080.*"name" = "NODE_ENV", "value" = "production".*aws-xray-daemon/,
      ),
    },
    'aws_iam_role_policy.workload_task_role_trace': { policy: expect.stringContaining('xray:PutTraceSegments') },
  },
  services: {
    'aws_ecs_service.service_worker': { desired_count: 2 },
    'aws_ecs_task_definition.service_worker_task': {
      cpu: '512',
      memory: '1024',
      container_definitions: expect.stringContaining('"containerPort" = 3000'),
    },
    'aws_ecr_repository.service_worker_repository': { name: 'demo_worker' },
    'aws_cloudwatch_log_group.service_worker_task_logs': { retention_in_days: 7 },
    'aws_iam_role.service_worker_task_role': {},
    'aws_iam_role.service_worker_task_execution_role': {},
    'aws_service_discovery_private_dns_namespace.service_discovery': { name: 'demo-dev.internal' },
    'aws_service_discovery_service.service_worker_discovery': { name: 'worker' },
    'aws_vpc_security_group_ingress_rule.service_worker_connections_from_vpc': {
      from_port: 3000,
      to_port: 3000,
      cidr_ipv4: '10.0.0.0/16',
    },
  },
  alb: {
    'aws_lb.alb': {
      internal: false,
      subnets: ['${aws_subnet.network_public_a.id}', '${aws_subnet.network_public_b.id}'],
    },
    'aws_acm_certificate.alb_certificate': { domain_name: 'api.example.com', subject_alternative_names: [] },
    'aws_lb_listener.alb_https': { port: 443, protocol: 'HTTPS' },
    'aws_lb_listener.alb_http': { default_action: [expect.objectContaining({ type: 'redirect' })] },
    'aws_lb_target_group.workload_target_group': { health_check: expect.objectContaining({ path: '/health' }) },
    'aws_route53_record.domain_api_example_com_a': { name: 'api.example.com', type: 'A' },
  },
  domain: {
    'aws_route53_zone.domain': { name: 'dev.example.com' },
    'aws_acm_certificate.domain_wildcard': { domain_name: '*.dev.example.com', validation_method: 'DNS' },
    'aws_acm_certificate.domain_api': { domain_name: 'api.dev.example.com', validation_method: 'DNS' },
    'aws_route53_record.domain_validation_api_dev_example_com': { allow_overwrite: true },
  },
  postgres: {
    'aws_db_instance.database': {
      engine: 'postgres',
      engine_version: '16',
      db_name: 'myapp',
      username: 'postgres',
      publicly_accessible: false,
      backup_retention_period: 7,
    },
    'aws_ssm_parameter.database_password': { name: '/dev/demo/postgres_password', type: 'SecureString' },
    'aws_ssm_parameter.database_password_copy_dev_demo_backend_pg_database_password': {
      name: '/dev/demo/backend/pg_database_password',
      type: 'SecureString',
    },
    'aws_security_group.database_connections': {},
  },
  cognito: {
    'aws_cognito_user_pool.users': {
      auto_verified_attributes: ['email'],
      mfa_configuration: 'OPTIONAL',
      password_policy: expect.objectContaining({ minimum_length: 8 }),
    },
    'aws_cognito_user_group.users_group_test': { name: 'test' },
    'aws_cognito_user_group.users_group_admin': { name: 'admin' },
    'aws_cognito_user_pool_client.users_web_client': { allowed_oauth_flows: ['code'] },
    'aws_cognito_user_pool_domain.users_domain': { domain: 'myapp-auth' },
  },
  buckets: {
    'aws_s3_bucket.bucket_assets': { bucket: 'demo-assets-dev' },
    'aws_s3_bucket_policy.bucket_assets_policy': {
      policy: expect.stringMatching(/"Sid" = "AnybodyReads".*"s3:GetObject"/),
    },
    'aws_s3_bucket_cors_configuration.bucket_assets_cors': {},
    'aws_s3_bucket.bucket_backend': { bucket: 'demo-backend-dev-prod123' },
    'aws_s3_bucket_public_access_block.bucket_backend_public_access': { block_public_policy: true },
    'aws_s3_bucket_versioning.bucket_backend_versioning': {},
  },
  efs: {
    'aws_efs_file_system.efs_uploads': { encrypted: true },
    'aws_efs_mount_target.efs_uploads_mount_a': {},
    'aws_efs_mount_target.efs_uploads_mount_b': {},
    'aws_efs_access_point.efs_uploads_access_point': {
      posix_user: { uid: 1000, gid: 1000 },
      root_directory: expect.objectContaining({ path: '/uploads' }),
    },
    'aws_vpc_security_group_ingress_rule.efs_uploads_connections_from_workload': { from_port: 2049 },
    'aws_ecs_task_definition.workload_task': {
      container_definitions: expect.stringContaining('"containerPath" = "/app/uploads"'),
    },
  },
  sqs: { 'aws_sqs_queue.queue_main_queue': { name: 'demo-main-queue-dev' } },
  push: {
    'aws_sns_platform_application.push': { platform: 'GCM' },
    'aws_ssm_parameter.push_credential': { name: '/dev/demo/backend/fcm/server_key', type: 'SecureString' },
    'aws_iam_role_policy.workload_task_role_push': { policy: expect.stringContaining('sns:Publish') },
  },
  ses: {
    'aws_sesv2_email_identity.email': { email_identity: 'mail.example.com' },
    'aws_sesv2_email_identity.email_test_admin_example_com': { email_identity: 'admin@example.com' },
    'aws_route53_record.domain_dkim_1': { type: 'CNAME' },
    'aws_route53_record.domain_dkim_3': { type: 'CNAME' },
    'aws_route53_record.domain_spf': { name: 'mail.example.com', type: 'TXT' },
    'aws_route53_record.domain_dmarc': { name: '_dmarc.mail.example.com', type: 'TXT' },
  },
  scheduledTasks: {
    'aws_scheduler_schedule.scheduled_task_daily_cleanup': { schedule_expression: 'rate(1 day)' },
    'aws_ecs_task_definition.scheduled_task_daily_cleanup_task': {
      container_definitions: expect.stringContaining('"command" = ["node", "cleanup.js"]'),
    },
    'aws_iam_role.scheduled_task_daily_cleanup_start_role': {},
  },
  eventProcessorTasks: {
    'aws_cloudwatch_event_rule.event_task_order_processor_rule_order_events': {
      name: 'order-events',
      event_pattern: expect.stringMatching(/com\.myapp\.orders.*Order Created/),
    },
    'aws_sqs_queue.event_task_order_processor_dead_letters': {},
  },
  policy: {
    'aws_iam_role_policy.workload_task_role_policy': {
      policy: expect.stringMatching(/"s3:GetObject", "s3:PutObject".*arn:aws:s3:::my-bucket\/\*/),
    },
  },
};

const names = Object.keys(blocks) as Block[];

test.skipIf(!existsSync(DOCUMENT))('the blocks are those of the document', () => {
  const written = [...readFileSync(DOCUMENT, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml);
  expect(names.map((name) => blocks[name])).toEqual(written);
});

test.each(names)('the block of %s becomes what the document says', (name) => {
  expect(resources(blocks[name])).toMatchObject(expected([name]));
});

test.each(names)('the block of %s becomes the same beside every other', (name) => {
  for (const other of names) {
    if (other === name) continue;
    expect(resources(together([name, other]))).toMatchObject(expected([name, other]));
  }
});

test('all blocks together become all of it', () => {
  expect(resources(together(names))).toMatchObject(expected(names));
});

test('without a load balancer an HTTP API leads to the workload and, by its name, to each service', () => {
  const found = resources(together(['workload', 'services']));
  const route = (name: string) => found['aws_apigatewayv2_route']?.[`http_api_route_${name}`];
  expect(route('default')).toMatchObject({
    route_key: '$default',
    target: 'integrations/${aws_apigatewayv2_integration.http_api_workload.id}',
  });
  for (const [name, key] of [
    ['ANY__worker', 'ANY /worker'],
    ['ANY__worker__proxy__', 'ANY /worker/{proxy+}'],
  ] as const)
    expect(route(name)).toMatchObject({
      route_key: key,
      target: 'integrations/${aws_apigatewayv2_integration.http_api_services_worker.id}',
    });
  expect(found['aws_apigatewayv2_integration']?.['http_api_workload']).toMatchObject({
    connection_type: 'VPC_LINK',
    integration_uri: '${aws_service_discovery_service.workload_discovery.arn}',
  });
  expect(resources(together(['alb', 'services']))).not.toHaveProperty('aws_apigatewayv2_api');
});

test('the queue of the document is known to every service, and none may do more', () => {
  const found = resources(together(['sqs', 'services', 'postgres', 'buckets']));
  const grants = Object.keys(found['aws_iam_role_policy'] ?? {}).filter((name) =>
    name.startsWith('service_worker_task_role_'),
  );
  expect(grants).toEqual(['service_worker_task_role_use_queue_main_queue']);
  expect(found['aws_ecs_task_definition']?.['service_worker_task']).toMatchObject({
    container_definitions: expect.stringContaining('MAIN_QUEUE_QUEUE_URL'),
  });
});

type Resources = Record<string, Record<string, object>>;

function resources(yaml: string): Resources {
  return JSON.parse(synth(`region: eu-central-1\nstate: local\n${yaml}`)).resource;
}

function expected(of: readonly Block[]): Resources {
  const found: Resources = {};
  for (const [address, properties] of of.flatMap((name) => Object.entries(becomes[name]))) {
    const [type = '', id = ''] = address.split('.');
    const earlier = found[type]?.[id];
    // Two blocks may say something of one text: then each of its tests holds by itself.
    if (earlier && 'container_definitions' in earlier) continue;
    found[type] = { ...found[type], [id]: { ...earlier, ...properties } };
  }
  return found;
}

function together(of: readonly Block[]): string {
  return stringify(of.map((name) => parse(blocks[name])).reduce(merge, {}));
}

function merge(one: object, other: object): object {
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const here = merged[key];
    merged[key] = isMap(here) && isMap(value) ? merge(here, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
