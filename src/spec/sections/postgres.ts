import * as z from 'zod';
import type { Context } from '../context';
import { awsName, flag, movable, namedList, text, textMap, wholeNumber } from '../values/fields';
import { regions } from '../values/regions';
import { dailyWindow, weeklyWindow } from '../values/windows';

const instanceClass = text('an RDS instance class such as "db.t4g.micro"', /^db\.[a-z0-9]+\.[a-z0-9]+$/);
const userName = text(
  'a user name of letters, digits and underscores that starts with a letter, at most 63 characters and not "rdsadmin"',
  /^(?!rdsadmin$|pg_)[a-z][a-z0-9_]{0,62}$/,
);

/** Storage that RDS gives a gp3 volume below 400 GiB, whether asked or not. */
export const GP3_BASELINE = { iops: 3000, throughput: 125, upToGiB: 400 };

/** The `postgres` section: one RDS for PostgreSQL instance and its credentials. */
export const postgresSection = z.strictObject({
  enabled: flag().default(true),
  name: awsName(
    'a database instance',
    /^[a-z](?:-?[a-z0-9]){0,62}$/,
    '1 to 63 small letters, digits and single dashes, a letter first',
  )
    .optional()
    .describe('Its identifier; by default <project>-<env>-postgres.'),
  engineVersion: text('a PostgreSQL version from 11 to 18 in quotes, such as "16" or "16.4"', /^1[1-8](?:\.\d{1,2})?$/)
    .default('16')
    .describe('A major version follows its newest minor one.'),
  instanceClass: instanceClass.default('db.t4g.micro'),
  dbname: text(
    'a database name of letters, digits and underscores, at most 63 characters',
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  ).optional(),
  username: userName
    .default('dbadmin')
    .describe('The master user. Its password is generated and never seen by Terraform’s state.'),
  passwordVersion: wholeNumber(1, 1_000_000)
    .default(1)
    .describe('Raise it to generate new passwords; restart the containers afterwards.'),
  multiAz: flag().default(false).describe('A standby in a second zone; doubles the price of the instance.'),
  allocatedStorage: wholeNumber(20, 65_536, 'GiB').default(20),
  maxAllocatedStorage: wholeNumber(20, 65_536, 'GiB').optional().describe('Storage grows up to this by itself.'),
  storageType: z.enum(['gp3', 'gp2', 'io2'], { error: 'expected "gp3", "gp2" or "io2"' }).default('gp3'),
  iops: wholeNumber(1000, 256_000).optional(),
  throughput: wholeNumber(125, 4000, 'MiB/s').optional(),
  backupRetentionDays: wholeNumber(1, 35).default(7),
  backupWindow: dailyWindow.default('03:00-04:00').describe('Daily, UTC.'),
  maintenanceWindow: weeklyWindow.default('sun:04:00-sun:05:00').describe('Weekly, UTC.'),
  backupCopyRegion: z
    .enum(regions as readonly [string, ...string[]], { error: 'expected a region such as "us-west-2"' })
    .optional()
    .describe('A second region that backups are copied to, under a key made there.'),
  deletionProtection: flag().optional().describe('By default the value of `protect`.'),
  performanceInsights: flag().default(true).describe('Seven days of query statistics, free of charge.'),
  logExports: flag().default(true).describe('Server log and upgrade log in CloudWatch Logs.'),
  forceSsl: flag().default(true).describe('Refuses connections without TLS.'),
  parameters: textMap('a map of parameter and value, such as max_connections: "100"').default({}),
  securityGroupName: awsName(
    'a security group',
    /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
    '1 to 255 letters, digits, spaces and signs such as ".:/-", not "sg-" in front',
  ).optional(),
  secretName: awsName('a secret', /^[\w/+=.@-]{1,512}$/, '1 to 512 letters, digits and any of "/_+=.@-"')
    .optional()
    .describe(
      'Secrets Manager secret with username, password, host, port and dbname; by default <project>/<env>/database.',
    ),
  url: z
    .strictObject({ parameters: textMap('a map of URL parameters').default({}) })
    .optional()
    .describe(
      'Adds a connection URL to the secret, which containers get as DATABASE_URL instead of user and password.',
    ),
  applicationUser: userName
    .optional()
    .describe('A user with fewer rights for the application, made by the one-off task <project>-<env>-database-user.'),
  readReplicas: namedList(
    z.strictObject({ ...movable, instanceClass: instanceClass.optional() }),
    'read replica',
  ).describe('Read-only copies; by default of the same class.'),
});

export type PostgresSpec = ReturnType<typeof completePostgres>;

/** Fills in names and protection. */
export function completePostgres(
  section: z.output<typeof postgresSection>,
  { project, env, prefix, protect }: Context,
) {
  return {
    ...section,
    name: section.name ?? `${prefix}-postgres`,
    dbname: section.dbname ?? project.replace(/-/g, '_'),
    securityGroupName: section.securityGroupName ?? `${prefix}-postgres`,
    secretName: section.secretName ?? `${project}/${env}/database`,
    deletionProtection: section.deletionProtection ?? protect,
  };
}

/** The `max_connections` that the parameters set, or undefined when RDS derives it from the memory. */
export function maxConnections(postgres: PostgresSpec): number | undefined {
  const value = Number(postgres.parameters['max_connections']);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
