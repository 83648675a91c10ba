import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import type { BudgetSpec } from '../../spec/sections/budget';

/** Props of {@link Budget}: the `budget` section, and whose costs it counts. */
export interface BudgetProps extends BudgetSpec {
  readonly project: string;
  readonly env: string;
}

/** Mail at 80 % and 100 % of a month's limit, and when the forecast passes it. Counts what carries the environment's tags. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const notify = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
      notificationType,
      subscriberEmailAddresses: [...props.emails],
    });
    new BudgetsBudget(this, 'Default', {
      name: `${props.project}-${props.env}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: String(props.monthlyUsd),
      limitUnit: 'USD',
      costFilter: [{ name: 'TagKeyValue', values: [`user:stack$${props.project}-${props.env}`] }],
      notification: [notify(80, 'ACTUAL'), notify(100, 'ACTUAL'), notify(100, 'FORECASTED')],
    });
  }
}
