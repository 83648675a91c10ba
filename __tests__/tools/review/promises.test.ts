import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Values } from '../../../src/tools/graph/values';
import { encryption } from '../../../src/tools/review/judges/data/encryption';
import { protections } from '../../../src/tools/review/judges/data/protections';
import { retention } from '../../../src/tools/review/judges/data/retention';
import { interruptedNetwork } from '../../../src/tools/review/judges/outages/interrupted-network';
import { interruptedStores } from '../../../src/tools/review/judges/outages/interrupted-stores';
import { interruptedTraffic } from '../../../src/tools/review/judges/outages/interrupted-traffic';
import { interruptions } from '../../../src/tools/review/judges/outages/interruptions';
import type { Verdict } from '../../../src/tools/review/verdict';
import { planned, reviewOf } from '../../support/plan';

/** One change and what has to be said of it: of those in place both states are told, of what goes the one before. */
interface Promised {
  readonly type: string;
  readonly before: Values;
  readonly after?: Values;

  /** That attribute forces a replacement. */
  readonly replace?: true;

  /** The worst that is said; the texts are those of the first finding that says so. */
  readonly verdict: Verdict;
  readonly attribute?: string;
  readonly reason?: string;
  readonly effect?: string;
  readonly advice?: string;
}

const FOLDER = '__tests__/tools/review/promises';
const promises = readdirSync(FOLDER).flatMap((file) => parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Promised[]);

test.each(promises)('$verdict: $reason ($type $attribute)', ({ type, before, after, replace, verdict, ...texts }) => {
  const action = after === undefined ? 'delete' : replace === undefined ? 'update' : 'delete,create';
  const forcing = replace && { change: { replace_paths: [[texts.attribute ?? '']] } };
  const change = planned(`${type}.it`, action, before, after ?? null, forcing);
  const review = reviewOf(change);
  expect(review.verdict).toBe(verdict);
  expect(review.findings.find((one) => one.verdict === verdict)).toMatchObject(texts);
});

test('every rule about what is changed in place has an example', () => {
  const rules = [
    ...[...protections, ...retention, ...encryption].map((rule) => ({ rule, verdict: 'loses-data' })),
    ...[...interruptedStores, ...interruptions, ...interruptedTraffic, ...interruptedNetwork].map((rule) => ({
      rule,
      verdict: 'outage',
    })),
  ];
  const without = rules.filter(
    ({ rule, verdict }) =>
      !promises.some(
        (one) =>
          one.verdict === verdict &&
          one.after !== undefined &&
          (rule.types?.test(one.type) ?? true) &&
          one.reason?.endsWith(` ${rule.says}`),
      ),
  );
  expect(without.map(({ rule }) => `${rule.types} ${rule.path} ${rule.says}`)).toEqual([]);
});
