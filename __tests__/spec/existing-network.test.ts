import { expect, test } from 'vitest';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

const VPC = 'vpc-0a1b2c3d4e5f60718';
const [A, B, C, D, E, F] = ['1', '2', '3', '4', '5', '6'].map((digit) => `subnet-${digit.repeat(17)}`);
const SOUND = { public: `[${A}, ${B}]`, private: `[${C}, ${D}]` };

test('accepts the ids of a VPC and its subnets, long and old short ones', () => {
  expect(problems(existing({}))).toBe('');
  expect(problems(existing({ database: `[${E}, ${F}]` }))).toBe('');
  expect(problems(existing({ private: '[subnet-0a1b2c3d, subnet-0a1b2c3e]' }, 'vpc-0a1b2c3d'))).toBe('');
});

test('adds nothing to it unless asked to', () => {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': `region: us-east-1\n${existing({})}\n` })]);
  expect(environment?.spec.network).toMatchObject({ endpoints: [], flowLogs: false });
});

test('fails on ids of another form or of something else', () => {
  expect(problems(existing({}, 'vpc-0A1B2C3D'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:4:13 network.existing.vpc_id: expected the id of a VPC such as "vpc-0a1b2c3d4e5f60718", with 8 or 17 digits of 0-9 and a-f, got "vpc-0A1B2C3D""`,
  );
  expect(problems(existing({ public: `[${A}, subnet-12345]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:6:42 network.existing.subnets.public[1]: expected the id of a subnet such as "subnet-0a1b2c3d4e5f60718", with 8 or 17 digits of 0-9 and a-f, got "subnet-12345""`,
  );
  expect(problems(existing({ private: `[${C}, ${VPC}]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:7:43 network.existing.subnets.private[1]: expected the id of a subnet such as "subnet-0a1b2c3d4e5f60718", with 8 or 17 digits of 0-9 and a-f, got "vpc-0a1b2c3d4e5f60718""`,
  );
  expect(problems(`${existing({})}\n    route_tables: [main]\n  endpoints: [s3]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:8:20 network.existing.route_tables[0]: expected the id of a route table such as "rtb-0a1b2c3d4e5f60718", with 8 or 17 digits of 0-9 and a-f, got "main""`,
  );
});

test('fails on a subnet that is written twice, in a tier or across tiers', () => {
  expect(problems(existing({ public: `[${A}, ${A}]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:6:42 network.existing.subnets.public[1]: expected a subnet that is not named yet, got "subnet-11111111111111111": a tier needs subnets in different zones"`,
  );
  expect(problems(existing({ private: `[${C}, ${A}]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:7:43 network.existing.subnets.private[1]: expected a subnet that is not named yet, got "subnet-11111111111111111": "public" has it already, and a subnet belongs to one tier"`,
  );
  expect(problems(existing({ database: `[${E}, ${D}]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:8:44 network.existing.subnets.database[1]: expected a subnet that is not named yet, got "subnet-44444444444444444": "private" has it already, and a subnet belongs to one tier"`,
  );
});

test('fails on a tier with one subnet, and without a tier', () => {
  expect(problems(existing({ database: `[${E}]` }))).toMatchInlineSnapshot(
    `"demo/dev.yaml:8:7 network.existing.subnets.database: expected at least 2 subnets in different zones, got ["subnet-55555555555555555"]"`,
  );
  expect(
    problems(`network: { existing: { vpc_id: ${VPC}, subnets: { public: ${SOUND.public} } } }`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:55 network.existing.subnets.private: expected a list of subnet ids, got nothing"`,
  );
});

test('fails on what only a VPC of one’s own has, all of it at once', () => {
  const own = `  name: main
  cidr: 10.0.0.0/16
  availability_zones: [us-east-1a, us-east-1b]
  subnets:
    public: [{ zone: us-east-1a, cidr: 10.0.1.0/24 }, { zone: us-east-1b, cidr: 10.0.2.0/24 }]
    private: [{ zone: us-east-1a, cidr: 10.0.3.0/24 }, { zone: us-east-1b, cidr: 10.0.4.0/24 }]
  nat_gateways: none
  network_acls: false`;
  expect(problems(`${existing({})}\n${own}`)).toMatchInlineSnapshot(`
    "demo/dev.yaml:8:9 network.name: expected nothing here beside "existing", got "main": that VPC is read and never changed; leave this out
    demo/dev.yaml:9:9 network.cidr: expected nothing here beside "existing", got "10.0.0.0/16": that VPC is read and never changed; leave this out
    demo/dev.yaml:10:3 network.availability_zones: expected nothing here beside "existing", got ["us-east-1a","us-east-1b"]: that VPC is read and never changed; leave this out
    demo/dev.yaml:11:3 network.subnets: expected nothing here beside "existing", got a map (public, private): that VPC is read and never changed; leave this out
    demo/dev.yaml:14:17 network.nat_gateways: expected nothing here beside "existing", got "none": that VPC is read and never changed; leave this out
    demo/dev.yaml:15:17 network.network_acls: expected nothing here beside "existing", got false: that VPC is read and never changed; leave this out"
  `);
});

test('fails on a gateway endpoint without the route tables that it edits', () => {
  expect(problems(`${existing({})}\n  endpoints: [s3]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:3 network.existing.route_tables: expected the route tables of the private subnets, because the endpoint "s3" adds a route to each, got nothing: whoever manages them must agree; without that, leave "s3" out of "endpoints""`,
  );
  expect(problems(`${existing({})}\n  endpoints: [ecr.api, dynamodb]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:3 network.existing.route_tables: expected the route tables of the private subnets, because the endpoint "dynamodb" adds a route to each, got nothing: whoever manages them must agree; without that, leave "dynamodb" out of "endpoints""`,
  );
  expect(problems(`${existing({})}\n  endpoints: [ecr.api]\n  flow_logs: true`)).toBe('');
  expect(problems(`${existing({})}\n    route_tables: [rtb-0a1b2c3d]\n  endpoints: [s3]`)).toBe('');
});

test('fails on route tables that nothing would edit', () => {
  expect(problems(`${existing({})}\n    route_tables: [rtb-0a1b2c3d]\n  endpoints: [sqs]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:8:5 network.existing.route_tables: expected none without the endpoint "s3" or "dynamodb", because nothing else edits them, got ["rtb-0a1b2c3d"]: write "endpoints: [s3]" beside "existing", or leave the tables out"`,
  );
});

test('asks for no endpoints where somebody else decides on gateways', () => {
  expect(problems(`${existing({})}\nworkload: {}`)).toBe('');
});

function existing(subnets: { readonly [tier in 'public' | 'private' | 'database']?: string }, vpc = VPC): string {
  const lines = Object.entries({ ...SOUND, ...subnets }).map(([tier, ids]) => `      ${tier}: ${ids}`);
  return `network:\n  existing:\n    vpc_id: ${vpc}\n    subnets:\n${lines.join('\n')}`;
}

function problems(yaml: string): string {
  return problemsOf(`region: us-east-1\n${yaml}\n`);
}
