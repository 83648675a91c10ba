import * as z from 'zod';
import { movable, namedList, oneNumberOf, text } from '../values/fields';

/** The `logs` section: how long logs are kept, and queries worth keeping. */
export const logsSection = z.strictObject({
  retentionDays: oneNumberOf(
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
  )
    .default(7)
    .describe('Days that CloudWatch keeps the log groups of this environment.'),
  savedQueries: namedList(
    z.strictObject({
      ...movable,
      query: text('a Logs Insights query').describe('One command a line or after each "|".'),
    }),
    'saved query',
  ).describe('Logs Insights queries over the containers’ log groups.'),
});

export type LogsSpec = z.output<typeof logsSection>;
