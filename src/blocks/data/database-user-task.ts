import type { Construct } from 'constructs';
import type { Usable } from '../../access/usable';
import { OneOffTask, type OneOffTaskProps } from '../containers/one-off-task';

/** Props of {@link databaseUserTask}: where it runs, and what lets it in. */
export interface DatabaseUserTaskProps extends Pick<OneOffTaskProps, 'region' | 'logRetentionDays' | 'connections'> {
  readonly prefix: string;

  /** Major version of the server, whose psql it runs. */
  readonly majorVersion: string;
  readonly setup: Usable;
}

/**
 * Makes the application's user, or gives it the current password; may run any number of times.
 *
 * `\password` hashes in the client: the server's log of statements never sees the password.
 */
const SCRIPT = String.raw`set -eu
psql -v ON_ERROR_STOP=1 -v user="$APPLICATION_USER" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'user') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'user') \gexec
GRANT USAGE ON SCHEMA public TO :"user";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"user";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"user";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"user";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"user";
SQL
printf '%s\n%s\n' "$APPLICATION_PASSWORD" "$APPLICATION_PASSWORD" | psql -v ON_ERROR_STOP=1 -c "\password $APPLICATION_USER"
`;

/** The one-off task that makes a database user with rights on rows and none on tables. */
export function databaseUserTask(
  scope: Construct,
  id: string,
  { prefix, majorVersion, setup, ...place }: DatabaseUserTaskProps,
): OneOffTask {
  return new OneOffTask(scope, id, {
    ...place,
    name: 'database-user',
    family: `${prefix}-database-user`,
    image: `public.ecr.aws/docker/library/postgres:${majorVersion}-alpine`,
    command: ['sh', '-c', SCRIPT],
    cpu: 256,
    memory: 512,
    architecture: 'x86_64',
    readonlyRootFilesystem: true,
    environment: {},
    uses: [setup],
  });
}
