import type { ChangeJson, PlanJson, ResourceChange } from '../graph/plan-json';
import { SENSITIVE } from '../sensitive/mask';

/** What is read of a plan. */
export type ReadPlan = Pick<PlanJson, 'output_changes'> & {
  readonly resource_changes?: readonly Pick<ResourceChange, 'address' | 'previous_address' | 'change'>[];
};

const UNKNOWN = '(known after apply)';

/**
 * What a reviewer has seen of a plan, in an order of its own: two plans are the same when this is. It holds no sensitive
 * value, so that it may lie where a plan must not.
 */
export function reviewedChanges({ resource_changes: resources = [], output_changes: outputs = {} }: ReadPlan): object {
  const changing = ({ actions, importing }: ChangeJson) =>
    importing !== undefined || !['no-op', 'read'].includes(actions.join(' '));
  return {
    resources: resources
      .filter(({ change, previous_address: from }) => changing(change) || from !== undefined)
      .map(({ address, previous_address: from, change }) => ({
        address,
        ...(from !== undefined && { from }),
        ...(change.importing?.id !== undefined && { importing: change.importing.id }),
        ...(change.replace_paths !== undefined && { replaced_by: change.replace_paths }),
        ...shown(change),
      }))
      .sort((one, other) => (one.address < other.address ? -1 : 1)),
    outputs: Object.entries(outputs)
      .filter(([, change]) => changing(change))
      .map(([name, change]) => ({ name, ...shown(change) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function shown({ actions, before, after, after_unknown, before_sensitive, after_sensitive }: ChangeJson) {
  return {
    actions,
    before: masked(before, before_sensitive, undefined),
    after: masked(after, after_sensitive, after_unknown),
  };
}

/** Keys are sorted; what is unknown is not in `after`, and stands where it will be. */
function masked(value: unknown, sensitive: unknown, unknown: unknown): unknown {
  if (sensitive === true) return SENSITIVE;
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const length = Math.max(lengthOf(value), lengthOf(unknown));
    return Array.from({ length }, (_, index) => masked(at(value, index), at(sensitive, index), at(unknown, index)));
  }
  if (!isMap(value) && !isMap(unknown)) return value ?? null;
  const keys = [...new Set([...keysOf(value), ...keysOf(unknown)])].sort();
  return Object.fromEntries(keys.map((key) => [key, masked(at(value, key), at(sensitive, key), at(unknown, key))]));
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(value: unknown): string[] {
  return isMap(value) ? Object.keys(value) : [];
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
