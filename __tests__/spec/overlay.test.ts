import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EnvironmentSpec } from '../../src/spec/environment';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

test('merges maps by key, at every depth', () => {
  const { workload } = spec(
    'workload: { cpu: 512, memory: 1024, health_check: { interval_seconds: 20 } }',
    'workload: { memory: 2048, health_check: { timeout_seconds: 9 } }',
  );
  expect(workload).toMatchObject({ cpu: 512, memory: 2048, healthCheck: { intervalSeconds: 20, timeoutSeconds: 9 } });
});

test('merges lists of named things by name and keeps the order of base.yaml', () => {
  const { buckets } = spec(
    'buckets: [{ name: media, versioning: false }, { name: logs }]',
    'buckets: [{ name: logs, versioning: false }, { name: media, abort_uploads_after_days: 3 }]',
  );
  expect(buckets).toMatchObject([
    { name: 'media', versioning: false, abortUploadsAfterDays: 3 },
    { name: 'logs', versioning: false },
  ]);
});

test('merges environment variables by name', () => {
  const { workload } = spec(
    'workload: { backend_env_variables: [{ name: PORT, value: "1" }, { name: MODE, value: a }] }',
    'workload: { backend_env_variables: [{ name: MODE, value: b }] }',
  );
  expect(workload?.backendEnvVariables).toEqual([
    { name: 'PORT', value: '1' },
    { name: 'MODE', value: 'b' },
  ]);
});

test('merges lists within named things by name too', () => {
  const { buckets } = spec(
    'buckets: [{ name: media, lifecycle: [{ name: old, expire_after_days: 10 }, { name: tmp, expire_after_days: 1 }] }]',
    'buckets: [{ name: media, lifecycle: [{ name: old, expire_after_days: 20 }] }]',
  );
  expect(buckets[0]?.lifecycle).toMatchObject([
    { name: 'old', expireAfterDays: 20 },
    { name: 'tmp', expireAfterDays: 1 },
  ]);
});

test('replaces every other list as a whole', () => {
  const { cognito } = spec('cognito: { groups: [a, b] }', 'cognito: { groups: [c] }');
  expect(cognito?.groups).toEqual(['c']);
});

test('replaces a list of named things by an empty one', () => {
  expect(spec('buckets: [{ name: media }]', 'buckets: []').buckets).toEqual([]);
});

test('replaces a map by a value where both are allowed', () => {
  expect(spec('state: { bucket: shop-state }', 'state: local').state).toBe('local');
});

test('removes a section that says enabled: false', () => {
  expect(spec('postgres: { multi_az: true }', 'postgres: { enabled: false }').postgres).toBeUndefined();
});

test('removes a listed thing that says enabled: false', () => {
  const { buckets } = spec('buckets: [{ name: media }, { name: logs }]', 'buckets: [{ name: media, enabled: false }]');
  expect(buckets.map(({ name }) => name)).toEqual(['logs']);
});

test('keeps "enabled: false" and "added" where they are arguments and tags', () => {
  const { overrides, tags } = spec(
    'overrides: { aws_x.y: { logging: { enabled: false }, added: true } }',
    'tags: { added: today }',
  );
  expect(overrides).toEqual({ 'aws_x.y': { logging: { enabled: false }, added: true } });
  expect(tags).toEqual({ added: 'today' });
});

test('adds a named thing that says added: true', () => {
  const { buckets } = spec('buckets: [{ name: media }]', 'buckets: [{ name: logs, added: true }]');
  expect(buckets.map(({ name }) => name)).toEqual(['media', 'logs']);
  expect(buckets[1]).not.toHaveProperty('added');
});

test('adds a list that base.yaml does not have', () => {
  expect(spec('protect: true', 'buckets: [{ name: media }]').buckets).toMatchObject([{ name: 'media' }]);
});

