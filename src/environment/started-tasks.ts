import type { ContainerPlace } from '../blocks/containers/container-place';
import { EventRules } from '../blocks/containers/event-rules';
import { Schedule, ScheduleGroup } from '../blocks/containers/schedule';
import type { Service } from '../blocks/containers/service';
import { StartedTask, type StartedTaskProps } from '../blocks/containers/started-task';
import type { EnvironmentSpec } from '../spec/environment';
import type { EventTaskSpec } from '../spec/sections/event-task';
import type { ScheduledTaskSpec } from '../spec/sections/scheduled-task';
import type { RootStack } from '../terraform/root-stack';
import { type Data, findMounts, findUsables } from './data';
import { makeNamed } from './named';

interface StartedTasksPlace {
  readonly place: ContainerPlace;
  readonly data: Data;
  readonly workload: Service | undefined;
}

/** What the time starts, and what events start, each under `<section>.<name>`. */
export function makeStartedTasks(
  stack: RootStack,
  { scheduledTasks, eventProcessorTasks }: EnvironmentSpec,
  wired: StartedTasksPlace,
): ReadonlyMap<string, StartedTask> {
  const group = scheduledTasks.length > 0 ? new ScheduleGroup(stack, 'schedules', { name: stack.node.id }) : undefined;
  const scheduled = makeNamed(
    stack,
    { section: 'scheduled_tasks', id: 'scheduled_task', items: scheduledTasks },
    (scope, id, spec) => {
      const task = new StartedTask(scope, id, startedTaskProps(spec, wired));
      if (group) new Schedule(task, 'Default', { ...spec, task, group });
      return task;
    },
  );
  const byEvents = makeNamed(
    stack,
    { section: 'event_processor_tasks', id: 'event_task', items: eventProcessorTasks },
    (scope, id, spec) => {
      const task = new StartedTask(scope, id, startedTaskProps(spec, wired));
      new EventRules(task, 'Default', { ...spec, task });
      return task;
    },
  );
  return new Map([...scheduled, ...byEvents]);
}

/** Without an image or a repository of its own, a task runs the workload's image: it does the workload's work. */
function startedTaskProps(
  spec: ScheduledTaskSpec | EventTaskSpec,
  { place, data, workload }: StartedTasksPlace,
): StartedTaskProps {
  return {
    ...spec,
    ...place,
    image: spec.image ?? workload?.image,
    uses: findUsables(data, spec.uses),
    mounts: findMounts(data, spec.efs),
  };
}
