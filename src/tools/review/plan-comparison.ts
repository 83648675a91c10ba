import { graphAfter, graphBefore, writtenArguments } from '../graph/graph-of-plan';
import type { ChangeJson, PlanJson, ResourceChange } from '../graph/plan-json';
import { type ResourceGraph, sourcesAt, withoutKeys } from '../graph/resource-graph';
import { isMap, textsAt, type Values } from '../graph/values';
import { Mask } from '../sensitive/mask';
import { sensitiveTexts } from '../sensitive/sensitive-texts';
import { actionOf } from './actions';
import { causeOf } from './causes';
import { type Change, type Comparison, withoutPlaces } from './change';
import { type Differences, differences } from './differences';

/** What a plan changes. */
export function comparisonOfPlan(plan: PlanJson): Comparison {
  const mask = new Mask(sensitiveTexts(plan));
  const written = writtenArguments(plan);
  const drift = (plan.resource_drift ?? []).map((one) => changeOf(one, mask, new Map()));
  const driftOf = new Map(drift.map((one) => [one.previousAddress ?? one.address, one]));
  const after = graphAfter(plan);
  const changes = (plan.resource_changes ?? [])
    .map((one) => changeOf(one, mask, written))
    .filter(({ action, previousAddress, imported }) => action !== 'none' || previousAddress !== undefined || imported)
    .map((one) => ({ ...one, drift: driftOf.get(one.address)?.attributes ?? [] }))
    .map((one) => withSources(one, after));
  const addresses = new Set(changes.map(({ address }) => address));
  return {
    stack: stackOf(plan),
    source: 'plan',
    before: graphBefore(plan),
    after,
    changes: [...changes, ...outputsOf(plan, mask)],
    mask,
    gaps: gapsOf(plan),
    drifted: drift.filter(({ address, attributes, action }) => {
      return !addresses.has(address) && (attributes.length > 0 || action === 'delete');
    }),
  };
}

/** Of what is known only after the apply, the configuration tells where it comes from. */
function withSources(change: Change, after: ResourceGraph): Change {
  if (!change.attributes.some(({ unknown }) => unknown)) return change;
  const { references = [] } = after.get(change.address) ?? {};
  const attributes = change.attributes.map((one) => {
    const from = one.unknown ? sourcesAt(withoutPlaces(one.path), references) : [];
    return from.length === 0 ? one : { ...one, from };
  });
  return { ...change, attributes };
}

/** The name of a stack of ours: it is a tag of all that the stack makes. */
function stackOf({ configuration: { provider_config: providers = {} } = {} }: PlanJson): string | undefined {
  return Object.values(providers).flatMap(({ expressions }) =>
    textsAt(expressions, 'default_tags.tags.constant_value.stack'),
  )[0];
}

type Written = ReadonlyMap<string, ReadonlySet<string>>;

function changeOf(one: ResourceChange, mask: Mask, written: Written): Change {
  const { address, previous_address: previous, type, name, change, action_reason: reason, deposed } = one;
  const [before, after] = [mapOf(change.before), mapOf(change.after)];
  // readPlan refuses a plan of actions that are not known.
  const action = actionOf(change.actions) ?? 'update';
  return {
    address,
    previousAddress: previous === address ? undefined : previous,
    type,
    name,
    action,
    createFirst: change.actions.join() === 'create,delete',
    imported: change.importing !== undefined && change.importing !== null,
    before,
    after,
    unknown: change.after_unknown ?? {},
    ...(action === 'none' ? NOTHING : differencesOf(change, before, after, mask, written.get(withoutKeys(address)))),
    forcedBy: (change.replace_paths ?? []).map(pathText),
    cause: causeOf(reason, address),
    leftOver: deposed !== undefined,
  };
}

const NOTHING: Differences = { attributes: [], sameMeaning: [] };

/** What is made or goes as a whole has no attributes that differ. */
function differencesOf(
  { after_unknown: unknown, before_sensitive: beforeSensitive, after_sensitive: afterSensitive }: ChangeJson,
  before: Values | undefined,
  after: Values | undefined,
  mask: Mask,
  written: ReadonlySet<string> | undefined,
): Differences {
  if (!before || !after) return NOTHING;
  return differences({ before, after, unknown, beforeSensitive, afterSensitive, written }, mask);
}

/** Outputs are no resources, and yet somebody may read them. */
function outputsOf({ output_changes: outputs = {} }: PlanJson, mask: Mask): Change[] {
  return Object.entries(outputs)
    .filter(([, { actions }]) => actions.join() !== 'no-op')
    .map(([name, change]) => {
      const [before, after] = [{ value: change.before }, { value: change.after }];
      const marks = { unknown: { value: change.after_unknown } };
      const sensitive = {
        beforeSensitive: { value: change.before_sensitive },
        afterSensitive: { value: change.after_sensitive },
      };
      return {
        address: `output.${name}`,
        previousAddress: undefined,
        type: 'output',
        name,
        action: outputAction(change.actions),
        createFirst: false,
        imported: false,
        before: undefined,
        after: undefined,
        unknown: {},
        ...differences({ before, after, ...marks, ...sensitive }, mask),
        forcedBy: [],
      };
    });
}

function outputAction(actions: readonly string[]): Change['action'] {
  const action = actionOf(actions) ?? 'update';
  return action === 'replace' ? 'update' : action;
}

function gapsOf({ errored, complete, deferred_changes: deferred = [], action_invocations: calls = [] }: PlanJson) {
  return [
    ...(errored === true ? ['making this plan failed: what Terraform had not come to yet is missing from it'] : []),
    ...(complete === false && errored !== true
      ? [
          'this plan covers only a part of the configuration (-target, or what Terraform has put off): the rest is missing from it',
        ]
      : []),
    ...(deferred.length > 0
      ? [`Terraform has put off ${counted(deferred.length, 'change')}, whose plan is made only after this apply`]
      : []),
    ...(calls.length > 0 ? [`this plan also calls ${listed(calls)}, and does not tell what that changes`] : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** So many are named. */
const MOST_NAMED = 3;

function listed(calls: readonly { readonly address: string }[]): string {
  const names = calls.slice(0, MOST_NAMED).map(({ address }) => address);
  const more = calls.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** `["ingress", 0, "cidr_blocks"]` → `ingress[0].cidr_blocks`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function mapOf(value: unknown): Values | undefined {
  return isMap(value) ? value : undefined;
}
