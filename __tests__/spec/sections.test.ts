import { expect, test } from 'vitest';
import { problemsOf } from '../support/problems';

test('fails on a region that AWS does not have', () => {
  expect(problemsOf('region: us-east-7\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:9 region: expected a region such as "eu-central-1", got "us-east-7""`,
  );
});

test('fails on a state that is neither local nor remote', () => {
  expect(problems('state: s3')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:8 state: expected "local" or a map of bucket, lock_table, …, got "s3""`,
  );
});

test('fails on each key that a state does not have', () => {
  expect(problems('state: { bukcet: demo, table: locks, colour: red }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:10 state.bukcet: unknown key: did you mean "bucket"?
    demo/dev.yaml:1:24 state.table: unknown key: did you mean "lock_table"?
    demo/dev.yaml:1:38 state.colour: unknown key: known here: bucket, lock_table, region, key, existing, bootstrapped"
  `);
});

test('fails on a state key that begins with a slash', () => {
  expect(problems('state: { key: /terraform.tfstate }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:15 state.key: expected an object key such as "team/prod.tfstate", got "/terraform.tfstate""`,
  );
});

test('fails on suppression for a reason that SES does not know', () => {
  expect(problems('account: { ses_suppression: [BOUNCES] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:30 account.ses_suppression[0]: expected "BOUNCE" or "COMPLAINT", got "BOUNCES""`,
  );
});

test('fails on an image that is no image', () => {
  expect(problems('workload: { image: "My Image" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 workload.image: expected a container image such as "public.ecr.aws/nginx/nginx:1.27", got "My Image""`,
  );
});

test('fails on a command that is one text', () => {
  expect(problems('workload: { command: node worker.js }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 workload.command: expected a list such as ["node", "worker.js"], got "node worker.js""`,
  );
});

test('fails on an architecture by another name', () => {
  expect(problems('workload: { architecture: amd64 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:27 workload.architecture: expected "x86_64" or "arm64", got "amd64""`,
  );
});

test('fails on a port that does not exist', () => {
  expect(problems('workload: { backend_image_port: 70000 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:33 workload.backend_image_port: expected a whole number from 1 to 65535, got 70000"`,
  );
});

test('fails on a health endpoint that is a whole address', () => {
  expect(problems('workload: { backend_health_endpoint: "http://localhost/health" }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:38 workload.backend_health_endpoint: expected a path such as "/health", got "http://localhost/health""`,
  );
});

test('fails on success codes that are no codes', () => {
  expect(problems('workload: { health_check: { success_codes: 2xx } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:44 workload.health_check.success_codes: expected HTTP codes from 200 to 499 such as "200" or "200-299", got "2xx""`,
  );
});

test('fails on egress that is no list', () => {
  expect(problems('workload: { egress: none }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:21 workload.egress: expected a list of port and cidr, or "all", got "none""`,
  );
});

test('fails on egress without a port', () => {
  expect(problems('workload: { egress: [{ cidr: 10.0.0.0/8 }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 workload.egress[0].port: expected a whole number from 1 to 65535, got nothing"`,
  );
});

test('fails on a deployment that may not even keep what runs', () => {
  expect(problems('workload: { deployment: { max_percent: 50 } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:40 workload.deployment.max_percent: expected a whole number of percent from 100 to 200, got 50"`,
  );
});

test('fails on a sender policy that is none', () => {
  expect(problems('ses: { spf: include:amazonses.com }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 ses.spf: expected an SPF policy such as "v=spf1 include:amazonses.com ~all", got "include:amazonses.com""`,
  );
});

test('fails on an event that SES does not report', () => {
  expect(problems('ses: { configuration_set: { name: mail, events: [OPENED] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:50 ses.configuration_set.events[0]: expected "SEND" or "DELIVERY" or "BOUNCE" or "COMPLAINT" or "REJECT" or "OPEN" or "CLICK" or "RENDERING_FAILURE", got "OPENED""`,
  );
});

test('fails on a reason for suppression that is none', () => {
  expect(problems('ses: { configuration_set: { name: mail, suppress: [OPEN] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:52 ses.configuration_set.suppress[0]: expected "BOUNCE" or "COMPLAINT", got "OPEN""`,
  );
});

test('fails on an email template without a subject', () => {
  expect(problems('ses: { templates: [{ name: welcome }] }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:20 ses.templates[0].subject: expected text, got nothing"`,
  );
});

test('fails on a misspelt key of a topic', () => {
  expect(problems('alarms: { critical: { email: [a@example.com] } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:23 alarms.critical.email: unknown key: did you mean "emails"?"`,
  );
});

test('fails on an override of what is no address', () => {
  expect(problems('overrides: { aws_db_instance: { multi_az: true } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:14 overrides.aws_db_instance: expected a Terraform address such as "aws_db_instance.database", got "aws_db_instance""`,
  );
});

test('fails on an override that is no map of arguments', () => {
  expect(problems('overrides: { aws_db_instance.database: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:40 overrides.aws_db_instance.database: expected a map of Terraform arguments, got true"`,
  );
});

test('fails on an override of an argument that Terraform would not spell so', () => {
  expect(problems('overrides: { aws_db_instance.database: { multiAz: true } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:42 overrides.aws_db_instance.database.multiAz: expected a Terraform argument, got "multiAz""`,
  );
});

test('fails on a list of tags', () => {
  expect(problems('tags: [{ Key: team, Value: shop }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 tags: expected a map of tag and value, got a list of 1"`,
  );
});

test('fails on one thing where a list or a map of things stands, and says of what', () => {
  const expectations = {
    'workload: { uses: database }': 'expected a list of names such as [database, buckets.media]',
    'workload: { ports: 9090 }': 'expected a list of ports, each with its "- port:" and "from:"',
    'cdn: { behaviors: static }': 'expected a list of behaviors, each with its "- path:"',
    'dashboard: { widgets: [{ title: A, metrics: workload.cpu }] }':
      'expected a list of metrics such as [workload.cpu]',
    'http_api: { routes: all }': 'expected a list of routes, each with route and to',
    'http_api: { cors: { methods: GET }, routes: [{ route: $default, to: workload }] }': 'expected a list of methods',
    'oracle: { options: STATSPACK }': 'expected a list of options, each with its "- name:"',
    'account: { ses_suppression: BOUNCE }': 'expected a list of "BOUNCE" and "COMPLAINT"',
    'ses: { configuration_set: { events: BOUNCE } }': 'expected a list of events',
    'secrets: [{ name: jwt, generate: [key] }]': 'expected a map of key and length, such as session_secret: 48',
    'cost: { usage: { average_tasks: 3 } }': 'expected a map of service and number of tasks',
    'overrides: aws_db_instance.database': 'expected a map of address and arguments',
    'imports: aws_s3_bucket.bucket_media': 'expected a map of address and id',
  };
  for (const [yaml, expected] of Object.entries(expectations)) expect(problems(yaml)).toContain(`: ${expected}, got `);
});

test('fails on a second region that AWS does not have', () => {
  expect(problems('postgres: { backup_copy_region: mars-1 }')).toBe(
    'demo/dev.yaml:1:33 postgres.backup_copy_region: expected a region such as "us-west-2", got "mars-1"',
  );
});

test('fails on more tags than a resource may have', () => {
  const tags = Array.from({ length: 46 }, (_, index) => `t${index}: "x"`).join(', ');
  expect(problems(`tags: { ${tags} }`)).toBe(
    'demo/dev.yaml:1:1 tags: expected at most 45 tags, because AWS allows 50 and each resource has some already, got 46',
  );
});

test('fails on every problem of a file at once', () => {
  const yaml = 'protect: 1\nworkload:\n  cpu: 1\n  memroy: 512\nbuckets:\n  - name: A\n';
  expect(problems(yaml).split('\n')).toHaveLength(4);
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}
