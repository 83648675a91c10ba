import type { EnvironmentSpec } from '../environment';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import { eventVariables } from '../values/event-variables';
import { peerVariable, secretArnVariable } from '../values/variable-name';
import type { Finding, SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** No two used things inject a variable of the same name: one of the two would be lost, or ECS would refuse both. */
export function* variableRules(spec: EnvironmentSpec): Iterable<Finding> {
  const consumers: { path: SpecPath; uses: readonly string[]; own: readonly string[] }[] = [
    ...runningServices(spec).map(({ path, service }) => ({ path, ...consumer(service) })),
    ...spec.tasks.map((task) => ({ path: ['tasks', task.name], ...consumer(task) })),
    ...startedTasks(spec).map(({ path, task }) => ({ path, ...consumer(task) })),
  ];
  for (const { path, uses, own } of consumers) {
    const holders = new Map<string, string>();
    for (const use of uses) {
      for (const variable of injected(use, spec).filter((variable) => !own.includes(variable))) {
        const holder = holders.get(variable);
        if (holder !== undefined) {
          yield {
            path: [...path, 'uses'],
            expected: 'expected things that inject different variables',
            got: [holder, use],
            advice: `both would set ${variable}; rename one of them, or use one of them only`,
          };
        }
        holders.set(variable, use);
      }
    }
  }
  yield* eventVariableRules(spec);
}

/** What tells of the event takes the place of a variable of the same name, and ECS refuses to start a task with such a secret. */
function* eventVariableRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const task of spec.eventProcessorTasks) {
    const path = ['event_processor_tasks', task.name];
    const { uses, own } = consumer(task);
    const told = Object.keys(eventVariables);
    for (const { name } of task.eventVariables) {
      if (told.includes(name)) {
        yield {
          path: [...path, 'event_variables', name, 'name'],
          expected: `expected another name than ${told.join(', ')}, which tell of every event`,
        };
      }
    }
    for (const name of [...told, ...task.eventVariables.map((each) => each.name)]) {
      const use = uses.find((used) => injected(used, spec).includes(name));
      if (own.includes(name)) {
        yield {
          path: [...path, 'env_variables', name, 'name'],
          expected: 'expected another name than those that tell of the event',
          advice: 'the event’s value would take its place in every task',
        };
      } else if (use !== undefined) {
        yield {
          path: [...path, 'uses'],
          expected: 'expected things that inject other variables than those that tell of the event',
          got: use,
          advice: `both would set ${name}; rename one of them`,
        };
      }
    }
  }
}

function consumer({
  uses,
  envVariables,
}: {
  readonly uses: readonly string[];
  readonly envVariables: readonly { readonly name: string }[];
}) {
  return { uses, own: envVariables.map(({ name }) => name) };
}

/** Names of the variables that a container gets for what it uses. */
function injected(written: string, spec: EnvironmentSpec): string[] {
  const reads = /^(?:secrets\.(.+)|(database|cognito))\.read$/.exec(written);
  if (reads) return [secretArnVariable(reads[1] ?? reads[2] ?? '')];
  const use = written.replace(/\.(?:read|send|receive)$/, '');
  const { redis, cognito, ses, push, secrets, buckets, sqs, topics } = spec;
  const database = databaseOf(spec);
  const secret = secrets.find(({ name }) => use === `secrets.${name}`);
  const bucket = buckets.find(({ name }) => use === `buckets.${name}`);
  if (secret) {
    if (!secret.existing && secret.rotation) return [secretArnVariable(secret.name)];
    const keys = secret.existing ? secret.keys : [...Object.keys(secret.generate ?? {}), ...(secret.fillIn ?? [])];
    return keys.map((key) => key.toUpperCase());
  }
  if (bucket) return [bucket.variableName];
  const queue = sqs.find(({ name }) => use === `sqs.${name}`);
  const topic = topics.find(({ name }) => use === `topics.${name}`);
  if (queue) return [queue.variableName];
  if (topic) return [topic.variableName];
  const existing = existingDatabaseOf(spec);
  if (use === 'database' && existing) {
    const password = existing.secretName === undefined ? [] : ['USERNAME', 'PASSWORD'];
    return ['HOST', 'PORT', 'NAME', ...password].map((part) => `DATABASE_${part}`);
  }
  if (use === 'database' && database) {
    if (database.url) return ['DATABASE_URL'];
    const password = database.rotation === undefined ? ['USERNAME', 'PASSWORD'] : ['SECRET_ARN'];
    const url = database.engine === 'oracle' ? ['URL'] : [];
    return ['HOST', 'PORT', 'NAME', ...url, ...password].map((part) => `DATABASE_${part}`);
  }
  if (/^redis(?:\.|$)/.test(use) && redis) {
    const user = redis.iamUsers.length > 0 ? ['USER', 'CACHE_NAME'] : [];
    return ['HOST', 'PORT', 'TLS', ...user].map((part) => `REDIS_${part}`);
  }
  if (use === 'cognito' && cognito) {
    const secret = cognito.webClientSecret ? ['CLIENT_SECRET'] : [];
    const dashboard = cognito.enableDashboardClient ? ['DASHBOARD_CLIENT_ID'] : [];
    return ['USER_POOL_ID', 'CLIENT_ID', ...dashboard, ...secret].map((part) => `COGNITO_${part}`);
  }
  if (use === 'workload' || use.startsWith('services.')) return [peerVariable(use)];
  if (use === 'push' && push) return ['FCM_PLATFORM_APPLICATION_ARN'];
  if (use === 'ses' && ses) return ['SES_DOMAIN', 'SES_SENDER'];
  return [];
}
