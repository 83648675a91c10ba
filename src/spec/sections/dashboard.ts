import * as z from 'zod';
import type { Context } from '../context';
import { awsName, flag, number, text } from '../values/fields';
import { metricName } from './alarms';

/** The `dashboard` section: one CloudWatch dashboard. */
export const dashboardSection = z.strictObject({
  enabled: flag().default(true),
  name: awsName('a dashboard', /^[\w-]{1,255}$/, '1 to 255 letters, digits, dashes and underscores').optional(),
  widgets: z
    .array(
      z.strictObject({
        title: text('text'),
        metrics: z
          .array(metricName, { error: 'expected a list of metrics such as [workload.cpu]' })
          .min(1, 'expected at least one metric'),
        target: number(0, 1e12).optional().describe('A line at this height, in the metrics’ unit.'),
      }),
      { error: 'expected a list of widgets, each with title and metrics' },
    )
    .min(1, 'expected at least one widget'),
});

export type DashboardSpec = ReturnType<typeof completeDashboard>;

/** Fills in the name. */
export function completeDashboard(section: z.output<typeof dashboardSection>, { prefix }: Context) {
  return { ...section, name: section.name ?? prefix };
}
