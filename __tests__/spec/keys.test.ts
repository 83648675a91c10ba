import { expect, test } from 'vitest';
import { camelCase, snakeCase } from '../../src/spec/load/casing';
import { nearest } from '../../src/spec/load/nearest';
import { problemsOf } from '../support/problems';

test('spells keys in the YAML with underscores and in TypeScript without', () => {
  expect(camelCase('backup_window')).toBe('backupWindow');
  expect(snakeCase('backupWindow')).toBe('backup_window');
  expect(snakeCase('s3Endpoint')).toBe('s3_endpoint');
});

test('finds the nearest of several words, a swap of neighbours counting once', () => {
  expect(nearest('reigon', ['origin', 'region'])).toBe('region');
  expect(nearest('cpuu', ['memory', 'cpu'])).toBe('cpu');
  expect(nearest('kubernetes', ['memory', 'cpu'])).toBeUndefined();
});

test('fails on an unknown section with the nearest one', () => {
  expect(problems('postgress: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 postgress: unknown key: did you mean "postgres"?"`,
  );
});

test('fails on an unknown key with the nearest one', () => {
  expect(problems('workload:', '  desierd_count: 2')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:3 workload.desierd_count: unknown key: did you mean "desired_count"?"`,
  );
});

test('fails on an unknown key in a list with the nearest one', () => {
  expect(problems('buckets:', '  - name: media', '    versionning: true')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:5 buckets[0].versionning: unknown key: did you mean "versioning"?"`,
  );
});

test('fails on a key that resembles none with the known ones', () => {
  expect(problems('cluster: { kubernetes: true }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:12 cluster.kubernetes: unknown key: known here: name, import, service_discovery, namespace, container_insights"`,
  );
});

test('fails on a key of another section with the place it belongs to', () => {
  expect(problems('cluster: { retention_days: 7 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:12 cluster.retention_days: unknown key: it belongs under "logs""`,
  );
});

test('fails on a key of a section at the top of the file', () => {
  expect(problems('nat_gateways: none')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 nat_gateways: unknown key: it belongs under "network""`,
  );
});

test('fails on a key of the top within a section', () => {
  expect(problems('workload: { postgres: { multi_az: true } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 workload.postgres: unknown key: it belongs to the top of the file"`,
  );
});

test('fails on a key that belongs one level deeper', () => {
  expect(problems('workload: { interval_seconds: 10, target_cpu: 70 }')).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:13 workload.interval_seconds: unknown key: it belongs under "workload.health_check"
    demo/dev.yaml:1:35 workload.target_cpu: unknown key: it belongs under "workload.scaling""
  `);
});

test('fails on a key that belongs into the map of a list', () => {
  expect(problems('alarms: { severity: critical }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:11 alarms.severity: unknown key: it belongs under "alarms.rules""`,
  );
});

test('fails on a key in camelCase with its spelling in YAML', () => {
  expect(problems('workload: { desiredCount: 2 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:13 workload.desiredCount: unknown key: did you mean "desired_count"?"`,
  );
});

test('fails on a key that every JavaScript object has', () => {
  expect(problems('constructor: 1', 'cluster: { toString: 1, __proto__: { name: x } }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:25 expected another key than "__proto__""`,
  );
});

test('leaves keys that users invent as they are', () => {
  expect(problems('tags: { costCenter: "7", cost_center: "8", toString: a, added: b }')).toBe('');
});

test('fails on a list where a map belongs', () => {
  expect(problems('workload: [cpu, memory]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 workload: expected a map, got ["cpu","memory"]"`,
  );
});

test('fails on a map where a list belongs', () => {
  expect(problems('buckets: { name: media }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 buckets: expected a list of buckets, each with its "- name:", got a map (name)"`,
  );
});

test('fails on text where a map belongs', () => {
  expect(problems('network: default')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:10 network: expected a map, got "default""`,
  );
});

test('fails on a section that is left empty', () => {
  expect(problems('workload:')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:10 workload: expected a map, got an empty value"`,
  );
});

test('fails on a key that is left empty', () => {
  expect(problems('workload:', '  cpu:', '  memory: 512')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:7 workload.cpu: expected a CPU size that Fargate has (256, 512, 1024, 2048, 4096, 8192, 16384), got an empty value"`,
  );
});

test('fails on text where a number belongs', () => {
  expect(problems('workload: { desired_count: two }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 workload.desired_count: expected a whole number of tasks from 0 to 5000, got "two""`,
  );
});

test('fails on a fraction where a whole number belongs', () => {
  expect(problems('workload: { desired_count: 1.5 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:28 workload.desired_count: expected a whole number of tasks from 0 to 5000, got 1.5"`,
  );
});

test('fails on what is no number', () => {
  expect(
    problems('workload: { desired_count: .nan }', 'budget: { monthly_usd: .inf, emails: [a@example.com] }'),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:1:28 workload.desired_count: expected a whole number of tasks from 0 to 5000, got NaN
    demo/dev.yaml:2:24 budget.monthly_usd: expected a number from 1 to 10000000, got Infinity"
  `);
});

test('fails on text where true or false belongs', () => {
  expect(problems('protect: yes')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:10 protect: expected true or false, got "yes""`,
  );
});

test('fails on a number where text belongs', () => {
  expect(problems('tags: { cost_center: 7 }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:22 tags.cost_center: expected text (numbers and true in quotes), got 7"`,
  );
});

test('fails on a required key that is missing, at the section that lacks it', () => {
  expect(problems('domain: { api_domain_prefix: api }')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 domain.domain_name: expected a domain name in small letters such as "example.com", got nothing"`,
  );
});

test('fails without a region', () => {
  expect(problemsOf('env: dev\n')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 region: expected a region such as "eu-central-1", got nothing"`,
  );
});

test('fails on a name that a list has twice', () => {
  expect(problems('buckets:', '  - name: media', '  - name: media')).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:11 buckets[1].name: expected a bucket name that is not taken, got "media": each name may stand in the list once"`,
  );
});

test('fails on an item without a name', () => {
  expect(problems('buckets:', '  - versioning: true')).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:5 buckets[0].name: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got nothing"`,
  );
});

test('shortens a value that is long', () => {
  expect(problems(`name_differs_because: ok`, `domain: { domain_name: ${'x'.repeat(300)} }`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:24 domain.domain_name: expected a domain name in small letters such as "example.com", got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"`,
  );
});

function problems(...lines: readonly string[]): string {
  return problemsOf([...lines, 'region: us-east-1'].join('\n'));
}
