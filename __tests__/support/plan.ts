import type { PlanJson, ResourceChange } from '../../src/tools/graph/plan-json';
import { withoutKeys } from '../../src/tools/graph/resource-graph';
import type { Values } from '../../src/tools/graph/values';
import type { Finding } from '../../src/tools/review/finding';
import { judges } from '../../src/tools/review/judges/all';
import { comparisonOfPlan } from '../../src/tools/review/plan-comparison';
import { type Review, review } from '../../src/tools/review/review';

/** One change of a plan: `planned('aws_sqs_queue.jobs', 'update', { … }, { … })`. */
export function planned(
  address: string,
  actions: 'create' | 'update' | 'delete' | 'no-op' | 'read' | 'forget' | 'delete,create' | 'create,delete',
  before: Values | null = null,
  after: Values | null = null,
  more: Partial<Omit<ResourceChange, 'change'>> & { readonly change?: Partial<ResourceChange['change']> } = {},
): ResourceChange {
  const [type = '', name = ''] = withoutKeys(address)
    .replace(/^(?:module\.\w+\.)*(?:data\.)?/, '')
    .split('.');
  return {
    address,
    mode: address.includes('data.') ? 'data' : 'managed',
    type,
    name,
    ...more,
    change: {
      actions: actions.split(','),
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...more.change,
    },
  };
}

/** A plan as `terraform show -json` prints it, of a stack of ours, with what was written of each resource. */
export function planOf(...changes: readonly ResourceChange[]): PlanJson {
  const states = (side: 'before' | 'after') =>
    changes
      .filter(({ change }) => change[side] !== null)
      .map(({ address, mode, type, name, change }) => {
        const [values, sensitive] = [change[side] as Values, change[`${side}_sensitive`]];
        return { address, mode, type, name, values, sensitive_values: sensitive };
      });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes: changes,
    prior_state: { values: { root_module: { resources: states('before') } } },
    planned_values: { root_module: { resources: states('after') } },
    configuration: {
      provider_config: {
        aws: { expressions: { default_tags: [{ tags: { constant_value: { stack: 'shop-prod' } } }] } },
      },
      root_module: {
        resources: changes.map(({ address, change }) => ({
          address: withoutKeys(address),
          expressions: Object.fromEntries(
            Object.keys({ ...(change.after as Values), ...(change.after_unknown as Values) }).map((key) => [key, {}]),
          ),
        })),
      },
    },
  };
}

export function reviewOf(...changes: readonly ResourceChange[]): Review {
  return review(comparisonOfPlan(planOf(...changes)), judges);
}

/** What is said of the changes, without what is undefined. */
export function findingsOf(...changes: readonly ResourceChange[]): Partial<Finding>[] {
  return reviewOf(...changes).findings.map((one) => JSON.parse(JSON.stringify(one)) as Finding);
}

/** Verdict and address of each finding, in their order. */
export function verdictsOf(...changes: readonly ResourceChange[]): string[] {
  return reviewOf(...changes).findings.map(({ verdict, address, attribute }) =>
    [verdict, address, ...(attribute === undefined ? [] : [attribute])].join(' '),
  );
}
