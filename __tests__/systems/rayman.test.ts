import { readFileSync } from 'node:fs';
import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { loadEnvironments } from '../../src/spec/load/load';
import { all } from '../blocks/reading';
import { folder } from '../support/files';
import { shippedStacks } from '../support/shipped';
import { resource } from '../support/stacks';

// The statements of the infrastructure document with its own figures.
const stacks = new Map(shippedStacks().map(({ stack, terraform }) => [stack, terraform]));
const stack = (env: string) => stacks.get(`rayman-${env}`) ?? '';
const environments = ['dev', 'staging', 'prod'];

test('each environment has the figures of its table', () => {
  const table = environments.map((env) => {
    const terraform = stack(env);
    const database = resource(terraform, 'aws_db_instance.database');
    const redis = resource(terraform, 'aws_elasticache_replication_group.redis');
    return [
      env,
      resource(terraform, 'aws_vpc.network').cidr_block,
      Object.keys(all(terraform, 'aws_subnet')).length / 2,
      Object.keys(all(terraform, 'aws_nat_gateway')).length,
      database.instance_class,
      database.allocated_storage,
      database.multi_az,
      redis.node_type,
      redis.num_cache_clusters,
      Object.keys(all(terraform, 'aws_cloudfront_distribution')).length,
    ];
  });
  expect(table).toEqual([
    ['dev', '10.0.0.0/16', 2, 1, 'db.t3.micro', 20, false, 'cache.t3.micro', 1, 0],
    ['staging', '10.1.0.0/16', 3, 3, 'db.t3.small', 50, true, 'cache.t3.small', 2, 1],
    ['prod', '10.2.0.0/16', 3, 3, 'db.t3.medium', 100, true, 'cache.t3.medium', 3, 1],
  ]);
});

test('every environment has the log groups of the document, kept 30 days', () => {
  for (const env of environments) {
    const groups = Object.values(all(stack(env), 'aws_cloudwatch_log_group'));
    expect(groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        `/ecs/${env}`,
        `/aws/lambda/${env}-api`,
        `/aws/lambda/${env}-worker`,
        `/aws/apigateway/${env}`,
      ]),
    );
    expect(new Set(groups.map(({ retention_in_days }) => retention_in_days))).toEqual(new Set([30]));
  }
});

test('Redis fails over from two nodes on, and is encrypted', () => {
  const failover = environments.map((env) => resource(stack(env), 'aws_elasticache_replication_group.redis'));
  expect(failover.map(({ automatic_failover_enabled }) => automatic_failover_enabled)).toEqual([false, true, true]);
  for (const group of failover) {
    expect(group).toMatchObject({
      engine_version: '7.0',
      transit_encryption_enabled: true,
      at_rest_encryption_enabled: 'true',
    });
  }
});

test('production copies its backups to a second region, under a key made there', () => {
  expect(resource(stack('prod'), 'aws_db_instance_automated_backups_replication.database_backup_copy').provider).toBe(
    'aws.us_west_2',
  );
  expect(all(stack('staging'), 'aws_db_instance_automated_backups_replication')).toEqual({});
});

test('alarms: the recommended ones and one for each queue of failed messages', () => {
  const alarms = (env: string) =>
    Object.entries(all(stack(env), 'aws_cloudwatch_metric_alarm'))
      .filter(([name]) => name.startsWith('alarms_'))
      .map(([name, { threshold }]) => [name.replace('alarms_', ''), threshold]);
  expect(alarms('dev')).toEqual([
    ['api_5xx', 10],
    ['cache_evictions', 0],
    ['database_cpu', 80],
    ['database_storage', 2 * 1024 ** 3],
    ['email_failed', 0],
    ['lambda_concurrency', 800],
    ['processing_failed', 0],
  ]);
  expect(alarms('prod')).toContainEqual(['database_storage', 10 * 1024 ** 3]);
});

test('an environment grows without any address or range of what exists moving', () => {
  const base = parse(readFileSync('environments/rayman/base.yaml', 'utf8'));
  const staging = parse(readFileSync('environments/rayman/staging.yaml', 'utf8'));
  const before = JSON.parse(stack('staging')).resource;
  staging.network.availability_zones.unshift('us-east-1d');
  base.sqs.unshift({ name: 'audit', visibility_timeout_seconds: 60 });
  base.functions.unshift({ name: 'report', code: 'functions/worker' });
  base.services = [{ name: 'admin', repository: { name: 'rayman-{env}/admin' } }];

  const [environment] = loadEnvironments([
    folder({ 'rayman/base.yaml': stringify(base), 'rayman/staging.yaml': stringify(staging) }),
  ]);
  if (!environment) throw new Error('no environment was read');
  const after = JSON.parse(
    Testing.synth(new EnvironmentStack(Testing.app({ stackTraces: false }), environment.spec)),
  ).resource;

  for (const [type, named] of Object.entries<Record<string, { cidr_block?: string }>>(before)) {
    for (const [name, { cidr_block }] of Object.entries(named)) {
      expect(after[type]?.[name], `${type}.${name}`).toBeDefined();
      expect(after[type][name].cidr_block).toBe(cidr_block);
    }
  }
  for (const added of [
    'aws_subnet.network_private_d',
    'aws_sqs_queue.queue_audit',
    'aws_lambda_function.function_report',
    'aws_ecs_service.service_admin',
  ]) {
    const [type = '', name = ''] = added.split('.');
    expect(after[type][name], added).toBeDefined();
  }
});
