import type { EnvironmentSpec } from '../environment';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import { peerVariable, secretArnVariable } from '../values/variable-name';

/** Names of the variables that tell of a used thing: those with a value in them, and those that are read from a secret. */
interface Injected {
  readonly plain: readonly string[];

  /** Containers get them so; functions with `_FROM` behind them. */
  readonly secret: readonly string[];
}

/** What a line of `uses` injects. */
export function injected(written: string, spec: EnvironmentSpec): Injected {
  const reads = /^(?:secrets\.(.+)|(database|cognito))\.read$/.exec(written);
  if (reads) return plain(secretArnVariable(reads[1] ?? reads[2] ?? ''));
  const use = written.replace(/\.(?:read|send|receive)$/, '');
  const { redis, ses, push, secrets, buckets, sqs, topics } = spec;
  const secret = secrets.find(({ name }) => use === `secrets.${name}`);
  if (secret) return ofSecret(secret);
  const named =
    buckets.find(({ name }) => use === `buckets.${name}`) ??
    sqs.find(({ name }) => use === `sqs.${name}`) ??
    topics.find(({ name }) => use === `topics.${name}`);
  if (named) return plain(named.variableName);
  if (use === 'database') return ofDatabase(spec);
  if (use === 'cognito') return ofCognito(spec);
  if (/^redis(?:\.|$)/.test(use) && redis) {
    const user = redis.iamUsers.length > 0 ? ['USER', 'CACHE_NAME'] : [];
    return plain(...['HOST', 'PORT', 'TLS', ...user].map((part) => `REDIS_${part}`));
  }
  if (use === 'workload' || use.startsWith('services.')) return plain(peerVariable(use));
  if (use === 'push' && push) return plain('FCM_PLATFORM_APPLICATION_ARN');
  if (use === 'ses' && ses) return plain('SES_DOMAIN', 'SES_SENDER');
  return plain();
}

function plain(...names: readonly string[]): Injected {
  return { plain: names, secret: [] };
}

function ofSecret(secret: EnvironmentSpec['secrets'][number]): Injected {
  if (!secret.existing && secret.rotation) return plain(secretArnVariable(secret.name));
  const keys = secret.existing ? secret.keys : [...Object.keys(secret.generate ?? {}), ...(secret.fillIn ?? [])];
  return { plain: [], secret: keys.map((key) => key.toUpperCase()) };
}

function ofDatabase(spec: EnvironmentSpec): Injected {
  const place = ['HOST', 'PORT', 'NAME'].map((part) => `DATABASE_${part}`);
  const login = ['DATABASE_USERNAME', 'DATABASE_PASSWORD'];
  const existing = existingDatabaseOf(spec);
  if (existing) return { plain: place, secret: existing.secretName === undefined ? [] : login };
  const database = databaseOf(spec);
  if (!database) return plain();
  if (database.url) return { plain: [], secret: ['DATABASE_URL'] };
  const told = [...place, ...(database.engine === 'oracle' ? ['DATABASE_URL'] : [])];
  if (database.rotation === undefined) return { plain: told, secret: login };
  return plain(...told, secretArnVariable('database'));
}

function ofCognito({ cognito }: EnvironmentSpec): Injected {
  if (!cognito) return plain();
  const dashboard = cognito.enableDashboardClient ? ['COGNITO_DASHBOARD_CLIENT_ID'] : [];
  return {
    plain: ['COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID', ...dashboard],
    secret: cognito.webClientSecret ? ['COGNITO_CLIENT_SECRET'] : [],
  };
}
