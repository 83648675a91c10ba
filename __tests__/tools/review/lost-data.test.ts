import { expect, test } from 'vitest';
import type { ResourceChange } from '../../../src/tools/graph/plan-json';
import { dataHolders } from '../../../src/tools/review/judges/data/data-holders';
import { findingsOf, planned, reviewOf, verdictsOf } from '../../support/plan';

const database = {
  identifier: 'shop',
  engine: 'postgres',
  skip_final_snapshot: false,
  final_snapshot_identifier: 'shop-final',
  deletion_protection: true,
  delete_automated_backups: true,
};

test('a replaced database says what forces it, what RDS does and how to keep the data', () => {
  const replaced = planned(
    'aws_db_instance.database',
    'delete,create',
    { ...database, db_name: 'shop' },
    { ...database, db_name: 'store' },
    { change: { replace_paths: [['db_name']] } },
  );
  expect(findingsOf(replaced)).toEqual([
    {
      verdict: 'loses-data',
      address: 'aws_db_instance.database',
      attribute: 'db_name',
      before: 'shop',
      after: 'store',
      reason: 'the database "shop" is replaced by a new, empty one, losing its data and automated backups',
      effect:
        'AWS refuses while deletion protection is on, and the apply stops half-way; once that is off, it is deleted after a final snapshot "shop-final", whose restore makes a new database and usually takes from minutes to hours; automated backups go with it',
      advice: 'leave db_name as it was, or in two steps: take a snapshot first and restore from it',
    },
  ]);
});

test('whatever holds data loses it when it is destroyed or replaced, also where the new one is made first', () => {
  for (const type of Object.keys(dataHolders)) {
    for (const action of ['delete', 'delete,create', 'create,delete'] as const) {
      const change = planned(`${type}.it`, action, { name: 'a' }, action === 'delete' ? null : { name: 'b' });
      expect(reviewOf(change).verdict, `${action} ${type}`).toBe('loses-data');
    }
  }
});

test.each([
  ['aws_db_instance', 'deletion_protection', true, false],
  ['aws_db_instance', 'backup_retention_period', 30, 7],
  ['aws_db_instance', 'backup_retention_period', 7, 0],
  ['aws_rds_cluster', 'skip_final_snapshot', false, true],
  ['aws_rds_cluster', 'kms_key_id', 'arn:aws:kms:eu-west-1:1:key/a', 'arn:aws:kms:eu-west-1:1:key/b'],
  ['aws_dynamodb_table', 'deletion_protection_enabled', true, false],
  ['aws_cognito_user_pool', 'deletion_protection', 'ACTIVE', 'INACTIVE'],
  ['aws_s3_bucket', 'force_destroy', false, true],
  ['aws_ecr_repository', 'force_delete', null, true],
  ['aws_cloudwatch_log_group', 'retention_in_days', 0, 30],
  ['aws_cloudwatch_log_group', 'retention_in_days', 90, 30],
  ['aws_sqs_queue', 'message_retention_seconds', 1209600, 3600],
  ['aws_sqs_queue', 'redrive_policy', '{"deadLetterTargetArn":"arn"}', ''],
  ['aws_kinesis_stream', 'retention_period', 168, 24],
  ['aws_elasticache_replication_group', 'snapshot_retention_limit', 7, 0],
  ['aws_elasticache_replication_group', 'final_snapshot_identifier', 'last', null],
  ['aws_kms_key', 'is_enabled', true, false],
  ['aws_secretsmanager_secret', 'kms_key_id', 'alias/old', 'alias/new'],
])('%s: %s from %j to %j', (type, attribute, before, after) => {
  const change = planned(`${type}.it`, 'update', { [attribute]: before }, { [attribute]: after });
  expect(verdictsOf(change)).toEqual([`loses-data ${type}.it ${attribute}`]);
});

