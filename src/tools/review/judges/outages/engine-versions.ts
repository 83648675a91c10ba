import type { Values } from '../../../graph/values';
import type { Change } from '../../change';
import { timed } from '../timing';

/** What RDS does to get to another version of the engine. */
export function engineUpgrade(change: Change): string {
  if (withoutLeave(change)) {
    return 'RDS refuses a major upgrade without allow_major_version_upgrade = true: the apply stops half-way';
  }
  const down = isMajor(change)
    ? 'a major upgrade, it is usually down for about 10 to 60 minutes, and there is no way back but a snapshot'
    : 'a minor upgrade, it is usually down for about 1 to 10 minutes';
  const standby = change.after?.['multi_az'] === true ? `; ${BOTH}` : '';
  return timed(change, `${down}${standby}`);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html */
const BOTH = 'its standby does not help, both are upgraded at once';

/** A cluster's instances follow the cluster, and have no such argument. */
export function withoutLeave(change: Change): boolean {
  return isMajor(change) && /^aws_(?:db_instance|rds_cluster)$/.test(change.type) && change.after?.[LEAVE] !== true;
}

const LEAVE = 'allow_major_version_upgrade';

export function isMajor({ before, after }: Change): boolean {
  const [old, now] = [majorOf(before), majorOf(after)];
  return old !== '' && now !== '' && old !== now;
}

/** Up to PostgreSQL 9, and always with MySQL and MariaDB, the first two numbers are the major version. */
function majorOf(values: Values | undefined): string {
  const [first = '', second = ''] = String(values?.['engine_version'] ?? '').split('.');
  const [engine, version] = [String(values?.['engine'] ?? ''), Number(first)];
  const two = /mysql|maria/.test(engine) ? second : version < 10 && /postgres/.test(engine) ? second : '';
  return two === '' ? first : `${first}.${two}`;
}
