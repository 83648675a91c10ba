import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { EnvironmentStack } from '../../../src/environment/environment-stack';
import { environmentFile } from '../../../src/spec/environment-file';
import { knownKeys } from '../../../src/spec/load/casing';
import { loadEnvironments } from '../../../src/spec/load/load';
import type { Position } from '../../../src/spec/load/problem';
import { writtenIn } from '../../../src/spec/load/read-tree';
import type { Finding } from '../../../src/tools/review/finding';
import { judges } from '../../../src/tools/review/judges/all';
import { review } from '../../../src/tools/review/review';
import {
  compareSynthesized,
  type SynthesizedStack,
} from '../../../src/tools/review/synthesized/synthesized-comparison';
import { type WrittenStack, withYaml } from '../../../src/tools/review/yaml/yaml-lines';
import { sectionKeys, sectionsOf } from '../../../src/tools/review/yaml/yaml-sections';
import { folder } from '../../support/files';
import { shippedStacks } from '../../support/shipped';

/** A line of a shipped file, and what becomes of it. */
type Edit = readonly [system: string, env: string, file: string, from: string, to: string];

const edits: readonly Edit[] = [
  ['rayman', 'prod', 'prod.yaml', 'instance_class: db.t3.medium', 'instance_class: db.t3.large'],
  ['rayman', 'prod', 'prod.yaml', 'allocated_storage: 100', 'allocated_storage: 200'],
  ['rayman', 'prod', 'prod.yaml', 'multi_az: true', 'multi_az: false'],
  ['rayman', 'prod', 'prod.yaml', 'backup_copy_region: us-west-2', 'backup_copy_region: us-east-2'],
  ['rayman', 'prod', 'prod.yaml', 'node_type: cache.t3.medium', 'node_type: cache.t3.small'],
  ['rayman', 'prod', 'prod.yaml', '  nodes: 3', '  nodes: 2'],
  ['rayman', 'prod', 'prod.yaml', 'nat_gateways: per_zone', 'nat_gateways: single'],
  ['rayman', 'prod', 'base.yaml', 'network_acls: true', 'network_acls: false'],
  ['rayman', 'prod', 'base.yaml', '    max: 6', '    max: 8'],
  ['rayman', 'prod', 'base.yaml', 'origin_access: identity', 'origin_access: oac'],
  ['rayman', 'prod', 'base.yaml', 'backend_health_endpoint: /health', 'backend_health_endpoint: /healthz'],
  ['rayman', 'prod', 'base.yaml', '    target_cpu: 70', '    target_cpu: 60'],
  ['rayman', 'prod', 'base.yaml', 'timeout_seconds: 10 ', 'timeout_seconds: 20 '],
  ['rayman', 'prod', 'base.yaml', 'name: LOG_LEVEL, value: info', 'name: LOG_LEVEL, value: debug'],
  ['rayman', 'prod', 'base.yaml', 'throttle: { rate: 100,', 'throttle: { rate: 200,'],
  ['rayman', 'prod', 'base.yaml', 'backup_retention_days: 7', 'backup_retention_days: 1'],
  ['rayman', 'prod', 'base.yaml', 'engine_version: "7.0"', 'engine_version: "7.1"'],
  ['rayman', 'prod', 'base.yaml', 'expire_after_days: 30 }', 'expire_after_days: 10 }'],
  ['rayman', 'prod', 'base.yaml', 'price_class: PriceClass_All', 'price_class: PriceClass_100'],
  ['rayman', 'prod', 'base.yaml', 'email, visibility_timeout_seconds: 180', 'email, visibility_timeout_seconds: 240'],
  ['rayman', 'prod', 'base.yaml', 'metric: database.cpu, above: 80', 'metric: database.cpu, above: 90'],
  ['fckdoomscroll', 'prod', 'base.yaml', 'dbname: fckdoomscroll', 'dbname: fckother'],
  ['fckdoomscroll', 'prod', 'base.yaml', 'max_connections: "100"', 'max_connections: "120"'],
  ['fckdoomscroll', 'prod', 'base.yaml', 'requests: 1000,', 'requests: 2000,'],
  ['fckdoomscroll', 'prod', 'base.yaml', 'frame_options: DENY', 'frame_options: SAMEORIGIN'],
  ['fckdoomscroll', 'prod', 'base.yaml', 'stickiness_seconds: 86400', 'stickiness_seconds: 3600'],
];

