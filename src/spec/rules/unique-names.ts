import type { EnvironmentSpec } from '../environment';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import { deployerOf } from '../sections/delivery';
import { isGateway } from '../values/endpoints';
import { derivedNames } from './derived-names';
import { type GivenName, inside, once } from './given-name';
import { madeRepositories } from './images';
import { runningServices } from './running-services';
import { ruleNamePath, startedTasks } from './started-tasks';

/** A name that AWS lets exist once. */
type UniqueName = GivenName & Required<Pick<GivenName, 'within'>>;

/** Every name that something of an environment gets in AWS, with the key that pins it. */
export function* givenNames(spec: EnvironmentSpec): Iterable<GivenName> {
  yield* derivedNames(spec); // first, because of two that clash the other is easier to change
  yield* edgeNames(spec);
  yield* databaseNames(spec);
  yield* dataNames(spec);
  yield* messagingNames(spec);
  yield* monitoringNames(spec);
  yield* functionNames(spec);
  yield* containerNames(spec);
  yield* deliveryNames(spec);
}

/** Those that AWS lets exist once; what exists already other environments may name too. */
export function uniqueNames(spec: EnvironmentSpec): UniqueName[] {
  return [...givenNames(spec)].filter((given): given is UniqueName => given.within !== undefined);
}

function* edgeNames({ alb, cluster, network }: EnvironmentSpec): Iterable<GivenName> {
  if (network.endpoints.some((service) => !isGateway(service)))
    yield inside('security group', ['network', 'endpoints'], network.endpointsGroupName);
  yield once('cluster', ['cluster', 'name'], cluster.name);
  if (!alb) return;
  yield once('load balancer', ['alb', 'name'], alb.name);
  yield inside('security group', ['alb', 'security_group_name'], alb.securityGroupName);
}

function* databaseNames(spec: EnvironmentSpec): Iterable<GivenName> {
  const database = databaseOf(spec);
  if (database) {
    yield once('database', [database.engine, 'name'], database.name);
    yield once('secret', [database.engine, 'secret_name'], database.secretName);
    yield inside('security group', [database.engine, 'security_group_name'], database.securityGroupName);
    if (database.rotation !== 'managed' && !database.import) {
      for (const name of database.passwordParameters)
        yield once('SSM parameter', [database.engine, 'password_parameters'], name);
    }
    if (database.pgadmin) yield once('SSM parameter', [database.engine, 'pgadmin'], database.pgadmin.passwordParameter);
  }
  const { engine, proxy } = database ?? existingDatabaseOf(spec) ?? {};
  if (!engine || !proxy) return;
  yield once('proxy', [engine, 'proxy', 'name'], proxy.name);
  yield once('IAM role', [engine, 'proxy', 'role_name'], proxy.roleName);
  yield inside('security group', [engine, 'proxy', 'security_group_name'], proxy.securityGroupName);
}

function* dataNames({ buckets, cognito, efs, redis, secrets }: EnvironmentSpec): Iterable<GivenName> {
  if (redis) {
    yield once('replication group', ['redis', 'name'], redis.name);
    yield inside('security group', ['redis', 'security_group_name'], redis.securityGroupName);
  }
  if (cognito?.enableUserPoolDomain)
    yield once('user pool domain', ['cognito', 'user_pool_domain_prefix'], cognito.userPoolDomainPrefix);
  if (cognito?.webClientSecret) yield once('secret', ['cognito', 'secret_name'], cognito.secretName);
  for (const { name, secretName, existing } of secrets)
    yield (existing ? inside : once)('secret', ['secrets', name, 'secret_name'], secretName);
  for (const { name, bucketName, existing } of buckets) {
    const within = existing ? 'environment' : 'aws';
    yield { what: 'bucket', path: ['buckets', name, 'bucket_name'], name: bucketName, within };
  }
  for (const { name, securityGroupName } of efs)
    yield inside('security group', ['efs', name, 'security_group_name'], securityGroupName);
}

function* messagingNames({ push, sqs, topics }: EnvironmentSpec): Iterable<GivenName> {
  for (const { name, queueName, existing } of sqs)
    yield (existing ? inside : once)('queue', ['sqs', name, 'queue_name'], queueName);
  for (const { name, queueName, deadLetterQueue } of sqs) {
    if (deadLetterQueue) yield once('queue', ['sqs', name, 'queue_name'], `${queueName}-dlq`);
  }
  if (push) yield once('SSM parameter', ['workload', 'setup_fcnsns'], push.parameterName);
  for (const { name, topicName, existing } of topics)
    yield (existing ? inside : once)('topic', ['topics', name, 'topic_name'], topicName);
}

