import type { EnvironmentSpec } from '../environment';
import { type DatabaseSpec, databaseOf } from '../sections/database';
import { isOwn } from '../sections/network';
import { defaultPasswordParameters } from '../sections/postgres';
import { ANYWHERE } from '../values/cidr';
import { engines } from '../values/engines';
import type { Finding } from './report';

/** What PostgreSQL alone can be here: reachable from outside, with copies of its password and a web interface. */
export function* postgresRules(spec: EnvironmentSpec): Iterable<Finding> {
  const database = databaseOf(spec);
  if (database?.engine !== 'postgres') return;
  yield* accessRules(database, spec);
  yield* parameterRules(database, spec);
}

function* accessRules(
  { publicAccess, publicAccessFrom, impliedParameters }: DatabaseSpec,
  { network }: EnvironmentSpec,
): Iterable<Finding> {
  if (!publicAccess) {
    if (publicAccessFrom.length === 0) return;
    yield {
      path: ['postgres', 'public_access_from'],
      expected: 'expected none without "public_access: true", because nobody reaches the instance from outside',
    };
    return;
  }
  if (publicAccessFrom.length === 0) {
    yield {
      path: ['postgres', 'public_access_from'],
      expected: 'expected at least one range beside "public_access: true"',
      advice: 'nobody could connect from outside; leave it out for everybody',
    };
  }
  if (publicAccessFrom.includes(ANYWHERE)) {
    yield {
      path: ['postgres', 'public_access'],
      expected: 'expected "public_access_from" beside it with the ranges that connect',
      got: `access from ${ANYWHERE}`,
      advice: `the whole internet may try passwords on port ${engines.postgres.port}; the password is generated and TLS forced, but a flaw in the server would be everybody's`,
      warning: true,
    };
  }
  if (impliedParameters['rds.force_ssl'] !== '1') {
    yield {
      path: ['postgres', 'force_ssl'],
      expected: 'expected true beside "public_access: true"',
      got: false,
      advice: 'passwords and rows would cross the internet in clear',
    };
  }
  if (isOwn(network) && network.networkAcls) {
    yield {
      path: ['network', 'network_acls'],
      expected: 'expected false beside "postgres.public_access: true"',
      advice: "the ACL of the public subnets lets the web's ports in alone, and nobody would reach the database",
    };
  }
}

/** Terraform knows no password that RDS or somebody before it has set. */
function* parameterRules({ passwordParameters, ...database }: DatabaseSpec, spec: EnvironmentSpec): Iterable<Finding> {
  const because =
    database.rotation === 'managed' ? '"rotation: managed"' : database.import ? '"import: true"' : undefined;
  if (because === undefined || passwordParameters.join() === defaultPasswordParameters(spec).join()) return;
  yield {
    path: ['postgres', 'password_parameters'],
    expected: `expected none beside ${because}`,
    advice: 'Terraform does not know the password and writes it nowhere; the output "secret_arns" says where it is',
  };
}
