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
  privateDatabase,
  proxySection,
  urlParameters,
} from './database';

const made = {
  ...databaseShape,
  engineVersion: text('a MySQL version in quotes, such as "8.0", "8.4" or "8.0.40"', /^8\.[04](?:\.\d{1,2})?$/)
    .default('8.4')
    .describe('Without its last part it follows the newest release.'),
  dbname: text(
    'a database name of letters, digits and underscores, at most 64 characters',
    /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
  ).optional(),
  username: text('a user name of letters, digits and underscores, at most 16 characters', /^[a-z][a-z0-9_]{0,15}$/)
    .default('dbadmin')
    .describe('The master user. Its password is generated and never seen by Terraform’s state.'),
  forceSsl: flag().default(true).describe('Refuses connections without TLS (require_secure_transport).'),
  logExports: flag().default(true).describe('Error log and slow query log in CloudWatch Logs.'),
  url: z
    .strictObject({
      scheme: text('the scheme of a URL, such as "mysql" or "mysql+pymysql"', /^[a-z][a-z0-9+.-]{0,40}$/).default(
        'mysql',
      ),
      parameters: urlParameters,
    })
    .optional()
    .describe(
      'Adds a connection URL to the secret, which containers get as DATABASE_URL instead of user and password.',
    ),
  proxy: proxySection.optional().describe('RDS Proxy: keeps connections open and shares them among clients.'),
};

/** The `mysql` section: one RDS for MySQL instance and its credentials; or one that is there already. */
export const mysqlSection = madeOrExisting('database', made, {
  ...existingDatabaseShape,
  dbname: existingName,
  proxy: made.proxy,
});

/** Fills in names, protection and what follows from the version. */
export function completeMysql(
  section: z.output<typeof mysqlSection>,
  context: Context,
): DatabaseSpec | ExistingDatabaseSpec {
  if (section.existing) return completeExistingDatabase(section, 'mysql', context);
  const { forceSsl, logExports, engineVersion, username, url, proxy, dbname } = section;
  return completeDatabase(
    section,
    {
      engine: 'mysql',
      rdsEngine: 'mysql',
      engineVersion,
      family: `mysql${engineVersion.split('.').slice(0, 2).join('.')}`,
      dbname: dbname ?? context.project.replace(/-/g, '_'),
      username,
      impliedParameters: {
        require_secure_transport: forceSsl ? '1' : '0',
        // RDS writes them to tables otherwise, which it does not export.
        ...(logExports && { slow_query_log: '1', log_output: 'FILE' }),
      },
      logs: logExports ? ['error', 'slowquery'] : [],
      url,
      applicationUser: undefined,
      ...privateDatabase('mysql', context),
      proxy,
      ofOracle: undefined,
      options: [],
    },
    context,
  );
}