test.each([
  ['aws_db_instance', 'deletion_protection', false, true],
  ['aws_db_instance', 'backup_retention_period', 7, 30],
  ['aws_s3_bucket', 'force_destroy', true, false],
  ['aws_cloudwatch_log_group', 'retention_in_days', 30, 90],
  ['aws_cloudwatch_log_group', 'retention_in_days', 30, 0],
  ['aws_sqs_queue', 'message_retention_seconds', 3600, 1209600],
  ['aws_db_instance', 'kms_key_id', 'arn:aws:kms:eu-west-1:1:key/a', 'a'],
  ['aws_elasticache_replication_group', 'final_snapshot_identifier', 'last', 'very-last'],
])('%s: %s from %j to %j is only behaviour', (type, attribute, before, after) => {
  const change = planned(`${type}.it`, 'update', { [attribute]: before }, { [attribute]: after });
  expect(verdictsOf(change)).toEqual([`behaviour ${type}.it ${attribute}`]);
});

test('blocks that protect are found inside of them', () => {
  const table = (enabled: boolean) => ({ name: 'items', point_in_time_recovery: [{ enabled }] });
  const versioning = (status: string) => ({ bucket: 'shop', versioning_configuration: [{ status }] });
  expect(
    verdictsOf(
      planned('aws_dynamodb_table.items', 'update', table(true), table(false)),
      planned('aws_s3_bucket_versioning.shop', 'update', versioning('Enabled'), versioning('Suspended')),
    ),
  ).toEqual([
    'loses-data aws_dynamodb_table.items point_in_time_recovery[0].enabled',
    'loses-data aws_s3_bucket_versioning.shop versioning_configuration[0].status',
  ]);
});

const lifecycle = (...rules: readonly object[]) => ({ bucket: 'shop', rule: rules });
const expiring = (days: number, prefix = '') => ({
  status: 'Enabled',
  filter: [{ prefix }],
  expiration: [{ days }],
});

test('a bucket whose objects expire earlier loses those that are older', () => {
  const address = 'aws_s3_bucket_lifecycle_configuration.shop';
  expect(findingsOf(planned(address, 'update', lifecycle(expiring(365)), lifecycle(expiring(30))))).toEqual([
    {
      verdict: 'loses-data',
      address,
      attribute: 'rule',
      reason: 'the lifecycle of the bucket "shop" deletes objects earlier',
      before: 'objects after 365 days, old versions never',
      after: 'objects after 30 days, old versions never',
      effect: 'what is older is deleted, usually within a day or two, and nothing brings it back',
      advice: 'look at what is older in the bucket first',
    },
  ]);
  expect(verdictsOf(planned(address, 'update', lifecycle(expiring(30)), lifecycle(expiring(365))))).toEqual([
    `behaviour ${address} rule[0].expiration[0].days`,
  ]);
  const added = lifecycle(expiring(30), expiring(7, 'logs/'));
  expect(reviewOf(planned(address, 'update', lifecycle(expiring(30)), added)).verdict).toBe('loses-data');
  const bucket = planned('aws_s3_bucket.shop', 'create', null, { bucket: 'shop' });
  expect(reviewOf(bucket, planned(address, 'create', null, lifecycle(expiring(1)))).verdict).toBe('behaviour');
  const old = planned('aws_s3_bucket.shop', 'no-op', { bucket: 'shop' }, { bucket: 'shop' });
  expect(reviewOf(old, planned(address, 'create', null, lifecycle(expiring(1)))).verdict).toBe('loses-data');
});

test('a repository that keeps fewer images loses the others', () => {
  const keeping = (countNumber: number) => ({
    repository: 'shop',
    policy: JSON.stringify({
      rules: [{ rulePriority: 1, selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber } }],
    }),
  });
  const verdict = (before: number, after: number) =>
    reviewOf(planned('aws_ecr_lifecycle_policy.shop', 'update', keeping(before), keeping(after))).verdict;
  expect(verdict(100, 10)).toBe('loses-data');
  expect(verdict(10, 100)).toBe('behaviour');
  const pinning = (tag: string) => {
    const selection = { tagStatus: 'tagged', tagPatternList: [tag], countType: 'imageCountMoreThan', countNumber: 1 };
    return { repository: 'shop', policy: JSON.stringify({ rules: [{ rulePriority: 1, selection }] }) };
  };
  const pinned = planned('aws_ecr_lifecycle_policy.shop', 'update', pinning('v1.0.0'), pinning('v1.1.0'));
  expect(reviewOf(pinned).verdict).toBe('behaviour');
});

