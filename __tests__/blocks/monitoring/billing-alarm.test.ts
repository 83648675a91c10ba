import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';
import { all, statements } from '../reading';

test('watches in us-east-1 what the account has cost this month, and tells a topic there', () => {
  const terraform = billing('eu-central-1');

  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.billing_alarm')).toEqual({
    provider: 'aws.us_east_1',
    alarm_name: 'demo-dev-billing',
    alarm_description: 'critical: the account has cost more than 100 USD this month',
    namespace: 'AWS/Billing',
    metric_name: 'EstimatedCharges',
    dimensions: { Currency: 'USD' },
    statistic: 'Maximum',
    period: 6 * 60 * 60,
    evaluation_periods: 1,
    comparison_operator: 'GreaterThanThreshold',
    threshold: 100,
    treat_missing_data: 'missing',
    alarm_actions: ['${aws_sns_topic.billing_alarm_topic.arn}'],
  });
  expect(JSON.parse(terraform).provider.aws).toMatchObject([
    { region: 'eu-central-1' },
    { region: 'us-east-1', alias: 'us_east_1' },
  ]);
});

test('mails those whom critical alarms wake, from an encrypted topic that takes alarms of the account alone', () => {
  const terraform = billing('eu-central-1');
  const provider = 'aws.us_east_1';
  const account = '${data.aws_caller_identity.billing_alarm_account.account_id}';

  expect(resource(terraform, 'aws_sns_topic.billing_alarm_topic')).toMatchObject({
    provider,
    name: 'demo-dev-billing',
    kms_master_key_id: '${aws_kms_key.billing_alarm_key.arn}',
  });
  expect(resource(terraform, 'aws_kms_key.billing_alarm_key')).toMatchObject({ provider, enable_key_rotation: true });
  expect(resource(terraform, 'aws_kms_alias.billing_alarm_key_alias')).toMatchObject({
    provider,
    name: 'alias/demo-dev-billing',
  });
  expect(resource(terraform, 'aws_sns_topic_subscription.billing_alarm_topic_to_ops_example_com')).toEqual({
    provider,
    topic_arn: '${aws_sns_topic.billing_alarm_topic.arn}',
    protocol: 'email',
    endpoint: 'ops@example.com',
  });
  const policy = resource(terraform, 'aws_sns_topic_policy.billing_alarm_topic_policy');
  expect(policy).toMatchObject({ provider, arn: '${aws_sns_topic.billing_alarm_topic.arn}' });
  expect(statements(policy['policy'])).toMatchObject([
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: 'aws_sns_topic.billing_alarm_topic.arn',
      Condition: { StringEquals: { 'aws:SourceAccount': account.slice(2, -1) } },
    },
    { Sid: 'TlsOnly', Effect: 'Deny' },
  ]);
});

test('tells the critical topic itself where the environment is in us-east-1', () => {
  const terraform = billing('us-east-1');

  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.billing_alarm')).toMatchObject({
    alarm_actions: ['${aws_sns_topic.alarms_topics_critical.arn}'],
  });
  expect(resource(terraform, 'aws_cloudwatch_metric_alarm.billing_alarm')).not.toHaveProperty('provider');
  expect(all(terraform, 'aws_sns_topic')).not.toHaveProperty('billing_alarm_topic');
  expect(JSON.parse(terraform).provider.aws).toHaveLength(1);
});

test('is there only where the file asks for it', () => {
  const terraform = synth('{ region: eu-central-1, state: local, alarms: {} }');

  expect(all(terraform, 'aws_cloudwatch_metric_alarm')).toEqual({});
  expect(JSON.parse(terraform).provider.aws).toHaveLength(1);
});

test('says who has to confirm and what has to be switched on', () => {
  const steps = (region: string) => JSON.parse(billing(region)).output.next_steps.value as string[];
  const subscribed = 'Confirm the subscription of ops@example.com to demo-dev-billing in us-east-1 by the mailed link.';

  expect(steps('eu-central-1')).toContain(subscribed);
  expect(steps('us-east-1')).not.toContain(subscribed);
  expect(steps('us-east-1').at(-1)).toMatch(/^Switch on "Receive CloudWatch billing alerts"/);
});

function billing(region: string): string {
  return synth(`
region: ${region}
state: local
alarms:
  critical: { emails: [ops@example.com] }
  billing: { monthly_usd: 100 }
`);
}
