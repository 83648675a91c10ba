import { expect, test } from 'vitest';
import { resource, synth } from '../support/stacks';

const environment = () =>
  synth(`
region: eu-central-1
state: local
required_tags: [cost_center]
tags: { cost_center: "42" }
workload: {}
postgres: { application_user: app }
alarms: { billing: { monthly_usd: 100 } }
`);

test('every provider tags what it makes, in other regions too', () => {
  const tags = { cost_center: '42', project: 'demo', env: 'dev', stack: 'demo-dev', managed_by: 'terraform' };

  expect(JSON.parse(environment()).provider.aws).toMatchObject([
    { region: 'eu-central-1', default_tags: [{ tags }] },
    { region: 'us-east-1', default_tags: [{ tags }] },
  ]);
});

test('tasks and snapshots, which Terraform does not make, take the tags of what they come from', () => {
  const terraform = environment();
  expect(resource(terraform, 'aws_ecs_service.workload')).toMatchObject({
    propagate_tags: 'SERVICE',
    enable_ecs_managed_tags: true,
  });
  expect(resource(terraform, 'aws_db_instance.database')).toMatchObject({ copy_tags_to_snapshot: true });
  expect(JSON.parse(terraform).output.next_steps.value.join()).toContain(
    'run-task --region eu-central-1 --cluster demo_cluster_dev --launch-type FARGATE --enable-ecs-managed-tags --propagate-tags TASK_DEFINITION',
  );
});
