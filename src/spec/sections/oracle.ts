import * as z from 'zod';
import type { Context } from '../context';
import { madeOrExisting } from '../values/adoption';
import { flag, oneOf, text, textMap, wholeNumber } from '../values/fields';
import {
  completeDatabase,
  completeExistingDatabase,
  type DatabaseSpec,
  databaseShape,
  type ExistingDatabaseSpec,
  existingDatabaseShape,
  privateDatabase,
} from './database';

const made = {
  ...databaseShape,
  instanceClass: databaseShape.instanceClass.removeDefault().default('db.t3.small'),
  edition: oneOf('se2', 'se2-cdb', 'ee', 'ee-cdb')
    .default('se2')
    .describe('Standard Edition Two or Enterprise Edition; "-cdb" for the container architecture.'),
  license: oneOf('license-included', 'bring-your-own-license')
    .default('license-included')
    .describe('AWS sells a licence for Standard Edition Two alone.'),
  engineVersion: text(
    'an Oracle version in quotes, such as "19", "21" or "19.0.0.0.ru-2025-04.rur-2025-04.r1"',
    /^(?:19|21)(?:\.0\.0\.0(?:\.ru-\d{4}-\d\d\.rur-\d{4}-\d\d\.r\d+(?:\.spb-\d+\.r\d+)?)?)?$/,
  )
    .default('19')
    .describe('A major version follows its newest release update.'),
  sid: text('a system identifier of at most 8 capital letters and digits, such as "ORCL"', /^[A-Z][A-Z0-9]{0,7}$/)
    .default('ORCL')
    .describe('Name of the database.'),
  username: text('a user name of letters, digits and underscores, at most 30 characters', /^[a-z][a-z0-9_]{0,29}$/)
    .default('dbadmin')
    .describe('The master user. Its password is generated and never seen by Terraform’s state.'),
  characterSet: text('a character set such as "AL32UTF8"', /^[A-Z][A-Z0-9]{2,29}$/)
    .default('AL32UTF8')
    .describe('Fixed once the database is made.'),
  nationalCharacterSet: oneOf('AL16UTF16', 'UTF8').default('AL16UTF16'),
  logExports: flag().default(true).describe('Alert, audit and listener logs in CloudWatch Logs.'),
  options: z
    .array(
      z.strictObject({
        name: text('an option such as "STATSPACK" or "S3_INTEGRATION"', /^[A-Z][A-Za-z0-9_-]{0,60}$/),
        version: text('a version in quotes', /^\S+$/).optional(),
        port: wholeNumber(1150, 65_535).optional(),
        settings: textMap('a map of setting and value').default({}),
      }),
      { error: 'expected a list of options, each with its "- name:"' },
    )
    .default([])
    .describe('Options of the instance, in an option group of its own.'),
};

/** The `oracle` section: one RDS for Oracle instance and its credentials; or one that is there already. */
export const oracleSection = madeOrExisting('database', made, {
  ...existingDatabaseShape,
  sid: text('its system identifier such as "ORCL"', /^[A-Z][A-Z0-9]{0,7}$/),
});

/** Fills in names, protection and what follows from edition and version. */
export function completeOracle(
  section: z.output<typeof oracleSection>,
  context: Context,
): DatabaseSpec | ExistingDatabaseSpec {
  if (section.existing) return completeExistingDatabase({ ...section, dbname: section.sid }, 'oracle', context);
  const { edition, license, engineVersion, sid, username, characterSet, nationalCharacterSet, logExports, options } =
    section;
  return completeDatabase(
    section,
    {
      engine: 'oracle',
      rdsEngine: `oracle-${edition}`,
      engineVersion,
      family: `oracle-${edition}-${engineVersion.split('.')[0]}`,
      dbname: sid,
      username,
      impliedParameters: {},
      logs: logExports ? ['alert', 'audit', 'listener'] : [],
      url: undefined,
      applicationUser: undefined,
      ...privateDatabase('oracle', context),
      proxy: undefined,
      ofOracle: { edition, license, characterSet, nationalCharacterSet },
      options,
    },
    context,
  );
}
