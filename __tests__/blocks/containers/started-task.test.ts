import { describe, expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

const HEAD = 'region: eu-central-1\nstate: local\n';
/** What the role that starts it may do; `TASKS` are the ARNs of this cluster's tasks. */
function start(terraform: string, task: string): unknown {
  const { policy } = resource(terraform, `aws_iam_role_policy.${task}_start_role_start_task`);
  const tasks = '${replace(aws_ecs_cluster.cluster.arn, ":cluster/", ":task/")}';
  return statements(String(policy).replace(tasks, 'TASKS'));
}

// Both kinds are started in the same way; what differs has tests of its own.
describe.each([
  ['scheduled_tasks', 'schedule: rate(1 day)', 'scheduled_task', 'aws_scheduler_schedule.scheduled_task_a'],
  [
    'event_processor_tasks',
    'sources: [x], rule_name: r',
    'event_task',
    'aws_cloudwatch_event_target.event_task_a_rule_r_target',
  ],
])('%s', (section, keys, id, starter) => {
  const item = (more = '') => `${section}:\n  - { name: a, ${keys}${more && `, ${more}`} }\n`;
  const launch = (terraform: string): Record<string, unknown> => {
    const { target, ecs_target } = resource(terraform, starter) as Record<string, Record<string, unknown>>;
    return (ecs_target ?? target?.['ecs_parameters']) as Record<string, unknown>;
  };

  test('runs on Fargate in the private subnets, in a security group of its own that reaches HTTPS', () => {
    const terraform = synth(HEAD + item());

    expect(launch(terraform)).toEqual({
      task_definition_arn: `\${aws_ecs_task_definition.${id}_a_task.arn_without_revision}`,
      task_count: 1,
      launch_type: 'FARGATE',
      platform_version: 'LATEST',
      enable_ecs_managed_tags: true,
      propagate_tags: 'TASK_DEFINITION',
      network_configuration: {
        subnets: ['${aws_subnet.network_private_a.id}', '${aws_subnet.network_private_b.id}'],
        security_groups: [`\${aws_security_group.${id}_a_connections.id}`],
        assign_public_ip: false,
      },
    });
    expect(resource(terraform, `aws_security_group.${id}_a_connections`)).toMatchObject({ name: 'demo-dev-a' });
    expect(Object.keys(all(terraform, 'aws_vpc_security_group_egress_rule'))).toEqual([
      `${id}_a_connections_to_anywhere_443`,
    ]);
  });

  test('with an address of its own stands in the public subnets of the workloads’ zones', () => {
    const zones = `network:
  subnets:
    public: [{ zone: eu-central-1a, cidr: 10.0.1.0/24 }, { zone: eu-central-1b, cidr: 10.0.2.0/24, workloads: false }]
    private: [{ zone: eu-central-1a, cidr: 10.0.3.0/24 }, { zone: eu-central-1b, cidr: 10.0.4.0/24, workloads: false }]
`;
    expect(launch(synth(HEAD + item('assign_public_ip: true') + zones))['network_configuration']).toMatchObject({
      subnets: ['${aws_subnet.network_public_a.id}'],
      assign_public_ip: true,
    });
  });

  test('follows the newest revision where the pipeline owns images, and Terraform’s own elsewhere', () => {
    const definition = `aws_ecs_task_definition.${id}_a_task`;
    const arn = (more: string, rest = '') => launch(synth(HEAD + item(more) + rest))['task_definition_arn'];

    expect(arn('image: "nginx:1.27"')).toBe(`\${${definition}.arn}`);
    expect(arn('image: "nginx:1.27", image_owner: pipeline')).toBe(`\${${definition}.arn_without_revision}`);
    expect(arn('', 'workload: { image: "nginx:1.27" }\n')).toBe(`\${${definition}.arn}`);
    expect(arn('', 'workload: {}\n')).toBe(`\${${definition}.arn_without_revision}`);
  });

  test('is defined with its command, roles and logs, anew before the old revision goes', () => {
    const terraform = synth(
      HEAD +
        item('container_command: [node, x.js], cpu: 512, memory: 2048, env_variables: [{ name: LOG, value: "on" }]'),
    );

    const definition = resource(terraform, `aws_ecs_task_definition.${id}_a_task`);
    expect(definition).toMatchObject({
      family: 'demo-dev-a',
      cpu: '512',
      memory: '2048',
      task_role_arn: `\${aws_iam_role.${id}_a_task_role.arn}`,
      execution_role_arn: `\${aws_iam_role.${id}_a_task_execution_role.arn}`,
      lifecycle: { create_before_destroy: true },
    });
    expect(container(definition)).toMatchObject({
      name: 'a',
      image: `\${aws_ecr_repository.${id}_a_repository.repository_url}:initial`,
      command: ['node', 'x.js'],
      environment: [{ name: 'LOG', value: 'on' }],
      logConfiguration: {
        options: {
          'awslogs-group': `aws_cloudwatch_log_group.${id}_a_task_logs.name`,
          'awslogs-stream-prefix': 'ecs',
        },
      },
    });
    expect(resource(terraform, `aws_cloudwatch_log_group.${id}_a_task_logs`)).toMatchObject({
      name: '/ecs/demo-dev/a',
    });
    expect(resource(terraform, `aws_ecr_repository.${id}_a_repository`)).toMatchObject({ name: 'demo_a' });
  });

  test('runs the workload’s image, or that of a repository which is there already', () => {
    const borrowed = synth(`${HEAD}${item()}workload: { image_tag: v2 }\n`);
    expect(container(resource(borrowed, `aws_ecs_task_definition.${id}_a_task`))).toMatchObject({
      image: '${aws_ecr_repository.workload_repository.repository_url}:v2',
    });
    expect(Object.keys(all(borrowed, 'aws_ecr_repository'))).toEqual(['workload_repository']);

    const existing = synth(HEAD + item('repository: { existing: true, name: jobs }, image_tag: v3'));
    expect(container(resource(existing, `aws_ecs_task_definition.${id}_a_task`))).toMatchObject({
      image: `\${data.aws_ecr_repository.${id}_a_repository.repository_url}:v3`,
    });
    expect(all(existing, 'aws_ecr_repository')).toEqual({});
  });

  test('may be started in this cluster, with its own roles, and nothing else may be', () => {
    expect(start(synth(HEAD + item()), `${id}_a`)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecs:RunTask'],
        Resource: [`\${aws_ecs_task_definition.${id}_a_task.arn_without_revision}:*`],
        Condition: { ArnEquals: { 'ecs:cluster': 'aws_ecs_cluster.cluster.arn' } },
      },
      {
        Effect: 'Allow',
        Action: ['ecs:TagResource'],
        Resource: ['TASKS/*'],
        Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
      },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: [`aws_iam_role.${id}_a_task_role.arn`, `aws_iam_role.${id}_a_task_execution_role.arn`],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });

  test('keeps failed starts for 14 days in an encrypted queue that only TLS reaches', () => {
    const terraform = synth(HEAD + item());

    expect(resource(terraform, `aws_sqs_queue.${id}_a_dead_letters`)).toMatchObject({
      name: 'demo-dev-a-dlq',
      message_retention_seconds: 14 * 24 * 60 * 60,
      sqs_managed_sse_enabled: true,
    });
    const [tlsOnly] = statements(
      resource(terraform, `aws_sqs_queue_policy.${id}_a_dead_letters_policy`)['policy'],
    ) as object[];
    expect(tlsOnly).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(resource(terraform, starter)['depends_on']).toContain(`aws_sqs_queue_policy.${id}_a_dead_letters_policy`);
    expect(all(synth(HEAD + item('dead_letter_queue: false')), 'aws_sqs_queue')).toEqual({});
  });

  test('is started after the grants that this takes, and reaches what it uses', () => {
    const terraform = synth(`${HEAD}${item('uses: [database]')}postgres: {}\n`);

    expect(resource(terraform, starter)['depends_on']).toEqual(
      expect.arrayContaining([
        `aws_iam_role_policy.${id}_a_start_role_start_task`,
        'aws_secretsmanager_secret_version.database_secret_version',
      ]),
    );
    expect(resource(terraform, `aws_vpc_security_group_ingress_rule.database_connections_from_${id}_a`)).toMatchObject({
      from_port: 5432,
    });
    expect(all(terraform, 'aws_iam_role_policy')).toHaveProperty(
      `${id}_a_task_execution_role_read_database_admin_secret`,
    );
  });

  test('mounts a file system', () => {
    const terraform = synth(`${HEAD}${item('efs: [{ name: files, mount_point: /files }]')}efs: [{ name: files }]\n`);

    expect(container(resource(terraform, `aws_ecs_task_definition.${id}_a_task`))).toMatchObject({
      mountPoints: [{ containerPath: '/files' }],
    });
    expect(all(terraform, 'aws_vpc_security_group_ingress_rule')).toHaveProperty(`efs_files_connections_from_${id}_a`);
    // Started earlier, the task would find no address to mount from.
    expect(resource(terraform, starter)['depends_on']).toEqual(
      expect.arrayContaining(
        Object.keys(all(terraform, 'aws_efs_mount_target')).map((name) => `aws_efs_mount_target.${name}`),
      ),
    );
  });

  test('tells its family, its repository and its dead letters, and what to push first', () => {
    const { output } = JSON.parse(synth(HEAD + item()));

    expect(output.task_families.value).toEqual({ [`${section}.a`]: 'demo-dev-a' });
    expect(output.dead_letter_queue_urls.value).toEqual({
      [`${section}.a`]: `\${aws_sqs_queue.${id}_a_dead_letters.url}`,
    });
    expect(output.repository_urls.value).toEqual({
      [`${section}.a`]: `\${aws_ecr_repository.${id}_a_repository.repository_url}`,
    });
    expect(output.next_steps.value).toEqual([
      'Push the first image of demo-dev-a as tag "initial" to the repository demo_a; the next start runs it.',
    ]);
  });

  test('takes everything along when it is renamed', () => {
    const was = JSON.parse(synth(`${HEAD}${item('uses: [database]')}postgres: {}\n`));
    const now = JSON.parse(
      synth(`${HEAD}${item('uses: [database], was: a').replace('name: a', 'name: b')}postgres: {}\n`),
    );
    const addresses = (terraform: { resource: Record<string, object> }) =>
      Object.entries(terraform.resource).flatMap(([type, named]) =>
        Object.keys(named).map((name) => `${type}.${name}`),
      );

    const moved = new Map(now.moved.map(({ from, to }: { from: string; to: string }) => [to, from]));
    expect(
      addresses(now)
        .map((address) => moved.get(address) ?? address)
        .sort(),
    ).toEqual(addresses(was).sort());
  });

  test('reports failed starts', () => {
    const terraform = synth(
      `${HEAD}${item()}alarms: { rules: [{ name: starts, severity: warning, metric: ${section}.a.failed_starts, above: 0 }] }\n`,
    );
    expect(resource(terraform, 'aws_cloudwatch_metric_alarm.alarms_starts')).toMatchObject({
      namespace: 'AWS/SQS',
      metric_name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: `\${aws_sqs_queue.${id}_a_dead_letters.name}` },
    });
  });
});

test('leaves no trace when there are none', () => {
  const terraform = synth(`${HEAD}scheduled_tasks: [{ name: a, schedule: rate(1 day), enabled: false }]\n`);

  for (const type of ['aws_scheduler_schedule_group', 'aws_ecs_task_definition', 'aws_sqs_queue', 'aws_iam_role'])
    expect(all(terraform, type)).toEqual({});
  expect(JSON.parse(terraform).output).not.toHaveProperty('task_families');
});

test('dials wherever its egress says', () => {
  const terraform = synth(
    `${HEAD}scheduled_tasks: [{ name: a, schedule: rate(1 day), egress: all }, { name: b, schedule: rate(1 day), egress: [{ port: 22, cidr: 10.9.0.0/16 }] }]\n`,
  );
  expect(Object.keys(all(terraform, 'aws_vpc_security_group_egress_rule'))).toEqual([
    'scheduled_task_a_connections_to_anywhere',
    'scheduled_task_b_connections_to_10_9_0_0_16_22',
  ]);
});
