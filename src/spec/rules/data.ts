import type { EnvironmentSpec } from '../environment';
import type { MadeBucketSpec } from '../sections/bucket';
import { type Finding, oneDeclared } from './report';

/** What holds data beside the database: buckets, secrets, users. */
export function* dataRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const bucket of spec.buckets) {
    if (bucket.existing) continue;
    yield* lifecycleRules(bucket);
    yield* publicRules(bucket);
  }
  yield* messagingRules(spec);
  for (const { name, generate, fillIn, existing } of spec.secrets) {
    if (!existing && (generate === undefined) === (fillIn === undefined)) {
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
  if (spec.cognito?.webClientSecret && !spec.cognito.enableWebClient) {
    yield {
      path: ['cognito', 'web_client_secret'],
      expected: 'expected false, because there is no web client (enable_web_client)',
    };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function* lifecycleRules({ name, lifecycle, versioning }: MadeBucketSpec): Iterable<Finding> {
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

function* publicRules({ name, public: open, accessLogTarget }: MadeBucketSpec): Iterable<Finding> {
  if (!open || !accessLogTarget) return;
  yield {
    path: ['buckets', name, 'public'],
    expected: 'expected false beside "access_log_target: true"',
    advice: 'anybody could read who asked for what; keep access logs in a bucket of their own',
  };
}

function* messagingRules({ sqs, topics }: EnvironmentSpec): Iterable<Finding> {
  const names = sqs.map(({ name }) => name);
  for (const topic of topics) {
    for (const [index, queue] of topic.queues.entries()) {
      if (names.includes(queue)) continue;
      yield {
        path: ['topics', topic.name, 'queues', String(index)],
        expected: oneDeclared(names, 'sqs', 'a queue'),
        got: queue,
      };
    }
  }
}
