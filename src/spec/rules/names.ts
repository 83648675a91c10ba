import type { EnvironmentSpec } from '../environment';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import { deployerOf, imageRuleName } from '../sections/delivery';
import { type RedisSpec, redisUserId } from '../sections/redis';
import type { Finding, SpecPath } from './report';
import { runningServices } from './running-services';
import { ruleNamePath, startedTasks } from './started-tasks';
import { uniqueNames } from './unique-names';

const MOST_TAGS = 45;

/** A name, the key that pins it, and how many characters AWS allows for what it is the name of. */
type Limited = [path: SpecPath, name: string, limit: number, what: string];

/** Tags that every resource has by itself. */
const ownTags: readonly string[] = ['project', 'env', 'stack', 'managed_by'];

/** Names that follow from project and env: AWS's limits are checked, never met by cutting. */
export function* nameRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const [path, name, limit, what] of limitedNames(spec)) {
    if (name.length <= limit) continue;
    yield {
      path,
      expected: `expected at most ${limit} characters, all that AWS allows for ${what}`,
      got: name,
      advice: `it has ${name.length}; write a shorter one here`,
    };
  }
  yield* refusedNames(spec);
  yield* distinctNames(spec);
  yield* tagRules(spec);
}

function limitedNames(spec: EnvironmentSpec): Limited[] {
  const limited: Limited[] = [];
  if (spec.alb) limited.push([['alb', 'name'], spec.alb.name, 32, 'a load balancer']);
  const database = databaseOf(spec);
  if (database) limited.push([[database.engine, 'name'], database.name, 63, 'a database instance']);
  const { engine, proxy } = database ?? existingDatabaseOf(spec) ?? {};
  if (engine && proxy) {
    limited.push([[engine, 'proxy', 'name'], proxy.name, 63, 'a proxy']);
    limited.push([[engine, 'proxy', 'role_name'], proxy.roleName, 64, 'an IAM role']);
  }
  if (spec.redis) limited.push(...redisNames(spec.redis));
  if (spec.cognito && !spec.cognito.existing)
    limited.push([['cognito', 'user_pool_domain_prefix'], spec.cognito.userPoolDomainPrefix, 63, 'a user pool domain']);
  if (spec.alarms) {
    for (const severity of ['critical', 'warning'] as const) {
      const { name } = spec.alarms[severity];
      if (name !== undefined) limited.push([['alarms', severity, 'name'], name, 256, 'a topic']);
    }
  }
  for (const bucket of spec.buckets)
    limited.push([['buckets', bucket.name, 'bucket_name'], bucket.bucketName, 63, 'a bucket']);
  for (const { path, service, routed } of runningServices(spec)) {
    if (routed) limited.push([[...path, 'target_group', 'name'], service.targetGroup.name, 32, 'a target group']);
    limited.push([[...path, 'task_role_name'], service.taskRoleName, 64, 'an IAM role']);
    limited.push([[...path, 'execution_role_name'], service.executionRoleName, 64, 'an IAM role']);
    if (service.ebsVolume)
      limited.push([[...path, 'ebs_volume', 'role_name'], service.ebsVolume.roleName, 64, 'an IAM role']);
  }
  return [...limited, ...startedTaskNames(spec), ...deliveryNames(spec)];
}

function startedTaskNames(spec: EnvironmentSpec): Limited[] {
  const { project, env, scheduledTasks, eventProcessorTasks } = spec;
  const roles = startedTasks(spec).flatMap(({ path, task }): Limited[] => [
    [[...path, 'task_role_name'], task.taskRoleName, 64, 'an IAM role'],
    [[...path, 'execution_role_name'], task.executionRoleName, 64, 'an IAM role'],
    [[...path, 'start_role_name'], task.startRoleName, 64, 'an IAM role'],
    [[...path, 'dead_letter_queue_name'], task.deadLetterQueueName, 80, 'a queue'],
  ]);
  return [
    ...roles,
    ...(scheduledTasks.length > 0 ? [[['env'], `${project}-${env}`, 64, 'a schedule group'] satisfies Limited] : []),
    ...scheduledTasks.map(
      ({ name, scheduleName }): Limited => [['scheduled_tasks', name, 'schedule_name'], scheduleName, 64, 'a schedule'],
    ),
    ...eventProcessorTasks.flatMap((task) =>
      task.rules.map(({ name }): Limited => [ruleNamePath(task, name), name, 64, 'an event rule']),
    ),
  ];
}

