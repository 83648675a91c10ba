import { dropped, either, isYes, type Key, kept, keptIfOurs, refused, type Table, to } from '../treatments';
import { command, named } from '../values';
import { containerKeys, imageKeys, variables } from './containers';

/** Tasks keep the dialect's `container_command`. */
function commandKey(from: string, item: string): Table {
  return { [`${from}.container_command`]: to(`${item}.container_command`, command) };
}

const notRead = 'the other tool never read it for tasks: make sure that it is meant';

function startedTask(item: string): Table {
  return {
    ...containerKeys(item),
    ...commandKey(item, item),
    ...variables(`${item}.environment_variables`, `${item}.env_variables`, notRead),
    ...variables(`${item}.env_variables`, `${item}.env_variables`, notRead),
    [`${item}.allow_public_access`]: either(
      ({ value }) => isYes(value),
      to(`${item}.assign_public_ip`),
      dropped('a task has no public address unless it is asked for'),
    ),
    [`${item}.ecr_config.mode`]: either(
      ({ value }) => value === 'create_ecr',
      to(`${item}.repository`, () => ({})),
      imageKeys(item)[`${item}.ecr_config.mode`] ?? refused('write image or repository'),
    ),
  };
}

/** Tasks that a time or an event starts. */
export const taskKeys: Table = {
  ...startedTask('scheduled_tasks[]'),
  'scheduled_tasks[].schedule': kept(),
  'scheduled_tasks[].timezone': keptIfOurs(refused('write the schedule in UTC')),
  'scheduled_tasks[].max_retry_attempts': keptIfOurs(
    refused('a start that fails is tried again as AWS does by default'),
  ),
  'scheduled_tasks[].dlq_arn': keptIfOurs(
    refused('a start that failed goes to a queue that is made here: dead_letter_queue'),
  ),

  ...startedTask('event_processor_tasks[]'),
  'event_processor_tasks[].rule_name': kept(),
  'event_processor_tasks[].sources': kept(),
  'event_processor_tasks[].detail_types': kept(),
  'event_processor_tasks[].rules[].name': ofTheOnlyRule('rule_name'),
  'event_processor_tasks[].rules[].sources': ofTheOnlyRule('sources'),
  'event_processor_tasks[].rules[].detail_types': ofTheOnlyRule('detail_types'),

  ...eventTasks('event_tasks[]'),
};

/** A task has one rule here, where our language has no list of them. */
function ofTheOnlyRule(name: string) {
  const single = ({ read, path }: Key) => {
    const tasks = read('event_processor_tasks');
    const rules = Array.isArray(tasks) ? tasks[Number(path[1])]?.rules : undefined;
    return Array.isArray(rules) && rules.length === 1;
  };
  const one = either(
    single,
    (key) => to(`event_processor_tasks[${key.path.slice(0, 2).join('/')}].${name}`)(key),
    refused('a task has one rule here: write a task for each'),
  );
  return keptIfOurs(one);
}

/** What the files of 2023 called the tasks that events start. */
function eventTasks(from: string): Table {
  const item = 'event_processor_tasks[]';
  return {
    [`${from}.name`]: to(`${item}.name`, named),
    [`${from}.rule_name`]: to(`${item}.rule_name`),
    [`${from}.sources`]: to(`${item}.sources`),
    [`${from}.detail_types`]: to(`${item}.detail_types`),
    [`${from}.docker_image`]: to(`${item}.image`),
    ...commandKey(from, item),
  };
}
