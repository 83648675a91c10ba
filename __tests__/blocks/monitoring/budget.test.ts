import { expect, test } from 'vitest';
import { resource, synth } from '../../support/stacks';

test('mails at 80 % and 100 % of a month’s limit and when the forecast passes it, for this environment’s costs', () => {
  const terraform = synth(
    '{ region: eu-central-1, state: local, budget: { monthly_usd: 250, emails: [team@example.com] } }',
  );

  const notification = (threshold: number, notification_type: string) => ({
    comparison_operator: 'GREATER_THAN',
    threshold,
    threshold_type: 'PERCENTAGE',
    notification_type,
    subscriber_email_addresses: ['team@example.com'],
  });
  expect(resource(terraform, 'aws_budgets_budget.budget')).toEqual({
    name: 'demo-dev',
    budget_type: 'COST',
    time_unit: 'MONTHLY',
    limit_amount: '250',
    limit_unit: 'USD',
    cost_filter: [{ name: 'TagKeyValue', values: ['user:stack$demo-dev'] }],
    notification: [notification(80, 'ACTUAL'), notification(100, 'ACTUAL'), notification(100, 'FORECASTED')],
  });
  expect(JSON.parse(terraform).provider.aws[0].default_tags[0].tags.stack).toBe('demo-dev');
});
