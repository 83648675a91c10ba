import { expect, test } from 'vitest';
import type { EnvironmentSpec } from '../../src/spec/environment';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from '../support/files';
import { problemsOf } from '../support/problems';

const LOGS = '{ name: logs, access_log_target: true }';
const SITE = 'domain: { domain_name: example.com }\ncdn:';

test('accepts logs of the load balancer, the CDN and buckets in a bucket that receives them', () => {
  const yaml = `domain: { domain_name: example.com }
alb: { access_logs: logs }
workload: {}
cdn: { access_logs: logs }
buckets: [${LOGS}, { name: media, access_logs: logs }, { name: more-logs, access_log_target: true, access_logs: logs }]`;
  expect(problems(yaml)).toBe('');
});

test('fails on logs of the load balancer in a bucket that is not there', () => {
  expect(problems(`alb: { http: forward, access_logs: log }\nworkload: {}\nbuckets: [${LOGS}]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:36 alb.access_logs: expected "logs", which receives access logs, got "log": "buckets" declares no "log""`,
  );
});

test('fails on logs where no bucket receives any', () => {
  expect(problems('alb: { http: forward, access_logs: logs }\nworkload: {}')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:36 alb.access_logs: expected a bucket that says "access_log_target: true", got "logs": "buckets" declares no "logs""`,
  );
});

test('fails on logs in a bucket that is not meant for them', () => {
  expect(
    problems('alb: { http: forward, access_logs: media }\nworkload: {}\nbuckets: [{ name: media }]'),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:36 alb.access_logs: expected a bucket that says "access_log_target: true", got "media": "access_log_target: true" at "media" would make it one"`,
  );
});

test('fails on logs of the CDN in a bucket that is not meant for them', () => {
  expect(
    problems(`${SITE} { origin: buckets.site, access_logs: site }\nbuckets: [{ name: site }, ${LOGS}]`),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:43 cdn.access_logs: expected "logs", which receives access logs, got "site": "access_log_target: true" at "site" would make it one"`,
  );
});

test('fails on logs of the CDN in a region where CloudFront delivers none', () => {
  expect(
    problemsOf(
      `${SITE} { origin: buckets.site, access_logs: logs }\nbuckets: [{ name: site }, ${LOGS}]\nregion: eu-south-1`,
    ),
  ).toMatchInlineSnapshot(
    `"demo/dev.yaml:2:43 cdn.access_logs: expected none in eu-south-1, where CloudFront delivers no logs, got "logs": leave it out; CloudFront would accept it and write nothing"`,
  );
});

test('fails on a bucket that logs to itself', () => {
  expect(problems('buckets: [{ name: logs, access_log_target: true, access_logs: logs }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:63 buckets.logs.access_logs: expected another bucket than itself, got "logs": every log it receives would be logged again, without end"`,
  );
});

test('fails on a bucket that logs to one that is not there', () => {
  expect(problems(`buckets: [{ name: media, access_logs: log }, ${LOGS}]`)).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:39 buckets.media.access_logs: expected "logs", which receives access logs, got "log": "buckets" declares no "log""`,
  );
});

test('fails on buckets whose logs go round in a circle, and not on one beside them', () => {
  const yaml = `buckets:
  - { name: a, access_log_target: true, access_logs: b }
  - { name: b, access_log_target: true, access_logs: a }
  - { name: c, access_logs: a }`;
  expect(problems(yaml)).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:54 buckets.a.access_logs: expected a bucket whose own logs do not come back to "a", got "b": every log would be logged again, without end
    demo/dev.yaml:3:54 buckets.b.access_logs: expected a bucket whose own logs do not come back to "b", got "a": every log would be logged again, without end"
  `);
});

test('fails on a CDN that would serve logs', () => {
  expect(
    problems(`${SITE} { origin: buckets.logs, behaviors: [{ path: /x/*, origin: buckets.logs }] }\nbuckets: [${LOGS}]`),
  ).toMatchInlineSnapshot(`
    "demo/dev.yaml:2:16 cdn.origin: expected a bucket that receives no access logs, got "buckets.logs": anybody could read the logs
    demo/dev.yaml:2:64 cdn.behaviors[0].origin: expected a bucket that receives no access logs, got "buckets.logs": anybody could read the logs"
  `);
});

test('fails on a name that no bucket can have', () => {
  expect(problems('buckets: [{ name: media, access_logs: buckets.logs }]')).toMatchInlineSnapshot(
    `"demo/dev.yaml:1:39 buckets[0].access_logs: expected a name of small letters, digits and dashes that starts with a letter, at most 40 characters, got "buckets.logs""`,
  );
});

test('keeps the logs from a workload that does not name them', () => {
  const buckets = `buckets: [{ name: media }, ${LOGS}]`;

  expect(spec(`workload: {}\n${buckets}`).workload?.uses).toEqual(['buckets.media']);
  expect(spec(`workload: { uses: [buckets.logs] }\n${buckets}`).workload?.uses).toEqual(['buckets.logs']);
});

function problems(yaml: string): string {
  return problemsOf(`${yaml}\nregion: us-east-1\n`);
}

function spec(yaml: string): EnvironmentSpec {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': `${yaml}\nregion: us-east-1\n` })]);
  if (!environment) throw new Error('no environment was read');
  return environment.spec;
}
