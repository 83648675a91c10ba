import type { EnvironmentSpec } from '../environment';
import { type DatabaseSpec, databaseOf, existingDatabaseOf, hasInsights } from '../sections/database';
import { engines } from '../values/engines';
import { windowMinutes, windowsOverlap } from '../values/windows';
import { oracleRules } from './oracle';
import type { Finding } from './report';
import { databaseRotationRules } from './rotation';
import { storageRules } from './storage';
import { versionRules } from './versions';

/** What RDS would refuse of a database, or charge extra for. */
export function* databaseRules(spec: EnvironmentSpec): Iterable<Finding> {
  yield* oneDatabase(spec);
  yield* existingRules(spec);
  const database = databaseOf(spec);
  if (!database) return;
  yield* storageRules(database);
  yield* windowRules(database);
  yield* nameRules(database);
  yield* placeRules(database, spec);
  yield* oracleRules(database);
  yield* versionRules(database);
  yield* databaseRotationRules(database, spec);
}

/** A proxy logs in on behalf of its clients. */
function* existingRules(spec: EnvironmentSpec): Iterable<Finding> {
  const database = existingDatabaseOf(spec);
  if (!database?.proxy || database.secretName !== undefined) return;
  yield {
    path: [database.engine, 'proxy'],
    expected: 'expected "secret_name" beside it, the secret that the proxy logs in with',
    got: 'a proxy without a secret',
    advice: 'RDS refuses it; name the secret with username and password of the database',
  };
}

function* oneDatabase(spec: EnvironmentSpec): Iterable<Finding> {
  const { engine } = databaseOf(spec) ?? existingDatabaseOf(spec) ?? {};
  for (const other of ['mysql', 'oracle'] as const) {
    if (spec[other] === undefined || other === engine) continue;
    yield {
      path: [other],
      expected: `expected one database, and "${engine}" is there already`,
      got: 'a second one',
      advice: '"uses: [database]" would not say which; a second database is a second environment',
    };
  }
}

function* windowRules(database: DatabaseSpec): Iterable<Finding> {
  const at = (key: string) => [database.engine, key];
  for (const key of ['backupWindow', 'maintenanceWindow'] as const) {
    if (windowMinutes(database[key]) >= 30) continue;
    yield {
      path: at(key === 'backupWindow' ? 'backup_window' : 'maintenance_window'),
      expected: 'expected a window of at least 30 minutes',
    };
  }
  if (windowsOverlap(database.backupWindow, database.maintenanceWindow)) {
    yield {
      path: at('backup_window'),
      expected: `expected a window outside the maintenance window ${database.maintenanceWindow}`,
      advice: 'RDS refuses windows that overlap',
    };
  }
}

/** Users, database and parameters whose names are taken. */
function* nameRules({ engine, ...database }: DatabaseSpec): Iterable<Finding> {
  const { title, reservedUsers, reservedDatabases } = engines[engine];
  for (const [key, user, refusal] of [
    ['username', database.username, 'RDS would refuse the instance'],
    ['application_user', database.applicationUser, `${title} would refuse the user`],
  ] as const) {
    if (user === undefined || !reservedUsers.includes(user)) continue;
    yield { path: [engine, key], expected: `expected a name that ${title} does not reserve`, advice: refusal };
  }
  if (database.applicationUser === database.username) {
    yield { path: [engine, 'application_user'], expected: 'expected another name than that of the master user' };
  }
  if (reservedDatabases.includes(database.dbname)) {
    yield {
      path: [engine, 'dbname'],
      expected: 'expected a name that no database of the server has yet',
      advice: 'RDS refuses the instance',
    };
  }
  for (const name of Object.keys(database.parameters)) {
    if (!(name in database.impliedParameters)) continue;
    const key = /ssl|secure_transport/.test(name) ? 'force_ssl' : 'log_exports';
    yield {
      path: [engine, 'parameters', name],
      expected: `expected ${key} in the section instead of the parameter`,
    };
  }
}

/** Where the instance, its copies and its statistics are. */
function* placeRules({ engine, ...database }: DatabaseSpec, { region, network }: EnvironmentSpec): Iterable<Finding> {
  const at = (key: string) => [engine, key];
  if (database.readReplicas.length > 15) {
    yield { path: at('read_replicas'), expected: 'expected at most 15, all that RDS makes of one instance' };
  }
  if (database.backupCopyRegion === region) {
    yield {
      path: at('backup_copy_region'),
      expected: `expected another region than ${region}`,
      advice: 'a copy in the same place survives nothing more',
    };
  }
  if (database.performanceInsights && !hasInsights(engine, database.instanceClass)) {
    yield {
      path: at('performance_insights'),
      expected: `expected false, because RDS has no Performance Insights for ${engines[engine].title} on ${database.instanceClass}`,
      advice: 'it refuses the instance; db.t4g.medium has them',
    };
  }
  const { availabilityZone } = database;
  if (availabilityZone === undefined) return;
  if (database.multiAz) {
    yield {
      path: at('availability_zone'),
      expected: 'expected none, because an instance with a standby stands in two zones',
      advice: 'RDS refuses the two together',
    };
  } else if (availabilityZone.slice(0, -1) !== region) {
    yield {
      path: at('availability_zone'),
      expected: `expected a zone of ${region}`,
      advice: 'RDS finds no subnet in any other region',
    };
  } else if (!network.existing && !network.availabilityZones.includes(availabilityZone)) {
    yield {
      path: at('availability_zone'),
      expected: `expected a zone of the network (${network.availabilityZones.join(', ')})`,
      advice: 'RDS finds no subnet in any other',
    };
  }
}
