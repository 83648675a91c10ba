import type { EnvironmentSpec } from '../environment';
import type { EventTaskSpec } from '../sections/event-task';
import type { ScheduledTaskSpec } from '../sections/scheduled-task';
import { eventPattern } from '../values/event-pattern';
import type { Finding, SpecPath } from './report';

const LONGEST_PATTERN = 2048; // characters. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

/** A task that AWS starts by itself, and where it stands in the file. */
interface FoundTask {
  readonly path: SpecPath;
  readonly task: ScheduledTaskSpec | EventTaskSpec;
}

/** Everything that the time or an event starts. */
export function startedTasks({ scheduledTasks, eventProcessorTasks }: EnvironmentSpec): FoundTask[] {
  return [
    ...scheduledTasks.map((task) => ({ path: ['scheduled_tasks', task.name], task })),
    ...eventProcessorTasks.map((task) => ({ path: ['event_processor_tasks', task.name], task })),
  ];
}

/** Where the file says what a rule is called. */
export function ruleNamePath({ name, oneRule }: EventTaskSpec, rule: string): SpecPath {
  const task = ['event_processor_tasks', name];
  return oneRule ? [...task, 'rule_name'] : [...task, 'rules', rule, 'name'];
}

/** One image for each task, built for its processor, and events that can be told apart. */
export function* startedTaskRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, task } of startedTasks(spec)) {
    if (task.image !== undefined && task.repository !== undefined) {
      yield {
        path: [...path, 'repository'],
        expected: 'expected either image or repository',
        got: 'both',
        advice: 'the image is pulled from elsewhere; take one of the two out',
      };
    }
    const { workload } = spec;
    const borrows = task.image === undefined && task.repository === undefined;
    if (borrows && workload && workload.architecture !== task.architecture) {
      yield {
        path: [...path, 'architecture'],
        expected: `expected "${workload.architecture}", for which the workload’s image is built`,
        advice: 'the container would not start; write "repository: {}" for an image of its own',
      };
    }
  }
  for (const task of spec.eventProcessorTasks) yield* ruleRules(task);
}

function* ruleRules({ name, rules, oneRule }: EventTaskSpec): Iterable<Finding> {
  const path = ['event_processor_tasks', name, ...(oneRule ? [] : ['rules'])];
  if (rules.length === 0) {
    yield {
      path,
      expected: 'expected at least one rule that is enabled',
      got: 'none',
      advice: 'no event would ever start it; "enabled: false" beside its name removes the task',
    };
  }
  for (const rule of rules) {
    const { length } = JSON.stringify(eventPattern(rule));
    if (length <= LONGEST_PATTERN) continue;
    yield {
      path: oneRule ? path : [...path, rule.name],
      expected: `expected a pattern of at most ${LONGEST_PATTERN} characters, all that EventBridge allows`,
      got: length,
      advice: 'divide it among several rules',
    };
  }
}
