import { expect, test } from 'vitest';
import { freeTypes } from '../../../src/tools/cost-free';
import { costRules } from '../../../src/tools/cost-rules';
import { judges } from '../../../src/tools/review/judges/all';
import { dataHolders } from '../../../src/tools/review/judges/data/data-holders';
import { isKnown } from '../../../src/tools/review/judges/known-types';
import { comparisonOfPlan } from '../../../src/tools/review/plan-comparison';
import { review } from '../../../src/tools/review/review';
import { planned, planOf, verdictsOf } from '../../support/plan';

test('of every type that the stacks make, it is known what depends on it', () => {
  const types = [...Object.keys(freeTypes), ...Object.keys(costRules)].filter((type) => type.startsWith('aws_'));
  expect(types.length).toBeGreaterThan(80);
  expect(types.filter((type) => !isKnown(type))).toEqual([]);
});

test('what holds data or serves is not called plain', () => {
  const serving = ['aws_networkfirewall_firewall', 'aws_internet_gateway_attachment', 'aws_kms_key_policy'];
  for (const type of [...Object.keys(dataHolders), ...serving])
    expect(verdictsOf(planned(`${type}.it`, 'delete', { name: 'a' }))[0], type).toMatch(/^(?:loses-data|outage) /);
});

test('a strange thing is unknown when it goes or is replaced, and a mere change when it comes or changes', () => {
  const verdict = (actions: 'create' | 'update' | 'delete' | 'delete,create') => {
    const [before, after] = [{ size: 1 }, { size: 2 }];
    return verdictsOf(
      planned('acme_note.it', actions, actions === 'create' ? null : before, actions === 'delete' ? null : after),
    )[0];
  };
  expect(verdict('delete')).toBe('unknown acme_note.it');
  expect(verdict('delete,create')).toBe('unknown acme_note.it');
  expect(verdict('create')).toBe('behaviour acme_note.it');
  expect(verdict('update')).toBe('behaviour acme_note.it size');
});

test('a strange thing of which an older copy goes is still named', () => {
  expect(verdictsOf(planned('acme_note.it', 'delete', { size: 1 }, null, { deposed: 'a1' }))).toEqual([
    'unknown acme_note.it',
  ]);
});

test('what a plan puts off, and what it calls besides, is named as unknown', () => {
  const quiet = planOf(planned('aws_vpc.network', 'no-op', { id: 'vpc-1' }, { id: 'vpc-1' }));
  const calls = ['a', 'b', 'c', 'd'].map((name) => ({ address: `action.aws_lambda_invoke.${name}` }));
  const { findings } = review(
    comparisonOfPlan({ ...quiet, deferred_changes: [{}, {}], action_invocations: calls }),
    judges,
  );
  expect(findings.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
    'unknown: Terraform has put off 2 changes, whose plan is made only after this apply',
    'unknown: this plan also calls action.aws_lambda_invoke.a, action.aws_lambda_invoke.b, action.aws_lambda_invoke.c, 1 more, and does not tell what that changes',
  ]);
});
