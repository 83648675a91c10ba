import * as z from 'zod';

/** A moment, without a zone: that stands beside it. */
export const AT = String.raw`at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)`;

/** Minute, hour, day of month, month, day of week and year, with "?" for one of the two days. */
export const CRON = String.raw`cron\([\d,*/-]+ [\d,*/-]+ (?:\? [\dA-Z,*/-]+ [\dA-Z,*/#-]+|[\dLW,*/-]+ [\dA-Z,*/-]+ \?) [\d,*/-]+\)`;

const RATE = String.raw`rate\([1-9]\d* (?:minute|hour|day)s?\)`;

const pattern = new RegExp(`^(?:${AT}|${CRON}|${RATE})$`);
const expected =
  'expected a schedule such as "rate(1 day)", "cron(0 3 ? * MON-FRI *)" or, once, "at(2027-01-31T08:00:00)"';

/** What the numbers of a cron expression may be, field by field. */
const bounds: readonly (readonly [field: string, low: number, high: number])[] = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 1, 7],
  ['year', 1970, 2199],
];

/** When EventBridge Scheduler starts something. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const scheduleExpression = z.string({ error: expected }).check(({ value, issues }) => {
  const refuse = (message: string, advice?: string) =>
    issues.push({ code: 'custom', input: value, message, params: advice === undefined ? {} : { advice } });
  if (!pattern.test(value)) refuse(expected, adviceFor(value));
  else if (value.startsWith('cron')) {
    const wrong = fieldOutOfBounds(value);
    if (wrong) refuse(`expected the ${wrong[0]} to be from ${wrong[1]} to ${wrong[2]} in the schedule`);
  } else if (value.startsWith('at') && !exists(value.slice('at('.length, -1))) {
    refuse('expected a moment that the calendar has');
  }
});

/** What most people mean who write a schedule that is none: the cron of Unix. */
function adviceFor(value: string): string | undefined {
  const fields = value
    .replace(/^cron\((.*)\)$/, '$1')
    .trim()
    .split(/\s+/);
  if (fields.length === 6 && /^cron\(/.test(value)) {
    const [, , dayOfMonth, , dayOfWeek] = fields;
    if ((dayOfMonth === '?') === (dayOfWeek === '?')) return 'exactly one of the two days is "?", the other one counts';
  }
  if (fields.length !== 5) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek = ''] = fields;
  const why = 'here cron has six fields, the last one for the year';
  // Weekdays by number are other days here: Unix begins with Sunday as 0, AWS with Sunday as 1.
  if (/\d/.test(dayOfWeek) || (dayOfWeek !== '*' && dayOfMonth !== '*')) return why;
  const days = dayOfWeek === '*' ? [dayOfMonth, month, '?'] : ['?', month, dayOfWeek.toUpperCase()];
  const meant = `cron(${[minute, hour, ...days, '*'].join(' ')})`;
  return pattern.test(meant) ? `${why}: write "${meant}"` : undefined;
}

function fieldOutOfBounds(cron: string): (typeof bounds)[number] | undefined {
  const fields = cron.slice('cron('.length, -1).split(' ');
  return bounds.find(([, low, high], index) => {
    // What stands behind a slash or a # is a step or a place in the month, no point in time.
    const points = (fields[index] ?? '').replace(/[/#]\d+/g, '').match(/\d+/g) ?? [];
    return points.some((point) => Number(point) < low || Number(point) > high);
  });
}

function exists(moment: string): boolean {
  const time = new Date(`${moment}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(moment);
}
