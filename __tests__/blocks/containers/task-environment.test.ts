import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all } from '../reading';

test('files of variables in S3 are loaded by ECS, which may read these and nothing beside them', () => {
  const terraform = workload('{ env_files_s3: [{ bucket: config, key: backend/app.env }] }');

  expect(containers(terraform)).toContain(
    '"environmentFiles" = [{"type" = "s3", "value" = "arn:aws:s3:::config/backend/app.env"}]',
  );
  expect(policy(terraform, 'workload_task_execution_role_read_env_files')).toContain(
    '"Action" = ["s3:GetObject"], "Resource" = ["arn:aws:s3:::config/backend/app.env"]',
  );
  expect(policy(terraform, 'workload_task_execution_role_read_env_files')).toContain(
    '"Action" = ["s3:GetBucketLocation"], "Resource" = ["arn:aws:s3:::config"]',
  );
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    'Put the file of variables where tasks look for it, which do not start without: aws s3 cp --region eu-central-1 ./app.env s3://config/backend/app.env',
  );
});

test('SSM parameters become variables of ECS’s making, from the path of what runs', () => {
  const terraform = stack(
    'workload: { ssm_parameters: [api_key, mail.token] }\nservices: [{ name: worker, ssm_parameters: [api_key] }]\ntasks: [{ name: migrate, ssm_parameters: [api_key] }]',
  );

  expect(containers(terraform)).toContain(
    '"secrets" = [{"name" = "API_KEY", "valueFrom" = "/dev/demo/backend/api_key"}, {"name" = "MAIL_TOKEN", "valueFrom" = "/dev/demo/backend/mail.token"}]',
  );
  expect(containers(terraform, 'service_worker_task')).toContain('"/dev/demo/worker/api_key"');
  expect(containers(terraform, 'task_migrate_task')).toContain('"/dev/demo/backend/api_key"');
  expect(policy(terraform, 'workload_task_execution_role_read_parameters')).toContain(
    '"Action" = ["ssm:GetParameters"], "Resource" = ["arn:aws:ssm:eu-central-1:${data.aws_caller_identity.account.account_id}:parameter/dev/demo/backend/*"]',
  );
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    "Fill in the parameter /dev/demo/worker/api_key, without which no task starts: aws ssm put-parameter --region eu-central-1 --type SecureString --name /dev/demo/worker/api_key --value '...'",
  );
});

test('the X-Ray daemon runs beside the container, which may die with it no more than trace without it', () => {
  const terraform = workload('{ xray_enabled: true }');

  expect(containers(terraform)).toMatch(/"AWS_XRAY_DAEMON_ADDRESS", "value" = "127\.0\.0\.1:2000"/);
  expect(containers(terraform)).toMatch(
    /"name" = "xray-daemon".*"essential" = false.*"containerPort" = 2000, "hostPort" = 2000, "protocol" = "udp"/,
  );
  expect(policy(terraform, 'workload_task_role_trace')).toContain('"xray:PutTraceSegments"');
  expect(containers(workload('{}'))).not.toContain('xray');
  expect(all(workload('{}'), 'aws_iam_role_policy')).not.toHaveProperty('workload_task_role_trace');
});

test('written permissions are one policy of the code, in the order of the file', () => {
  const terraform = workload(
    '{ policy: [{ actions: ["s3:Get*"], resources: ["arn:aws:s3:::a/*"] }, { actions: ["ses:SendEmail"], resources: ["*"] }] }',
  );

  expect(policy(terraform, 'workload_task_role_policy')).toContain(
    '"Statement" = [{"Effect" = "Allow", "Action" = ["s3:Get*"], "Resource" = ["arn:aws:s3:::a/*"]}, {"Effect" = "Allow", "Action" = ["ses:SendEmail"], "Resource" = ["*"]}]',
  );
});

test('a workload scales from its own number of tasks on, unless the file says no', () => {
  const target = (section: string) =>
    all(workload(section), 'aws_appautoscaling_target')['workload_scaling'] as object | undefined;

  expect(target('{ desired_count: 2 }')).toMatchObject({ min_capacity: 2, max_capacity: 4 });
  expect(target('{ desired_count: 6 }')).toMatchObject({ min_capacity: 6, max_capacity: 6 });
  expect(target('{ scaling: { enabled: false } }')).toBeUndefined();
});

function workload(section: string): string {
  return stack(`workload: ${section}`);
}

function stack(yaml: string): string {
  return synth(`region: eu-central-1\nstate: local\n${yaml}\n`);
}

function containers(terraform: string, task = 'workload_task'): string {
  return String(resource(terraform, `aws_ecs_task_definition.${task}`)['container_definitions']);
}

function policy(terraform: string, name: string): string {
  return String(resource(terraform, `aws_iam_role_policy.${name}`)['policy']);
}

test('a workload that no load balancer asks is asked by ECS, with what its image has', () => {
  const url = 'http://localhost:8080/health';
  expect(containers(workload('{}'))).toContain(
    `"healthCheck" = {"command" = ["CMD-SHELL", "if command -v curl >/dev/null; then curl -fsS -o /dev/null ${url}; elif command -v wget >/dev/null; then wget -q -O /dev/null ${url}; fi || exit 1"], "interval" = 30, "timeout" = 5, "retries" = 3, "startPeriod" = 60}`,
  );
  expect(containers(workload('{ health_check: { container: false } }'))).not.toContain('healthCheck');
  expect(containers(stack('alb: { http: forward }\nworkload: {}'))).not.toContain('healthCheck');
  expect(containers(stack('services: [{ name: worker }]'), 'service_worker_task')).not.toContain('healthCheck');
});

test('a workload reads its files of variables and may not change them', () => {
  const terraform = stack(
    'workload: { env_files_s3: [{ bucket: demo-config-dev, key: app.env }] }\nbuckets: [{ name: config }, { name: media }]',
  );
  expect(Object.keys(all(terraform, 'aws_iam_role_policy'))).toEqual(
    expect.arrayContaining(['workload_task_role_read_bucket_config', 'workload_task_role_use_bucket_media']),
  );
});
