import type { EnvironmentSpec } from '../environment';
import type { BucketSpec } from '../sections/bucket';
import { cdnOrigins } from './cdn-origins';
import { either, type Finding, type SpecPath } from './report';

/** Where CloudFront writes no standard logs. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html */
const withoutCdnLogs = [
  'af-south-1',
  'ap-east-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

/** Access logs go to a bucket that is there, expects them and is not read by the public. */
export function* accessLogRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { alb, cdn, buckets, region } = spec;
  yield* targetRules(buckets, ['alb', 'access_logs'], alb?.accessLogs);
  yield* targetRules(buckets, ['cdn', 'access_logs'], cdn?.accessLogs);
  if (cdn?.accessLogs !== undefined && withoutCdnLogs.includes(region)) {
    yield {
      path: ['cdn', 'access_logs'],
      expected: `expected none in ${region}, where CloudFront delivers no logs`,
      advice: 'leave it out; CloudFront would accept it and write nothing',
    };
  }
  for (const { name, accessLogs } of buckets) {
    const path = ['buckets', name, 'access_logs'];
    if (accessLogs === name) {
      yield {
        path,
        expected: 'expected another bucket than itself',
        advice: 'every log it receives would be logged again, without end',
      };
    } else {
      yield* targetRules(buckets, path, accessLogs);
      yield* circleRules(buckets, path, name);
    }
  }
  yield* servedRules(spec);
}

function* targetRules(buckets: readonly BucketSpec[], path: SpecPath, name: string | undefined): Iterable<Finding> {
  const named = buckets.find((bucket) => bucket.name === name);
  if (name === undefined || named?.accessLogTarget) return;
  const targets = buckets.filter(({ accessLogTarget }) => accessLogTarget).map((bucket) => bucket.name);
  yield {
    path,
    expected:
      targets.length > 0
        ? `expected ${either(targets)}, which receives access logs`
        : 'expected a bucket that says "access_log_target: true"',
    advice: named ? howToReceive(named) : `"buckets" declares no "${name}"`,
  };
}

function howToReceive({ name, existing }: BucketSpec): string {
  const key = `"access_log_target: true" at "${name}"`;
  return existing
    ? `${key} would say that its owner lets logdelivery.elasticloadbalancing.amazonaws.com and logging.s3.amazonaws.com s3:PutObject there`
    : `${key} would make it one`;
}

/** Two buckets that log each other would fill up by themselves. */
function* circleRules(buckets: readonly BucketSpec[], path: SpecPath, start: string): Iterable<Finding> {
  const next = (name: string | undefined) => buckets.find((bucket) => bucket.name === name)?.accessLogs;
  const passed = [start];
  for (let name = next(start); name !== undefined && !passed.slice(1).includes(name); name = next(name)) {
    if (name === start) {
      yield {
        path,
        expected: `expected a bucket whose own logs do not come back to "${start}"`,
        advice: 'every log would be logged again, without end',
      };
      return;
    }
    passed.push(name);
  }
}

function* servedRules({ cdn, buckets }: EnvironmentSpec): Iterable<Finding> {
  if (!cdn) return;
  const targets = buckets.filter(({ accessLogTarget }) => accessLogTarget).map(({ name }) => `buckets.${name}`);
  for (const { path, origin } of cdnOrigins(cdn)) {
    if (!targets.includes(origin)) continue;
    yield {
      path,
      expected: 'expected a bucket that receives no access logs',
      got: origin,
      advice: 'anybody could read the logs',
    };
  }
}
