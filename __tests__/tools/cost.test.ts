import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costSection, type Usage } from '../../src/spec/sections/cost';
import { estimateCost, sumOf, type Terraform } from '../../src/tools/cost';
import { freeTypes } from '../../src/tools/cost-free';
import { costRules } from '../../src/tools/cost-rules';
import { type PriceTable, pricedRegions, readPriceTable } from '../../src/tools/price-table';
import { problemsOf } from '../support/problems';
import { root } from '../support/program';
import { shippedStacks } from '../support/shipped';

const table = theTable();
const defaults = costSection.parse({}).usage;

/** A web application of one task behind a load balancer, small enough to add up by hand. */
const small: Terraform = {
  resource: {
    aws_vpc: { network: {} },
    aws_nat_gateway: { a: {}, b: {} },
    aws_eip: { a: {}, b: {} },
    aws_lb: { alb: { internal: false, subnets: ['a', 'b'] } },
    aws_ecs_task_definition: {
      task: { cpu: '512', memory: '1024', runtime_platform: { cpu_architecture: 'X86_64' } },
    },
    aws_ecs_service: { workload: { desired_count: 2, task_definition: `\${aws_ecs_task_definition.task.arn}` } },
    aws_db_instance: {
      database: {
        engine: 'postgres',
        instance_class: 'db.t4g.micro',
        multi_az: true,
        storage_type: 'gp3',
        allocated_storage: 20,
      },
    },
  },
};

test('a small stack costs what adding it up by hand gives', () => {
  const { lines, unpriced, free, total } = estimate(small);
  expect(lines.map(({ address, what, monthly }) => [address, what, Number(monthly.toFixed(4))])).toEqual([
    ['aws_nat_gateway.a', 'NAT gateway', 32.85], // 730 x 0.045
    ['aws_nat_gateway.a', 'data through it', 1.125], // 50 / 2 x 0.045
    ['aws_nat_gateway.b', 'NAT gateway', 32.85],
    ['aws_nat_gateway.b', 'data through it', 1.125],
    ['aws_eip.a', 'public IPv4 address', 3.65], // 730 x 0.005
    ['aws_eip.b', 'public IPv4 address', 3.65],
    ['aws_lb.alb', 'load balancer', 16.425], // 730 x 0.0225
    ['aws_lb.alb', 'capacity units', 0.584], // 0.1 x 730 x 0.008
    ['aws_lb.alb', 'public IPv4 addresses, one each zone', 7.3], // 2 x 730 x 0.005
    ['aws_ecs_service.workload', 'vCPU of 2 tasks', 29.5504], // 2 x 0.5 x 730 x 0.04048
    ['aws_ecs_service.workload', 'memory of 2 tasks', 6.4897], // 2 x 1 x 730 x 0.004445
    ['aws_db_instance.database', 'db.t4g.micro, multi-az', 23.36], // 730 x 0.032
    ['aws_db_instance.database', 'gp3 storage', 4.6], // 20 x 0.23
    ['aws_db_instance.database', 'backup beyond its size', 0],
  ]);
  expect(total).toBeCloseTo(163.5591, 10);
  expect(unpriced).toEqual([]);
  expect(free.map(({ address }) => address)).toEqual(['aws_vpc.network', 'aws_ecs_task_definition.task']);
});

test('a line says what it was multiplied from and where the price is written', () => {
  expect(estimate(small).lines[0]).toEqual({
    address: 'aws_nat_gateway.a',
    kind: 'network',
    what: 'NAT gateway',
    quantity: 730,
    unit: 'hour',
    price: 0.045,
    monthly: 730 * 0.045,
    source: 'https://aws.amazon.com/vpc/pricing/',
  });
});

test('arm64, a single zone and an average number of tasks change the lines they should', () => {
  const { resource } = small;
  const changed: Terraform = {
    resource: {
      ...resource,
      aws_ecs_task_definition: {
        task: { cpu: '1024', memory: '2048', runtime_platform: { cpu_architecture: 'ARM64' } },
      },
      aws_db_instance: { database: { ...resource?.aws_db_instance?.database, multi_az: false } },
    },
  };
  const { lines } = estimate(changed, { averageTasks: { workload: 3 } });
  const [cpu, memory, instance, storage] = lines.slice(9);
  expect(cpu?.monthly).toBeCloseTo(3 * 730 * 0.03238, 10);
  expect(memory?.monthly).toBeCloseTo(3 * 2 * 730 * 0.00356, 10);
  expect(instance?.monthly).toBeCloseTo(730 * 0.016, 10);
  expect(storage?.monthly).toBeCloseTo(20 * 0.115, 10);
});

