import { expect, test } from 'vitest';
import { judgeExposure } from '../../../../src/tools/review/judges/exposure/exposure';
import { comparison, policy, type Stack, synthesized } from '../../exposure/stack';
import { inBothShapes } from './exposed';

inBothShapes(({ judge }) => {
  const told = (before: Stack, after: Stack) =>
    judge(before, after).map(({ verdict, reason }) => `${verdict}: ${reason}`);
  const says = 'exposure: the policy of the IAM role "p" lets its holder';

  test('a permission that becomes narrower is none, whatever it is narrowed to', () => {
    const all = may({ Action: 's3:*', Resource: '*' });
    expect(told(all, may({ Action: 's3:GetObject', Resource: '*' }))).toEqual([]);
    expect(told(all, may({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::uploads/*' }))).toEqual([]);
    expect(told(may({ Action: '*', Resource: '*' }), all)).toEqual([]);
    expect(told(may({ Action: '*', Resource: '*' }), may({ NotAction: 'iam:*', Resource: '*' }))).toEqual([]);
    expect(
      told(may({ NotAction: 'iam:*', Resource: '*' }), may({ NotAction: ['iam:*', 's3:*'], Resource: '*' })),
    ).toEqual([]);
    expect(told(may({ NotAction: 'iam:*', Resource: '*' }), may({ Action: 's3:*', Resource: '*' }))).toEqual([]);
    expect(
      told(may({ NotAction: ['iam:*', 's3:*'], Resource: '*' }), may({ NotAction: 'iam:*', Resource: '*' })),
    ).toEqual([`${says} do everything but iam:* on every resource`]);
    expect(told(may({ NotAction: 'iam:*', Resource: '*' }), may({ Action: 'iam:*', Resource: '*' }))).toEqual([
      `${says} do everything with iam on every resource`,
    ]);
  });

  test('a permission is the wider the less it asks', () => {
    const team = (...teams: readonly string[]) => ({ StringEquals: { 'aws:PrincipalTag/team': teams } });
    const get = (condition?: object) =>
      may({ Action: 's3:*', Resource: '*', ...(condition && { Condition: condition }) });
    const wide = [`${says} do everything with s3 on every resource`];
    expect(told(get(), get(team('a')))).toEqual([]);
    expect(told(may({ Action: 'sqs:*' }), get(team('a')))).toEqual(wide);
    expect(told(get(team('a')), get())).toEqual(wide);
    expect(told(get(team('a')), get(team('a', 'b')))).toEqual(wide);
    expect(told(get(team('a', 'b')), get(team('a')))).toEqual([]);
  });

  test('the files of one bucket are not every resource; those of every bucket are', () => {
    const nothing = may({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs' });
    expect(told(nothing, may({ Action: 's3:*', Resource: 'arn:aws:s3:::uploads/*' }))).toEqual([
      `${says} do everything with s3`,
    ]);
    for (const Resource of ['arn:aws:s3:::*', 'arn:aws:s3:::*/*', '*'])
      expect(told(nothing, may({ Action: 's3:GetObject', Resource }))).toEqual([
        `${says} call s3:GetObject on every resource`,
      ]);
  });

  test('what is new without a wildcard is told as behaviour, by action and resource', () => {
    const table = (name: string) => `arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`;
    const one = may({ Action: 'dynamodb:GetItem', Resource: table('a') });
    const more = may({ Action: ['dynamodb:GetItem', 'dynamodb:DeleteItem'], Resource: [table('a'), table('b')] });
    expect(judge(one, more)).toEqual([
      {
        verdict: 'behaviour',
        address: 'aws_iam_role_policy.p',
        attribute: 'policy',
        before: (one['aws_iam_role_policy.p'] as { policy: string }).policy,
        after: `${(more['aws_iam_role_policy.p'] as { policy: string }).policy.slice(0, 159)}…`,
        reason:
          'the policy of the IAM role "p" also lets its holder call dynamodb:GetItem on table/b; dynamodb:DeleteItem on table/a, table/b',
      },
    ]);
    expect(told({}, one)).toEqual([
      'behaviour: the policy of the IAM role "p" is made, and lets its holder call dynamodb:GetItem on table/a',
    ]);
    const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `x:${letter}`);
    expect(told({}, may({ Action: eight, Resource: '*' }))).toEqual([
      'behaviour: the policy of the IAM role "p" is made, and lets its holder call x:a, x:b, x:c, x:d, x:e, x:f and 2 more on every resource',
    ]);
    expect(told(more, one)).toEqual([]);
  });

  test('a denial that goes or becomes narrower is told, one that is written otherwise or becomes wider is not', () => {
    const allow = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-1:1:table/a' };
    const deny = (more: object): Stack =>
      role(allow, { Effect: 'Deny', Action: ['s3:DeleteObject*', 's3:PutObject'], Resource: '*', ...more });
    const place = 'exposure: the policy of the IAM role "p"';
    expect(judge(deny({}), role(allow))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_iam_role_policy.p',
        attribute: 'policy',
        before: expect.stringContaining('Deny'),
        after: expect.not.stringContaining('Deny'),
        reason: 'the policy of the IAM role "p" no longer denies s3:DeleteObject*, s3:PutObject on every resource',
        effect: 'what any other statement or policy allows of it works from this moment',
        advice: 'keep the denial: it holds whatever else is allowed',
      },
    ]);
    const fewer = [`${place} denies fewer calls of s3:DeleteObject*, s3:PutObject on every resource`];
    expect(told(deny({}), deny({ Action: 's3:PutObject' }))).toEqual(fewer);
    expect(told(deny({}), deny({ Resource: 'arn:aws:s3:::a/*' }))).toEqual(fewer);
    expect(told(deny({}), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }))).toEqual(fewer);
    expect(told(deny({}), deny({ Action: ['s3:PutObject', 's3:Delete*'] }))).toEqual([]);
    expect(told(deny({}), role({ Effect: 'Deny', NotAction: 'sqs:*', Resource: '*' }))).toEqual([]);
    expect(told(deny({}), role({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }))).toEqual([
      `${place} no longer denies s3:DeleteObject*, s3:PutObject on every resource`,
    ]);
    const regions = (...names: readonly string[]) =>
      role({
        Effect: 'Deny',
        NotAction: 'iam:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': names } },
      });
    expect(told(regions('a', 'b'), regions('a'))).toEqual([]);
    expect(told(regions('a'), regions('a', 'b'))).toEqual([
      `${place} no longer denies everything but iam:* on every resource`,
    ]);
  });

  test('a policy that denies and goes is told, unless its role goes as well or another one denies as much', () => {
    const holder: Stack = { 'aws_iam_role.r': { name: 'r' } };
    const denies = { policy: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), role: 'r' };
    const before: Stack = { ...holder, 'aws_iam_role_policy.p': { name: 'p', ...denies } };
    expect(told(before, holder)).toEqual([
      'exposure: the policy "p" of the IAM role "r" no longer denies s3:* on every resource',
    ]);
    expect(told(before, {})).toEqual([]);
    expect(told(before, { ...holder, 'aws_iam_role_policy.other': { name: 'other', ...denies } })).toEqual([]);
  });

  test('a role that more of the same account can take is told, and so are conditions that are taken off', () => {
    const statement = (principal: string, condition?: object) => ({
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: 'sts:AssumeRole',
      ...(condition && { Condition: condition }),
    });
    const trust = (...statements: readonly object[]): Stack => ({
      'data.aws_caller_identity.me': { account_id: '111111111111' },
      'aws_iam_role.r': { name: 'r', assume_role_policy: policy(...statements.map((one) => ({ ...one }))) },
    });
    const ci = 'arn:aws:iam::111111111111:role/ci';
    const all = 'arn:aws:iam::111111111111:root';
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    expect(judge(trust(statement(ci)), trust(statement(all)))).toEqual([
      {
        verdict: 'exposure',
        address: 'aws_iam_role.r',
        attribute: 'assume_role_policy',
        before: expect.stringContaining('role/ci'),
        after: expect.stringContaining(':root'),
        reason: 'whatever is in this account can take the IAM role "r"',
        effect: 'what the role may, they may as well, where their own policies let them take it',
        advice: 'name the roles that need it, and keep their conditions',
      },
    ]);
    expect(told(trust(statement(ci)), trust(statement(ci), statement(ci.replace('ci', 'dev'))))).toEqual([
      'exposure: role/dev of this account can take the IAM role "r"',
    ]);
    expect(told(trust(statement(all, mfa)), trust(statement(all)))).toEqual([
      'exposure: whatever is in this account can take the IAM role "r" on fewer conditions',
    ]);
    expect(told(trust(statement(all)), trust(statement(ci)))).toEqual([]);
    expect(told(trust(statement(all)), trust(statement(all, mfa)))).toEqual([]);
    expect(told({}, trust(statement(all)))).toEqual([]);
    const service = { ...statement(''), Principal: { Service: 'lambda.amazonaws.com' } };
    expect(told(trust(statement(ci)), trust(statement(ci), service))).toEqual([
      'behaviour: lambda.amazonaws.com can take the IAM role "r"',
    ]);
  });

  test("a bucket's policy that denies less is told with those whom it denied", () => {
    const bucket = (...statements: readonly object[]): Stack => ({
      'aws_s3_bucket.b': { bucket: 'b' },
      'aws_s3_bucket_policy.b': {
        bucket: '${aws_s3_bucket.b.id}',
        policy: policy(...statements.map((s) => ({ ...s }))),
      },
    });
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: '*' };
    const place = /^exposure: the policy of the bucket "\S*b" denies fewer calls of s3:DeleteObject on every resource$/;
    expect(told(bucket(deny), bucket({ ...deny, Principal: { AWS: 'arn:aws:iam::222222222222:root' } }))).toEqual([
      expect.stringMatching(place),
    ]);
    expect(told(bucket({ ...deny, Principal: { AWS: 'arn:aws:iam::222222222222:root' } }), bucket(deny))).toEqual([]);
  });
});

test('a role that is made anew is not taken for another one in the trust of a role', () => {
  const trust = (AWS: string): Stack => ({
    'data.aws_caller_identity.me': { account_id: '111111111111' },
    'aws_iam_role.r': {
      name: 'r',
      assume_role_policy: policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:*' }),
    },
  });
  const [before, after] = [trust('arn:aws:iam::111111111111:role/ci'), trust('${aws_iam_role.ci.arn}')];
  expect([...judgeExposure(comparison(before, after, synthesized))]).toEqual([]);
});

function role(...statements: readonly object[]): Stack {
  return { 'aws_iam_role_policy.p': { name: 'p', policy: policy(...statements.map((one) => ({ ...one }))) } };
}

function may(statement: object): Stack {
  return role({ Effect: 'Allow', Resource: 'arn:aws:sqs:eu-west-1:111111111111:jobs', ...statement });
}
