import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test.each([
  'rate(1 day)',
  'rate(5 minutes)',
  'cron(0 3 * * ? *)',
  'cron(30 22 ? * MON-FRI *)',
  'cron(0/15 8,9 L * ? 2027-2029)',
  'cron(0 3 ? * 2#1 *)',
  'cron(0 3 1 1 ? 2027/5)',
  'at(2028-02-29T08:00:00)',
])('accepts %s', (schedule) => {
  expect(problems(schedule)).toBe('');
});

const none =
  'expected a schedule such as "rate(1 day)", "cron(0 3 ? * MON-FRI *)" or, once, "at(2027-01-31T08:00:00)", got';
const years = 'here cron has six fields, the last one for the year';

test.each([
  ['daily', `${none} "daily"`],
  ['rate(1 week)', `${none} "rate(1 week)"`],
  ['rate(0 days)', `${none} "rate(0 days)"`],
  ['at(2027-01-31T08:00)', `${none} "at(2027-01-31T08:00)"`],
  ['0 3 * * *', `${none} "0 3 * * *": ${years}: write "cron(0 3 * * ? *)"`],
  ['cron(*/5 * * * *)', `${none} "cron(*/5 * * * *)": ${years}: write "cron(*/5 * * * ? *)"`],
  ['0 3 * * mon-fri', `${none} "0 3 * * mon-fri": ${years}: write "cron(0 3 ? * MON-FRI *)"`],
  ['0 3 * * 1-5', `${none} "0 3 * * 1-5": ${years}`],
  ['0 3 1 * MON', `${none} "0 3 1 * MON": ${years}`],
  ['cron(0 3 * * * *)', `${none} "cron(0 3 * * * *)": exactly one of the two days is "?", the other one counts`],
  ['cron(0 3 ? * ? *)', `${none} "cron(0 3 ? * ? *)": exactly one of the two days is "?", the other one counts`],
  ['cron(60 3 * * ? *)', 'expected the minute to be from 0 to 59 in the schedule, got "cron(60 3 * * ? *)"'],
  ['cron(0 24 * * ? *)', 'expected the hour to be from 0 to 23 in the schedule, got "cron(0 24 * * ? *)"'],
  ['cron(0 3 32 * ? *)', 'expected the day of month to be from 1 to 31 in the schedule, got "cron(0 3 32 * ? *)"'],
  ['cron(0 3 ? 1-13 MON *)', 'expected the month to be from 1 to 12 in the schedule, got "cron(0 3 ? 1-13 MON *)"'],
  ['cron(0 3 ? * 0 *)', 'expected the day of week to be from 1 to 7 in the schedule, got "cron(0 3 ? * 0 *)"'],
  ['at(2027-02-30T00:00:00)', 'expected a moment that the calendar has, got "at(2027-02-30T00:00:00)"'],
])('fails on the schedule %s', (schedule, message) => {
  expect(problems(schedule)).toBe(`demo/dev.yaml:2:40 scheduled_tasks[0].schedule: ${message}`);
});

test('fails on a task without a schedule, and on a time zone that there is not', () => {
  expect(problemsOf('region: us-east-1\nscheduled_tasks: [{ name: a }]\n')).toBe(
    `demo/dev.yaml:2:19 scheduled_tasks[0].schedule: ${none} nothing`,
  );
  expect(
    problemsOf('region: us-east-1\nscheduled_tasks: [{ name: a, schedule: rate(1 day), timezone: Berlin }]\n'),
  ).toBe(
    'demo/dev.yaml:2:63 scheduled_tasks[0].timezone: expected a time zone such as "Europe/Berlin" or "UTC", got "Berlin"',
  );
});

function problems(schedule: string): string {
  return problemsOf(`region: us-east-1\nscheduled_tasks: [{ name: a, schedule: "${schedule}" }]\n`);
}
