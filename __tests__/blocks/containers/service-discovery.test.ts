import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container } from '../reading';

const shop = (more = '', workload = 'uses: [services.mail]') =>
  synth(`region: eu-central-1
state: local
workload: { backend_image_port: 8080, ${workload} }
services: [{ name: mail, image: nginx, container_port: 9000, uses: [] }]
${more}`);

test('containers have names in a private domain of the VPC', () => {
  const terraform = shop();
  expect(resource(terraform, 'aws_service_discovery_private_dns_namespace.service_discovery')).toMatchObject({
    name: 'demo-dev.internal',
    vpc: '${aws_vpc.network.id}',
  });
  expect(all(terraform, 'aws_service_discovery_service')).toMatchObject({
    workload_discovery: { name: 'backend' },
    service_mail_discovery: { name: 'mail' },
  });
  expect(JSON.parse(terraform).output.backend_cloud_map_arn.value).toBe(
    '${aws_service_discovery_private_dns_namespace.service_discovery.arn}',
  );
});

test('a name answers with every healthy task, not for long, with address and port, and can be removed while tasks stop', () => {
  expect(resource(shop(), 'aws_service_discovery_service.workload_discovery')).toEqual({
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
});

test('ECS registers the tasks of a service with the port that they listen on', () => {
  expect(resource(shop(), 'aws_ecs_service.service_mail')['service_registries']).toEqual({
    registry_arn: '${aws_service_discovery_service.service_mail_discovery.arn}',
    container_name: 'mail',
    container_port: 9000,
  });
});

test('a container is told where those are that it uses, and may connect to them', () => {
  const terraform = shop('', 'ingress: callers, uses: [services.mail]');
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toContainEqual({
    name: 'MAIL_URL',
    value: 'http://mail.demo-dev.internal:9000',
  });
  expect(
    resource(terraform, 'aws_vpc_security_group_ingress_rule.service_mail_connections_from_workload'),
  ).toMatchObject({ from_port: 9000, referenced_security_group_id: '${aws_security_group.workload_connections.id}' });
});

test('whatever is in the VPC reaches their ports, unless only callers may', () => {
  const rules = (terraform: string, service: string) =>
    Object.values(all(terraform, 'aws_vpc_security_group_ingress_rule'))
      .filter((rule) => rule['security_group_id'] === `\${aws_security_group.${service}_connections.id}`)
      .flatMap(({ cidr_ipv4, from_port }) => (cidr_ipv4 === undefined ? [] : [{ cidr_ipv4, from_port }]));
  expect(rules(shop(), 'workload')).toEqual([{ cidr_ipv4: '10.0.0.0/16', from_port: 8080 }]);
  expect(rules(shop('', 'ingress: callers'), 'workload')).toEqual([]);
});

test('there is none where the file says so, and none for a workload behind a load balancer alone', () => {
  const types = (terraform: string) => Object.keys(JSON.parse(terraform).resource);
  expect(types(shop('cluster: { service_discovery: false }\nhttp_api: { enabled: false }', 'uses: []'))).not.toContain(
    'aws_service_discovery_service',
  );
  expect(types(synth('region: eu-central-1\nstate: local\nworkload: {}\nalb: { http: forward }\n'))).not.toContain(
    'aws_service_discovery_private_dns_namespace',
  );
});
