import * as z from 'zod';
import type { Context } from '../context';
import { awsName } from '../values/fields';
import { scheduleExpression } from '../values/schedule';
import { timeZone } from '../values/time-zone';
import { completeStartedTask, maxEventAgeSeconds, startedTaskShape } from './started-task';
import type { WorkloadSpec } from './workload';

/** One of `scheduled_tasks`: a task that EventBridge Scheduler starts at its times. */
export const scheduledTaskSection = z.strictObject({
  ...startedTaskShape,
  schedule: scheduleExpression.describe(
    'When: rate(1 day), cron(minute hour day-of-month month day-of-week year) or, once, at(…).',
  ),
  timezone: timeZone.default('UTC').describe('What cron(…) and at(…) are in, summer time included.'),
  maxEventAgeSeconds: maxEventAgeSeconds(3600, 'Later, the next run is mostly nearer than the one that was missed.'),
  scheduleName: awsName(
    'a schedule',
    /^[\w.-]{1,64}$/,
    '1 to 64 letters, digits, dashes, underscores and dots',
  ).optional(),
});

export type ScheduledTaskSpec = ReturnType<typeof completeScheduledTask>;

/** Fills in names; a renamed task keeps those it has in AWS. */
export function completeScheduledTask(
  section: z.output<typeof scheduledTaskSection>,
  context: Context,
  workload: WorkloadSpec | undefined,
) {
  const completed = completeStartedTask(section, context, workload);
  return { ...completed, scheduleName: section.scheduleName ?? `${context.prefix}-${section.was ?? section.name}` };
}
