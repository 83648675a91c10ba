import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { Role } from '../../src/access/role';
import { RootStack } from '../../src/terraform/root-stack';
import { all, statements } from '../blocks/reading';

test('lets one AWS service take it on, and nothing else', () => {
  const role = all(
    synth(() => {}),
    'aws_iam_role',
  )['role'];

  expect(role).toMatchObject({ name: 'demo-task', description: 'What demo may do' });
  expect(statements(role?.['assume_role_policy'])).toEqual([
    { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: ['ecs-tasks.amazonaws.com'] } },
  ]);
});

test('lets those take it on whom an identity provider vouches for, in any of several ways', () => {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  new Role(stack, 'role', {
    name: 'demo-deploy',
    description: 'What a workflow may do',
    federated: {
      providerArn: 'arn:aws:iam::111111111111:oidc-provider/example.com',
      conditions: [{ StringEquals: { sub: 'a' } }, { StringLike: { sub: 'b*' } }],
    },
  });
  const role = all(Testing.synth(stack), 'aws_iam_role')['role'];
  const statement = {
    Effect: 'Allow',
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Principal: { Federated: ['arn:aws:iam::111111111111:oidc-provider/example.com'] },
  };
  expect(statements(role?.['assume_role_policy'])).toEqual([
    { ...statement, Condition: { StringEquals: { sub: 'a' } } },
    { ...statement, Condition: { StringLike: { sub: 'b*' } } },
  ]);
});

test('may do nothing until something is granted', () => {
  expect(
    all(
      synth(() => {}),
      'aws_iam_role_policy',
    ),
  ).toEqual({});
});

test('has a policy of its own for every grant', () => {
  const terraform = synth((role) => {
    role.allow('read', { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::media/*'] });
    role.allow(
      'use_key',
      {
        actions: ['kms:Decrypt'],
        resources: ['arn:aws:kms:key'],
        condition: { StringEquals: { 'kms:ViaService': 's3' } },
      },
      { actions: ['kms:DescribeKey'], resources: ['arn:aws:kms:key'] },
    );
  });

  const { role_read, role_use_key } = all(terraform, 'aws_iam_role_policy');
  expect(role_read).toMatchObject({ name: 'read', role: '${aws_iam_role.role.id}' });
  expect(statements(role_read?.['policy'])).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::media/*'] },
  ]);
  expect(statements(role_use_key?.['policy'])).toEqual([
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: ['arn:aws:kms:key'],
      Condition: { StringEquals: { 'kms:ViaService': 's3' } },
    },
    { Effect: 'Allow', Action: ['kms:DescribeKey'], Resource: ['arn:aws:kms:key'] },
  ]);
});

test('is granted the same thing once', () => {
  const terraform = synth((role) => {
    role.allow('read', { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::media/*'] });
    role.allow('read', { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::media/*'] });
  });

  expect(Object.keys(all(terraform, 'aws_iam_role_policy'))).toEqual(['role_read']);
});

test('takes on a policy of AWS’s own', () => {
  const terraform = synth((role) => void role.attach('manage', 'service-role/SomePolicy'));

  expect(all(terraform, 'aws_iam_role_policy_attachment')).toEqual({
    role_manage: { role: '${aws_iam_role.role.name}', policy_arn: 'arn:aws:iam::aws:policy/service-role/SomePolicy' },
  });
});

function synth(grant: (role: Role) => void): string {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  grant(
    new Role(stack, 'role', { name: 'demo-task', description: 'What demo may do', service: 'ecs-tasks.amazonaws.com' }),
  );
  return Testing.synth(stack);
}