function* monitoringNames({ alarms, dashboard }: EnvironmentSpec): Iterable<GivenName> {
  if (alarms) {
    for (const severity of ['critical', 'warning'] as const) {
      const { name } = alarms[severity];
      if (name !== undefined) yield once('topic', ['alarms', severity, 'name'], name);
    }
  }
  if (alarms?.billing) {
    yield once('topic', ['alarms', 'billing', 'name'], alarms.billing.name);
    yield once('alarm', ['alarms', 'billing', 'name'], alarms.billing.name);
  }
  for (const { name, alarmName } of alarms?.rules ?? [])
    yield once('alarm', ['alarms', 'rules', name, 'alarm_name'], alarmName);
  if (dashboard) yield once('dashboard', ['dashboard', 'name'], dashboard.name);
}

function* functionNames({ functions, httpApi }: EnvironmentSpec): Iterable<GivenName> {
  if (httpApi) yield once('log group', ['http_api', 'log_group_name'], httpApi.logGroupName);
  for (const { name, functionName, logGroupName, roleName, securityGroupName } of functions) {
    yield once('function', ['functions', name, 'function_name'], functionName);
    yield once('log group', ['functions', name, 'log_group_name'], logGroupName);
    yield once('IAM role', ['functions', name, 'role_name'], roleName);
    yield inside('security group', ['functions', name, 'security_group_name'], securityGroupName);
  }
}

function* containerNames(spec: EnvironmentSpec): Iterable<GivenName> {
  for (const { path: at, service, routed } of runningServices(spec)) {
    yield inside('service', [...at, 'service_name'], service.serviceName);
    yield inside('security group', [...at, 'security_group_name'], service.securityGroupName);
    yield once('task family', [...at, 'task_family'], service.taskFamily);
    yield once('log group', [...at, 'log_group_name'], service.logGroupName);
    yield once('IAM role', [...at, 'task_role_name'], service.taskRoleName);
    yield once('IAM role', [...at, 'execution_role_name'], service.executionRoleName);
    if (service.ebsVolume) yield once('IAM role', [...at, 'ebs_volume', 'role_name'], service.ebsVolume.roleName);
    if (routed) yield once('target group', [...at, 'target_group', 'name'], service.targetGroup.name);
  }
  for (const { path, repository } of madeRepositories(spec))
    yield once('repository', [...path, 'repository', 'name'], repository.name);
  for (const task of spec.tasks) yield once('task family', ['tasks', task.name, 'task_family'], task.taskFamily);
  yield* startedTaskNames(spec);
}

function* startedTaskNames(spec: EnvironmentSpec): Iterable<GivenName> {
  for (const { path: at, task } of startedTasks(spec)) {
    yield inside('security group', [...at, 'security_group_name'], task.securityGroupName);
    yield once('task family', [...at, 'task_family'], task.taskFamily);
    yield once('log group', [...at, 'log_group_name'], task.logGroupName);
    yield once('IAM role', [...at, 'task_role_name'], task.taskRoleName);
    yield once('IAM role', [...at, 'execution_role_name'], task.executionRoleName);
    yield once('IAM role', [...at, 'start_role_name'], task.startRoleName);
    if (task.deadLetterQueue) yield once('queue', [...at, 'dead_letter_queue_name'], task.deadLetterQueueName);
  }
  // A schedule's name is one within its group, which each environment has for itself.
  for (const { name, scheduleName } of spec.scheduledTasks)
    yield inside('schedule', ['scheduled_tasks', name, 'schedule_name'], scheduleName);
  for (const task of spec.eventProcessorTasks) {
    for (const { name } of task.rules) yield once('event rule', ruleNamePath(task, name), name);
  }
}

function* deliveryNames(spec: EnvironmentSpec): Iterable<GivenName> {
  const { delivery, pipeline } = spec;
  if (pipeline) {
    yield once('IAM role', ['pipeline', 'github', 'plan_role_name'], pipeline.github.planRoleName);
    yield once('IAM role', ['pipeline', 'github', 'apply_role_name'], pipeline.github.applyRoleName);
  }
  if (delivery?.github) yield once('IAM role', ['delivery', 'github', 'role_name'], delivery.github.roleName);
  for (const [key, each] of [
    ['deployer', deployerOf(spec)],
    ['notifier', delivery?.notifier],
  ] as const) {
    if (!each) continue;
    yield once('function', ['delivery', key, 'function_name'], each.functionName);
    yield once('log group', ['delivery', key, 'function_name'], each.lambda.logGroupName);
    yield once('queue', ['delivery', key, 'function_name'], `${each.functionName}-dlq`);
    yield once('event rule', ['delivery', key, 'function_name'], each.functionName);
    yield once('IAM role', ['delivery', key, 'role_name'], each.roleName);
  }
}
