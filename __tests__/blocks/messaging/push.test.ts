import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, container, statements } from '../reading';

const APPLICATION = 'arn:aws:sns:eu-central-1:${data.aws_caller_identity.push_account.account_id}:app/GCM/demo-dev-fcm';

test('has a parameter for the credential, over which Terraform never writes again', () => {
  const terraform = push('workload:\n  setup_fcnsns: true');
  expect(resource(terraform, 'aws_ssm_parameter.push_credential')).toEqual({
    name: '/dev/demo/backend/fcm/server_key',
    description: 'Credential of Firebase Cloud Messaging, written by hand',
    type: 'SecureString',
    value_wo: 'not set',
    value_wo_version: 1,
    lifecycle: { ignore_changes: ['description', 'type', 'value_wo_version'] },
  });
});

test('makes the application once the parameter holds something else than at first', () => {
  const terraform = push('workload:\n  setup_fcnsns: true');
  const found = 'data.aws_ssm_parameters_by_path.push_written';
  const credential = `lookup(zipmap(${found}.names, ${found}.values), "/dev/demo/backend/fcm/server_key", "not set")`;
  expect(resource(terraform, 'aws_sns_platform_application.push')).toEqual({
    count: `\${nonsensitive((${credential} != "not set")) ? 1 : 0}`,
    name: 'demo-dev-fcm',
    platform: 'GCM',
    platform_credential: `\${${credential}}`,
  });
});

test('reads the parameter by its path alone, so that the first plan can', () => {
  const terraform = push('workload:\n  setup_fcnsns: true');
  expect(JSON.parse(terraform).data.aws_ssm_parameters_by_path.push_written).toEqual({
    path: '/dev/demo/backend/fcm',
    with_decryption: true,
  });
});

test('tells the workload of the application and lets it register phones and send to them', () => {
  const terraform = push('workload:\n  setup_fcnsns: true');
  expect(container(resource(terraform, 'aws_ecs_task_definition.workload_task'))['environment']).toEqual([
    { name: 'FCM_PLATFORM_APPLICATION_ARN', value: APPLICATION },
  ]);
  expect(statements(resource(terraform, 'aws_iam_role_policy.workload_task_role_push')['policy'])).toEqual([
    { Effect: 'Allow', Action: ['sns:CreatePlatformEndpoint'], Resource: [APPLICATION] },
    {
      Effect: 'Allow',
      Action: ['sns:Publish', 'sns:GetEndpointAttributes', 'sns:SetEndpointAttributes', 'sns:DeleteEndpoint'],
      Resource: [`${APPLICATION.replace(':app/', ':endpoint/')}/*`],
    },
  ]);
});

test('is for whoever names it, and for nobody else', () => {
  const terraform = push('workload: { setup_fcnsns: true, uses: [] }\nservices: [{ name: worker, uses: [push] }]');
  const grants = Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) => name.endsWith('_push'));
  expect(grants).toEqual(['service_worker_task_role_push']);
});

test('tells who has to write what where', () => {
  const terraform = push('workload:\n  setup_fcnsns: true');
  expect(JSON.parse(terraform).output.next_steps.value).toContain(
    'Write the credential of Firebase Cloud Messaging, the JSON of a service account, into the parameter /dev/demo/backend/fcm/server_key and apply again, which makes the platform application demo-dev-fcm: aws ssm put-parameter --region eu-central-1 --name /dev/demo/backend/fcm/server_key --type SecureString --overwrite --value file://service-account.json',
  );
  expect(all(push('workload: {}'), 'aws_ssm_parameter')).toEqual({});
});

function push(yaml: string): string {
  return synth(`region: eu-central-1\nstate: local\n${yaml}\n`);
}
