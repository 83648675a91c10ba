import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { FailingAws, writes } from './support/failing-aws';
import { Project } from './support/project';
import { type Change, changesOf, type Workdir } from './support/terraform';
import { emulatorHere, needs } from './support/what-is-here';

// Taking over what somebody else has made, and using it as it is.
const { skipped } = needs('emulator', 'adopting what is there');

const made = `
region: us-east-1
state: local
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: none }
buckets: [{ name: media, bucket_name: acme-media }]
sqs: [{ name: jobs, queue_name: acme-jobs }]
postgres: { engine_version: "16", name: acme-db, dbname: acme, secret_name: acme/database, maintenance_window: "sun:05:00-sun:06:00" }
`;
const before = new Project({ 'acme/dev.yaml': made });
const after = new Project({});
let there: Workdir;
let aws: FailingAws;
let ids: Record<string, string>;
afterAll(() => {
  aws?.close();
  before.remove();
  after.remove();
});

describe.skipIf(skipped)('what is there', () => {
  beforeAll(async () => {
    aws = new FailingAws(emulatorHere().url);
    before.synthesize();
    there = before.workdir('acme-dev', await identityOf(before, 'acme-dev'));
    await there.init();
    await there.must(['apply', '-no-color', '-auto-approve']);
    const { values } = JSON.parse(await there.must(['show', '-json'])) as State;
    const managed = values.root_module.resources.filter(({ mode }) => mode === 'managed');
    ids = Object.fromEntries(managed.map(({ address, type, values: own }) => [address, importIdOf(type, own)]));
  });

  test('is imported, and nothing else happens to it', async () => {
    const plan = await importing();
    const changes = plan.resource_changes ?? [];
    const imported = changes.filter(({ change }) => change.importing);
    expect(imported.map(({ address }) => address).sort()).toEqual(after.addresses('acme-dev'));
    // What becomes of its data when it is destroyed is in Terraform's state alone.
    expect(changesOf(plan)).toEqual(['update aws_db_instance.database']);
    const database = changes.find(({ address }) => address === 'aws_db_instance.database');
    expect(database && differing(database)).toEqual([
      'apply_immediately',
      'final_snapshot_identifier',
      'skip_final_snapshot',
    ]);

    const workdir = after.workdir('acme-dev', await aws.before(await identityOf(after, 'acme-dev')));
    const said = await workdir.must(['apply', '-no-color', 'plan.out']);
    expect(said).toContain(`Apply complete! Resources: ${imported.length} imported, 0 added, 1 changed, 0 destroyed.`);
    expect(aws.calls.map(({ service }) => service)).toContain('rds');
    expect(aws.calls.filter(writes)).toEqual([]);
    console.info(`acme-dev: ${imported.length} imported, no call of ${aws.calls.length} that writes`);
  });

  test('is used as it is: nothing is written to it', async () => {
    const subnets = (tier: string) => ['a', 'b'].map((zone) => ids[`aws_subnet.network_${tier}_${zone}`]).join(', ');
    const user = new Project({
      'other/dev.yaml': `
region: us-east-1
state: local
network:
  existing:
    vpc_id: ${ids['aws_vpc.network']}
    subnets: { public: [${subnets('public')}], private: [${subnets('private')}] }
buckets: [{ name: media, bucket_name: acme-media, existing: true }]
sqs: [{ name: jobs, queue_name: acme-jobs, existing: true }]
postgres:
  existing: true
  name: acme-db
  dbname: acme
  security_group_id: ${ids['aws_security_group.database_connections']}
  secret_name: acme/database
workload: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/app:1", uses: [buckets.media, sqs.jobs, database] }
`,
    });
    user.synthesize();
    const workdir = user.workdir('other-dev', await aws.before(await identityOf(before, 'acme-dev')));
    await workdir.init();
    const types = changesOf(await workdir.plan()).map((change) => change.replace(/^\S+ (\S+?)\..*/, '$1'));
    expect(types).toContain('aws_ecs_service');
    expect(
      types.filter((type) => /^aws_(?:vpc|subnet|s3_bucket.*|sqs_queue.*|route.*|db_.*|secret.*)$/.test(type)),
    ).toEqual([]);
    await workdir.must(['apply', '-no-color', 'plan.out']);
    expect(aws.calls.map(({ service }) => service)).toEqual(expect.arrayContaining(['rds', 'secretsmanager', 'ecs']));
    expect(
      aws.calls.filter(({ service }) => ['rds', 'secretsmanager', 's3', 'sqs'].includes(service)).filter(writes),
    ).toEqual([]);
    expect(await there.differences()).toEqual([]);
    user.remove();
  });
});

/** The same file for what is there. */
function taken(): string {
  return made
    .replace('network: {', `network: { import: ${ids['aws_vpc.network']},`)
    .replace('acme-media }', 'acme-media, import: true }')
    .replace('acme-jobs }', `acme-jobs, import: ${JSON.stringify(ids['aws_sqs_queue.queue_jobs'])} }`)
    .replace('name: acme-db,', 'name: acme-db, import: true,');
}

/** Arguments that a change changes. */
function differing({ change: { before = {}, after = {} } }: Change): string[] {
  return Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** Plans a file that takes over, with an `imports` of everything whose import is not written beside it. */
async function importing() {
  const yaml = taken();
  after.write('acme/dev.yaml', yaml);
  after.synthesize();
  const rest = after.addresses('acme-dev').filter((address) => !IMPORTED_BESIDE.includes(address));
  const imports = rest.map((address) => `  ${address}: ${JSON.stringify(ids[address])}\n`).join('');
  after.write('acme/dev.yaml', `${yaml}imports:\n${imports}`);
  after.synthesize();
  const workdir = after.workdir('acme-dev', await identityOf(after, 'acme-dev'));
  await workdir.init();
  return workdir.plan();
}

/** Those whose import is written beside the thing itself. */
const IMPORTED_BESIDE = [
  'aws_vpc.network',
  'aws_s3_bucket.bucket_media',
  'aws_sqs_queue.queue_jobs',
  'aws_db_instance.database',
];

interface State {
  readonly values: {
    readonly root_module: {
      readonly resources: readonly { mode: string; address: string; type: string; values: Record<string, string> }[];
    };
  };
}

/** What the provider's documentation says to import by; mostly the id. A queue's URL is told as AWS tells it. */
function importIdOf(type: string, own: Record<string, string>): string {
  if (type === 'aws_route') return `${own['route_table_id']}_${own['destination_cidr_block']}`;
  if (type === 'aws_route_table_association') return `${own['subnet_id']}/${own['route_table_id']}`;
  return (own['id'] ?? '').replace(/^http:\/\/[^/]+\//, 'https://sqs.us-east-1.amazonaws.com/');
}
