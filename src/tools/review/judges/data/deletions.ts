import type { Values } from '../../../graph/values';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html */
export function relational(before: Values): string {
  const snapshot =
    before['skip_final_snapshot'] === true
      ? 'without a final snapshot'
      : `after a final snapshot${quoted(before['final_snapshot_identifier'])}, whose restore makes a new database and usually takes from minutes to hours`;
  const backups =
    before['delete_automated_backups'] === false
      ? 'automated backups stay until they expire'
      : 'automated backups go with it';
  return `${protectedNow(before['deletion_protection'])}it is deleted ${snapshot}; ${backups}`;
}

export function cluster(before: Values): string {
  const snapshot =
    before['skip_final_snapshot'] === true
      ? 'without a final snapshot'
      : `after a final snapshot${quoted(before['final_snapshot_identifier'])}`;
  return `${protectedNow(before['deletion_protection'])}it is deleted ${snapshot}, and its automated backups with it`;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/red-ug/backups-deleting.html */
export function cache(before: Values): string {
  const snapshot = quoted(before['final_snapshot_identifier']);
  const how = snapshot === '' ? 'at once, without a final snapshot' : `after a final snapshot${snapshot}`;
  return `it is deleted ${how}, and its automatic backups with it; a new one begins empty, usually after about 10 to 15 minutes`;
}

export function bucket(before: Values): string {
  return before['force_destroy'] === true
    ? 'force_destroy is on: every object and every version is deleted, and nothing brings them back'
    : 'S3 refuses to delete a bucket that is not empty, and the apply stops half-way; an empty one goes, and its name is free for anybody';
}

export function repository(before: Values): string {
  return before['force_delete'] === true
    ? 'force_delete is on: every image goes, and tasks that are started later find none'
    : 'ECR refuses to delete a repository that has images, and the apply stops half-way';
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
export function secret(before: Values): string {
  const days = before['recovery_window_in_days'];
  return days === 0
    ? 'recovery_window_in_days is 0: it is gone at once'
    : `whoever reads it fails at once; for ${typeof days === 'number' ? days : 30} days it can be restored, and its name is taken`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
export function key(before: Values): string {
  const days = before['deletion_window_in_days'];
  return `all that is encrypted with it can't be read at once, and never again once ${typeof days === 'number' ? days : '7 to 30'} days are over; until then "aws kms cancel-key-deletion" brings it back`;
}

function protectedNow(protection: unknown): string {
  return protection === true || protection === 'ACTIVE'
    ? 'AWS refuses while deletion protection is on, and the apply stops half-way; once that is off, '
    : '';
}

export function table(before: Values): string {
  return `${protectedNow(before['deletion_protection_enabled'])}all items go, and with point-in-time recovery on DynamoDB keeps one last backup for 35 days`;
}

export function pool(before: Values): string {
  return `${protectedNow(before['deletion_protection'])}all users and their passwords go: nothing restores them, everybody signs up anew and gets another id`;
}

export function vault(before: Values): string {
  return before['force_destroy'] === true
    ? 'force_destroy is on: every backup in it is deleted, and nothing brings them back'
    : 'AWS refuses to delete a vault that holds backups, and the apply stops half-way';
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DeleteHostedZone.html; its NS record has a TTL of 172,800 seconds. */
export function zone(before: Values): string {
  const records =
    before['force_destroy'] === true
      ? 'force_destroy is on: every record in it is deleted'
      : 'Route 53 refuses while records are in it that Terraform does not know';
  return `${records}; a zone that is made anew has other name servers: nobody finds the domain until the registrar or the parent zone names them, and resolvers keep the old ones for up to 2 days`;
}

function quoted(name: unknown): string {
  return typeof name === 'string' && name !== '' ? ` "${name}"` : '';
}