test.each(edits)(
  '%s-%s %s: "%s" to "%s" is traced to its line',
  (system, env, file, from, to) => {
    const { findings, lineOf } = edited(system, env, [[file, from, to]]);
    expect(findings.length).toBeGreaterThan(0);
    const line = lineOf(file, from);
    expect([...new Set(findings.map(({ yaml }) => `${yaml?.file.split('/').at(-1)}:${yaml?.line}`))]).toEqual([
      `${file}:${line}`,
    ]);
  },
  120_000,
);

test('of several changes each finding has its own', () => {
  const changes = [edits[0], edits[4], edits[19]].flatMap((edit) =>
    edit ? [[edit[2], edit[3], edit[4]] as const] : [],
  );
  const { findings } = edited('rayman', 'prod', changes);
  const pathOf = (address: string) => findings.find((one) => one.address === address)?.yaml?.path;
  expect(pathOf('aws_db_instance.database')).toBe('postgres.instance_class');
  expect(pathOf('aws_elasticache_replication_group.redis')).toBe('redis.node_type');
  expect(pathOf('aws_sqs_queue.queue_email')).toBe('sqs[email].visibility_timeout_seconds');
}, 120_000);

test('what is gone is told by the line that it had', () => {
  const gone = '    - { name: cache-evictions, severity: warning, metric: redis.evictions, above: 0 }\n';
  const { findings, lineOf } = edited('rayman', 'prod', [['base.yaml', gone, '']]);
  const alarm = findings.find(({ address }) => address === 'aws_cloudwatch_metric_alarm.alarms_cache_evictions');
  expect(alarm?.yaml).toMatchObject({
    path: 'alarms.rules[cache-evictions]',
    removed: true,
    line: lineOf('base.yaml', gone),
    text: gone.replace('\n', ''),
  });
}, 120_000);

