import { expect, test } from 'vitest';
import { shipped } from '../support/shipped';
import { resource } from '../support/stacks';

// The statements of the architecture document, section by section, with its own figures.
const prod = shipped('fckdoomscroll-prod');
const of = (address: string) => resource(prod, address);
const all = (type: string): Record<string, Record<string, unknown>> => JSON.parse(prod).resource[type] ?? {};
const tagged = (type: string) => Object.values(all(type)).map(({ tags }) => (tags as { Name: string }).Name);

test('network: the VPC, two tiers in two zones, one NAT gateway', () => {
  expect(of('aws_vpc.network')).toMatchObject({ cidr_block: '10.0.0.0/16', tags: { Name: 'fckdoomscroll-vpc' } });
  const subnets = Object.values(all('aws_subnet')).map(({ tags, cidr_block, availability_zone }) => [
    (tags as { Name: string }).Name,
    cidr_block,
    availability_zone,
  ]);
  expect(subnets.sort()).toEqual([
    ['private-subnet-1a', '10.0.10.0/24', 'us-east-1a'],
    ['private-subnet-1b', '10.0.11.0/24', 'us-east-1b'],
    ['public-subnet-1a', '10.0.1.0/24', 'us-east-1a'],
    ['public-subnet-1b', '10.0.2.0/24', 'us-east-1b'],
  ]);
  expect(Object.keys(all('aws_nat_gateway'))).toHaveLength(1);
  expect(of('aws_nat_gateway.network_nat')).toMatchObject({ subnet_id: '${aws_subnet.network_public_a.id}' });
});

test('security groups: three, with exactly the rules given', () => {
  expect(tagged('aws_security_group').sort()).toEqual(['alb-sg', 'ecs-sg', 'rds-sg']);
  const rule = ({
    security_group_id,
    ip_protocol,
    from_port,
    to_port,
    cidr_ipv4,
    referenced_security_group_id,
  }: Record<string, unknown>) =>
    [security_group_id, ip_protocol, from_port, to_port, cidr_ipv4 ?? referenced_security_group_id].map((part) =>
      String(part).replace(/\$\{aws_security_group\.(\w+)_connections\.id\}/, '$1'),
    );
  expect(Object.values(all('aws_vpc_security_group_ingress_rule')).map(rule).sort()).toEqual([
    ['alb', 'tcp', '443', '443', '0.0.0.0/0'],
    ['alb', 'tcp', '80', '80', '0.0.0.0/0'],
    ['database', 'tcp', '5432', '5432', 'workload'],
    ['workload', 'tcp', '3000', '3000', 'alb'],
  ]);
  expect(Object.values(all('aws_vpc_security_group_egress_rule')).map(rule).sort()).toEqual([
    ['alb', '-1', 'undefined', 'undefined', '0.0.0.0/0'],
    ['workload', 'tcp', '443', '443', '0.0.0.0/0'],
    ['workload', 'tcp', '5432', '5432', 'database'],
  ]);
});

test('compute: cluster, task definition and service', () => {
  expect(of('aws_ecs_cluster.cluster')).toMatchObject({ name: 'fckdoomscroll-prod' });
  expect(of('aws_ecs_task_definition.workload_task')).toMatchObject({
    family: 'fckdoomscroll',
    cpu: '512',
    memory: '1024',
    network_mode: 'awsvpc',
  });
  const containers = String(of('aws_ecs_task_definition.workload_task').container_definitions);
  expect(containers).toContain('"name" = "app"');
  expect(containers).toContain('"containerPort" = 3000');
  expect(of('aws_cloudwatch_log_group.workload_task_logs')).toMatchObject({
    name: '/ecs/fckdoomscroll',
    retention_in_days: 30,
  });
  expect(of('aws_ecs_service.workload')).toMatchObject({
    name: 'fckdoomscroll-service',
    desired_count: 2,
    launch_type: 'FARGATE',
    platform_version: 'LATEST',
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    deployment_circuit_breaker: { enable: true, rollback: true },
  });
});

