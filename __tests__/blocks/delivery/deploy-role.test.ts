import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

const github = (subjects: string, more = '') =>
  synth(
    `region: eu-central-1\nworkload: {}\ndelivery: { github: { subjects: ${subjects} }, deployer: { enabled: false } }\n${more}`,
  );
const DEV = '["repo:acme/platform:environment:dev"]';
const provider = 'data.aws_iam_openid_connect_provider.delivery_github_provider.arn';

test('lets those workflow runs take it on that the file names, and for AWS alone', () => {
  const terraform = github(DEV);
  expect(resource(terraform, 'aws_iam_role.delivery_github')).toMatchObject({ name: 'demo-dev-deploy' });
  expect(statements(resource(terraform, 'aws_iam_role.delivery_github')['assume_role_policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Principal: { Federated: [provider] },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': ['repo:acme/platform:environment:dev'],
        },
      },
    },
  ]);
  expect(JSON.parse(terraform).data.aws_iam_openid_connect_provider.delivery_github_provider).toMatchObject({
    url: 'https://token.actions.githubusercontent.com',
  });
});

test('compares with wildcards only where the subject has one', () => {
  const trust = resource(
    github('["repo:acme/platform:environment:dev", "repo:acme/platform:ref:refs/tags/v*"]'),
    'aws_iam_role.delivery_github',
  )['assume_role_policy'];
  expect(statements(trust)).toMatchObject([
    {
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:sub': ['repo:acme/platform:environment:dev'] },
      },
    },
    {
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:acme/platform:ref:refs/tags/v*'] },
      },
    },
  ]);
  expect(
    statements(resource(github('["repo:acme/platform:*"]'), 'aws_iam_role.delivery_github')['assume_role_policy']),
  ).toHaveLength(1);
});

test('may push to the repositories made here, deploy its own services, and nothing else', () => {
  const terraform = github(DEV, 'services: [{ name: fixed, image: nginx }]');
  const granted = Object.entries(all(terraform, 'aws_iam_role_policy')).filter(([name]) =>
    name.startsWith('delivery_github'),
  );
  expect(Object.fromEntries(granted.map(([name, { policy }]) => [name, statements(policy)]))).toEqual({
    delivery_github_push_images: [
      {
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:CompleteLayerUpload',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
        Resource: ['aws_ecr_repository.workload_repository.arn'],
      },
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    ],
    delivery_github_deploy_services: [
      {
        Effect: 'Allow',
        Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
        Resource: ['aws_ecs_service.workload.id'],
      },
      {
        Effect: 'Allow',
        Action: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
        Resource: [
          'aws_ecs_task_definition.workload_task.arn_without_revision',
          '${aws_ecs_task_definition.workload_task.arn_without_revision}:*',
        ],
      },
      { Effect: 'Allow', Action: ['ecs:DescribeTaskDefinition'], Resource: ['*'] },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ['aws_iam_role.workload_task_role.arn', 'aws_iam_role.workload_task_execution_role.arn'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ],
  });
});

test('may push to the repositories of tasks too, and deploy those whose image the pipeline decides', () => {
  const terraform = github(
    DEV,
    `scheduled_tasks:
  - { name: report, schedule: rate(1 day), repository: {} }
  - { name: kept, schedule: rate(1 day), repository: { name: kept, existing: true } }
  - { name: fixed, schedule: rate(1 day), repository: {}, image_owner: terraform }
  - { name: foreign, schedule: rate(1 day), image: nginx, image_owner: pipeline }
tasks: [{ name: migrate }, { name: shell, image: nginx }]`,
  );
  const [push] = statements(
    resource(terraform, 'aws_iam_role_policy.delivery_github_push_images')['policy'],
  ) as object[];
  expect(push).toMatchObject({
    Resource: ['workload', 'scheduled_task_report', 'scheduled_task_fixed'].map(
      (owner) => `aws_ecr_repository.${owner}_repository.arn`,
    ),
  });
  const [, register, , pass] = statements(
    resource(terraform, 'aws_iam_role_policy.delivery_github_deploy_services')['policy'],
  ) as object[];
  const runners = [
    'workload',
    'scheduled_task_report',
    'scheduled_task_kept',
    'scheduled_task_foreign',
    'task_migrate',
  ];
  expect(register).toMatchObject({
    Resource: runners.flatMap((runner) => [
      `aws_ecs_task_definition.${runner}_task.arn_without_revision`,
      `\${aws_ecs_task_definition.${runner}_task.arn_without_revision}:*`,
    ]),
  });
  expect(pass).toMatchObject({
    Resource: runners.flatMap((runner) => [
      `aws_iam_role.${runner}_task_role.arn`,
      `aws_iam_role.${runner}_task_execution_role.arn`,
    ]),
  });
});

test('deploys nothing where Terraform owns every image', () => {
  const terraform = synth(
    `region: eu-central-1\nworkload: { image: nginx }\ndelivery: { github: { subjects: ${DEV} }, deployer: { enabled: false } }\n`,
  );
  expect(Object.keys(all(terraform, 'aws_iam_role_policy')).filter((name) => name.startsWith('delivery'))).toEqual([]);
});

test('pushes nowhere where images come from another account', () => {
  const terraform = github(DEV, 'ecr_account_id: "111111111111"');
  expect(all(terraform, 'aws_iam_role_policy')).not.toHaveProperty('delivery_github_push_images');
  expect(all(terraform, 'aws_iam_role_policy')).toHaveProperty('delivery_github_deploy_services');
});

test('is called what the file says, and is told to whoever writes the workflow', () => {
  const terraform = synth(
    `region: eu-central-1\nworkload: {}\ndelivery: { github: { subjects: ${DEV}, role_name: ci } }\n`,
  );
  expect(resource(terraform, 'aws_iam_role.delivery_github')).toMatchObject({ name: 'ci' });
  const { output } = JSON.parse(terraform);
  expect(output.deploy_role_arn.value).toBe('${aws_iam_role.delivery_github.arn}');
  expect(output.next_steps.value).toContain(
    'Enter the output "deploy_role_arn" as role-to-assume of aws-actions/configure-aws-credentials in the workflow, with "permissions: { id-token: write, contents: read }" and the region eu-central-1; repo:acme/platform:environment:dev may take the role on.',
  );
});

test('is not made without a workflow to take it on', () => {
  const terraform = synth('region: eu-central-1\nworkload: {}\ndelivery: {}\n');
  expect(all(terraform, 'aws_iam_role')).not.toHaveProperty('delivery_github');
  expect(JSON.parse(terraform).data).not.toHaveProperty('aws_iam_openid_connect_provider');
  expect(JSON.parse(terraform).output).not.toHaveProperty('deploy_role_arn');
});