test('what looks renamed says so, and how to move it instead', () => {
  const queue = { fifo_queue: false, delay_seconds: 5, message_retention_seconds: 3600 };
  const [first] = findingsOf(
    planned('aws_sqs_queue.old', 'delete', { name: 'old', ...queue }),
    planned('aws_sqs_queue.new', 'create', null, { name: 'new', ...queue }),
  );
  expect(first?.reason).toBe(
    'the queue "old" is destroyed, and the messages in it with it: it looks renamed to aws_sqs_queue.new',
  );
  expect(first?.advice).toBe(
    'if it is the same thing under another name, write "was: <its old name>" beside the new name in the YAML (or moved { from = aws_sqs_queue.old, to = aws_sqs_queue.new }): then nothing is destroyed',
  );
});

test('something else of the same type is no rename', () => {
  const [first] = findingsOf(
    planned('aws_sqs_queue.old', 'delete', { name: 'old', fifo_queue: false, delay_seconds: 5 }),
    planned('aws_sqs_queue.new', 'create', null, { name: 'new', fifo_queue: true, delay_seconds: 90 }),
  );
  expect(first?.reason).not.toContain('renamed');
});

test('what an earlier replacement has left over is not taken for the thing itself', () => {
  const live = planned('aws_db_instance.database', 'no-op', database, database);
  const [first] = findingsOf(live, planned('aws_db_instance.database', 'delete', database, null, { deposed: 'ab12' }));
  expect(first?.reason).toBe(
    'a left-over copy of the database "shop" is destroyed, and its data and automated backups with it',
  );
});

test('what keeps the data of others is missed when it goes', () => {
  expect(verdictsOf(planned('aws_backup_plan.daily', 'delete', { name: 'daily' }))).toEqual([
    'loses-data aws_backup_plan.daily',
  ]);
});

test("of several attributes that force it, the thing's own name is told", () => {
  const cache = (name: string) => ({ replication_group_id: name, subnet_group_name: name });
  const forced = { replace_paths: [['subnet_group_name'], ['replication_group_id']] };
  const change = planned('aws_elasticache_replication_group.redis', 'delete,create', cache('a'), cache('b'), {
    change: forced,
  });
  expect(findingsOf(change)[0]).toMatchObject({ attribute: 'replication_group_id', before: 'a', after: 'b' });
});

test('a lost database is told before its logs, and both before what changes nothing', () => {
  const gone = (address: string) => planned(address, 'delete', { name: 'a' }, null);
  const told = reviewOf(
    gone('aws_cloudwatch_log_group.a'),
    gone('module.shop["eu"].aws_db_instance.z[0]'),
    planned('aws_cloudwatch_dashboard.a', 'update', { name: 'a' }, { name: 'b' }),
  ).findings.map(({ address }) => address);
  expect(told).toEqual([
    'module.shop["eu"].aws_db_instance.z[0]',
    'aws_cloudwatch_log_group.a',
    'aws_cloudwatch_dashboard.a',
  ]);
});

test('the settings of a bucket that goes are not told as losses of their own, those of one that stays are', () => {
  const bucket = { id: 'media', bucket: 'media' };
  const gone = planned('aws_s3_bucket.media', 'delete', bucket, null);
  const stays = planned('aws_s3_bucket.media', 'no-op', bucket, bucket);
  const versioning = planned(
    'aws_s3_bucket_versioning.media',
    'delete',
    { id: 'media', bucket: 'media', versioning_configuration: [{ status: 'Enabled' }] },
    null,
  );
  const lost = (...changes: readonly ResourceChange[]) =>
    verdictsOf(...changes).filter((one) => one.startsWith('loses-data'));
  expect(lost(gone, versioning)).toEqual(['loses-data aws_s3_bucket.media']);
  expect(lost(stays, versioning)).toEqual(['loses-data aws_s3_bucket_versioning.media']);
});
