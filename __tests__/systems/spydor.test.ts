import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { all, container, statements } from '../blocks/reading';
import { problemsOf } from '../support/problems';
import { shippedStacks } from '../support/shipped';
import { resource } from '../support/stacks';

// The statements of the infrastructure document with its own figures.
const stacks = new Map(shippedStacks().map(({ stack, terraform }) => [stack, terraform]));
const [dev, prod] = ['dev', 'prod'].map((env) => stacks.get(`spydor-${env}`) ?? '') as [string, string];

test('manages nothing of the customer’s network', () => {
  for (const terraform of [dev, prod]) {
    for (const type of [
      'aws_vpc',
      'aws_subnet',
      'aws_route_table',
      'aws_route',
      'aws_internet_gateway',
      'aws_nat_gateway',
    ])
      expect(all(terraform, type)).toEqual({});
  }
});

test('development answers over HTTP alone, production over HTTPS with a certificate of IAM', () => {
  const listeners = (terraform: string) =>
    Object.values(all(terraform, 'aws_lb_listener')).map(({ port, default_action: actions }) => [
      port,
      (actions as { type: string }[])[0]?.type,
    ]);
  expect(listeners(dev)).toEqual([[80, 'forward']]);
  expect(listeners(prod)).toEqual([
    [80, 'redirect'],
    [443, 'forward'],
  ]);
  expect(JSON.parse(prod).data.aws_iam_server_certificate).toBeDefined();
});

test('only the balancer reaches the containers, and only they reach database and files', () => {
  const rules = Object.entries(all(prod, 'aws_vpc_security_group_ingress_rule'))
    .filter(([name]) => !name.startsWith('network_endpoints'))
    .map(([name, { from_port: port }]) => [name, port]);
  expect(rules).toEqual([
    ['alb_connections_from_internet_443', 443],
    ['alb_connections_from_internet_80', 80],
    ['database_connections_from_workload', 1521],
    ['efs_shared_connections_from_workload', 2049],
    ['workload_connections_from_alb', 8080],
  ]);
});

test('database and files let out one ICMP rule that leads nowhere', () => {
  const outward = Object.entries(all(prod, 'aws_vpc_security_group_egress_rule')).filter(([name]) =>
    /^(?:database|efs)_/.test(name),
  );
  expect(outward.map(([, { ip_protocol: protocol, cidr_ipv4: cidr }]) => [protocol, cidr])).toEqual([
    ['icmp', '255.255.255.255/32'],
    ['icmp', '255.255.255.255/32'],
  ]);
});

test('the container has the document’s health check, log group and mount', () => {
  expect(resource(dev, 'aws_lb_target_group.workload_target_group').health_check).toMatchObject({
    path: '/',
    matcher: '404',
    interval: 30,
    timeout: 5,
    healthy_threshold: 2,
    unhealthy_threshold: 5,
  });
  expect(resource(dev, 'aws_cloudwatch_log_group.workload_task_logs')).toMatchObject({
    name: '/aws/ecs/spydor-infra-fargate',
    retention_in_days: 7,
  });
  expect(container(resource(dev, 'aws_ecs_task_definition.workload_task')).mountPoints).toMatchObject([
    { containerPath: '/mnt/efs' },
  ]);
});

test('Oracle has a standby, gp3 and a size that grows in production', () => {
  expect(resource(prod, 'aws_db_instance.database')).toMatchObject({
    engine: 'oracle-se2',
    multi_az: true,
    storage_type: 'gp3',
    storage_encrypted: true,
    max_allocated_storage: 500,
  });
  expect(resource(dev, 'aws_db_instance.database')).not.toHaveProperty('max_allocated_storage');
});

test('files refuse plain transport, and move to cheaper storage in production', () => {
  const denied = statements(resource(dev, 'aws_efs_file_system_policy.efs_shared_policy').policy) as object[];
  expect(denied).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
  expect(resource(prod, 'aws_efs_file_system.efs_shared').lifecycle_policy).toContainEqual({
    transition_to_ia: 'AFTER_30_DAYS',
  });
});

test('each further wish of the document is one line', () => {
  const lines = [
    'workload: { scaling: { max: 6, target_cpu: 70 } }',
    'workload: { spot: true }',
    'workload: { ephemeral_storage: 100 }',
    'workload: { ebs_volume: { size: 100, mount_point: /data } }',
    'network: { flow_logs: true }',
    'redis: { nodes: 2 }',
    'sqs: [{ name: jobs, added: true }]',
    'topics: [{ name: news, added: true }]',
    'functions: [{ name: report, added: true, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/report:1" }]',
    'http_api: { routes: [{ route: $default, to: workload }] }',
  ];
  const [base, own] = ['base', 'dev'].map((file) => readFileSync(`environments/spydor/${file}.yaml`, 'utf8')) as [
    string,
    string,
  ];
  for (const line of lines) {
    const network = line.startsWith('network');
    const yaml = network ? own.replace('network:', 'network:\n  flow_logs: true') : `${own}\n${line}\n`;
    expect(problemsOf(`name_differs_because: a test\n${yaml}`, base)).toBe('');
  }
});

test('the sheet for customers is a file that could be applied', () => {
  expect(problemsOf(readFileSync('sheets/customer.yaml', 'utf8'))).toBe('');
});
