import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { BootstrapStack, bootstrapSpecs } from '../../../src/environment/bootstrap-stack';
import { EnvironmentStack } from '../../../src/environment/environment-stack';
import { pipelineOf } from '../../../src/environment/pipeline';
import { synthesize } from '../../../src/environment/synthesize';
import { loadEnvironments } from '../../../src/spec/load/load';
import { formatProblem, SpecError } from '../../../src/spec/load/problem';
import { folder } from '../../support/files';
import { emptyFolder } from '../../support/program';
import { resource } from '../../support/stacks';
import { all, statements } from '../reading';

const DEV =
  'region: eu-central-1\naccount_id: "111111111111"\nsqs: [{ name: jobs }]\npipeline: { github: { repository: acme/infra } }\n';

test('pull requests and the branch plan, and only the protected environment applies', () => {
  const terraform = bootstrap(DEV);
  const trust = (role: string) =>
    statements(resource(terraform, `aws_iam_role.pipeline_dev_${role}`)['assume_role_policy']);
  const signedIn = (...subjects: string[]) => [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Principal: { Federated: ['data.aws_iam_openid_connect_provider.pipeline_provider.arn'] },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': subjects,
        },
      },
    },
  ];
  expect(trust('plan')).toEqual(signedIn('repo:acme/infra:pull_request', 'repo:acme/infra:ref:refs/heads/main'));
  expect(trust('apply')).toEqual(signedIn('repo:acme/infra:environment:demo-dev'));
});

