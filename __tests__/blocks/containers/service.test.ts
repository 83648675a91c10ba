import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

test('runs in the private subnets without a public address, and rolls a bad deployment back', () => {
  const terraform = workload('{ desired_count: 2, deployment: { min_healthy_percent: 50, max_percent: 150 } }');

  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({
    name: 'demo-dev-backend',
    cluster: '${aws_ecs_cluster.cluster.arn}',
    task_definition: '${aws_ecs_task_definition.workload_task.arn}',
    desired_count: 2,
    launch_type: 'FARGATE',
    platform_version: 'LATEST',
    enable_execute_command: false,
    enable_ecs_managed_tags: true,
    propagate_tags: 'SERVICE',
    deployment_controller: { type: 'ECS' },
    deployment_minimum_healthy_percent: 50,
    deployment_maximum_percent: 150,
    deployment_circuit_breaker: { enable: true, rollback: true },
    network_configuration: {
      subnets: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
      security_groups: ['${aws_security_group.workload_connections.id}'],
      assign_public_ip: false,
    },
  });
});

test('leaves a bad deployment alone without the circuit breaker', () => {
  const terraform = workload('{ deployment: { circuit_breaker: false } }');

  expect(resource(terraform, 'aws_ecs_service.workload')['deployment_circuit_breaker']).toEqual({
    enable: false,
    rollback: false,
  });
});

test('leaves the running image to the delivery pipeline, which owns it by default', () => {
  const fixed = workload('{ scaling: { enabled: false } }');
  expect(resource(fixed, 'aws_ecs_service.workload')['lifecycle']).toEqual({
    ignore_changes: ['task_definition'],
  });
});

test('replaces the running image when Terraform owns it', () => {
  for (const owner of ['image_owner: terraform', 'image: "nginx:1.27"']) {
    const terraform = workload(`{ ${owner}, scaling: { enabled: false } }`);
    expect(resource(terraform, 'aws_ecs_service.workload')).not.toHaveProperty('lifecycle');
  }
});

test('leaves the number of tasks to scaling', () => {
  const terraform = workload('{ image_owner: terraform, scaling: { max: 3, target_cpu: 70 } }');

  expect(resource(terraform, 'aws_ecs_service.workload')['lifecycle']).toEqual({ ignore_changes: ['desired_count'] });
});

test('runs on Spot instead of a launch type, once the cluster has that capacity', () => {
  const service = resource(workload('{ spot: true }'), 'aws_ecs_service.workload');

  expect(service).toMatchObject({
    capacity_provider_strategy: [{ capacity_provider: 'FARGATE_SPOT', weight: 1 }],
    force_new_deployment: true,
    depends_on: expect.arrayContaining([
      'aws_lb_listener.alb_http',
      'aws_ecs_cluster_capacity_providers.cluster_capacity',
    ]),
  });
  expect(service).not.toHaveProperty('launch_type');
});

test('allows a shell in its containers only when asked to', () => {
  const terraform = workload('{ ecs_exec: true }');

  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({ enable_execute_command: true });
  expect(statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_exec')['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      Resource: ['*'],
    },
  ]);
  expect(all(workload('{}'), 'aws_iam_role_policy')).not.toHaveProperty('workload_task_role_exec');
});

test('registers with a target group that asks for its health', () => {
  const terraform = workload(`
  backend_image_port: 3000
  backend_health_endpoint: /up
  health_check: { interval_seconds: 10, timeout_seconds: 4, healthy_threshold: 3, unhealthy_threshold: 5, success_codes: 200-299, grace_period_seconds: 90 }
  target_group: { name: front, deregistration_delay_seconds: 15, stickiness: true, stickiness_seconds: 3600 }
`);

  expect(resource(terraform, 'aws_lb_target_group.workload_target_group')).toEqual({
    name: 'front',
    vpc_id: '${aws_vpc.network.id}',
    target_type: 'ip',
    protocol: 'HTTP',
    port: 3000,
    deregistration_delay: '15',
    stickiness: { type: 'lb_cookie', enabled: true, cookie_duration: 3600 },
    health_check: {
      enabled: true,
      protocol: 'HTTP',
      path: '/up',
      port: '3000',
      interval: 10,
      timeout: 4,
      healthy_threshold: 3,
      unhealthy_threshold: 5,
      matcher: '200-299',
    },
    tags: { Name: 'front' },
  });
  expect(terraform).toHaveResourceWithProperties(EcsService, {
    name: 'demo-dev-backend',
    health_check_grace_period_seconds: 90,
    load_balancer: [
      {
        target_group_arn: '${aws_lb_target_group.workload_target_group.arn}',
        container_name: 'backend',
        container_port: 3000,
      },
    ],
  });
});