test('a database with an address outside costs the address', () => {
  const database = { ...small.resource?.aws_db_instance?.database, publicly_accessible: true };
  const { lines, total } = estimate({ resource: { ...small.resource, aws_db_instance: { database } } });
  expect(lines).toContainEqual(
    expect.objectContaining({ address: 'aws_db_instance.database', what: 'public IPv4 address', monthly: 3.65 }),
  );
  expect(total).toBeCloseTo(estimate(small).total + 3.65, 10);
});

test('averages of a named service find it under its address', () => {
  const service = { desired_count: 1, task_definition: `\${aws_ecs_task_definition.task.arn}` };
  const terraform = {
    resource: {
      aws_ecs_task_definition: small.resource?.aws_ecs_task_definition ?? {},
      aws_ecs_service: { service_mail_worker: service },
    },
  };
  const [cpu] = estimate(terraform, { averageTasks: { 'mail-worker': 1.5 } }).lines;
  expect(cpu?.what).toBe('vCPU of 1.5 tasks');
});

test('a row that is deleted moves its lines to the unpriced ones, and the total by exactly their sum', () => {
  for (const { stack, terraform } of shippedStacks()) {
    const parsed = JSON.parse(terraform);
    const before = estimate(parsed);
    for (const { key } of table.prices) {
      const without = { ...table, prices: table.prices.filter((row) => row.key !== key) };
      const after = estimateCost(parsed, defaults, without);
      const kept = new Set(after.lines.map(idOf));
      const gone = before.lines.filter((line) => !kept.has(idOf(line)));
      expect(after.unpriced.length - before.unpriced.length, `${stack} ${key}`).toBe(gone.length);
      expect(after.total).toBeCloseTo(before.total - sumOf(gone), 8);
      for (const { address, what } of gone) {
        expect(after.unpriced).toContainEqual({ address, why: `${what}: the table has no "${key}"` });
      }
    }
  }
});

