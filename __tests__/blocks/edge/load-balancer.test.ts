import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

test('stands in the public subnets, drops malformed headers and can’t be deleted by accident', () => {
  const terraform = balancer('{}');

  expect(resource(terraform, 'aws_lb.alb')).toEqual({
    name: 'demo-dev-alb',
    load_balancer_type: 'application',
    internal: false,
    subnets: ['${aws_subnet.network_public_a.id}', '${aws_subnet.network_public_b.id}'],
    security_groups: ['${aws_security_group.alb_connections.id}'],
    idle_timeout: 60,
    drop_invalid_header_fields: true,
    enable_deletion_protection: true,
    desync_mitigation_mode: 'defensive',
    tags: { Name: 'demo-dev-alb' },
  });
});

test('takes its settings from the file', () => {
  const terraform = balancer(
    '{ name: front, idle_timeout: 120, drop_invalid_header_fields: false, deletion_protection: false, security_group_name: front-sg }',
  );

  expect(resource(terraform, 'aws_lb.alb')).toMatchObject({
    name: 'front',
    idle_timeout: 120,
    drop_invalid_header_fields: false,
    enable_deletion_protection: false,
  });
  expect(resource(terraform, 'aws_security_group.alb_connections')).toMatchObject({ name: 'front-sg' });
});

test('redirects HTTP to HTTPS for good and forwards HTTPS under TLS 1.2 and 1.3', () => {
  const terraform = balancer('{}');

  expect(all(terraform, 'aws_lb_listener')).toEqual({
    alb_http: {
      load_balancer_arn: '${aws_lb.alb.arn}',
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } }],
    },
    alb_https: {
      load_balancer_arn: '${aws_lb.alb.arn}',
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificate_arn: '${aws_acm_certificate_validation.alb_certificate_validation.certificate_arn}',
      default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.workload_target_group.arn}' }],
    },
  });
});

test('forwards HTTP as well where the file says so', () => {
  const terraform = balancer('{ http: forward, ssl_policy: ELBSecurityPolicy-TLS13-1-3-2021-06 }');

  const forward = { type: 'forward', target_group_arn: '${aws_lb_target_group.workload_target_group.arn}' };
  expect(resource(terraform, 'aws_lb_listener.alb_http')).toMatchObject({ default_action: [forward] });
  expect(resource(terraform, 'aws_lb_listener.alb_https')).toMatchObject({
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
  });
  expect(resource(terraform, 'aws_vpc_security_group_ingress_rule.alb_connections_from_internet_80')).toMatchObject({
    description: 'HTTP',
  });
});

test('is reached from the internet on ports 80 and 443', () => {
  const open = (port: number, description: string) => ({
    security_group_id: '${aws_security_group.alb_connections.id}',
    ip_protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_ipv4: '0.0.0.0/0',
    description,
  });
  const rules = Object.entries(all(balancer('{}'), 'aws_vpc_security_group_ingress_rule')).filter(([name]) =>
    name.startsWith('alb_'),
  );
  expect(Object.fromEntries(rules)).toEqual({
    alb_connections_from_internet_443: open(443, 'HTTPS'),
    alb_connections_from_internet_80: open(80, 'HTTP, redirected to HTTPS'),
  });
});

test('opens port 443 only once it can answer HTTPS', () => {
  const terraform = synth('{ region: eu-central-1, state: local, alb: { http: forward }, workload: {} }');

  const rules = Object.keys(all(terraform, 'aws_vpc_security_group_ingress_rule')).filter((name) =>
    name.startsWith('alb_'),
  );
  expect(rules).toEqual(['alb_connections_from_internet_80']);
});