test('auto scaling: 2 to 10 tasks at 70 % CPU, one task less below 30 %', () => {
  expect(of('aws_appautoscaling_target.workload_scaling')).toMatchObject({ min_capacity: 2, max_capacity: 10 });
  expect(of('aws_appautoscaling_policy.workload_scaling_cpu')).toMatchObject({
    target_tracking_scaling_policy_configuration: {
      target_value: 70,
      scale_out_cooldown: 60,
      scale_in_cooldown: 300,
      disable_scale_in: true,
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
    },
  });
  expect(of('aws_cloudwatch_metric_alarm.workload_scaling_in_alarm').metric_query).toMatchObject([
    { expression: 'IF(cpu < 30, 1, 0)' },
    { id: 'cpu' },
  ]);
});

test('load balancer: internet-facing, 301, TLS 1.2 and up, sticky for a day', () => {
  expect(of('aws_lb.alb')).toMatchObject({
    name: 'fckdoomscroll-alb',
    internal: false,
    load_balancer_type: 'application',
  });
  expect(of('aws_lb_listener.alb_http').default_action).toEqual([
    { redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' }, type: 'redirect' },
  ]);
  expect(of('aws_lb_listener.alb_https')).toMatchObject({
    port: 443,
    protocol: 'HTTPS',
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  });
  expect(of('aws_acm_certificate.alb_certificate')).toMatchObject({
    domain_name: 'yourdomain.com',
    validation_method: 'DNS',
  });
  expect(of('aws_lb_target_group.workload_target_group')).toMatchObject({
    name: 'ecs-targets',
    protocol: 'HTTP',
    port: 3000,
    health_check: {
      protocol: 'HTTP',
      path: '/api/health',
      port: '3000',
      interval: 30,
      timeout: 5,
      healthy_threshold: 2,
      unhealthy_threshold: 3,
      matcher: '200',
    },
    stickiness: { enabled: true, cookie_duration: 86_400, type: 'lb_cookie' },
  });
});

test('database: every figure of the configuration, and the baseline of gp3 left out', () => {
  expect(of('aws_db_instance.database')).toMatchObject({
    identifier: 'fckdoomscroll-db',
    engine: 'postgres',
    engine_version: '16',
    instance_class: 'db.t4g.micro',
    multi_az: true,
    storage_type: 'gp3',
    allocated_storage: 20,
    max_allocated_storage: 100,
    backup_retention_period: 7,
    backup_window: '03:00-04:00',
    maintenance_window: 'sun:04:00-sun:05:00',
    storage_encrypted: true,
    deletion_protection: true,
    skip_final_snapshot: false,
    db_name: 'fckdoomscroll',
    port: 5432,
    username: 'fckadmin',
  });
  for (const unset of ['iops', 'storage_throughput', 'kms_key_id', 'password'])
    expect(of('aws_db_instance.database')).not.toHaveProperty(unset);
  expect(of('aws_db_parameter_group.database_parameters').parameter).toEqual(
    expect.arrayContaining([
      { name: 'max_connections', value: '100', apply_method: 'pending-reboot' },
      { name: 'log_statement', value: 'ddl', apply_method: 'immediate' },
      { name: 'log_min_duration_statement', value: '1000', apply_method: 'immediate' },
      { name: 'rds.force_ssl', value: '1', apply_method: 'pending-reboot' },
    ]),
  );
});

test('registry: scanning, immutable tags, ten images, a week for untagged ones', () => {
  expect(of('aws_ecr_repository.workload_repository')).toMatchObject({
    name: 'fckdoomscroll/app',
    image_tag_mutability: 'IMMUTABLE',
    image_scanning_configuration: { scan_on_push: true },
  });
  const policy = String(of('aws_ecr_lifecycle_policy.workload_repository_lifecycle').policy);
  expect(policy).toContain(
    '"tagStatus" = "untagged", "countType" = "sinceImagePushed", "countUnit" = "days", "countNumber" = 7',
  );
  expect(policy).toContain('"countType" = "imageCountMoreThan", "countNumber" = 10');
});

test('email: identities with DKIM, SPF and DMARC', () => {
  expect(Object.values(all('aws_sesv2_email_identity')).map(({ email_identity }) => email_identity)).toEqual([
    'yourdomain.com',
    'noreply@yourdomain.com',
  ]);
  expect(of('aws_route53_record.domain_spf').records).toEqual(['v=spf1 include:amazonses.com ~all']);
  expect(of('aws_route53_record.domain_dmarc')).toMatchObject({
    name: '_dmarc.yourdomain.com',
    records: ['v=DMARC1; p=reject; rua=mailto:dmarc@yourdomain.com'],
  });
  expect(Object.keys(all('aws_route53_record')).filter((name) => name.includes('dkim'))).toHaveLength(3);
});

test('alarms: nine, with their thresholds in CloudWatch’s units and their durations', () => {
  const alarms = Object.entries(all('aws_cloudwatch_metric_alarm')).filter(([name]) => name.startsWith('alarms_'));
  const table = alarms.map(([name, alarm]) => {
    const severity = String(alarm.alarm_actions).replace(/\W*aws_sns_topic.alarms_topics_(\w+).arn\W*/, '$1');
    return [
      name.replace('alarms_', ''),
      severity,
      alarm.comparison_operator === 'GreaterThanThreshold' ? '>' : '<',
      alarm.threshold,
      alarm.evaluation_periods,
    ];
  });
  expect(table).toEqual([
    ['alb_5xx', 'critical', '>', 10, 1],
    ['alb_response_time', 'warning', '>', 1, 5],
    ['ecs_cpu', 'critical', '>', 80, 5],
    ['ecs_memory', 'critical', '>', 85, 5],
    ['ecs_running_count', 'warning', '>', 0, 5],
    ['rds_connections', 'warning', '>', 80, 5],
    ['rds_cpu', 'critical', '>', 75, 10],
    ['rds_free_space_critical', 'critical', '<', 5 * 1024 ** 3, 5],
    ['rds_free_space_warning', 'warning', '<', 10 * 1024 ** 3, 5],
  ]);
});

test('secrets: the document’s three and the application user’s, none of them in the text', () => {
  expect(Object.values(all('aws_secretsmanager_secret')).map(({ name }) => name)).toEqual([
    'fckdoomscroll/database-application',
    'fckdoomscroll/database',
    'fckdoomscroll/jwt',
    'fckdoomscroll/cognito',
  ]);
  const keys = [
    ...String(of('aws_secretsmanager_secret_version.database_secret_version').secret_string_wo).matchAll(/"(\w+)" =/g),
  ].map(([, key]) => key);
  expect(keys).toEqual(['username', 'password', 'host', 'port', 'dbname', 'url']);
  for (const version of Object.values(all('aws_secretsmanager_secret_version')))
    expect(version).not.toHaveProperty('secret_string');
});

test('task role: the listed permissions, on real resources', () => {
  expect(of('aws_iam_role.workload_task_role')).toMatchObject({ name: 'fckdoomscroll-task-role' });
  const policies = Object.values(all('aws_iam_role_policy')).filter(
    ({ role }) => role === '${aws_iam_role.workload_task_role.id}',
  );
  const actions = policies.flatMap(({ policy }) =>
    [...String(policy).matchAll(/"(\w+:\w+)"/g)].map(([, action]) => action),
  );
  expect([...new Set(actions)].sort()).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'secretsmanager:GetSecretValue',
    'ses:SendEmail',
    'ses:SendRawEmail',
  ]);
  expect(policies.map(({ policy }) => String(policy)).filter((policy) => policy.includes('"*"'))).toEqual([]);
});