test('every resource of every shipped stack is priced, unpriced or free by name', () => {
  // A copy of backups costs what its size and the way there cost, which no table here knows.
  const unknown: Record<string, string[]> = {
    'rayman-prod': ['aws_db_instance_automated_backups_replication.database_backup_copy'],
    // Spot is sold at what it is worth at the moment: processor and memory, each.
    'platform-dev': ['aws_ecs_service.service_worker', 'aws_ecs_service.service_worker'],
    'platform-prod': ['aws_ecs_service.service_worker', 'aws_ecs_service.service_worker'],
    // Nor has it Oracle's licences.
    'spydor-dev': ['aws_db_instance.database'],
    'spydor-prod': ['aws_db_instance.database'],
  };
  for (const { stack, terraform } of shippedStacks()) {
    const parsed = JSON.parse(terraform) as { resource: Record<string, object> };
    const { lines, unpriced, free, total } = estimate(parsed as Terraform);
    const seen = new Set([...lines, ...unpriced, ...free].map(({ address }) => address));
    const all = Object.entries(parsed.resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    expect([...seen].sort()).toEqual(all.sort());
    expect(unpriced.map(({ address }) => address)).toEqual(unknown[stack] ?? []);
    expect(total).toBe(lines.reduce((sum, { monthly }) => sum + monthly, 0));
  }
});

test('what nobody has a price or a rule for is unpriced, never 0', () => {
  const { lines, unpriced, total } = estimate({
    resource: {
      aws_db_instance: { database: { ...small.resource?.aws_db_instance?.database, instance_class: 'db.x9.huge' } },
      aws_quantum_computer: { q: {} },
      aws_sns_topic: { orders: { fifo_topic: true } },
    },
  });
  expect(unpriced).toEqual([
    {
      address: 'aws_db_instance.database',
      why: 'db.x9.huge, multi-az: the table has no "rds.postgres.db.x9.huge.multi-az.hour"',
    },
    { address: 'aws_quantum_computer.q', why: 'nobody has said what an aws_quantum_computer is charged for' },
    { address: 'aws_sns_topic.orders', why: 'messages: the table has no "sns.fifo.million"' },
  ]);
  expect(lines.map(({ what }) => what)).toEqual(['gp3 storage', 'backup beyond its size']);
  expect(total).toBeCloseTo(4.6, 10);
});

test('Spot is unpriced, because its price moves', () => {
  const { resource } = small;
  const spot = {
    ...resource?.aws_ecs_service?.workload,
    capacity_provider_strategy: [{ capacity_provider: 'FARGATE_SPOT', weight: 1 }],
  };
  const { unpriced } = estimate({ resource: { ...resource, aws_ecs_service: { workload: spot } } });
  expect(unpriced.map(({ why }) => why)).toEqual([
    'vCPU of 2 tasks: the table has no "fargate.spot.x86_64.vcpu-hour"',
    'memory of 2 tasks: the table has no "fargate.spot.x86_64.gb-hour"',
  ]);
});

test('a quantity that only the apply knows is unpriced', () => {
  const storage = `\${var.storage}`;
  const { unpriced, total } = estimate({
    resource: {
      aws_db_instance: { database: { ...small.resource?.aws_db_instance?.database, allocated_storage: storage } },
    },
  });
  expect(unpriced).toEqual([
    { address: 'aws_db_instance.database', why: 'gp3 storage: how much of it is known only after the apply' },
  ]);
  expect(total).toBeCloseTo(23.36, 10);
});

test('metric-math alarms cost one alarm for each metric they read', () => {
  const query = [
    { id: 'result', expression: 'a + b' },
    { id: 'a', metric: {} },
    { id: 'b', metric: {} },
  ];
  const { lines } = estimate({ resource: { aws_cloudwatch_metric_alarm: { sum: { metric_query: query }, one: {} } } });
  expect(lines.map(({ quantity }) => quantity)).toEqual([2, 1]);
});

test('a shared file system costs what it keeps in each class, what elastic throughput moves, and its backups', () => {
  const { lines, unpriced, free } = estimate(
    {
      resource: {
        aws_efs_file_system: {
          media: {
            throughput_mode: 'elastic',
            lifecycle_policy: [{ transition_to_ia: 'AFTER_30_DAYS' }, { transition_to_archive: 'AFTER_90_DAYS' }],
          },
          cache: { throughput_mode: 'bursting', lifecycle_policy: [] },
        },
        aws_efs_backup_policy: {
          media: { backup_policy: { status: 'ENABLED' } },
          cache: { backup_policy: { status: 'DISABLED' } },
        },
      },
    },
    { filesGb: 100, filesInfrequentGb: 200, filesArchivedGb: 300, filesReadGb: 40, filesWrittenGb: 20 },
  );
  expect(lines.map(({ address, what, monthly }) => [address, what, Number(monthly.toFixed(4))])).toEqual([
    ['aws_efs_file_system.media', 'stored', 15], // 100 / 2 x 0.3
    ['aws_efs_file_system.media', 'in Infrequent Access', 1.6], // 200 / 2 x 0.016
    ['aws_efs_file_system.media', 'in Archive', 1.2], // 300 / 2 x 0.008
    ['aws_efs_file_system.media', 'read', 0.6], // 40 / 2 x 0.03
    ['aws_efs_file_system.media', 'written', 0.6], // 20 / 2 x 0.06
    ['aws_efs_file_system.cache', 'stored', 15],
    ['aws_efs_backup_policy.media', 'backups', 15], // 600 / 2 x 0.05
  ]);
  expect(unpriced).toEqual([]);
  expect(free).toEqual([{ address: 'aws_efs_backup_policy.cache', why: 'no backups' }]);
});

test('capacity that is set aside costs its hours, of indexes as well', () => {
  const { lines, unpriced } = estimate({
    resource: {
      aws_dynamodb_table: {
        orders: {
          billing_mode: 'PROVISIONED',
          write_capacity: 1000,
          read_capacity: 100,
          global_secondary_index: [{ name: 'day', write_capacity: 10, read_capacity: 20 }],
        },
      },
      aws_efs_file_system: { media: { throughput_mode: 'provisioned', provisioned_throughput_in_mibps: 500 } },
      aws_kinesis_stream: {
        clicks: { shard_count: 50 },
        kept: { shard_count: 2, retention_period: 168, stream_mode_details: [{ stream_mode: 'PROVISIONED' }] },
        grown: { stream_mode_details: [{ stream_mode: 'ON_DEMAND' }] },
      },
    },
  });
  const told = lines.map(({ address, what, monthly }) => [address, what, Number(monthly.toFixed(4))]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['aws_dynamodb_table.orders', 'write capacity', 479.245], // 1010 x 730 x 0.00065
      ['aws_dynamodb_table.orders', 'read capacity', 11.388], // 120 x 730 x 0.00013
      ['aws_efs_file_system.media', 'provisioned throughput', 3000], // 500 x 6
    ]),
  );
  expect(told.filter(([address]) => String(address).startsWith('aws_kinesis_stream'))).toEqual([
    ['aws_kinesis_stream.clicks', 'shards', 547.5], // 50 x 730 x 0.015
    ['aws_kinesis_stream.kept', 'shards', 21.9], // 2 x 730 x 0.015
    ['aws_kinesis_stream.kept', 'records kept beyond a day', 29.2], // 2 x 730 x 0.02
    ['aws_kinesis_stream.grown', 'stream on demand', 29.2], // 730 x 0.04
  ]);
  expect(unpriced).toEqual([]);
});

