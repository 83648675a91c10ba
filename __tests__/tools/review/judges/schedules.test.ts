import { expect, test } from 'vitest';
import { isRarer } from '../../../../src/tools/review/judges/data/schedules';

test.each([
  ['cron(0 3 * * ? *)', 'cron(0 3 ? * SUN *)'],
  ['cron(0 3 * * ? *)', 'cron(0 3 ? * MON-FRI *)'],
  ['cron(0 3 ? * MON,THU *)', 'cron(0 3 ? * 2#1 *)'],
  ['cron(0 3 ? * SUN *)', 'cron(0 3 1 * ? *)'],
  ['cron(0 3 1,15 * ? *)', 'cron(0 3 L * ? *)'],
  ['cron(0 3 1 * ? *)', 'cron(0 3 1 1/3 ? *)'],
  ['cron(0 0/6 * * ? *)', 'cron(0 */12 * * ? *)'],
  ['cron(0 1-23/2 * * ? *)', 'rate(1 day)'],
  ['rate(12 hours)', 'rate(1 day)'],
])('from %s to %s is rarer, and not the other way round', (before, after) => {
  expect(isRarer(before, after)).toBe(true);
  expect(isRarer(after, before)).toBe(false);
});

test.each([
  ['cron(0 3 * * ? *)', 'cron(30 5 * * ? *)'],
  ['rate(24 hours)', 'cron(0 3 * * ? *)'],
  ['cron(0 3 * * ? *)', 'cron(0 3 ? * SUN 2027)'],
  ['cron(0 3 * * ? *)', 'cron(0 3 X * ? *)'],
  ['cron(0 3 * * ? *)', 'rate(1 fortnight)'],
  ['cron(0 3 * * ? *)', undefined],
])('from %s to %s nothing is said', (before, after) => {
  expect(isRarer(before, after)).toBe(false);
});
