import * as z from 'zod';
import type { Context } from '../context';
import { madeOrExisting } from '../values/adoption';
import { flag, text } from '../values/fields';
import {
  completeDatabase,
  completeExistingDatabase,
  type DatabaseSpec,
  databaseShape,
  type ExistingDatabaseSpec,
  existingDatabaseShape,
  existingName,
  proxySection,
  urlParameters,
} from './database';

const userName = text(
  'a user name of letters, digits and underscores that starts with a letter, at most 63 characters and not "rdsadmin"',
  /^(?!rdsadmin$|pg_)[a-z][a-z0-9_]{0,62}$/,
);

const made = {
  ...databaseShape,
  engineVersion: text('a PostgreSQL version from 11 to 18 in quotes, such as "16" or "16.4"', /^1[1-8](?:\.\d{1,2})?$/)
    .default('16')
    .describe('A major version follows its newest minor one.'),
  dbname: text(
    'a database name of letters, digits and underscores, at most 63 characters',
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  ).optional(),
  username: userName
    .default('dbadmin')
    .describe('The master user. Its password is generated and never seen by Terraform’s state.'),
  forceSsl: flag().default(true).describe('Refuses connections without TLS.'),
  logExports: flag().default(true).describe('Server log and upgrade log in CloudWatch Logs.'),
  url: z
    .strictObject({ parameters: urlParameters })
    .optional()
    .describe(
      'Adds a connection URL to the secret, which containers get as DATABASE_URL instead of user and password.',
    ),
  applicationUser: userName
    .optional()
    .describe('A user with fewer rights for the application, made by the one-off task <project>-<env>-database-user.'),
  proxy: proxySection.optional().describe('RDS Proxy: keeps connections open and shares them among clients.'),
};

/** The `postgres` section: one RDS for PostgreSQL instance and its credentials; or one that is there already. */
export const postgresSection = madeOrExisting('database', made, {
  ...existingDatabaseShape,
  dbname: existingName,
  proxy: made.proxy,
});

/** Fills in names, protection and what follows from the version. */
export function completePostgres(
  section: z.output<typeof postgresSection>,
  context: Context,
): DatabaseSpec | ExistingDatabaseSpec {
  if (section.existing) return completeExistingDatabase(section, 'postgres', context);
  const { forceSsl, logExports, engineVersion, username, url, applicationUser, proxy, dbname } = section;
  return completeDatabase(
    section,
    {
      engine: 'postgres',
      rdsEngine: 'postgres',
      engineVersion,
      family: `postgres${engineVersion.split('.')[0]}`,
      dbname: dbname ?? context.project.replace(/-/g, '_'),
      username,
      impliedParameters: { 'rds.force_ssl': forceSsl ? '1' : '0' },
      logs: logExports ? ['postgresql', 'upgrade'] : [],
      url: url && { scheme: 'postgresql', parameters: url.parameters },
      applicationUser,
      proxy,
      ofOracle: undefined,
      options: [],
    },
    context,
  );
}
