import { expect, test } from 'vitest';
import { COMMENT_LIMIT, commentMark, planComment } from '../../../src/tools/pipelines/plan-comment';
import { type ReadPlan, reviewedChanges } from '../../../src/tools/pipelines/reviewed';
import { sensitiveTexts } from '../../../src/tools/sensitive/sensitive-texts';

const SECRET = 's3cret-Value';
const plan: ReadPlan = {
  resource_changes: [
    {
      address: 'aws_sqs_queue.b',
      change: {
        actions: ['update'],
        before: { name: 'b', delay_seconds: 0, tags: { team: 'shop' } },
        after: { tags: { team: 'shop' }, delay_seconds: 5, name: 'b' },
        after_unknown: { arn: true },
        before_sensitive: {},
        after_sensitive: {},
      },
    },
    {
      address: 'aws_cognito_user_pool_client.a',
      change: {
        actions: ['delete', 'create'],
        before: { secret: SECRET, flows: ['code'] },
        after: { flows: ['code', 'implicit'] },
        after_unknown: { secret: true, flows: [false, false] },
        before_sensitive: { secret: true },
        after_sensitive: { secret: true },
        replace_paths: [['generate_secret']],
      },
    },
    { address: 'aws_vpc.same', change: { actions: ['no-op'], before: {}, after: {} } },
    {
      address: 'aws_vpc.moved',
      previous_address: 'aws_vpc.old',
      change: { actions: ['no-op'], before: {}, after: {} },
    },
    { address: 'data.aws_vpc.read', change: { actions: ['read'] } },
  ],
  output_changes: { url: { actions: ['create'], before: null, after: 'https://x', after_sensitive: false } },
};

test('what was reviewed is what changes, in an order of its own, without sensitive values', () => {
  expect(reviewedChanges(plan)).toEqual({
    resources: [
      {
        address: 'aws_cognito_user_pool_client.a',
        replaced_by: [['generate_secret']],
        actions: ['delete', 'create'],
        before: { flows: ['code'], secret: '(sensitive value)' },
        after: { flows: ['code', 'implicit'], secret: '(sensitive value)' },
      },
      {
        address: 'aws_sqs_queue.b',
        actions: ['update'],
        before: { delay_seconds: 0, name: 'b', tags: { team: 'shop' } },
        after: { arn: '(known after apply)', delay_seconds: 5, name: 'b', tags: { team: 'shop' } },
      },
      { address: 'aws_vpc.moved', from: 'aws_vpc.old', actions: ['no-op'], before: {}, after: {} },
    ],
    outputs: [{ name: 'url', actions: ['create'], before: null, after: 'https://x' }],
  });
  expect(JSON.stringify(reviewedChanges(plan))).not.toContain(SECRET);
});

test('two plans are the same in another order, and not where one attribute differs', () => {
  const [first, second, ...rest] = plan.resource_changes ?? [];
  if (!first || !second) throw new Error('the plan has lost its changes');
  const text = (changed: ReadPlan) => JSON.stringify(reviewedChanges(changed));
  expect(text({ ...plan, resource_changes: [second, ...rest, first] })).toBe(text(plan));
  const later = {
    ...first,
    change: { ...first.change, after: { name: 'b', delay_seconds: 6, tags: { team: 'shop' } } },
  };
  expect(text({ ...plan, resource_changes: [later, second, ...rest] })).not.toBe(text(plan));
  const gone = { ...first, change: { ...first.change, actions: ['delete'] } };
  expect(text({ ...plan, resource_changes: [gone, second, ...rest] })).not.toBe(text(plan));
});

test('an import is a change, though nothing differs', () => {
  const imported: ReadPlan = {
    resource_changes: [
      { address: 'aws_vpc.a', change: { actions: ['no-op'], before: {}, after: {}, importing: { id: 'vpc-1' } } },
    ],
  };
  expect(reviewedChanges(imported)).toMatchObject({ resources: [{ address: 'aws_vpc.a', importing: 'vpc-1' }] });
});

test('a comment has the summary, the plan, and the mark by which the next one finds it', () => {
  expect(planComment('shop-dev', '  + queue\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n', [])).toBe(
    '<!-- terrace plan shop-dev -->\n### shop-dev\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n\n<details><summary>The plan</summary>\n\n````terraform\n+ queue\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n````\n\n</details>\n',
  );
  expect(commentMark('shop-dev')).toBe('<!-- terrace plan shop-dev -->');
});

test('a review names the stack itself, so the comment does not do it once more', () => {
  const comment = planComment('shop-dev', 'No changes.', [], '### OUTAGE: shop-dev\n');
  expect(comment).toMatch(/^<!-- terrace plan shop-dev -->\n### OUTAGE: shop-dev\nNo changes\.\n/);
  expect(comment).not.toContain('### shop-dev');
});

test('a plan that has a fence of its own stays within the comment’s', () => {
  expect(planComment('shop-dev', 'a\n````\nb', []).match(/````/g)).toHaveLength(2);
});

test('a comment shows nothing that is sensitive anywhere in the plan', () => {
  expect(sensitiveTexts(plan)).toEqual([SECRET]);
  const text = planComment('shop-dev', `a = "${SECRET}"\nb = "x${SECRET}y"`, sensitiveTexts(plan));
  expect(text).not.toContain(SECRET);
  expect(text).toContain('a = "(sensitive value)"\nb = "x(sensitive value)y"');
});

test('a plan of any length fits GitHub’s comment, which says what is left out and keeps the summary', () => {
  const lines = Array.from({ length: 9_000 }, (_, index) => `  + resource number ${index}`);
  const text = planComment('shop-dev', `${lines.join('\n')}\nPlan: 9000 to add, 0 to change, 0 to destroy.`, []);
  expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
  expect(text.length).toBeGreaterThan(COMMENT_LIMIT - 100);
  const shown = text.split('\n').filter((line) => /resource number/.test(line)).length;
  expect(text).toContain(`**${9_001 - shown} of 9001 lines are left out here**`);
  expect(text).toContain('\n\nPlan: 9000 to add, 0 to change, 0 to destroy.\n\n');
  expect(text.endsWith('````\n\n</details>\n')).toBe(true);
});

test('one endless line fits as well', () => {
  const text = planComment('shop-dev', 'x'.repeat(100_000), []);
  expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
  expect(text).toContain('**1 of 1 lines are left out here**');
});