test('fails on a named thing that base.yaml does not have, with the nearest it has', () => {
  expect(
    problemsOf('services:\n  - name: worekr\n    cpu: 512\n    memory: 1024\n', base('services: [{ name: worker }]')),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:11 services: expected a name that base.yaml has, got "worekr": did you mean "worker"? if only this environment has it, write "added: true" beside it"`,
  );
});

test('fails on a named thing that resembles none of base.yaml, with those it has', () => {
  expect(
    problemsOf('buckets:\n  - name: assets\n', base('buckets: [{ name: media }, { name: logs }]')),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:11 buckets: expected a name that base.yaml has, got "assets": base.yaml has "media", "logs"; if only this environment has it, write "added: true" beside it"`,
  );
});

test('fails on a named thing deep in a section that base.yaml does not have', () => {
  expect(
    problemsOf(
      'waf: { rate_limits: [{ name: login, path: /login, requests: 10 }] }',
      base('waf: { rate_limits: [{ name: api, path: /, requests: 10 }] }'),
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:30 waf.rate_limits: expected a name that base.yaml has, got "login": base.yaml has "api"; if only this environment has it, write "added: true" beside it"`,
  );
});

test('fails on added: false like on no "added" at all', () => {
  expect(
    problemsOf('buckets: [{ name: logs, added: false }]', base('buckets: [{ name: media }]')),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:19 buckets: expected a name that base.yaml has, got "logs": base.yaml has "media"; if only this environment has it, write "added: true" beside it"`,
  );
});

test('fails on a value of base.yaml even where the environment replaces it', () => {
  expect(problemsOf('workload: { cpu: 512, memory: 1024 }', base('workload: { cpu: 300 }'))).toMatchInlineSnapshot(
    `"demo/base.yaml:2:18 workload.cpu: expected a CPU size that Fargate has (256, 512, 1024, 2048, 4096, 8192, 16384), got 300"`,
  );
});

test('fails on what an item of a merged list says, in the file that says it', () => {
  const files = [
    'buckets:\n  - name: logs\n    versioning: 1\n',
    base('buckets: [{ name: media }, { name: logs }]'),
  ] as const;
  expect(problemsOf(...files)).toMatchInlineSnapshot(
    `"demo/dev.yaml:3:17 buckets[1].versioning: expected true or false, got 1"`,
  );
});

test('fails on a rule in the file that holds the line, base.yaml too', () => {
  const dev = 'workload:\n  scaling:\n    max: 2\n';
  expect(
    problemsOf(dev, base('workload: { desired_count: 3, scaling: { min: 3, max: 9, target_cpu: 70 } }')),
  ).toMatchInlineSnapshot(`"demo/base.yaml:2:47 workload.scaling.min: expected at most 2, the value of max, got 3"`);
});

test('fails on a section that the environment leaves empty', () => {
  expect(problemsOf('workload:\n', base('workload: { cpu: 256 }'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:10 workload: expected a map, got an empty value"`,
  );
});

test('fails on an empty environment file even when base.yaml says everything', () => {
  expect(problemsOf('', base('workload: {}'))).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:1 expected a map of sections such as "region: us-east-1", got an empty file"`,
  );
});

test('fails on a base.yaml that is no YAML, once', () => {
  expect(problemsOf('env: dev\n', 'region: [\n')).toMatchInlineSnapshot(
    `"demo/base.yaml:2:1 expected "]" to close "[", on a line that is indented deeper than the key before it"`,
  );
});

test('asks base.yaml for nothing that the environments may say', () => {
  expect(problemsOf('region: us-east-1\ndomain: { domain_name: example.com }\n', 'domain: { delegated: true }\n')).toBe(
    '',
  );
});

function base(yaml: string): string {
  return `region: us-east-1\n${yaml}\n`;
}

function spec(under: string, over: string): EnvironmentSpec {
  const root = folder({ 'demo/base.yaml': base(under), 'demo/dev.yaml': over });
  const [environment] = loadEnvironments([join(root, 'demo')]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}