test('the capacity of a table for what is seldom read has no price', () => {
  const table_class = 'STANDARD_INFREQUENT_ACCESS';
  const { unpriced } = estimate({ resource: { aws_dynamodb_table: { old: { table_class, write_capacity: 1 } } } });
  expect(unpriced).toContainEqual({
    address: 'aws_dynamodb_table.old',
    why: 'write capacity: the table has no "dynamodb.infrequent.write.unit-hour"',
  });
});

test('functions share the invocations, without those that handle a few events a day', () => {
  const event = { dead_letter_config: { target_arn: 'queue' } };
  const { lines, free } = estimate(
    { resource: { aws_lambda_function: { api: { memory_size: 1024 }, deployer: event, notifier: event } } },
    { functionMillions: 4 },
  );
  expect(
    lines.filter(({ what }) => what === 'invocations').map(({ address, quantity }) => [address, quantity]),
  ).toEqual([['aws_lambda_function.api', 4]]);
  const why = 'handles a few pushes and deployments a day';
  expect(free).toEqual([
    { address: 'aws_lambda_function.deployer', why },
    { address: 'aws_lambda_function.notifier', why },
  ]);
});

test('tasks cost the disk beyond the 20 GiB that Fargate gives, and their volumes', () => {
  const { resource } = small;
  const { lines } = estimate({
    resource: {
      aws_ecs_task_definition: {
        task: { ...resource?.aws_ecs_task_definition?.task, ephemeral_storage: { size_in_gib: 50 } },
      },
      aws_ecs_service: {
        workload: {
          ...resource?.aws_ecs_service?.workload,
          volume_configuration: { name: 'ebs', managed_ebs_volume: { volume_type: 'gp3', size_in_gb: 100 } },
        },
      },
    },
  });
  expect(lines.slice(2).map(({ what, monthly }) => [what, Number(monthly.toFixed(4))])).toEqual([
    ['disk of 2 tasks', 4.8618], // 2 x 30 x 730 x 0.000111
    ['EBS volumes of 2 tasks', 16], // 2 x 100 x 0.08
  ]);
});

test('a type is either charged or free', () => {
  expect(Object.keys(costRules).filter((type) => Object.hasOwn(freeTypes, type))).toEqual([]);
});

test('every type that a block makes is charged or free by name', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const types = sources
    .flatMap((file) => [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/provider-aws\/lib\/([a-z0-9-]+)/g)])
    .map(([, name = '']) => name)
    .filter((name) => name !== 'provider' && !name.startsWith('data-'))
    .map((name) => `aws_${name.replaceAll('-', '_')}`);
  expect(types.length).toBeGreaterThan(60);
  expect(types.filter((type) => !Object.hasOwn(costRules, type) && !Object.hasOwn(freeTypes, type))).toEqual([]);
});

test('price tables are dated and name a unit and a source of AWS for every price, each once', () => {
  expect(pricedRegions(join(root, 'prices'))).toContain('us-east-1');
  expect(table).toMatchObject({
    region: 'us-east-1',
    currency: 'USD',
    date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
  });
  const keys = table.prices.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const row of table.prices) {
    expect(row.source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/pricing\//);
    expect(row.price).toBeGreaterThan(0);
    expect(row.unit).not.toBe('');
  }
});

test('assumptions name what runs here, and a document’s figure comes with its explanation', () => {
  const dev = [
    'region: us-east-1',
    'alb: { http: forward }',
    'workload: { backend_image_port: 80, backend_health_endpoint: / }',
    'cost:',
    '  usage: { average_tasks: { worklod: 2 }, nat_gb: -1 }',
  ].join('\n');
  expect(problemsOf(dev)).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:51 cost.usage.nat_gb: expected a number from 0 to 1000000, got -1"`,
  );
  expect(problemsOf(`${dev.replace(', nat_gb: -1', '')}\n  documented_monthly_usd: 60`)).toMatchInlineSnapshot(`
    "demo/dev.yaml:5:38 cost.usage.average_tasks.worklod: expected "workload", got "worklod": did you mean "workload"?
    demo/dev.yaml:6:27 cost.documented_monthly_usd: expected "documented_note" beside it, got 60: say why the estimate differs, so that a reader knows which of the two to believe"
  `);
  expect(
    problemsOf(`${dev.replace(/ {2}usage.*/, '  documented_usd_by_kind: { contaners: 22 }')}`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:5:29 cost.documented_usd_by_kind.contaners: unknown key: did you mean "containers"?"`,
  );
});

function estimate(terraform: Terraform, usage: Partial<Usage> = {}) {
  return estimateCost(terraform, { ...defaults, ...usage }, table);
}

function theTable(): PriceTable {
  const found = readPriceTable(join(root, 'prices'), 'us-east-1');
  if (!found) throw new Error('there is no table for us-east-1');
  return found;
}

function idOf({ address, what }: { readonly address: string; readonly what: string }): string {
  return `${address} ${what}`;
}
