import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

test('containers register under their names, for callers inside and for the HTTP API', () => {
  const terraform = stack('workload: {}\nservices: [{ name: worker }]');

  expect(resource(terraform, 'aws_service_discovery_private_dns_namespace.service_discovery')).toMatchObject({
    name: 'demo-dev.internal',
    vpc: '${aws_vpc.network.id}',
  });
  expect(resource(terraform, 'aws_service_discovery_service.workload_discovery')).toEqual({
    name: 'backend',
    dns_config: {
      namespace_id: '${aws_service_discovery_private_dns_namespace.service_discovery.id}',
      routing_policy: 'MULTIVALUE',
      dns_records: [
        { type: 'A', ttl: 10 },
        { type: 'SRV', ttl: 10 },
      ],
    },
    health_check_custom_config: { failure_threshold: 1 },
    force_destroy: true,
  });
  expect(JSON.parse(terraform).output.backend_cloud_map_arn.value).toBe(
    '${aws_service_discovery_private_dns_namespace.service_discovery.arn}',
  );
  expect(resource(terraform, 'aws_ecs_service.service_worker')['service_registries']).toEqual({
    registry_arn: '${aws_service_discovery_service.service_worker_discovery.arn}',
    container_name: 'worker',
    container_port: 3000,
  });
});

test('there is a namespace where something wants to be found, and none for a workload behind a load balancer', () => {
  const has = (yaml: string) => Object.keys(all(stack(yaml), 'aws_service_discovery_private_dns_namespace')).length;

  expect(has('workload: {}')).toBe(1);
  expect(has('alb: { http: forward }\nworkload: {}')).toBe(0);
  expect(has('alb: { http: forward }\nworkload: {}\nservices: [{ name: worker }]')).toBe(1);
  expect(has('alb: { http: forward }\nworkload: {}\ncluster: { service_discovery: true }')).toBe(1);
  expect(has('buckets: [{ name: media }]')).toBe(0);
});

test('a namespace may be called otherwise', () => {
  const terraform = stack('cluster: { namespace: shop.local }\nservices: [{ name: worker }]\nworkload: {}');

  expect(resource(terraform, 'aws_service_discovery_private_dns_namespace.service_discovery')['name']).toBe(
    'shop.local',
  );
  expect(JSON.stringify(resource(terraform, 'aws_ecs_task_definition.workload_task'))).toContain(
    'http://worker.shop.local:3000',
  );
});

test('the VPC may connect to a container that can be found, or its callers alone where the file says so', () => {
  const from = (yaml: string) => Object.keys(all(stack(yaml), INGRESS)).filter((name) => name.startsWith('service_'));

  expect(from('services: [{ name: worker }]')).toEqual([
    'service_worker_connections_from_http_api_link',
    'service_worker_connections_from_vpc',
  ]);
  expect(from('services: [{ name: worker, ingress: callers }]')).toEqual([
    'service_worker_connections_from_http_api_link',
  ]);
});

test('who uses another container is told its address and let through to its port', () => {
  const terraform = stack('services: [{ name: worker, uses: [services.mail] }, { name: mail, container_port: 2525 }]');

  expect(JSON.stringify(resource(terraform, 'aws_ecs_task_definition.service_worker_task'))).toContain(
    'http://mail.demo-dev.internal:2525',
  );
  expect(resource(terraform, `${EGRESS}.service_worker_connections_to_service_mail`)).toMatchObject({
    from_port: 2525,
    referenced_security_group_id: '${aws_security_group.service_mail_connections.id}',
  });
  expect(all(terraform, EGRESS)).not.toHaveProperty('service_mail_connections_to_service_worker');
});

test('the HTTP API asks containers themselves, over a VPC link that may dial them alone', () => {
  const terraform = stack('services: [{ name: worker }]');

  expect(resource(terraform, 'aws_apigatewayv2_vpc_link.http_api_link')).toMatchObject({
    security_group_ids: ['${aws_security_group.http_api_link_connections.id}'],
  });
  expect(resource(terraform, 'aws_apigatewayv2_integration.http_api_services_worker')).toMatchObject({
    connection_type: 'VPC_LINK',
    integration_uri: '${aws_service_discovery_service.service_worker_discovery.arn}',
  });
  expect(Object.keys(all(terraform, EGRESS)).filter((name) => name.startsWith('http_api_'))).toEqual([
    'http_api_link_connections_to_service_worker',
  ]);
});

test('a workload behind a load balancer is reached by it, also from the HTTP API', () => {
  const terraform = stack(`domain: { domain_name: example.com, delegated: true }
alb: {}
workload: {}
services: [{ name: worker }]
http_api: { routes: [{ route: $default, to: workload }] }`);

  expect(resource(terraform, 'aws_apigatewayv2_integration.http_api_workload')).toMatchObject({
    integration_uri: '${aws_lb_listener.alb_https.arn}',
    tls_config: { server_name_to_verify: 'dev.example.com' },
  });
  expect(all(terraform, INGRESS)).toHaveProperty('alb_connections_from_http_api_link');
  expect(all(terraform, INGRESS)).not.toHaveProperty('workload_connections_from_http_api_link');
});

function stack(yaml: string): string {
  return synth(`region: eu-central-1\nstate: local\n${yaml}\n`);
}
