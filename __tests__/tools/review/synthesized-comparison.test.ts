import { expect, test } from 'vitest';
import { isMeasured } from '../../../src/tools/review/synthesized/replacing';
import {
  compareSynthesized,
  type SynthesizedStack,
} from '../../../src/tools/review/synthesized/synthesized-comparison';
import { shippedStacks } from '../../support/shipped';

test('a stack compared with itself does not change', () => {
  for (const { stack, terraform } of shippedStacks()) {
    expect(compareSynthesized(stack, JSON.parse(terraform), JSON.parse(terraform)).changes).toEqual([]);
  }
});

test('tells what is made, changed in place and destroyed, by address', () => {
  const before = { resource: { aws_sqs_queue: { jobs: { name: 'jobs', delay_seconds: 1 }, old: { name: 'old' } } } };
  const after = { resource: { aws_sqs_queue: { jobs: { name: 'jobs', delay_seconds: 2 }, fresh: { name: 'fresh' } } } };
  expect(told(before, after)).toEqual([
    'create aws_sqs_queue.fresh',
    'update aws_sqs_queue.jobs delay_seconds',
    'delete aws_sqs_queue.old',
  ]);
});

test('an attribute that the provider can not change makes it anew, and with it what takes its id for one', () => {
  const network = (cidr: string): SynthesizedStack => ({
    resource: {
      aws_vpc: { main: { cidr_block: cidr } },
      aws_subnet: { a: { vpc_id: '$' + '{aws_vpc.main.id}', cidr_block: '10.0.1.0/24' } },
      aws_sqs_queue: { jobs: { name: 'jobs' } },
    },
  });
  expect(told(network('10.0.0.0/16'), network('10.1.0.0/16'))).toEqual([
    'replace aws_subnet.a vpc_id (known after apply), forced by vpc_id',
    'replace aws_vpc.main cidr_block, forced by cidr_block',
  ]);
});

test('what only takes the name of something that is made anew stays, because the name is written', () => {
  const stack = (engine: string): SynthesizedStack => ({
    resource: {
      aws_db_instance: { main: { identifier: 'main', engine } },
      aws_cloudwatch_metric_alarm: { cpu: { alarm_name: '$' + '{aws_db_instance.main.identifier}-cpu' } },
    },
  });
  expect(told(stack('postgres'), stack('mysql'))).toEqual(['replace aws_db_instance.main engine, forced by engine']);
});

test('a moved block takes a resource along, and what names it does not change', () => {
  const queue = (name: string): SynthesizedStack => ({
    resource: {
      aws_sqs_queue: { [name]: { name: 'jobs' } },
      aws_sqs_queue_policy: { all: { queue_url: `\${aws_sqs_queue.${name}.url}` } },
    },
  });
  const moved = [{ from: 'aws_sqs_queue.old', to: 'aws_sqs_queue.fresh' }];
  expect(told(queue('old'), { ...queue('fresh'), moved })).toEqual(['none aws_sqs_queue.fresh from aws_sqs_queue.old']);
  expect(told(queue('old'), queue('fresh'))).toEqual([
    'create aws_sqs_queue.fresh',
    'delete aws_sqs_queue.old',
    'replace aws_sqs_queue_policy.all queue_url, forced by queue_url',
  ]);
});

test('replace_triggered_by of an attribute looks at that attribute alone', () => {
  const stack = (engine: string, storage: number): SynthesizedStack => ({
    resource: {
      aws_db_instance: { main: { engine, allocated_storage: storage } },
      aws_secretsmanager_secret_version: {
        url: { lifecycle: { replace_triggered_by: ['aws_db_instance.main.address'] }, secret_id: 'x' },
      },
    },
  });
  expect(told(stack('postgres', 20), stack('postgres', 40))).toEqual(['update aws_db_instance.main allocated_storage']);
  expect(told(stack('postgres', 20), stack('mysql', 20))).toEqual([
    'replace aws_db_instance.main engine, forced by engine',
    'replace aws_secretsmanager_secret_version.url',
  ]);
});

test('what Terraform is told to ignore, and write-only values whose version stays, are no change', () => {
  const secret = (text: string, count: number): SynthesizedStack => ({
    resource: {
      aws_secretsmanager_secret_version: { a: { secret_string_wo: text, secret_string_wo_version: 1 } },
      aws_ecs_service: { a: { desired_count: count, lifecycle: { ignore_changes: ['desired_count'] } } },
    },
  });
  expect(told(secret('one', 1), secret('two', 2))).toEqual([]);
});

test('a version that is lowered is made anew where the provider says so, one that is raised is not', () => {
  const cache = (version: string): SynthesizedStack => ({
    resource: { aws_elasticache_replication_group: { main: { engine: 'redis', engine_version: version } } },
  });
  expect(told(cache('7.0'), cache('7.1'))).toEqual(['update aws_elasticache_replication_group.main engine_version']);
  expect(told(cache('7.1'), cache('6.2'))).toEqual([
    'replace aws_elasticache_replication_group.main engine_version, forced by engine_version',
  ]);
});

test('the region and the place of the state are changes too', () => {
  const settings = (region: string, key: string): SynthesizedStack => ({
    provider: { aws: [{ region }] },
    terraform: { backend: { s3: { key } } },
  });
  expect(told(settings('eu-central-1', 'a'), settings('us-east-1', 'b'))).toEqual([
    'update provider.aws region',
    'update terraform.backend backend.s3.key',
  ]);
});

test('of every type that a shipped stack has it is known what makes it anew', () => {
  const types = shippedStacks().flatMap(({ terraform }) => Object.keys(JSON.parse(terraform).resource ?? {}));
  const ours = [...new Set(types)].filter((type) => type.startsWith('aws_'));
  expect(ours.filter((type) => !isMeasured(type))).toEqual([]);
});

/** A line for each change. */
function told(before: SynthesizedStack, after: SynthesizedStack): string[] {
  return compareSynthesized('shop-dev', before, after).changes.map(
    ({ action, address, previousAddress, attributes, forcedBy }) => {
      const paths = attributes.map(({ path, unknown }) => (unknown ? `${path} (known after apply)` : path));
      return [[action, address, ...paths].join(' '), ...(forcedBy.length > 0 ? [`forced by ${forcedBy.join()}`] : [])]
        .join(', ')
        .concat(previousAddress === undefined ? '' : ` from ${previousAddress}`);
    },
  );
}