test('without an older revision a finding has the leaf that says it, or else the section', () => {
  const file = 'environments/rayman/prod.yaml';
  const found = (finding: Partial<Finding>) => {
    const [one] = withYaml([{ verdict: 'behaviour', address: '', reason: '', ...finding }], writtenAs(file));
    return one?.yaml && `${one.yaml.path}: ${one.yaml.text.trim()}`;
  };
  const database = { address: 'aws_db_instance.database' };
  expect(found({ ...database, attribute: 'instance_class', after: 'db.t3.medium' })).toBe(
    'postgres.instance_class: instance_class: db.t3.medium',
  );
  expect(found({ ...database, attribute: 'backup_retention_period', after: '7' })).toBe(
    'postgres.backup_retention_days: backup_retention_days: 7',
  );
  expect(found({ ...database, attribute: 'ca_cert_identifier', after: 'rds-ca' })).toBe('postgres: postgres:');
  expect(found({ address: 'aws_sqs_queue.queue_email' })).toMatch(/^sqs\[email\]: - \{ name: email/);
});

test('what the files do not say is told by the section, never by a line that is called alike', () => {
  const written = writtenAs('environments/fckdoomscroll/prod.yaml');
  const found = (finding: Partial<Finding>) => {
    const [one] = withYaml([{ verdict: 'behaviour', address: '', reason: '', ...finding }], written);
    return [one?.yaml?.path, one?.yaml?.section];
  };
  const logs = { attribute: 'name', before: '/ecs/fckdoomscroll', after: '/ecs/other' };
  expect(found({ address: 'aws_cloudwatch_log_group.workload_task_logs', ...logs })).toEqual(['workload', true]);
  const query = { attribute: 'log_group_names', before: '["/ecs/fckdoomscroll"]', after: '["/ecs/other"]' };
  expect(found({ address: 'aws_cloudwatch_query_definition.saved_query_find_errors', ...query })).toEqual([
    'logs',
    true,
  ]);
  const tags = { attribute: 'image_tag_mutability', before: 'IMMUTABLE', after: 'MUTABLE' };
  expect(found({ address: 'aws_ecr_repository.workload_repository', ...tags })).toEqual(['workload', true]);
  const percent = (attribute: string) => found({ address: 'aws_ecs_service.workload', attribute, before: '200' });
  expect(percent('deployment_maximum_percent')).toEqual(['workload.deployment.max_percent', undefined]);
  expect(percent('deployment_minimum_healthy_percent')).toEqual(['workload', true]);
  const target = { attribute: 'load_balancer[0].target_group_arn', before: 'arn:aws:x:targetgroup/ecs-targets/c' };
  const later = { ...target, after: '(known after apply: aws_lb_target_group.a.arn)' };
  expect(found({ address: 'aws_ecs_service.workload', ...later })).toEqual(['workload', true]);
  const name = { attribute: 'db_name', before: 'fckdoomscroll', after: 'other' };
  expect(found({ address: 'aws_db_instance.database', ...name })).toEqual(['postgres.dbname', undefined]);
});

test('no change of YAML is said to have caused what the code does', () => {
  const now = writtenAs('environments/rayman/prod.yaml');
  const [finding] = withYaml([{ verdict: 'behaviour', address: 'aws_sqs_queue.queue_email', reason: '' }], now, now);
  expect(finding).toMatchObject({
    notYaml: 'no line of YAML has changed: it comes from the code, or from outside of it',
  });
  expect(finding?.yaml).toBeUndefined();
});

test('every address of all shipped stacks comes from a section that the language has', () => {
  const known = knownKeys(environmentFile);
  expect(sectionKeys().filter((key) => !known.includes(key))).toEqual([]);
  const trees = readdirSync('environments').flatMap((system) =>
    readdirSync(join('environments', system))
      .filter((file) => file !== 'base.yaml')
      .flatMap((file) => writtenIn(join('environments', system, file)) ?? []),
  );
  const lost = shippedStacks().flatMap(({ stack, terraform }) => {
    const tree = trees.find(
      (one) => one.stack === stack || stack.startsWith(`${one.stack.replace(/-[^-]+$/, '')}-bootstrap`),
    );
    const { resource } = JSON.parse(terraform) as SynthesizedStack;
    return Object.entries(resource ?? {})
      .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
      .filter((address) => tree === undefined || sectionsOf(address, tree.tree).length === 0)
      .map((address) => `${stack} ${address}`);
  });
  expect(lost).toEqual([]);
}, 120_000);

type Replacement = readonly [file: string, from: string, to: string];

/** The findings of changes of a shipped system's files. */
function edited(system: string, env: string, changes: readonly Replacement[]) {
  const home = join('environments', system);
  const texts = Object.fromEntries(readdirSync(home).map((file) => [file, readFileSync(join(home, file), 'utf8')]));
  const after = { ...texts };
  for (const [file, from, to] of changes) {
    if (!after[file]?.includes(from)) throw new Error(`${file} has no "${from}"`);
    after[file] = after[file].replace(from, to);
  }
  const [old, young] = [texts, after].map((files) => synthesized(system, env, files)) as [Made, Made];
  const comparison = compareSynthesized(`${system}-${env}`, old.terraform, young.terraform);
  const findings = withYaml(review(comparison, judges).findings, young.written, old.written);
  const lineOf = (file: string, text: string) => (texts[file] ?? '').split(text)[0]?.split('\n').length;
  return { findings, lineOf };
}

interface Made {
  readonly terraform: SynthesizedStack;
  readonly written: WrittenStack;
}

function synthesized(system: string, env: string, files: Readonly<Record<string, string>>): Made {
  const place = folder(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${system}/${file}`, text])));
  const file = join(place, system, `${env}.yaml`);
  const [environment] = loadEnvironments([file]);
  if (!environment) throw new Error(`${file} was not read`);
  const stack = new EnvironmentStack(Testing.app({ stackTraces: false }), environment.spec);
  return { terraform: JSON.parse(Testing.synth(stack)), written: writtenAs(file) };
}

function writtenAs(file: string): WrittenStack {
  const written = writtenIn(file);
  if (!written) throw new Error(`${file} was not read`);
  const lineAt = (at: Position) => readFileSync(at.file, 'utf8').split('\n')[at.line - 1] ?? '';
  return { tree: written.tree, lineAt };
}
