import { expect, test } from 'vitest';
import { costSection, type Usage } from '../../../src/spec/sections/cost';
import { readPriceTable } from '../../../src/tools/price-table';
import { judgeCost } from '../../../src/tools/review/judges/cost';
import {
  compareSynthesized,
  type SynthesizedStack,
} from '../../../src/tools/review/synthesized/synthesized-comparison';

test('what costs at least a dollar more is told with both figures, and what costs less is not', () => {
  const database = (instance: string) => ({
    aws_db_instance: {
      main: {
        identifier: 'main',
        engine: 'postgres',
        instance_class: instance,
        storage_type: 'gp3',
        allocated_storage: 20,
      },
    },
  });
  const [dearer] = judged(database('db.t4g.micro'), database('db.t4g.small'));
  expect(dearer).toMatchObject({ verdict: 'costs-more', address: 'aws_db_instance.main' });
  expect(dearer?.reason).toMatch(/^the database "main" costs \$\d+\.\d\d a month more$/);
  const [before, after] = [dearer?.before, dearer?.after].map((text) =>
    Number(/\$([\d.]+) a month/.exec(text ?? '')?.[1]),
  );
  expect(after).toBeGreaterThan((before ?? 0) + 1);
  expect(judged(database('db.t4g.small'), database('db.t4g.micro'))).toEqual([]);
});

test('what is new costs all of it', () => {
  const [gateway] = judged({}, { aws_nat_gateway: { a: { subnet_id: 'subnet-1' } } });
  expect(gateway).toMatchObject({ verdict: 'costs-more', before: '$0.00 a month' });
  expect(gateway?.reason).toMatch(/ is new and costs \$\d+\.\d\d a month$/);
});

test('a price that nobody knows is named', () => {
  const cache = (node: string) => ({
    aws_elasticache_replication_group: { main: { engine: 'redis', node_type: node } },
  });
  expect(judged(cache('cache.t3.micro'), cache('cache.x9.huge'))).toEqual([
    expect.objectContaining({
      verdict: 'unknown',
      effect: 'nodes: the table has no "elasticache.redis.cache.x9.huge.hour"',
    }),
  ]);
});

test('who may do what costs nothing, and is no unknown price', () => {
  const types = [
    'aws_iam_access_key',
    'aws_iam_group_membership',
    'aws_iam_user',
    'aws_iam_user_login_profile',
    'aws_iam_user_policy_attachment',
    'aws_kms_grant',
    'aws_ram_principal_association',
    'aws_ssoadmin_account_assignment',
    'aws_vpc_peering_connection',
  ];
  expect(judged({}, Object.fromEntries(types.map((type) => [type, { x: { user: 'bob' } }])))).toEqual([]);
});

test('of what is charged by use, nothing is assumed for a stack of which nobody says how it is used', () => {
  const logs = { aws_cloudwatch_log_group: { press: { name: 'press', retention_in_days: 30 } } };
  expect(judged({}, logs)).toMatchObject([{ verdict: 'costs-more' }]);
  expect(judged({}, logs, {})).toEqual([]);
  const [gateway] = judged({}, { aws_nat_gateway: { a: { subnet_id: 'subnet-1' } } }, {});
  expect(gateway?.effect).toMatch(/ by the list prices of us-east-1 without what is charged by use$/);
});

test('a volume costs its size', () => {
  const volume = (size: number) => ({ aws_ebs_volume: { pictures: { type: 'gp3', size } } });
  const [bigger] = judged(volume(100), volume(200));
  expect(bigger).toMatchObject({ before: '$8.00 a month', after: '$16.00 a month' });
});

test('capacity that is set aside costs more without anybody saying how it is used', () => {
  const changes = [
    [
      'aws_dynamodb_table',
      { name: 'shop', billing_mode: 'PROVISIONED', read_capacity: 5, write_capacity: 5 },
      { read_capacity: 2000, write_capacity: 2000 },
      'the DynamoDB table "shop" costs $1135.95 a month more', // 1995 x 730 x 0.00078
    ],
    [
      'aws_efs_file_system',
      { throughput_mode: 'elastic' },
      { throughput_mode: 'provisioned', provisioned_throughput_in_mibps: 500 },
      'the file system "it" costs $3000.00 a month more',
    ],
    [
      'aws_kinesis_stream',
      { name: 'shop', shard_count: 1 },
      { shard_count: 50 },
      'the Kinesis stream "shop" costs $536.55 a month more', // 49 x 730 x 0.015
    ],
  ] as const;
  for (const [type, before, after, reason] of changes) {
    const [finding] = judged({ [type]: { it: before } }, { [type]: { it: { ...before, ...after } } }, {});
    expect(finding).toMatchObject({ verdict: 'costs-more', address: `${type}.it`, reason });
  }
});

function judged(
  before: SynthesizedStack['resource'],
  after: SynthesizedStack['resource'],
  told: { readonly usage?: Usage } = { usage: costSection.parse({}).usage },
) {
  const table = readPriceTable('prices', 'us-east-1');
  if (!table) throw new Error('there is no table');
  const judge = judgeCost({ table, ...told });
  return [...judge(compareSynthesized('shop-dev', { resource: before }, { resource: after }))];
}
