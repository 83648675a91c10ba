import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container } from '../reading';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const WORKLOAD = '${aws_security_group.workload_connections.id}';

test('maps every port of the container, the main one first', () => {
  const task = resource(stack('ports: [{ port: 9090, from: [workload] }]'), 'aws_ecs_task_definition.workload_task');

  expect(container(task)['portMappings']).toEqual([
    { name: 'http', containerPort: 8080, hostPort: 8080, protocol: 'tcp' },
    { name: 'tcp-9090', containerPort: 9090, hostPort: 9090, protocol: 'tcp' },
  ]);
});

test.each([
  ['alb', 'alb', 'alb'],
  ['services.collector', 'service_collector', 'service_collector'],
  ['functions.probe', 'function_probe', 'function_probe'],
])('opens a further port to %s, on both sides', (from, peer, group) => {
  const terraform = stack(`ports: [{ port: 9090, from: [${from}] }]`);

  const port = { ip_protocol: 'tcp', from_port: 9090, to_port: 9090 };
  expect(resource(terraform, `${INGRESS}.workload_connections_port_9090_from_${peer}`)).toEqual({
    ...port,
    security_group_id: WORKLOAD,
    referenced_security_group_id: `\${aws_security_group.${group}_connections.id}`,
    description: `port 9090 from ${peer}`,
  });
  expect(resource(terraform, `${EGRESS}.${peer}_connections_port_9090_to_workload`)).toEqual({
    ...port,
    security_group_id: `\${aws_security_group.${group}_connections.id}`,
    referenced_security_group_id: WORKLOAD,
    description: 'port 9090 to workload',
  });
});

test('opens a further port to a range, and to tasks of the same service', () => {
  const terraform = stack('ports: [{ port: 9090, from: [10.1.0.0/16, workload] }]');

  expect(resource(terraform, `${INGRESS}.workload_connections_port_9090_from_10_1_0_0_16`)).toEqual({
    ip_protocol: 'tcp',
    from_port: 9090,
    to_port: 9090,
    security_group_id: WORKLOAD,
    cidr_ipv4: '10.1.0.0/16',
    description: 'port 9090 from 10.1.0.0/16',
  });
  expect(resource(terraform, `${INGRESS}.workload_connections_port_9090_from_workload`)).toMatchObject({
    security_group_id: WORKLOAD,
    referenced_security_group_id: WORKLOAD,
  });
});

test('opens its further ports to nobody else', () => {
  const opened = Object.entries(all(stack('ports: [{ port: 9090, from: [services.collector] }]'), INGRESS))
    .filter(([, rule]) => rule['from_port'] === 9090)
    .map(([name]) => name);

  expect(opened).toEqual(['workload_connections_port_9090_from_service_collector']);
});

test('a service has further ports like the workload', () => {
  const terraform = synth(`
region: eu-central-1
state: local
workload: {}
services: [{ name: api, ports: [{ port: 9090, from: [workload] }] }]
`);

  expect(all(terraform, INGRESS)).toHaveProperty('service_api_connections_port_9090_from_workload');
});

test('lets health checks ask a further port, requests still going to the main one', () => {
  const terraform = stack('ports: [{ port: 9090, from: [alb] }], health_check: { port: 9090 }');

  expect(resource(terraform, 'aws_lb_target_group.workload_target_group')).toMatchObject({
    port: 8080,
    health_check: { port: '9090' },
  });
  expect(resource(stack(''), 'aws_lb_target_group.workload_target_group')).toMatchObject({
    health_check: { port: '8080' },
  });
});

test('checks health by the codes, intervals and thresholds of the file', () => {
  const terraform = stack(
    'backend_health_endpoint: /, health_check: { success_codes: "404", interval_seconds: 20, timeout_seconds: 4, healthy_threshold: 3, unhealthy_threshold: 5, grace_period_seconds: 300 }',
  );

  expect(resource(terraform, 'aws_lb_target_group.workload_target_group')).toMatchObject({
    health_check: { path: '/', matcher: '404', interval: 20, timeout: 4, healthy_threshold: 3, unhealthy_threshold: 5 },
  });
  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({ health_check_grace_period_seconds: 300 });
});

test('dials anywhere where the file says so, without a rule for each thing it uses', () => {
  const terraform = synth(`
region: eu-central-1
state: local
http_api: { enabled: false }
workload: { egress: all }
postgres: {}
functions: [{ name: probe, image: "probe:1", egress: all, uses: [database] }]
`);

  const anywhere = (group: string) => ({
    security_group_id: `\${aws_security_group.${group}_connections.id}`,
    ip_protocol: '-1',
    cidr_ipv4: '0.0.0.0/0',
    description: 'to anywhere',
  });
  expect(all(terraform, EGRESS)).toEqual({
    workload_connections_to_anywhere: anywhere('workload'),
    function_probe_connections_to_anywhere: anywhere('function_probe'),
  });
  expect(all(terraform, INGRESS)).toHaveProperty('database_connections_from_workload');
  expect(all(terraform, INGRESS)).toHaveProperty('database_connections_from_function_probe');
});

function stack(workload: string): string {
  return synth(`
region: eu-central-1
state: local
alb: { http: forward }
workload: { ${workload} }
services: [{ name: collector }]
functions: [{ name: probe, image: "probe:1" }]
`);
}
