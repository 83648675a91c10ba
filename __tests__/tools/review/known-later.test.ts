import { expect, test } from 'vitest';
import type { PlanJson } from '../../../src/tools/graph/plan-json';
import { judges } from '../../../src/tools/review/judges/all';
import { comparisonOfPlan } from '../../../src/tools/review/plan-comparison';
import { review } from '../../../src/tools/review/review';
import { planned, planOf } from '../../support/plan';

/** A plan whose configuration takes arguments from elsewhere. */
function taking(plan: PlanJson, references: Readonly<Record<string, readonly string[]>>): PlanJson {
  const expressions = Object.fromEntries(
    Object.entries(references).map(([key, names]) => [key, { references: names }]),
  );
  const [change] = plan.resource_changes ?? [];
  const resources = [{ address: change?.address ?? '', expressions }];
  return { ...plan, configuration: { ...plan.configuration, root_module: { resources } } };
}

const rolled = planOf(
  planned(
    'aws_ecs_service.api',
    'update',
    { name: 'api', task_definition: 'api:1' },
    { name: 'api' },
    { change: { after_unknown: { task_definition: true } } },
  ),
);
const made = planOf(
  planned('aws_sqs_queue_policy.jobs', 'create', null, {}, { change: { after_unknown: { policy: true } } }),
);

test('what is known only after the apply is told by what it is taken from', () => {
  const plan = taking(rolled, {
    task_definition: ['aws_ecs_task_definition.api.arn', 'aws_ecs_task_definition.api'],
    name: ['aws_vpc.main.id'],
  });
  expect(afterOf(plan)).toBe('(known after apply: aws_ecs_task_definition.api.arn)');
  expect(afterOf(rolled)).toBe('(known after apply)');
});

test('of many sources the first are named and the others counted, of what is made too', () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `aws_sqs_queue.${name}.arn`);
  expect(afterOf(taking(made, { policy: names }))).toBe(
    '(known after apply: aws_sqs_queue.a.arn, aws_sqs_queue.b.arn, aws_sqs_queue.c.arn and 2 more)',
  );
});

function afterOf(plan: PlanJson): string | undefined {
  return review(comparisonOfPlan(plan), judges).findings[0]?.after;
}
