import type { EnvironmentSpec } from '../environment';
import type { BucketSpec } from '../sections/bucket';
import type { PostgresSpec } from '../sections/postgres';
import { windowMinutes, windowsOverlap } from '../values/windows';
import { either, type Finding } from './report';
import { storageRules } from './storage';

const reservedUsers = ['admin', 'all', 'public', 'rds_superuser', 'rdsrepladmin', 'select', 'table', 'user'];

/** What holds data: database, buckets, secrets, users. */
export function* dataRules(spec: EnvironmentSpec): Iterable<Finding> {
  if (spec.postgres) {
    yield* storageRules(spec.postgres);
    yield* postgresRules(spec.postgres, spec.region);
  }
  for (const bucket of spec.buckets) yield* lifecycleRules(bucket);
  yield* messagingRules(spec);
  for (const { name, generate, fillIn } of spec.secrets) {
    if ((generate === undefined) === (fillIn === undefined)) {
      yield {
        path: ['secrets', name],
        expected: 'expected either generate or fill_in',
        got: generate ? 'both' : undefined,
        advice: generate
          ? 'make two secrets of it: Terraform writes the one, a person the other'
          : 'say who sets its keys',
      };
    }
  }
  if (spec.cognito?.enableUserPoolDomain && spec.cognito.callbackUrls.length === 0) {
    yield {
      path: ['cognito', 'callback_urls'],
      expected: 'expected at least one address, because the hosted UI has to send users back',
      got: undefined,
    };
  }
  if (spec.cognito?.webClientSecret && !spec.cognito.enableWebClient) {
    yield {
      path: ['cognito', 'web_client_secret'],
      expected: 'expected false, because there is no web client (enable_web_client)',
    };
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
function* postgresRules(postgres: PostgresSpec, region: string): Iterable<Finding> {
  const at = (key: string) => ['postgres', key];

  for (const key of ['backupWindow', 'maintenanceWindow'] as const) {
    if (windowMinutes(postgres[key]) >= 30) continue;
    yield {
      path: at(key === 'backupWindow' ? 'backup_window' : 'maintenance_window'),
      expected: 'expected a window of at least 30 minutes',
    };
  }
  if (windowsOverlap(postgres.backupWindow, postgres.maintenanceWindow)) {
    yield {
      path: at('backup_window'),
      expected: `expected a window outside the maintenance window ${postgres.maintenanceWindow}`,
      advice: 'RDS refuses windows that overlap',
    };
  }

  for (const [key, user, refusal] of [
    ['username', postgres.username, 'RDS would refuse the instance'],
    ['application_user', postgres.applicationUser, 'PostgreSQL would refuse the user'],
  ] as const) {
    if (user === undefined || !reservedUsers.includes(user)) continue;
    yield { path: at(key), expected: 'expected a name that PostgreSQL does not reserve', advice: refusal };
  }
  if (postgres.applicationUser === postgres.username) {
    yield { path: at('application_user'), expected: 'expected another name than that of the master user' };
  }
  if (postgres.readReplicas.length > 15) {
    yield { path: at('read_replicas'), expected: 'expected at most 15, all that RDS makes of one instance' };
  }
  if (['postgres', 'rdsadmin', 'template0', 'template1'].includes(postgres.dbname)) {
    yield {
      path: at('dbname'),
      expected: 'expected a name that no database of the server has yet',
      advice: 'RDS refuses the instance',
    };
  }
  if (postgres.backupCopyRegion === region) {
    yield {
      path: at('backup_copy_region'),
      expected: `expected another region than ${region}`,
      advice: 'a copy in the same place survives nothing more',
    };
  }
  if ('rds.force_ssl' in postgres.parameters) {
    yield {
      path: ['postgres', 'parameters', 'rds.force_ssl'],
      expected: 'expected force_ssl in the section instead of the parameter',
    };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function* lifecycleRules({ name, lifecycle, versioning }: BucketSpec): Iterable<Finding> {
  for (const rule of lifecycle) {
    const at = (...keys: string[]) => ['buckets', name, 'lifecycle', rule.name, ...keys];
    const {
      standardIaAfterDays: ia,
      glacierAfterDays: glacier,
      expireAfterDays: expire,
      expireOldVersionsAfterDays: old,
    } = rule;
    if ([ia, glacier, expire, old].every((days) => days === undefined)) {
      yield {
        path: at(),
        expected:
          'expected at least one of standard_ia_after_days, glacier_after_days, expire_after_days, expire_old_versions_after_days',
        got: undefined,
      };
    }
    if (ia !== undefined && glacier !== undefined && glacier < ia + 30) {
      yield {
        path: at('glacier_after_days'),
        expected: `expected at least ${ia + 30}, 30 days after the move to Standard-IA`,
        advice: 'S3 refuses the rule',
      };
    }
    const lastMove = Math.max(ia ?? 0, glacier ?? 0);
    if (expire !== undefined && expire <= lastMove) {
      yield {
        path: at('expire_after_days'),
        expected: `expected more than ${lastMove}, the day of the last move`,
        advice: 'S3 refuses the rule',
      };
    }
    if (old !== undefined && !versioning) {
      yield {
        path: at('expire_old_versions_after_days'),
        expected: 'expected versioning to be on, because there are no old versions otherwise',
      };
    }
  }
}

function* messagingRules({ sqs, topics }: EnvironmentSpec): Iterable<Finding> {
  const names = sqs.map(({ name }) => name);
  for (const topic of topics) {
    for (const [index, queue] of topic.queues.entries()) {
      if (names.includes(queue)) continue;
      yield {
        path: ['topics', topic.name, 'queues', String(index)],
        expected:
          names.length > 0 ? `expected ${either(names)}, which "sqs" declares` : 'expected a queue that "sqs" declares',
        got: queue,
      };
    }
  }
}