test('the CDN stands in front, with security headers; the API has a rate limit', () => {
  expect(of('aws_cloudfront_distribution.cdn')).toMatchObject({
    aliases: ['yourdomain.com'],
    viewer_certificate: { minimum_protocol_version: 'TLSv1.2_2021' },
  });
  expect(
    Object.keys(of('aws_cloudfront_response_headers_policy.cdn_security_headers').security_headers_config as object),
  ).toEqual(expect.arrayContaining(['content_security_policy', 'frame_options', 'strict_transport_security']));
  expect(of('aws_wafv2_web_acl.cdn_waf').rule).toMatchObject([
    { statement: { rate_based_statement: { limit: 1000 } } },
  ]);
});

test('development has the same shape, smaller', () => {
  const types = (stack: string) => new Set(Object.keys(JSON.parse(shipped(stack)).resource));
  expect(types('fckdoomscroll-dev')).toEqual(types('fckdoomscroll-prod'));
  const dev = shipped('fckdoomscroll-dev');
  expect(resource(dev, 'aws_ecs_task_definition.workload_task')).toMatchObject({ cpu: '256', memory: '512' });
  expect(resource(dev, 'aws_db_instance.database')).toMatchObject({
    instance_class: 'db.t4g.micro',
    multi_az: false,
    deletion_protection: false,
  });
  expect(resource(dev, 'aws_ecs_service.workload')).toMatchObject({ desired_count: 2 });
});
