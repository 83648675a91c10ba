import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StackContents } from '../../src/access/actions/names';
import { oversized, pipelinePolicies, policySize } from '../../src/access/actions/policies';
import { actionGroups, applyStatements, planStatements, unknownTypes } from '../../src/access/actions/statements';
import type { TypeActions } from '../../src/access/actions/table';
import { root } from '../support/program';
import { shippedStacks } from '../support/shipped';

const place = { project: 'shop', env: 'dev', region: 'eu-central-1', account: '111111111111' };
const state = { bucket: 'states', key: 'shop/dev.tfstate', lockTable: 'locks', region: 'eu-west-1' };
const entries: [string, TypeActions][] = Object.values(actionGroups).flatMap((table) => Object.entries(table));
const plan = (group: keyof typeof actionGroups, stack: object) =>
  planStatements(group, new StackContents(stack), place);
const apply = (group: keyof typeof actionGroups, stack: object) =>
  applyStatements(group, new StackContents(stack), place);

/** Every type of resource and data source that a source file imports. */
const imported = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/provider-aws\/lib\/([a-z0-9-]+)/g)])
  .map(([, name = '']) => name)
  .filter((name) => name !== 'provider')
  .map((name) =>
    name.startsWith('data-') ? `data.${underscored(name.slice('data-aws-'.length))}` : underscored(name),
  );

for (const type of [...new Set(imported)].sort()) {
  test(`${type} says what a plan reads of it and what an apply manages`, () => {
    const found = entries.filter(([each]) => each === type);
    expect(found).toHaveLength(1);
    const [, { read, open, manage, anywhere, on }] = found[0] as [string, TypeActions];
    if (type !== 'data.aws_caller_identity') expect(read.length + open.length).toBeGreaterThan(0);
    // A validation only waits.
    const writes = !type.startsWith('data.') && type !== 'aws_acm_certificate_validation';
    expect(manage.length + anywhere.length > 0).toBe(writes);
    if (manage.length + open.length > 0) expect(on).toBeDefined();
  });
}

test('there are more than a hundred types, and no shipped stack has another', () => {
  expect(new Set(imported).size).toBeGreaterThan(130);
  for (const { terraform } of shippedStacks())
    expect(unknownTypes(new StackContents(JSON.parse(terraform)))).toEqual([]);
});

test('no action has a wildcard, and none of a plan writes', () => {
  const actions = entries.flatMap(([, { read, open, manage, anywhere }]) => [...read, ...open, ...manage, ...anywhere]);
  expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action))).toEqual([]);
  const reads = entries.flatMap(([, { read, open }]) => [...read, ...open]);
  expect(reads.filter((action) => !/:(?:Get|List|Describe|View)/.test(action) && action !== 'apigateway:GET')).toEqual(
    [],
  );
});

test('what shows a value is read of the stack’s own alone', () => {
  const always = entries.flatMap(([, { read }]) => read);
  for (const action of [
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ssm:GetParametersByPath',
    'lambda:GetFunction',
    'apigateway:GET',
    's3:GetObject',
    'kms:Decrypt',
  ])
    expect(always).not.toContain(action);
});

test('a plan opens the secrets that Terraform writes and the parameters that it reads back, and no others', () => {
  const secrets = {
    resource: {
      aws_secretsmanager_secret: { jwt: { name: 'shop/dev/jwt' }, fill_in: { name: 'shop/dev/stripe' } },
      aws_secretsmanager_secret_version: { jwt: { secret_id: '${aws_secretsmanager_secret.jwt.arn}' } },
      aws_ssm_parameter: { password: { name: '/dev/shop/password' } },
    },
    ephemeral: { aws_ssm_parameter: { read_back: { arn: '${aws_ssm_parameter.password.arn}' } } },
  };
  expect(plan('data', secrets)).toEqual([
    {
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetResourcePolicy',
        'ssm:DescribeParameters',
        'ssm:ListTagsForResource',
      ],
      resources: ['*'],
    },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: ['arn:aws:secretsmanager:eu-central-1:111111111111:secret:shop/dev/jwt-??????'],
    },
    {
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      resources: ['arn:aws:ssm:eu-central-1:111111111111:parameter/dev/shop/password'],
    },
  ]);
});

