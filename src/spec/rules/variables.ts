import type { EnvironmentSpec } from '../environment';
import { eventVariables } from '../values/event-variables';
import { injected } from './injected';
import type { Finding, SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

/** What runs code, and the variables that it has of its own. */
interface Consumer {
  readonly path: SpecPath;
  readonly uses: readonly string[];
  readonly own: readonly string[];

  /** Variables by which it is told of a used thing. */
  readonly told: (use: string) => readonly string[];
}

/** No two used things inject a variable of the same name: one of the two would be lost, or ECS would refuse both. */
export function* variableRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, uses, own, told } of consumers(spec)) {
    const holders = new Map<string, string>();
    for (const use of uses) {
      for (const variable of told(use).filter((variable) => !own.includes(variable))) {
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

function consumers(spec: EnvironmentSpec): Consumer[] {
  const container = (path: SpecPath, each: Parameters<typeof consumer>[0]): Consumer => ({
    path,
    ...consumer(each),
    told: (use) => ofContainer(use, spec),
  });
  return [
    ...runningServices(spec).map(({ path, service }) => container(path, service)),
    ...spec.tasks.map((task) => container(['tasks', task.name], task)),
    ...startedTasks(spec).map(({ path, task }) => container(path, task)),
    ...spec.functions.map((each) => ({
      path: ['functions', each.name],
      ...consumer(each),
      told: (use: string) => ofFunction(use, spec),
    })),
  ];
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
      const use = uses.find((used) => ofContainer(used, spec).includes(name));
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

function ofContainer(use: string, spec: EnvironmentSpec): readonly string[] {
  const { plain, secret } = injected(use, spec);
  return [...plain, ...secret];
}

/** A function is told where a secret is, and reads it by itself. */
function ofFunction(use: string, spec: EnvironmentSpec): readonly string[] {
  const { plain, secret } = injected(use, spec);
  return [...plain, ...secret.map((name) => `${name}_FROM`)];
}