function deliveryNames(spec: EnvironmentSpec): Limited[] {
  const { delivery, ecrTrustedAccounts, env, pipeline, project } = spec;
  const { github, notifier } = delivery ?? {};
  const functions = [['deployer', deployerOf(spec)] as const, ['notifier', notifier] as const];
  return [
    ...ecrTrustedAccounts.map(
      ({ name }): Limited => [
        ['ecr_trusted_accounts', name, 'name'],
        imageRuleName(project, env, name),
        64,
        'an event rule',
      ],
    ),
    ...(github ? [ofDelivery('github', 'role_name', github.roleName, 'an IAM role')] : []),
    ...(['plan', 'apply'] as const).flatMap((role): Limited[] =>
      pipeline
        ? [[['pipeline', 'github', `${role}_role_name`], pipeline.github[`${role}RoleName`], 64, 'an IAM role']]
        : [],
    ),
    ...functions.flatMap(([key, each]) =>
      each
        ? [
            ofDelivery(key, 'function_name', each.functionName, 'a function'),
            ofDelivery(key, 'role_name', each.roleName, 'an IAM role'),
          ]
        : [],
    ),
  ];
}

function ofDelivery(section: string, key: string, name: string, what: string): Limited {
  return [['delivery', section, key], name, 64, what];
}

/** Users are called after the replication group, which must leave them room. */
function redisNames(redis: RedisSpec): Limited[] {
  return [
    [['redis', 'name'], redis.name, 40, 'a replication group'],
    ...redis.iamUsers.map(
      (user, index): Limited => [['redis', 'iam_users', String(index)], redisUserId(redis, user), 40, 'a Redis user'],
    ),
  ];
}

/** What AWS refuses in names that follow from those of project and environment. */
function* refusedNames({ project, env, alb, cognito }: EnvironmentSpec): Iterable<Finding> {
  for (const [key, name] of [
    ['project', project],
    ['env', env],
  ] as const) {
    if (!name.includes('--')) continue;
    yield {
      path: [key],
      expected: 'expected no two dashes in a row, which names of databases and repositories must not have',
      got: name,
    };
  }
  if (alb?.name.startsWith('internal-')) {
    yield {
      path: ['alb', 'name'],
      expected: 'expected a name that does not begin with "internal-", which AWS keeps for itself',
      advice: 'write another one here',
    };
  }
  const reserved = /aws|amazon|cognito/.exec(cognito?.userPoolDomainPrefix ?? '')?.[0];
  if (reserved !== undefined) {
    yield {
      path: ['cognito', 'user_pool_domain_prefix'],
      expected: `expected a name without "${reserved}", which AWS keeps for itself`,
      advice: 'write another one here',
    };
  }
}

/** Two things that would get one name in AWS, such as a service called "backend" and the workload. */
function* distinctNames(spec: EnvironmentSpec): Iterable<Finding> {
  const holders = new Map<string, SpecPath>();
  for (const { what, path, name } of uniqueNames(spec)) {
    const holder = holders.get(`${what} ${name}`);
    if (holder === undefined) {
      holders.set(`${what} ${name}`, path);
      continue;
    }
    yield {
      path,
      expected: `expected another ${what} name than ${holder.join('.')}`,
      got: name,
      advice: 'in AWS they would be one and the same; write another one here',
    };
  }
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function* tagRules({ tags, requiredTags }: EnvironmentSpec): Iterable<Finding> {
  for (const key of requiredTags) {
    if (ownTags.includes(key) || (tags[key] ?? '').trim() !== '') continue;
    yield {
      path: ['tags', key],
      expected: `expected a value for the tag "${key}", which required_tags asks of every environment`,
      got: tags[key],
      advice: 'what has none is missing from reports by this tag',
    };
  }
  const own = Object.keys(tags).length;
  if (own > MOST_TAGS) {
    yield {
      path: ['tags'],
      expected: `expected at most ${MOST_TAGS} tags, because AWS allows 50 and each resource has some already`,
      got: own,
    };
  }
  for (const [key, value] of Object.entries(tags)) {
    const path = ['tags', key];
    if (/^aws:/i.test(key))
      yield { path, expected: 'expected a tag that does not begin with "aws:", which AWS keeps for itself', got: key };
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) {
      yield { path, expected: 'expected at most 128 letters, digits, spaces and _.:/=+-@ in a tag', got: key };
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
      yield {
        path,
        expected: 'expected at most 256 letters, digits, spaces and _.:/=+-@ as the value of a tag',
        got: value,
      };
    }
    if (ownTags.includes(key)) {
      yield { path, expected: 'expected another tag, because this one is set on every resource already', got: key };
    }
  }
}
