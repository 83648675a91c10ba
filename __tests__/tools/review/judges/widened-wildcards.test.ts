import { expect, test } from 'vitest';
import { policy, type Stack } from '../../exposure/stack';
import { inBothShapes } from './exposed';

const MFA = 'aws:MultiFactorAuthPresent';
const FILES = 'arn:aws:s3:::a/*';

inBothShapes(({ judge }) => {
  const told = (before: Stack, after: Stack) =>
    judge(before, after).map(({ verdict, reason }) => `${verdict}: ${reason}`);
  const says = 'exposure: the policy of the IAM role "p" lets its holder call';
  const also = 'behaviour: the policy of the IAM role "p" also lets its holder call';

  test('a condition of a permission that goes is told', () => {
    const asked = may({ Condition: { Bool: { [MFA]: 'true' } } });
    expect(judge(asked, may({}))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_iam_role_policy.p',
        attribute: 'policy',
        before: expect.stringContaining(MFA),
        after: expect.not.stringContaining(MFA),
        reason: 'the policy of the IAM role "p" lets its holder call s3:GetObject on a/* on fewer conditions',
        effect: 'whoever breaks into what holds it has that too',
        advice: 'keep the conditions: they hold for whoever takes what holds it, too',
      },
    ]);
    expect(told(may({}), asked)).toEqual([]);
  });

  const equals = (key: string, ...values: readonly string[]) => ({ StringEquals: { [key]: values } });

  test.each<[string, object, object]>([
    [
      'one of two goes',
      { ...equals('aws:SourceVpce', 'vpce-1'), Bool: { [MFA]: 'true' } },
      { Bool: { [MFA]: 'true' } },
    ],
    ['a missing key passes', { Bool: { [MFA]: 'true' } }, { BoolIfExists: { [MFA]: 'true' } }],
    ['it is turned round', { Bool: { [MFA]: 'true' } }, { Bool: { [MFA]: 'false' } }],
    ['another one is in its place', equals('aws:SourceVpce', 'vpce-1'), equals('aws:RequestedRegion', 'eu-west-1')],
    [
      'a wildcard is in its value',
      equals('aws:PrincipalTag/team', 'a'),
      { StringLike: { 'aws:PrincipalTag/team': 'a*' } },
    ],
    [
      'its wildcard is wider',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/a-*' } },
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/*' } },
    ],
    [
      'its range is wider',
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    ],
  ])('a condition is less when %s', (_, before, after) => {
    expect(told(may({ Condition: before }), may({ Condition: after }))).toEqual([
      `${says} s3:GetObject on a/* on fewer conditions`,
    ]);
  });

  test('a value more by its name is behaviour, and the same in other words is nothing', () => {
    const tag = 'aws:PrincipalTag/team';
    expect(told(may({ Condition: equals(tag, 'a') }), may({ Condition: equals(tag, 'a', 'b') }))).toEqual([
      `${also} s3:GetObject on a/*`,
    ]);
    for (const [before, after] of [
      [equals(tag, 'a'), { StringLike: { [tag]: 'a' } }],
      [{ BoolIfExists: { [MFA]: 'true' } }, { Bool: { [MFA]: 'true' } }],
      [{ StringLike: { [tag]: 'a*' } }, equals(tag, 'ab')],
      [{ ArnLike: { [tag]: 'arn:a' } }, { ArnEquals: { [tag]: 'arn:a' } }],
      [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { IpAddress: { 'aws:SourceIp': '203.0.113.7/32' } }],
    ])
      expect(told(may({ Condition: before }), may({ Condition: after }))).toEqual([]);
  });

  test('a wildcard that holds what was named is told with what it was', () => {
    expect(judge(may({}), may({ Action: 's3:???Object' }))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_iam_role_policy.p',
        attribute: 'policy',
        before: expect.stringContaining('s3:GetObject'),
        after: expect.stringContaining('s3:???Object'),
        reason: 'the policy of the IAM role "p" lets its holder call s3:???Object on a/*, where it was s3:GetObject',
        effect: 'whoever breaks into what holds it has that too',
        advice: 'name the actions and the ARNs that are needed',
      },
    ]);
    expect(told(may({ Resource: 'arn:aws:s3:::a/${aws:username}/*' }), may({}))).toEqual([
      `${says} s3:GetObject on a/*, where it was a/\${aws:username}/*`,
    ]);
    expect(told(may({ Resource: 'arn:aws:s3:::a/b' }), may({ Action: 's3:Get*' }))).toEqual([
      `${says} s3:Get* on a/*, where it was s3:GetObject, a/b`,
    ]);
  });

  test('what is named, on what is named, is behaviour; so is a wildcard of something else', () => {
    const both = ['s3:GetObject', 's3:DeleteObject'];
    expect(told(may({}), may({ Action: both }))).toEqual([`${also} s3:DeleteObject on a/*`]);
    expect(told(may({}), may({ Resource: [FILES, 'arn:aws:s3:::b/*'] }))).toEqual([`${also} s3:GetObject on b/*`]);
    expect(told(may({}), may({ Action: ['s3:GetObject', 'sqs:Get*'] }))).toEqual([`${also} sqs:Get* on a/*`]);
    expect(told(may({ Action: 's3:Get*' }), may({}))).toEqual([]);
    expect(told(may({ Action: 's3:GetObject' }), may({ Action: [...both, 's3:Get*'] }))).toEqual([
      `${says} s3:Get* on a/*, where it was s3:GetObject`,
      `${also} s3:DeleteObject on a/*`,
    ]);
  });

  test.each([
    [
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:eu-west-1:111111111111:secret:*',
      'every secret of account 111111111111 in eu-west-1',
    ],
    ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111111111111:key/*', 'every key of account 111111111111 in eu-west-1'],
    ['sts:AssumeRole', 'arn:aws:iam::222222222222:role/*', 'every role of account 222222222222'],
    ['iam:PassRole', 'arn:aws:iam::123:role/*', 'every role of the account'],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:*:111111111111:*', 'every resource of account 111111111111'],
  ])('%s on %s is a wildcard: %s', (Action, Resource, words) => {
    expect(told(may({}), may({ Action, Resource }))).toEqual([`${says} ${Action} on ${words}`]);
    expect(told(may({}), may({ Action, Resource: Resource.replace(/\*$/, 'shop-*') }))).toEqual([
      expect.stringMatching(/^behaviour: /),
    ]);
  });
});

function may(statement: object): Stack {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: FILES, ...statement };
  return { 'aws_iam_role_policy.p': { name: 'p', policy: policy(allow) } };
}