test('has neither target group nor grace period without a route', () => {
  const terraform = workload('{}', 'services: [{ name: worker }]');

  const service = resource(terraform, 'aws_ecs_service.service_worker');
  expect(service).not.toHaveProperty('load_balancer');
  expect(service).not.toHaveProperty('health_check_grace_period_seconds');
  expect(Object.keys(all(terraform, 'aws_lb_target_group'))).toEqual(['workload_target_group']);
  expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).not.toHaveProperty(
    'service_worker_connections_from_alb',
  );
});

test('is reached by the load balancer alone, on its port', () => {
  const rules = Object.entries(all(workload('{ backend_image_port: 3000 }'), 'aws_vpc_security_group_ingress_rule'));

  expect(rules.filter(([name]) => name.startsWith('workload'))).toEqual([
    [
      'workload_connections_from_alb',
      {
        security_group_id: '${aws_security_group.workload_connections.id}',
        referenced_security_group_id: '${aws_security_group.alb_connections.id}',
        ip_protocol: 'tcp',
        from_port: 3000,
        to_port: 3000,
        description: 'from alb',
      },
    ],
  ]);
});

test('dials out over HTTPS alone, or where the file says', () => {
  const egress = (settings: string) => {
    const rules = Object.entries(all(workload(settings), 'aws_vpc_security_group_egress_rule'));
    return Object.fromEntries(rules.filter(([name]) => name.startsWith('workload')));
  };
  const rule = (port: number, cidr: string, description: string) => ({
    security_group_id: '${aws_security_group.workload_connections.id}',
    ip_protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_ipv4: cidr,
    description,
  });

  expect(egress('{}')).toEqual({
    workload_connections_to_anywhere_443: rule(443, '0.0.0.0/0', 'port 443 to anywhere'),
  });
  expect(egress('{ egress: [{ port: 6379, cidr: 10.1.0.0/16 }, { port: 587, description: mail } ] }')).toEqual({
    workload_connections_to_10_1_0_0_16_6379: rule(6379, '10.1.0.0/16', 'port 6379 to 10.1.0.0/16'),
    workload_connections_to_anywhere_587: rule(587, '0.0.0.0/0', 'mail'),
  });
});

test('runs in a cluster that has Fargate alone', () => {
  const terraform = workload('{}', 'cluster: { name: containers, container_insights: true }');

  expect(resource(terraform, 'aws_ecs_cluster.cluster')).toEqual({
    name: 'containers',
    setting: [{ name: 'containerInsights', value: 'enabled' }],
  });
  expect(resource(terraform, 'aws_ecs_cluster_capacity_providers.cluster_capacity')).toEqual({
    cluster_name: '${aws_ecs_cluster.cluster.name}',
    capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
  });
  expect(resource(workload('{}'), 'aws_ecs_cluster.cluster')['setting']).toEqual([
    { name: 'containerInsights', value: 'disabled' },
  ]);
});

function workload(section: string, more = ''): string {
  return synth(`
region: eu-central-1
state: local
alb: { http: forward }
workload: ${section}
${more}
`);
}

test('starts once it may do what it is granted, and has a way to its image', () => {
  const waits = resource(
    workload('{ policy: [{ actions: [ses:SendEmail], resources: ["*"] }] }'),
    'aws_ecs_service.workload',
  );

  expect(waits['depends_on']).toEqual([
    'aws_lb_listener.alb_http',
    'aws_route.network_private_nat',
    'aws_iam_role_policy.workload_task_execution_role_write_logs',
    'aws_iam_role_policy.workload_task_execution_role_pull_image',
    'aws_iam_role_policy.workload_task_role_policy',
  ]);
});
