import type { AttributeChange, Change } from '../change';
import { plainEffects } from './plain-types';
import { type Behaviour, type Update, updates } from './updates';

/** What a change that neither loses nor stops anything does. */
export function behaviourOf({ type, action, imported }: Change, attribute?: AttributeChange): Behaviour {
  if (action === 'update') {
    const known = updates.find((one) => one.types.test(type) && (attribute === undefined || isAbout(one, attribute)));
    return known ?? { says: `changes${imported ? ' as Terraform takes it over' : ''}` };
  }
  const known = type === 'aws_ecs_task_definition' ? TASKS[action] : undefined;
  const effect = action === 'delete' && Object.hasOwn(plainEffects, type) ? plainEffects[type] : undefined;
  return known ?? { says: ACTIONS[action] ?? 'changes', ...(effect !== undefined && { effect }) };
}

function isAbout({ path, when }: Update, attribute: AttributeChange): boolean {
  return path.test(attribute.path) && (when === undefined || when(attribute.before, attribute.after));
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: 'is made',
  delete: 'is destroyed',
  replace: 'is replaced',
};

const TASKS: Readonly<Record<string, Behaviour>> = {
  replace: { says: 'gets a new revision', effect: 'a service that takes it starts new tasks and stops the old ones' },
  delete: { says: 'is deregistered', effect: 'tasks that run go on; none is started from it any more' },
};
