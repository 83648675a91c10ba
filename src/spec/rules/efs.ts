import type { EnvironmentSpec } from '../environment';
import type { EfsSpec } from '../sections/efs';
import type { Finding } from './report';

/** What EFS would refuse. https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html */
export function* efsRules({ efs }: EnvironmentSpec): Iterable<Finding> {
  for (const each of efs) {
    yield* tieringRules(each);
    if (each.path === '/' && each.uid !== 0) {
      yield {
        path: ['efs', each.name, 'path'],
        expected: 'expected a folder below "/", or "uid: 0"',
        advice: `EFS makes folders for user ${each.uid}, but "/" is there already and only user 0 may write to it`,
      };
    }
  }
}

function* tieringRules({
  name,
  throughput,
  infrequentAccessAfterDays,
  archiveAfterDays,
  standardOnAccess,
}: EfsSpec): Iterable<Finding> {
  const at = (key: string) => ['efs', name, key];
  if (archiveAfterDays !== undefined && infrequentAccessAfterDays === undefined) {
    yield {
      path: at('archive_after_days'),
      expected: 'expected infrequent_access_after_days beside it',
      advice: 'EFS archives only what is in Infrequent Access already',
    };
  }
  if (archiveAfterDays !== undefined && archiveAfterDays <= (infrequentAccessAfterDays ?? 0)) {
    yield {
      path: at('archive_after_days'),
      expected: `expected more than the ${infrequentAccessAfterDays} days of infrequent_access_after_days`,
      advice: 'EFS archives only what is in Infrequent Access already',
    };
  }
  if (archiveAfterDays !== undefined && throughput !== 'elastic') {
    yield {
      path: at('archive_after_days'),
      expected: 'expected "throughput: elastic" with it',
      advice: 'EFS has an archive for no other',
    };
  }
  if (standardOnAccess && infrequentAccessAfterDays === undefined) {
    yield {
      path: at('standard_on_access'),
      expected: 'expected infrequent_access_after_days beside it, because files never leave Standard otherwise',
    };
  }
}
