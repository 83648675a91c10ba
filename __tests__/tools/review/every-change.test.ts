import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanJson, ResourceChange } from '../../../src/tools/graph/plan-json';
import { judges } from '../../../src/tools/review/judges/all';
import { dataHolders } from '../../../src/tools/review/judges/data/data-holders';
import { traffic } from '../../../src/tools/review/judges/outages/traffic';
import { comparisonOfPlan } from '../../../src/tools/review/plan-comparison';
import { jsonReview } from '../../../src/tools/review/render/json';
import { textReview } from '../../../src/tools/review/render/text';
import { review } from '../../../src/tools/review/review';
import { planned, planOf } from '../../support/plan';

const SECRET = 'kept-from-everybody';

const types = [...Object.keys(dataHolders), ...Object.keys(traffic), 'aws_cloudwatch_dashboard', 'acme_thing'];
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(`a ${SECRET} b`));
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.array(fc.dictionary(fc.constantFrom('name', 'value', 'path'), leaf), { maxLength: 3 }),
  fc.json().map((text) => text),
  leaf.map((inner) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: inner, Principal: { AWS: inner } }] })),
);
const attributes = [
  'name',
  'policy',
  'tags',
  'engine_version',
  'retention_in_days',
  'container_definitions',
  'subnet_ids',
  'rule',
  'parameter',
  'health_check',
  'kms_key_id',
  'user_data',
];
const values = fc.dictionary(fc.constantFrom(...attributes), value);

/** Half of what a provider knows may be unknown, and one attribute is sensitive. */
const change = fc
  .record({
    type: fc.constantFrom(...types),
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    actions: fc.constantFrom(
      'create' as const,
      'update' as const,
      'delete' as const,
      'read' as const,
      'forget' as const,
      'delete,create' as const,
      'create,delete' as const,
    ),
    before: values,
    after: values,
    unknown: fc.dictionary(fc.constantFrom(...attributes), fc.boolean()),
    forced: fc.constantFrom(...attributes),
  })
  .map(({ type, name, actions, before, after, unknown, forced }): ResourceChange => {
    const secret = { secret: SECRET };
    return planned(
      `${type}.${name}`,
      actions,
      actions === 'create' ? null : { ...before, ...secret },
      actions === 'delete' || actions === 'forget' ? null : { ...after, ...secret },
      {
        change: {
          after_unknown: unknown,
          before_sensitive: { secret: true },
          after_sensitive: { secret: true },
          ...(actions.includes(',') && { replace_paths: [[forced, 0, 'inner']] }),
        },
      },
    );
  });

test('every change is in a finding, and no finding holds what is sensitive', () => {
  fc.assert(
    fc.property(fc.uniqueArray(change, { selector: ({ address }) => address, maxLength: 6 }), (changes) => {
      const result = review(comparisonOfPlan(written(planOf(...changes))), judges);
      const told = new Set(result.findings.map(({ address }) => address));
      expect(changes.map(({ address }) => address).filter((address) => !told.has(address))).toEqual([]);
      for (const text of [textReview([result]), jsonReview([result])]) {
        expect(text).not.toContain(SECRET);
        expect(text).not.toMatch(/\bsafe\b/i);
      }
    }),
    { numRuns: 400 },
  );
});

test('an update that differs in an attribute tells of that attribute', () => {
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.constantFrom(...attributes), leaf, leaf, (type, key, one, other) => {
      const comparison = comparisonOfPlan(planOf(planned(`${type}.it`, 'update', { [key]: one }, { [key]: other })));
      const { findings } = review(comparison, judges);
      const differing = comparison.changes.flatMap((each) => each.attributes.map(({ path }) => path));
      for (const path of differing) expect(findings.map(({ attribute }) => attribute)).toContain(path);
    }),
  );
});

/** As it comes out of a file. */
function written(plan: PlanJson): PlanJson {
  return JSON.parse(JSON.stringify(plan)) as PlanJson;
}