test('lets CloudFront alone in behind a CDN, unless the file says otherwise', () => {
  const behind = (alb: string) =>
    synth(`
region: eu-central-1
state: local
domain: { domain_name: example.com, delegated: true }
alb: ${alb}
workload: {}
cdn: {}
`);
  const rules = (terraform: string) =>
    Object.keys(all(terraform, 'aws_vpc_security_group_ingress_rule')).filter((name) => name.startsWith('alb_'));

  expect(rules(behind('{}'))).toEqual(['alb_connections_from_cdn_443']);
  expect(resource(behind('{}'), 'aws_vpc_security_group_ingress_rule.alb_connections_from_cdn_443')).toMatchObject({
    from_port: 443,
    prefix_list_id: '${data.aws_ec2_managed_prefix_list.alb_cdn_addresses.id}',
  });
  expect(JSON.parse(behind('{}')).data.aws_ec2_managed_prefix_list.alb_cdn_addresses).toEqual({
    name: 'com.amazonaws.global.cloudfront.origin-facing',
  });
  expect(rules(behind('{ ingress: internet }'))).toEqual([
    'alb_connections_from_internet_443',
    'alb_connections_from_internet_80',
  ]);
});

test('is open to everybody beside a CDN that sends it nothing', () => {
  const terraform = synth(`
region: eu-central-1
state: local
domain: { domain_name: example.com, delegated: true }
alb: {}
workload: {}
buckets: [{ name: site }]
cdn: { origin: buckets.site }
`);

  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toHaveProperty('alb_connections_from_internet_443');
});

test('dials its targets alone, or anywhere where the file says so', () => {
  const egress = (alb: string) =>
    Object.entries(all(balancer(alb), 'aws_vpc_security_group_egress_rule')).filter(([name]) =>
      name.startsWith('alb_'),
    );

  expect(egress('{}').map(([name, { from_port }]) => [name, from_port])).toEqual([
    ['alb_connections_to_service_reports', 3000],
    ['alb_connections_to_workload', 8080],
  ]);
  expect(egress('{ egress: all }')).toEqual([
    [
      'alb_connections_to_anywhere',
      {
        security_group_id: '${aws_security_group.alb_connections.id}',
        ip_protocol: '-1',
        cidr_ipv4: '0.0.0.0/0',
        description: 'to anywhere',
      },
    ],
  ]);
});

test('routes a path to its service on the listeners that do not redirect', () => {
  const rule = (listener: string) => ({
    listener_arn: `\${aws_lb_listener.alb_${listener}.arn}`,
    priority: 10,
    condition: [{ path_pattern: { values: ['/reports/*'] } }],
    action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.service_reports_target_group.arn}' }],
  });

  expect(all(balancer('{}'), 'aws_lb_listener_rule')).toEqual({ service_reports_https_route: rule('https') });
  expect(all(balancer('{ http: forward }'), 'aws_lb_listener_rule')).toEqual({
    service_reports_http_route: rule('http'),
    service_reports_https_route: rule('https'),
  });
});

test('has its listeners before a service registers', () => {
  const terraform = balancer('{}');

  expect(resource(terraform, 'aws_ecs_service.workload')['depends_on']).toEqual(
    expect.arrayContaining(['aws_lb_listener.alb_http', 'aws_lb_listener.alb_https']),
  );
  expect(resource(terraform, 'aws_ecs_service.service_reports')['depends_on']).toEqual(
    expect.arrayContaining(['aws_lb_listener_rule.service_reports_https_route']),
  );
});

test('logs every request to its bucket, which lets load balancers of this account alone write there', () => {
  const terraform = synth(`
region: eu-central-1
state: local
alb: { http: forward, access_logs: logs }
workload: {}
buckets: [{ name: logs, access_log_target: true }]
`);

  expect(resource(terraform, 'aws_lb.alb')).toMatchObject({
    access_logs: { bucket: '${aws_s3_bucket.bucket_logs.bucket}', prefix: 'alb', enabled: true },
    depends_on: ['aws_s3_bucket_policy.bucket_logs_policy'],
  });
  expect(statements(resource(terraform, 'aws_s3_bucket_policy.bucket_logs_policy')['policy'])).toMatchObject([
    { Sid: 'TlsOnly' },
    {
      Sid: 'BalancerLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [
        '${aws_s3_bucket.bucket_logs.arn}/alb/AWSLogs/${data.aws_caller_identity.bucket_logs_account.account_id}/*',
      ],
    },
  ]);
});

function balancer(alb: string): string {
  return synth(`
region: eu-central-1
state: local
domain: { domain_name: example.com, delegated: true }
alb: ${alb}
workload: {}
services:
  - { name: reports, route: { path: /reports/*, priority: 10 } }
`);
}
