/** `replace` is a destruction and a creation, in either order. `forget` leaves the thing and its state entry apart. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'read' | 'none';

/** What a plan's actions come to; undefined of those that are not known here, of which nobody can tell what they do. */
export function actionOf(actions: readonly unknown[]): Action | undefined {
  const text = actions.join();
  return Object.hasOwn(ACTIONS, text) ? ACTIONS[text] : undefined;
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const ACTIONS: Readonly<Record<string, Action>> = {
  'no-op': 'none',
  create: 'create',
  read: 'read',
  update: 'update',
  'delete,create': 'replace',
  'create,delete': 'replace',
  'create,forget': 'forget',
  delete: 'delete',
  forget: 'forget',
};
