import type { EnvironmentSpec } from '../environment';
import { reaches } from '../sections/cdn';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import { deployerOf, imageBusName, imageRuleName } from '../sections/delivery';
import { isOwn } from '../sections/network';
import { redisUserId } from '../sections/redis';
import { anywhere, type GivenName, inside, once } from './given-name';
import type { SpecPath } from './report';
import { runningServices } from './running-services';

/** Names that no key pins: they follow from another name, or from project and env, and have an ending that makes them longer. */
export function* derivedNames(spec: EnvironmentSpec): Iterable<GivenName> {
  yield* networkNames(spec);
  yield* edgeNames(spec);
  yield* databaseNames(spec);
  yield* dataNames(spec);
  yield* monitoringNames(spec);
  yield* containerNames(spec);
  yield* taskNames(spec);
  yield* deliveryNames(spec);
  yield* accountNames(spec);
}

function* networkNames({ network, cluster, project, env }: EnvironmentSpec): Iterable<GivenName> {
  if (network.flowLogs) {
    const own = isOwn(network);
    const path = own ? ['network', 'name'] : ['env'];
    const name = own ? network.name : `${project}-${env}`;
    yield once('IAM role', path, `${name}-flow-logs`);
    yield once('log group', path, `/vpc/${name}/flow-logs`);
  }
  if (!cluster.serviceDiscovery) return;
  for (const label of cluster.namespace.split('.')) yield anywhere('DNS label', ['cluster', 'namespace'], label);
}

function* edgeNames({ alb, cdn, waf, httpApi, buckets, project, env }: EnvironmentSpec): Iterable<GivenName> {
  const prefix = `${project}-${env}`;
  if (httpApi) {
    yield anywhere('API', ['http_api', 'name'], httpApi.name);
    if (httpApi.routes.some(({ to }) => !to.startsWith('functions.')))
      yield inside('security group', ['http_api', 'name'], `${httpApi.name}-http-api`);
  }
  if (waf && alb) yield anywhere('web ACL', ['env'], prefix);
  if (waf && cdn) yield anywhere('web ACL', ['env'], `${prefix}-cdn`);
  if (!cdn) return;
  yield anywhere('headers policy', ['env'], `${prefix}-security-headers`);
  for (const { name, existing } of buckets) {
    if (existing || cdn.originAccess === 'identity' || !reaches(cdn, `buckets.${name}`)) continue;
    yield anywhere('origin access control', ['buckets', name, 'name'], `${prefix}-${name}`);
  }
}

function* databaseNames(spec: EnvironmentSpec): Iterable<GivenName> {
  const database = databaseOf(spec);
  const { engine, proxy } = database ?? existingDatabaseOf(spec) ?? {};
  if (engine && proxy) yield inside('log group', [engine, 'proxy', 'name'], `/aws/rds/proxy/${proxy.name}`);
  if (!database) return;
  const path = [database.engine, 'name'];
  for (const log of database.logs) yield inside('log group', path, `/aws/rds/instance/${database.name}/${log}`);
  yield anywhere('parameter group', path, `${database.name}-${database.family}`);
  yield anywhere('snapshot', path, `${database.name}-final`);
  for (const { name, was } of database.readReplicas)
    yield once('database', [database.engine, 'read_replicas', name, 'name'], `${database.name}-${was ?? name}`);
}

function* dataNames({ cognito, push, redis, ses }: EnvironmentSpec): Iterable<GivenName> {
  if (redis) {
    const path = ['redis', 'name'];
    const logs = redis.logDelivery ? ['slow-log', 'engine-log'] : [];
    for (const log of logs) yield inside('log group', path, `/aws/vendedlogs/elasticache/${redis.name}/${log}`);
    for (const [index, user] of redis.iamUsers.entries())
      yield once('cache user', ['redis', 'iam_users', String(index)], redisUserId(redis, user));
  }
  if (cognito && !cognito.existing) {
    yield anywhere('user pool', ['cognito', 'name'], cognito.name);
    if (cognito.enableWebClient) yield anywhere('user pool client', ['cognito', 'name'], `${cognito.name}-web`);
    if (cognito.enableDashboardClient)
      yield anywhere('user pool client', ['cognito', 'name'], `${cognito.name}-dashboard`);
  }
  if (ses?.configurationSet)
    yield once('configuration set', ['ses', 'configuration_set', 'name'], ses.configurationSet.name);
  for (const { name } of ses?.templates ?? []) yield once('email template', ['ses', 'templates', name, 'name'], name);
  if (push) yield anywhere('platform application', ['workload', 'setup_fcnsns'], push.name);
}

