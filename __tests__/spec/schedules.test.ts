import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('accepts bounds by time of day, with targets or without', () => {
  expect(
    problems(
      '{ name: night, at: "cron(0 22 ? * MON-FRI *)", timezone: Europe/Berlin, min: 0, max: 0 }, { name: sale, at: "at(2027-11-26T00:00:00)", min: 4 }, { name: first, at: "cron(0/15 8,9 1 JAN-MAR ? 2027-2029)", max: 9 }',
    ),
  ).toBe('');
});

test('fails on a time that is none', () => {
  expect(problems('{ name: night, at: "22:00", min: 0 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:24 workload.scaling.schedules[0].at: expected a time such as "cron(0 7 ? * MON-FRI *)", with "?" for one of the two days, or "at(2027-01-31T08:00:00)", got "22:00""`,
  );
});

test.each([
  ['five fields, as cron has them elsewhere', 'cron(0 22 * * MON-FRI)'],
  ['both days', 'cron(0 22 * * * *)'],
  ['neither day', 'cron(0 22 ? * ? *)'],
  ['small letters', 'cron(0 22 ? * mon-fri *)'],
  ['a rate, which has no time of day', 'rate(1 day)'],
])('fails on a time with %s', (_, at) => {
  expect(problems(`{ name: night, at: "${at}", min: 0 }`)).toBe(
    `demo/dev.yaml:5:24 workload.scaling.schedules[0].at: expected a time such as "cron(0 7 ? * MON-FRI *)", with "?" for one of the two days, or "at(2027-01-31T08:00:00)", got "${at}"`,
  );
});

test('fails on a time zone that there is not', () => {
  expect(problems('{ name: night, at: "cron(0 22 ? * * *)", timezone: Europe/Berln, min: 0 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:56 workload.scaling.schedules[0].timezone: expected a time zone such as "Europe/Berlin" or "UTC", got "Europe/Berln""`,
  );
});

test('fails on a time zone in small letters, which AWS does not know', () => {
  expect(problems('{ name: night, at: "cron(0 22 ? * * *)", timezone: europe/berlin, min: 0 }')).toContain(
    'expected a time zone such as "Europe/Berlin" or "UTC", got "europe/berlin"',
  );
});

test('fails on a schedule that changes nothing', () => {
  expect(problems('{ name: night, at: "cron(0 22 ? * * *)" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:5 workload.scaling.schedules.night: expected min, max or both, got nothing: it would change nothing, and AWS refuses it"`,
  );
});

test('fails on bounds the wrong way round, those of scaling among them', () => {
  expect(problems('{ name: night, at: "cron(0 22 ? * * *)", min: 5, max: 4 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:51 workload.scaling.schedules.night.min: expected at most 4, the max beside it, got 5: AWS would refuse the bounds when the time comes, and nothing would change"`,
  );
  expect(problems('{ name: day, at: "cron(0 22 ? * * *)", min: 11 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:49 workload.scaling.schedules.day.min: expected at most 10, the max of scaling, got 11: AWS would refuse the bounds when the time comes, and nothing would change"`,
  );
  expect(problems('{ name: night, at: "cron(0 22 ? * * *)", max: 1 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:51 workload.scaling.schedules.night.max: expected at least 2, the min of scaling, got 1: AWS would refuse the bounds when the time comes, and nothing would change"`,
  );
});

test('fails on two schedules of one name', () => {
  const night = '{ name: night, at: "cron(0 22 ? * * *)", min: 0 }';
  expect(problems(`${night}, ${night}`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:64 workload.scaling.schedules[1].name: expected a schedule name that is not taken, got "night": each name may stand in the list once"`,
  );
});

function problems(schedules: string): string {
  return problemsOf(`region: us-east-1
workload:
  desired_count: 2
  scaling: { min: 2, max: 10, schedules: [
    ${schedules}] }
`);
}
