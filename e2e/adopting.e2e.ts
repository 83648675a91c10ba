import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from './support/accounts';
import { Project } from './support/project';
import { changesOf, type Workdir } from './support/terraform';
import { needs } from './support/what-is-here';

// Taking over what somebody else has made, and using it as it is.
const { skipped } = needs('emulator', 'adopting what is there');

const made = `
region: us-east-1
state: local
network: { availability_zones: [us-east-1a, us-east-1b], nat_gateways: none }
buckets: [{ name: media, bucket_name: acme-media }]
sqs: [{ name: jobs, queue_name: acme-jobs }]
`;
const before = new Project({ 'acme/dev.yaml': made });
const after = new Project({});
let there: Workdir;
let ids: Record<string, string>;
afterAll(() => {
  before.remove();
  after.remove();
});

describe.skipIf(skipped)('what is there', () => {
  beforeAll(async () => {
    before.synthesize();
    there = before.workdir('acme-dev', await identityOf(before, 'acme-dev'));
    await there.init();
    await there.must(['apply', '-no-color', '-auto-approve']);
    const { values } = JSON.parse(await there.must(['show', '-json'])) as State;
    const managed = values.root_module.resources.filter(({ mode }) => mode === 'managed');
    ids = Object.fromEntries(managed.map(({ address, type, values: own }) => [address, importIdOf(type, own)]));
  });

  test('is imported, and nothing else happens to it', async () => {
    const rest = Object.entries(ids).filter(([address]) => !IMPORTED_BESIDE.includes(address));
    const imports = rest.map(([address, id]) => `  ${address}: ${JSON.stringify(id)}\n`).join('');
    const taken = made
      .replace('network: {', `network: { import: ${ids['aws_vpc.network']},`)
      .replace('acme-media }', 'acme-media, import: true }')
      .replace('acme-jobs }', `acme-jobs, import: ${JSON.stringify(ids['aws_sqs_queue.queue_jobs'])} }`);
    after.write('acme/dev.yaml', `${taken}imports:\n${imports}`);
    after.synthesize();
    const workdir = after.workdir('acme-dev', await identityOf(after, 'acme-dev'));
    await workdir.init();
    const plan = await workdir.plan();
    expect(changesOf(plan)).toEqual([]);
    const importing = (plan.resource_changes ?? []).filter(({ change }) => change.importing);
    expect(importing.map(({ address }) => address).sort()).toEqual(Object.keys(ids).sort());
    console.info(`acme-dev: ${importing.length} to import, 0 to add, 0 to change, 0 to destroy`);
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
workload: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/app:1", uses: [buckets.media, sqs.jobs] }
`,
    });
    user.synthesize();
    const workdir = user.workdir('other-dev', await identityOf(before, 'acme-dev'));
    await workdir.init();
    const types = changesOf(await workdir.plan()).map((change) => change.replace(/^\S+ (\S+?)\..*/, '$1'));
    expect(types).toContain('aws_ecs_service');
    expect(types.filter((type) => /^aws_(?:vpc|subnet|s3_bucket.*|sqs_queue.*|route.*)$/.test(type))).toEqual([]);
    await workdir.must(['apply', '-no-color', 'plan.out']);
    expect(await there.differences()).toEqual([]);
    user.remove();
  });
});

/** Those whose import is written beside the thing itself. */
const IMPORTED_BESIDE = ['aws_vpc.network', 'aws_s3_bucket.bucket_media', 'aws_sqs_queue.queue_jobs'];

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