test('an apply manages what is called like the stack, and by its exact name what is not', () => {
  const queues = { resource: { aws_sqs_queue: { jobs: { name: 'shop-jobs-dev' }, old: { name: 'legacy-jobs' } } } };
  expect(apply('operations', queues)).toEqual([
    {
      actions: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      resources: ['shop-*-dev', 'shop-*-dev-dlq', 'shop-dev-*', 'legacy-jobs'].map(
        (name) => `arn:aws:sqs:eu-central-1:111111111111:${name}`,
      ),
    },
  ]);
  expect(plan('operations', queues)).toEqual([
    { actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags'], resources: ['*'] },
  ]);
});

test('what AWS gives an id is made with the stack’s tag, and touched only where it has it', () => {
  const vpc = { resource: { aws_vpc: { network: {} }, aws_route: { out: {} } } };
  expect(apply('network', vpc)).toEqual([
    {
      actions: ['ec2:CreateVpc'],
      resources: ['arn:aws:ec2:eu-central-1:111111111111:vpc/*'],
      condition: { StringEquals: { 'aws:RequestTag/stack': 'shop-dev' } },
    },
    {
      actions: ['ec2:CreateTags'],
      resources: ['arn:aws:ec2:eu-central-1:111111111111:vpc/*'],
      condition: { StringEquals: { 'aws:RequestTag/stack': 'shop-dev', 'ec2:CreateAction': ['CreateVpc'] } },
    },
    {
      actions: [
        'ec2:CreateRoute',
        'ec2:CreateTags',
        'ec2:CreateVpc',
        'ec2:DeleteRoute',
        'ec2:DeleteTags',
        'ec2:DeleteVpc',
        'ec2:ModifyVpcAttribute',
        'ec2:ReplaceRoute',
      ],
      resources: ['*'],
      condition: { StringEquals: { 'aws:ResourceTag/stack': 'shop-dev' } },
    },
  ]);
});

test('outside of EC2 a tag goes only on what has none of a stack', () => {
  const [made, tagged, touched] = apply('databases', { resource: { aws_kms_key: { key: {} } } });
  expect(made).toEqual({
    actions: ['kms:CreateKey'],
    resources: ['arn:aws:kms:eu-central-1:111111111111:key/*'],
    condition: { StringEquals: { 'aws:RequestTag/stack': 'shop-dev' } },
  });
  expect(tagged).toEqual({
    actions: ['kms:TagResource'],
    resources: ['arn:aws:kms:eu-central-1:111111111111:key/*'],
    condition: { StringEquals: { 'aws:RequestTag/stack': 'shop-dev' }, Null: { 'aws:ResourceTag/stack': 'true' } },
  });
  expect(touched?.condition).toEqual({ StringEquals: { 'aws:ResourceTag/stack': 'shop-dev' } });
});

test('a VPC’s default security group, which comes without tags, may get the stack’s', () => {
  const statements = apply('network', { resource: { aws_default_security_group: { none: {} } } });
  expect(statements).toContainEqual({
    actions: ['ec2:CreateTags'],
    resources: ['arn:aws:ec2:eu-central-1:111111111111:security-group/*'],
    condition: { StringEquals: { 'aws:RequestTag/stack': 'shop-dev' }, Null: { 'aws:ResourceTag/stack': 'true' } },
  });
});

test('in somebody else’s network groups may be made, in that network alone', () => {
  const statements = apply('network', {
    resource: { aws_security_group: { alb: {} } },
    data: { aws_vpc: { network: { id: 'vpc-1' } }, aws_subnet: { a: { id: 'subnet-1' } } },
  });
  expect(statements.at(-1)).toEqual({
    actions: ['ec2:CreateSecurityGroup'],
    resources: [
      'arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1',
      'arn:aws:ec2:eu-central-1:111111111111:subnet/subnet-1',
    ],
  });
});

test('records are limited by the names of the stack’s zones', () => {
  const zone = {
    resource: {
      aws_route53_zone: { domain: { name: 'dev.example.com' } },
      aws_route53_record: { api: { name: 'api.dev.example.com' }, proof: { name: '${one([])}' } },
    },
  };
  expect(apply('edge', zone)).toContainEqual({
    actions: ['route53:ChangeResourceRecordSets'],
    resources: ['arn:aws:route53:::hostedzone/*'],
    condition: {
      'ForAllValues:StringLike': {
        'route53:ChangeResourceRecordSetsNormalizedRecordNames': expect.arrayContaining([
          'dev.example.com',
          '*.dev.example.com',
        ]),
      },
    },
  });
});

test('what wakes a function is limited by the function, and its tags by nothing that AWS tells', () => {
  const functions = {
    resource: {
      aws_lambda_function: { api: { function_name: 'dev-api' } },
      aws_lambda_event_source_mapping: { jobs: { function_name: '${aws_lambda_function.api.arn}' } },
    },
  };
  const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:111111111111:function:${name}`;
  const mappings = ['arn:aws:lambda:eu-central-1:111111111111:event-source-mapping:*'];
  expect(apply('containers', functions).slice(1)).toEqual([
    {
      actions: [
        'lambda:CreateEventSourceMapping',
        'lambda:DeleteEventSourceMapping',
        'lambda:UpdateEventSourceMapping',
      ],
      resources: mappings,
      condition: { ArnLike: { 'lambda:FunctionArn': [functionArn('shop-dev-*'), functionArn('dev-api')] } },
    },
    { actions: ['lambda:TagResource', 'lambda:UntagResource'], resources: mappings },
  ]);
  expect(plan('containers', functions).at(-1)).toEqual({
    actions: ['lambda:GetFunction', 'lambda:GetFunctionConfiguration'],
    resources: [functionArn('dev-api')],
  });
});

test('buckets are emptied, and RDS’s own secrets made, only where the stack asks for it', () => {
  const bucket = (emptied: boolean) =>
    apply('data', { resource: { aws_s3_bucket: { media: { bucket: 'shop-media-dev', force_destroy: emptied } } } });
  const objects = {
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: ['arn:aws:s3:::shop-*-dev/*', 'arn:aws:s3:::shop-dev-*/*'],
  };
  expect(bucket(true)).toContainEqual(objects);
  expect(bucket(false)).toHaveLength(1);
  const database = (managed: boolean) =>
    apply('databases', { resource: { aws_db_instance: { main: { manage_master_user_password: managed } } } });
  expect(database(true).at(-1)?.resources).toEqual(['arn:aws:secretsmanager:eu-central-1:111111111111:secret:rds!*']);
  expect(database(false)).toHaveLength(1);
});

test('a plan writes the lock of its state, and an apply the state', () => {
  const { plan: reads, apply: writes } = pipelinePolicies({}, place, state);
  const table = 'arn:aws:dynamodb:eu-west-1:111111111111:table/locks';
  const items = (...keys: string[]) => ({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys } });
  const lock = 'states/shop/dev.tfstate';
  expect(reads.get('state')).toEqual([
    { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::states'] },
    { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::states/shop/dev.tfstate'] },
    {
      actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      resources: ['arn:aws:s3:::states/shop/dev.tfstate.tflock'],
    },
    { actions: ['dynamodb:GetItem'], resources: [table], condition: items(lock, `${lock}-md5`) },
    { actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'], resources: [table], condition: items(lock) },
  ]);
  expect(writes.get('state')?.[1]).toEqual({
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: ['arn:aws:s3:::states/shop/dev.tfstate'],
  });
  expect(writes.get('state')?.at(-1)?.condition).toEqual(items(lock, `${lock}-md5`));
});

test('roles of the stack are passed to the services that its types need, and service roles made for those', () => {
  const stack = {
    resource: {
      aws_iam_role: { task: { name: 'shop-dev-task' }, pinned: { name: 'task-role' } },
      aws_ecs_task_definition: { task: { family: 'shop-dev' } },
      aws_ecs_cluster: { cluster: { name: 'shop_cluster_dev' } },
    },
  };
  const statements = pipelinePolicies(stack, place, state).apply.get('state') ?? [];
  expect(statements.slice(-2)).toEqual([
    {
      actions: ['iam:PassRole'],
      resources: ['arn:aws:iam::111111111111:role/shop-dev-*', 'arn:aws:iam::111111111111:role/task-role'],
      condition: { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } },
    },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['arn:aws:iam::111111111111:role/aws-service-role/*'],
      condition: { StringEquals: { 'iam:AWSServiceName': ['ecs.amazonaws.com'] } },
    },
  ]);
});

test('says how long a policy is that IAM would refuse', () => {
  const queues = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`q${index}`, { name: `legacy-${index}` }]),
  );
  const policies = pipelinePolicies({ resource: { aws_sqs_queue: queues } }, place, state);
  const size = policySize(policies.apply.get('operations') ?? []);
  expect(size).toBeGreaterThan(6_144);
  expect(oversized('shop-dev', policies)).toEqual([
    `the policy "operations" of shop-dev's apply role has ${size} characters, and IAM takes 6144`,
  ]);
  const secrets = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`s${index}`, { name: `/legacy/parameter/${index}` }]),
  );
  expect(oversized('shop-dev', pipelinePolicies({ resource: { aws_ssm_parameter: secrets } }, place, state))).toEqual([
    expect.stringMatching(/^the policies of shop-dev's plan role have \d{5} characters, and IAM takes 10240$/),
    expect.stringMatching(/^the policy "data" of shop-dev's apply role has \d{5} characters, and IAM takes 6144$/),
  ]);
});

test('characters are counted as IAM does: the document without white space', () => {
  expect(policySize([{ actions: ['sqs:A'], resources: ['a b'] }])).toBe(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:A"],"Resource":["ab"]}]}'.length,
  );
});

function underscored(name: string): string {
  return `aws_${name.replaceAll('-', '_')}`;
}
