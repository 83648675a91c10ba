import type { EnvironmentSpec } from '../environment';
import { noSecrets, usesDeclared } from './containers';
import { type Finding, oneDeclared } from './report';

const VISIBILITY_FACTOR = 6;

/** Names of what listens in the VPC alone, under its security group. */
const insideVpc = /^(?:database|redis|workload|services)\b/;

/** Functions have code, and queues that wait for them long enough. */
export function* functionRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const each of spec.functions) {
    const path = ['functions', each.name];
    if ((each.code === undefined) === (each.image === undefined)) {
      yield {
        path,
        expected: 'expected either code or image',
        got: each.code === undefined ? undefined : 'both',
      };
    }
    yield* usesDeclared(path, each.uses, spec);
    yield* noSecrets([...path, 'env_variables'], each.envVariables);
    yield* queueRules(each, spec);
    if (!each.vpc && each.uses.some((use) => insideVpc.test(use))) {
      yield {
        path: [...path, 'vpc'],
        expected: 'expected true, because what it uses can be reached from the VPC alone',
      };
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function* queueRules(
  { name, queues, timeoutSeconds }: EnvironmentSpec['functions'][number],
  { sqs }: EnvironmentSpec,
): Iterable<Finding> {
  for (const source of queues) {
    const path = ['functions', name, 'queues', source.name];
    const queue = sqs.find((each) => each.name === source.name);
    if (!queue) {
      yield {
        path: [...path, 'name'],
        expected: oneDeclared(
          sqs.map((each) => each.name),
          'sqs',
          'a queue',
        ),
        got: source.name,
      };
      continue;
    }
    const least = timeoutSeconds * VISIBILITY_FACTOR;
    if (!queue.existing && queue.visibilityTimeoutSeconds < least) {
      yield {
        path: ['sqs', queue.name, 'visibility_timeout_seconds'],
        expected: `expected at least ${least} s, ${VISIBILITY_FACTOR} times the timeout of function "${name}" (${timeoutSeconds} s)`,
        advice: 'messages would be handed out again while they are still worked on',
      };
    }
    if (source.batchSize > 10 && source.batchWindowSeconds === 0) {
      yield {
        path: [...path, 'batch_window_seconds'],
        expected: 'expected at least 1, because batches of more than 10 messages have to be waited for',
        advice: 'Lambda refuses the event source',
      };
    }
  }
}