function* monitoringNames({ alarms, logs, topics, project, env }: EnvironmentSpec): Iterable<GivenName> {
  const prefix = `${project}-${env}`;
  yield anywhere('budget', ['env'], prefix);
  for (const { name } of logs.savedQueries)
    yield anywhere('saved query', ['logs', 'saved_queries', name, 'name'], `${prefix}/${name}`);
  for (const { name, topicName, existing } of topics) {
    // SNS shows it in the place of the name, and allows less.
    if (!existing) yield anywhere('display name', ['topics', name, 'topic_name'], topicName);
  }
  for (const severity of ['critical', 'warning'] as const) {
    const name = alarms?.[severity].name;
    if (name !== undefined) yield anywhere('display name', ['alarms', severity, 'name'], name);
  }
  if (!alarms?.billing) return;
  yield anywhere('display name', ['alarms', 'billing', 'name'], alarms.billing.name);
  yield anywhere('key alias', ['alarms', 'billing', 'name'], `alias/${alarms.billing.name}`);
}

function* containerNames(spec: EnvironmentSpec): Iterable<GivenName> {
  for (const { path, service } of runningServices(spec)) {
    const { scaling, serviceName } = service;
    const name = [...path, 'service_name'];
    if (scaling?.scaleInBelow) yield once('alarm', name, `${serviceName}-scale-in`);
    if (scaling) yield anywhere('scaling policy', name, `${serviceName}-memory`);
  }
  if (spec.scheduledTasks.length > 0) yield anywhere('schedule group', ['env'], `${spec.project}-${spec.env}`);
}

/** Of what a person starts: the roles and the log group follow from the family. */
function* taskNames(spec: EnvironmentSpec): Iterable<GivenName> {
  const { project, env, tasks, workload } = spec;
  const applicationUser = databaseOf(spec)?.applicationUser;
  if (applicationUser !== undefined) {
    const family = `${project}-${env}-database-user`;
    yield once('task family', ['env'], family);
    yield* ofFamily(['env'], family);
  }
  for (const { name, taskFamily } of tasks) yield* ofFamily(['tasks', name, 'task_family'], taskFamily);
  if (!workload && (tasks.length > 0 || applicationUser !== undefined))
    yield inside('security group', ['tasks'], `${project}-${env}-tasks`);
}

function* ofFamily(path: SpecPath, family: string): Iterable<GivenName> {
  yield inside('log group', path, `/ecs/tasks/${family}`);
  yield once('IAM role', path, `${family}-task`);
  yield once('IAM role', path, `${family}-execution`);
}

function* deliveryNames(spec: EnvironmentSpec): Iterable<GivenName> {
  const { ecrAccountId, ecrTrustedAccounts, env, project } = spec;
  if (deployerOf(spec) && ecrAccountId !== undefined) yield anywhere('event bus', ['env'], imageBusName(project, env));
  if (ecrTrustedAccounts.length === 0) return;
  yield once('IAM role', ['env'], imageRuleName(project, env));
  yield once('queue', ['env'], `${imageRuleName(project, env)}-dlq`);
  for (const { name } of ecrTrustedAccounts)
    yield once('event rule', ['ecr_trusted_accounts', name, 'name'], imageRuleName(project, env, name));
}

/** Of the bootstrap stack. */
function* accountNames({ account, accountId = '123456789012', project, state }: EnvironmentSpec): Iterable<GivenName> {
  if (state === 'local' || state.existing) return;
  yield anywhere('bucket', ['state', 'bucket'], state.bucket);
  if (account.cloudtrail) yield anywhere('bucket', ['project'], `${project}-cloudtrail-${accountId}`);
  if (account.config) yield anywhere('bucket', ['project'], `${project}-config-${accountId}`);
}
