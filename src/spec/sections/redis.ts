import * as z from 'zod';
import type { Context } from '../context';
import { importByName } from '../values/adoption';
import { securityGroupName } from '../values/aws-names';
import { awsName, flag, oneOf, text, textList, textMap, wholeNumber } from '../values/fields';
import { dailyWindow, weeklyWindow } from '../values/windows';

const iamUser = text(
  'a user name of small letters, digits and single dashes that starts with a letter and is not "default"',
  /^(?!default$)[a-z](?:-?[a-z0-9])*$/,
);

/** The `redis` section: one ElastiCache for Redis replication group, always encrypted. */
export const redisSection = z.strictObject({
  enabled: flag().default(true),
  name: awsName(
    'a replication group',
    /^(?=.{1,40}$)[a-z](?:-?[a-z0-9])*$/,
    '1 to 40 small letters, digits and single dashes, a letter first',
  )
    .optional()
    .describe('Its identifier; by default <project>-<env>-redis.'),
  import: importByName('name'),
  engineVersion: oneOf('7.0', '7.1')
    .default('7.1')
    .describe('AWS may raise 7.0 to 7.1 in a maintenance window: write it here then, there is no way back.'),
  nodeType: text('an ElastiCache node type such as "cache.t4g.micro"', /^cache\.[a-z0-9]+\.[a-z0-9]+$/).default(
    'cache.t4g.micro',
  ),
  nodes: wholeNumber(1, 6, 'nodes')
    .default(1)
    .describe('One to write to, the others are copies. From two on they stand in several zones and one takes over.'),
  automaticFailover: flag()
    .optional()
    .describe('By default from two nodes on; `false` leaves the copies to a person, and in any zone.'),
  snapshotRetentionDays: wholeNumber(0, 35)
    .default(1)
    .describe('Days to keep the daily snapshot: the first is free of charge, 0 takes none.'),
  snapshotWindow: dailyWindow.default('03:00-04:00').describe('Daily, UTC.'),
  maintenanceWindow: weeklyWindow.default('sun:04:00-sun:05:00').describe('Weekly, UTC.'),
  parameters: textMap('a map of parameter and value, such as maxmemory-policy: allkeys-lru').default({}),
  logDelivery: flag().default(true).describe('Slow log and engine log in CloudWatch Logs.'),
  iamUsers: textList(iamUser, 'a user', 'a list of user names such as [app]')
    .default([])
    .describe(
      'Users that sign in with the IAM role of their container, <redis name>-<user> in AWS; without any, who reaches the port may do everything. `uses: [redis]` is the first of them, `redis.<user>` another.',
    ),
  securityGroupName: securityGroupName.optional(),
});

export type RedisSpec = ReturnType<typeof completeRedis>;

/** Fills in names; failover follows from the number of nodes. */
export function completeRedis(section: z.output<typeof redisSection>, { prefix }: Context) {
  const name = section.name ?? `${prefix}-redis`;
  return {
    ...section,
    name,
    automaticFailover: section.automaticFailover ?? section.nodes > 1,
    securityGroupName: section.securityGroupName ?? name,
  };
}

/** What a user is called in AWS, where users of all replication groups of a region share their names. */
export function redisUserId(redis: { readonly name: string }, user: string): string {
  return `${redis.name}-${user}`;
}
