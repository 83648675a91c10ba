import type { ResourceChange, StateResource } from './plan-json';
import { isMap, isMarked } from './values';

/**
 * Arguments that a plan sets although its configuration names none: blocks made by `dynamic` are not told there. What becomes
 * another value that is known before the apply was written by somebody, as what AWS decides is known only after it.
 */
export function setByPlan({ change }: ResourceChange): readonly string[] {
  const { before, after, after_unknown: unknown } = change;
  if (!isMap(after) || change.actions.join() === 'no-op') return [];
  const earlier = isMap(before) ? before : {};
  return Object.keys(after).filter(
    (key) =>
      isSomething(after[key]) &&
      !isMarked(unknown, key) &&
      JSON.stringify(after[key]) !== JSON.stringify(earlier[key] ?? null),
  );
}

/** Blocks that tell what stands in AWS, be it written in them or in resources of their own: the latter's types, and what names it. */
interface Blocks {
  readonly keys: readonly string[];
  readonly alone: readonly string[];
  readonly by: string;
}

const group: Blocks = {
  keys: ['ingress', 'egress'],
  alone: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  by: 'security_group_id',
};
const list: Blocks = { keys: ['ingress', 'egress'], alone: ['aws_network_acl_rule'], by: 'network_acl_id' };
const table: Blocks = { keys: ['route'], alone: ['aws_route'], by: 'route_table_id' };

const BLOCKS: Readonly<Record<string, Blocks>> = {
  aws_security_group: group,
  aws_default_security_group: group,
  aws_network_acl: list,
  aws_default_network_acl: list,
  aws_route_table: table,
  aws_default_route_table: table,
};

/** Says of a resource which blocks count as its own: those that nothing of its own stands for, before or after. */
export function ownBlocks(resources: readonly StateResource[]): (one: StateResource) => readonly string[] {
  const taken = new Set<string>();
  for (const { by, alone } of Object.values(BLOCKS))
    for (const { type, values } of resources) if (alone.includes(type)) taken.add(`${by} ${values?.[by]}`);
  return ({ type, values }) => {
    const blocks = BLOCKS[type];
    const id = values?.['id'];
    if (!blocks || typeof id !== 'string' || taken.has(`${blocks.by} ${id}`)) return [];
    return blocks.keys.filter((key) => isSomething(values?.[key]));
  };
}

function isSomething(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