test('the roles have a path of their own, which no pattern of an apply role reaches', () => {
  const terraform = bootstrap(`${DEV}workload: {}\n`);
  expect(resource(terraform, 'aws_iam_role.pipeline_dev_plan')).toMatchObject({
    name: 'demo-dev-plan',
    path: '/pipeline/',
  });
  expect(resource(terraform, 'aws_iam_role.pipeline_dev_apply')).toMatchObject({
    name: 'demo-dev-apply',
    path: '/pipeline/',
  });
  const granted = Object.values(all(terraform, 'aws_iam_policy')).map(({ policy, path }) => ({
    text: String(policy),
    path,
  }));
  expect(granted.map(({ path }) => path)).toEqual(granted.map(() => '/pipeline/'));
  const roles = granted.flatMap(({ text }) => text.match(/arn:aws:iam::\d+:role\/[^"\\]*/g) ?? []);
  expect(new Set(roles)).toEqual(
    new Set(['arn:aws:iam::111111111111:role/demo-dev-*', 'arn:aws:iam::111111111111:role/aws-service-role/*']),
  );
});

test('the plan role reads by inline policies, the apply role has a managed one for each group', () => {
  const terraform = bootstrap(DEV);
  expect(Object.keys(all(terraform, 'aws_iam_role_policy')).sort()).toEqual([
    'pipeline_dev_plan_containers',
    'pipeline_dev_plan_network',
    'pipeline_dev_plan_operations',
    'pipeline_dev_plan_state',
  ]);
  expect(Object.keys(all(terraform, 'aws_iam_policy')).sort()).toEqual([
    'pipeline_dev_apply_containers',
    'pipeline_dev_apply_network',
    'pipeline_dev_apply_operations',
    'pipeline_dev_apply_state',
  ]);
  expect(resource(terraform, 'aws_iam_policy.pipeline_dev_apply_operations')).toMatchObject({
    name: 'demo-dev-apply-operations',
  });
  expect(resource(terraform, 'aws_iam_role_policy_attachment.pipeline_dev_apply_operations_attached')).toMatchObject({
    role: '${aws_iam_role.pipeline_dev_apply.name}',
    policy_arn: '${aws_iam_policy.pipeline_dev_apply_operations.arn}',
  });
  const read = {
    Effect: 'Allow',
    Action: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags'],
    Resource: ['*'],
  };
  expect(statements(resource(terraform, 'aws_iam_role_policy.pipeline_dev_plan_operations')['policy'])).toEqual([read]);
  expect(statements(resource(terraform, 'aws_iam_policy.pipeline_dev_apply_operations')['policy'])).toEqual([
    read,
    {
      Effect: 'Allow',
      Action: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      Resource: ['demo-*-dev', 'demo-*-dev-dlq', 'demo-dev-*'].map(
        (name) => `arn:aws:sqs:eu-central-1:111111111111:${name}`,
      ),
    },
  ]);
});

test('an account that the file does not name is the one that the bootstrap is applied in', () => {
  const terraform = bootstrap(DEV.replace('account_id: "111111111111"\n', ''));
  expect(terraform).not.toContain('000000000000');
  expect(resource(terraform, 'aws_iam_policy.pipeline_dev_apply_operations')['policy']).toContain(
    'arn:aws:sqs:eu-central-1:${data.aws_caller_identity.account.account_id}:demo-dev-*',
  );
});

test('a stack of several regions is not limited to its own', () => {
  const terraform = bootstrap(`${DEV}alarms: { billing: { monthly_usd: 10 } }\n`);
  expect(resource(terraform, 'aws_iam_policy.pipeline_dev_apply_operations')['policy']).toContain(
    'arn:aws:sqs:*:111111111111:demo-dev-*',
  );
});

test('GitHub’s identity provider is the one that the account section makes, where it does', () => {
  const terraform = bootstrap(`${DEV}account: { github_oidc: true }\n`);
  expect(resource(terraform, 'aws_iam_role.pipeline_dev_plan')['assume_role_policy']).toContain(
    'aws_iam_openid_connect_provider.github.arn',
  );
  expect(JSON.parse(terraform)).not.toHaveProperty('data');
});

test('outputs tell the roles, and there is nothing of all this without a pipeline', () => {
  expect(JSON.parse(bootstrap(DEV)).output).toEqual({
    plan_role_arns: {
      description: 'Roles that pipelines plan with, by environment',
      value: { dev: '${aws_iam_role.pipeline_dev_plan.arn}' },
    },
    apply_role_arns: {
      description: 'Roles that pipelines apply with, by environment',
      value: { dev: '${aws_iam_role.pipeline_dev_apply.arn}' },
    },
  });
  const without = bootstrap(DEV.replace(/pipeline:.*\n/, ''));
  expect(JSON.parse(without)).not.toHaveProperty('output');
  expect(all(without, 'aws_iam_role')).toEqual({});
});

test('an account’s bootstrap makes the roles of its own environments alone', () => {
  const other = DEV.replace('111111111111', '222222222222');
  const files = { 'demo/dev.yaml': `${DEV}state: { bucket: one }`, 'demo/qa.yaml': `${other}state: { bucket: two }` };
  expect(Object.keys(all(bootstrap(files, 0), 'aws_iam_role')).sort()).toEqual([
    'pipeline_dev_apply',
    'pipeline_dev_plan',
  ]);
  expect(Object.keys(all(bootstrap(files, 1), 'aws_iam_role')).sort()).toEqual([
    'pipeline_qa_apply',
    'pipeline_qa_plan',
  ]);
});

test('fails for policies that IAM would find too long, and writes nothing', () => {
  const queues = Array.from(
    { length: 150 },
    (_, index) => `  - { name: q${index}, queue_name: legacy-queue-${index} }`,
  );
  const home = folder({ 'demo/dev.yaml': `${DEV.replace('sqs: [{ name: jobs }]\n', `sqs:\n${queues.join('\n')}\n`)}` });
  try {
    synthesize({ paths: [home], outdir: emptyFolder() });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    expect((error as SpecError).problems.map(formatProblem).join('\n').replaceAll(`${home}/`, '')).toMatch(
      /^demo\/dev\.yaml:154:1 pipeline: expected policies that IAM takes, got longer ones: the policy "operations" of demo-dev's apply role has \d{5} characters, and IAM takes 6144; names that follow the pattern need no line each, or make two environments of it$/,
    );
  }
});

function bootstrap(files: string | Readonly<Record<string, string>>, which = 0): string {
  const app = Testing.app({ stackTraces: false });
  const home = folder(typeof files === 'string' ? { 'demo/dev.yaml': files } : files);
  const specs = loadEnvironments([home]).map(({ spec }) => spec);
  const pipelines = specs.flatMap((spec) => pipelineOf(new EnvironmentStack(app, spec), spec) ?? []);
  const spec = bootstrapSpecs(specs)[which];
  if (!spec) throw new Error('there is nothing to bootstrap');
  return Testing.synth(new BootstrapStack(app, spec, pipelines));
}
