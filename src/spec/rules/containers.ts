import { declaredNames } from '../declared-names';
import type { EnvironmentSpec } from '../environment';
import { didYouMean } from '../load/nearest';
import { fargateMismatch } from '../sections/container';
import { databaseOf, existingDatabaseOf } from '../sections/database';
import type { ServiceSpec } from '../sections/service';
import { either, type Finding, type SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** Sizes, health checks, scaling and names of everything that runs containers. */
export function* containerRules(spec: EnvironmentSpec): Iterable<Finding> {
  const services = runningServices(spec);
  for (const { name, path, service } of services) {
    yield* size(path, service);
    yield* healthCheck(path, service);
    yield* scaling(path, service);
    yield* usesDeclared(path, service.uses, spec, name);
    yield* noSecrets(
      path[0] === 'workload' ? [...path, 'backend_env_variables'] : [...path, 'env_variables'],
      service.envVariables,
    );
  }
  for (const task of spec.tasks) {
    const path = ['tasks', task.name];
    yield* size(path, task);
    yield* usesDeclared(path, task.uses, spec);
    yield* noSecrets([...path, 'env_variables'], task.envVariables);
    if (task.image === undefined && spec.workload === undefined) {
      yield {
        path: [...path, 'image'],
        expected: 'expected an image, because there is no workload whose image it could run',
      };
    }
  }
  for (const { path, task } of startedTasks(spec)) {
    yield* size(path, task);
    yield* usesDeclared(path, task.uses, spec);
    yield* noSecrets([...path, 'env_variables'], task.envVariables);
  }
  yield* routes(spec);
}

function* size(path: SpecPath, { cpu, memory }: { readonly cpu: number; readonly memory: number }): Iterable<Finding> {
  const mismatch = fargateMismatch(cpu, memory);
  if (mismatch) yield { path: [...path, 'memory'], ...mismatch };
}

function* healthCheck(path: SpecPath, { healthCheck }: ServiceSpec): Iterable<Finding> {
  if (healthCheck.timeoutSeconds < healthCheck.intervalSeconds) return;
  yield {
    path: [...path, 'health_check', 'timeout_seconds'],
    expected: `expected less than the ${healthCheck.intervalSeconds} s from one check to the next (interval_seconds)`,
    advice: 'a load balancer refuses a target group whose checks overlap',
  };
}

function* scaling(path: SpecPath, { scaling, desiredCount }: ServiceSpec): Iterable<Finding> {
  if (!scaling) return;
  const here = [...path, 'scaling'];
  if (scaling.min > scaling.max) {
    yield { path: [...here, 'min'], expected: `expected at most ${scaling.max}, the value of max` };
    return;
  }
  if (scaling.targetCpu === undefined && scaling.targetMemory === undefined && scaling.schedules.length === 0) {
    yield {
      path: here,
      expected: 'expected target_cpu, target_memory or schedules',
      got: undefined,
      advice: 'without one of them nothing would ever scale',
    };
  }
  if (desiredCount < scaling.min || desiredCount > scaling.max) {
    yield {
      path: [...path, 'desired_count'],
      expected: `expected a number from ${scaling.min} to ${scaling.max}, the bounds of scaling`,
      advice: 'scaling would change it at once',
    };
  }
  const below = scaling.scaleInBelow;
  if (below && below.cpu === undefined && below.memory === undefined) {
    yield { path: [...here, 'scale_in_below'], expected: 'expected cpu, memory or both', got: undefined };
  }
  for (const [metric, target] of [
    ['cpu', scaling.targetCpu],
    ['memory', scaling.targetMemory],
  ] as const) {
    const limit = below?.[metric];
    if (limit !== undefined && target !== undefined && limit >= target) {
      yield {
        path: [...here, 'scale_in_below', metric],
        expected: `expected less than the target of ${target} %`,
        advice: 'scaling in and scaling out would chase each other',
      };
    }
  }
}

/** `own` is what it is itself called: nothing uses itself. */
export function* usesDeclared(
  path: SpecPath,
  uses: readonly string[],
  spec: EnvironmentSpec,
  own?: string,
): Iterable<Finding> {
  const declared = declaredNames(spec).filter((name) => name !== own);
  const known = [
    ...declared,
    ...(databaseOf(spec) ? ['database.admin', 'database.read'] : []),
    ...(existingDatabaseOf(spec)?.secretName === undefined ? [] : ['database.read']),
    ...(spec.cognito ? ['cognito.admin'] : []),
    ...(spec.cognito && !spec.cognito.existing && spec.cognito.webClientSecret ? ['cognito.read'] : []),
    ...spec.secrets.map(({ name }) => `secrets.${name}.read`),
    ...(spec.redis?.iamUsers ?? []).map((user) => `redis.${user}`),
    ...spec.buckets.map(({ name }) => `buckets.${name}.read`),
    ...spec.sqs.flatMap(({ name }) => [`sqs.${name}.send`, `sqs.${name}.receive`]),
    'logs',
  ];
  for (const [index, use] of uses.entries()) {
    const usePath = [...path, 'uses', String(index)];
    if (!known.includes(use)) {
      yield {
        path: usePath,
        expected: 'expected the name of something that this environment declares',
        got: use,
        advice: insteadOf(use, known, [...declared, 'logs']),
      };
    } else if (uses.indexOf(use) !== index) {
      yield { path: usePath, expected: 'expected each name once', got: use };
    }
  }
}

function insteadOf(use: string, known: readonly string[], whole: readonly string[]): string {
  if (use.startsWith('efs.')) return 'a file system is mounted, with its mount_point under "efs:" beside "uses:"';
  return didYouMean(use, known, `there is ${either(whole)}`);
}

const secretNames = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY)$/i;
const secretValues =
  /:\/\/[^/\s:@]+:[^/\s:@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|hooks\.slack\.com\/services\//;

/** Environment variables are readable in the console, in the task definition and in the state. */
export function* noSecrets(
  path: SpecPath,
  variables: readonly { readonly name: string; readonly value: string }[],
): Iterable<Finding> {
  for (const { name, value } of variables) {
    if (value === '' || !(secretNames.test(name) || secretValues.test(value))) continue;
    yield {
      path: [...path, name, 'value'],
      expected: 'expected nothing secret in a file',
      got: `${'*'.repeat(8)} (${value.length} characters)`,
      advice:
        'declare it under "secrets:" with fill_in and list the secret in "uses"; whoever has seen this file knows the value',
    };
  }
}

function* routes({ services, alb }: EnvironmentSpec): Iterable<Finding> {
  const taken = new Map<number, string>();
  for (const { name, route } of services) {
    if (!route) continue;
    const path = ['services', name, 'route'];
    if (!alb) yield { path, expected: 'expected an alb section, whose listener the route belongs to', got: undefined };
    const holder = taken.get(route.priority);
    if (holder)
      yield {
        path: [...path, 'priority'],
        expected: 'expected a priority that is not taken',
        advice: `service "${holder}" has it`,
      };
    taken.set(route.priority, name);
    const sharer = services.find((other) => other.name !== name && other.route?.path === route.path);
    if (sharer?.route && sharer.route.priority < route.priority) {
      yield {
        path: [...path, 'path'],
        expected: 'expected a path of its own',
        advice: `service "${sharer.name}" gets every request for it`,
      };
    }
  }
}
