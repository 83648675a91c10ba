import * as z from 'zod';
import { flag, listed, namedList, text, wholeNumber } from '../values/fields';
import { AT, CRON } from '../values/schedule';
import { timeZone } from '../values/time-zone';

/** https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
const scheduleExpression = text(
  'a time such as "cron(0 7 ? * MON-FRI *)", with "?" for one of the two days, or "at(2027-01-31T08:00:00)"',
  new RegExp(`^(?:${AT}|${CRON})$`),
);

const schedule = z.strictObject({
  ...listed,
  at: scheduleExpression.describe('When, as cron(minute hour day-of-month month day-of-week year) or, once, at(…).'),
  timezone: timeZone.default('UTC').describe('What the time is in, summer time included.'),
  min: wholeNumber(0, 5000, 'tasks').optional(),
  max: wholeNumber(0, 5000, 'tasks').optional(),
});

/** `scaling` of a service: bounds, targets and times of day. */
export const scaling = z.strictObject({
  enabled: flag().default(true).describe('`false`: as many tasks as `desired_count`, whatever they have to do.'),
  min: wholeNumber(0, 5000, 'tasks').optional().describe('By default as many as `desired_count`.'),
  max: wholeNumber(1, 5000, 'tasks').default(4),
  targetCpu: wholeNumber(1, 100, 'percent')
    .optional()
    .describe('Average CPU (%) that scaling holds. AWS adds tasks after three minutes above it.'),
  targetMemory: wholeNumber(1, 100, 'percent').optional().describe('Average memory (%) that scaling holds.'),
  scaleOutCooldown: wholeNumber(0, 3600, 'seconds').default(60),
  scaleInCooldown: wholeNumber(0, 3600, 'seconds').default(300),
  scaleInBelow: z
    .strictObject({
      cpu: wholeNumber(1, 100, 'percent').optional(),
      memory: wholeNumber(1, 100, 'percent').optional(),
      forMinutes: wholeNumber(1, 60).default(5),
    })
    .optional()
    .describe(
      'Removes one task at a time only when all of these are undercut; without it, target tracking scales in by itself.',
    ),
  schedules: namedList(schedule, 'schedule').describe(
    'Other bounds from a time on, until the next schedule. What a schedule sets, `min` or `max`, Terraform leaves alone after the first apply.',
  ),
});

/** How the workload scales unless its file says otherwise: from `desired` tasks on. */
export function defaultScaling(desired: number) {
  return scaling.parse({ max: Math.max(desired, 4), targetCpu: 70, targetMemory: 80 });
}

export type ScheduleSpec = z.output<typeof schedule>;
