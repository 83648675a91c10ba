import { valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { jsonIn } from '../../meaning';
import { thing } from '../../things';
import { byRules } from '../attribute-rule';
import { MAY_HOLD_DATA, NAMED_LIKE_DATA } from '../data/data-holders';
import { forcing } from '../forcing';
import { isKnown } from '../known-types';
import { type Rename, renames } from '../renames';
import { leftAsItWas, why } from '../why';
import { certificateRenewals, provesOwnership } from './certificate-renewals';
import { judgeColdStorage } from './cold-storage';
import { judgeDenials } from './denials';
import { interruptedNetwork } from './interrupted-network';
import { interruptedStores } from './interrupted-stores';
import { interruptedTraffic } from './interrupted-traffic';
import { interruptions } from './interruptions';
import { goesWithItsOwner, namesOfGone } from './owners';
import { letThroughByOthers } from './rule-blocks';
import type { Serving } from './serving';
import { ROUTINE, TWO_STEPS, traffic } from './traffic';
import { judgeTrust } from './trust';

const rules = [...interruptedStores, ...interruptions, ...interruptedTraffic, ...interruptedNetwork];

/** What stops answering, for a while or for good. */
export function* judgeOutages(comparison: Comparison): Iterable<Finding> {
  yield* everything(comparison);
  const renamed = renames(comparison);
  const gone = namesOfGone(comparison);
  for (const change of comparison.changes) {
    const { type, action } = change;
    if ((action !== 'delete' && action !== 'replace') || change.leftOver === true) continue;
    const serving = provesOwnership(change) || takesNothing(change) ? undefined : traffic[type];
    if (serving && action === 'delete' && letThroughByOthers(change, comparison)) yield handedOver(change);
    else if (serving) {
      const finding = interrupted(change, serving, renamed.get(change.address), goesWithItsOwner(change, gone));
      if (finding) yield finding;
    } else if (!isKnown(type) && MAY_HOLD_DATA.test(type) && !NAMED_LIKE_DATA.test(type)) yield unfamiliar(change);
  }
  yield* certificateRenewals(comparison);
  yield* judgeDenials(comparison);
  yield* judgeTrust(comparison);
  yield* judgeColdStorage(comparison);
  yield* byRules('outage', rules, comparison);
}

/** What other rules let through as well is refused for as long as it takes to make them, where they are not there yet. */
function handedOver(change: Change): Finding {
  return {
    verdict: 'behaviour',
    address: change.address,
    reason: `${thing(change)} is destroyed: other rules of its group let through all that it did`,
    effect: 'where they are made in this plan, new connections may be refused for the seconds between',
    advice: 'where no connection may be refused, add the new ones first and remove this one in a second step',
  };
}

/** What allows nothing, or leaves behind what it brought: without it nobody may do less. */
function takesNothing({ type, before }: Change): boolean {
  if (type === 'aws_eks_addon') return before?.['preserve'] === true;
  if (type === 'aws_network_acl_rule') return before?.['rule_action'] === 'deny';
  const statements = valuesAt(jsonIn(before?.['policy']), 'Statement');
  return statements.length > 0 && statements.every((one) => valueAt(one, 'Effect') === 'Deny');
}

/** What `terraform plan -destroy` does, or a configuration that has lost all of its files. */
function* everything({ changes, after, source, stack }: Comparison): Iterable<Finding> {
  const resources = changes.filter(({ type }) => type !== 'output');
  const left = after.resources.some(({ mode }) => mode === 'managed');
  if (source !== 'plan' || left || resources.length < 2 || resources.some(({ action }) => action !== 'delete')) return;
  yield {
    verdict: 'outage',
    address: 'plan',
    reason: `this plan destroys everything${stack === undefined ? '' : ` that ${stack} has`}: ${resources.length} things`,
    effect: 'what holds data is named beside this; all else is gone, usually within minutes to an hour',
    advice:
      'if that is not meant, look whether the plan was made with -destroy, in another folder or with another state',
  };
}

function interrupted(
  change: Change,
  serving: Serving,
  rename: Rename | undefined,
  withItsOwner: boolean,
): Finding | undefined {
  const replaced = change.action === 'replace';
  if (replaced && (ROUTINE.test(change.type) || (serving.gapless && change.createFirst))) return undefined;
  if (!replaced && (withItsOwner || (ROUTINE.test(change.type) && rename?.same))) return undefined;
  return {
    verdict: 'outage',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} ${replaced ? 'is replaced' : 'is destroyed'}${why(change, rename)}`,
    effect: replaced ? inOrder(serving, change) : serving.destroyed,
    advice: rename?.advice ?? (replaced ? insteadOfReplacing(change, serving) : insteadOfGoing(change, serving)),
  };
}

function inOrder({ replaced }: Serving, change: Change): string {
  const effect = typeof replaced === 'string' ? replaced : replaced(change);
  return change.createFirst
    ? `the new one is made before the old one goes; what still uses the old one then fails: ${effect}`
    : effect;
}

function insteadOfReplacing(change: Change, { instead = TWO_STEPS }: Serving): string {
  const stays = leftAsItWas(change);
  return stays === undefined ? instead : `${stays}, or: ${instead}`;
}

function insteadOfGoing({ cause }: Change, { before }: Serving): string {
  return cause?.instead ?? before ?? 'see that nothing uses it any more';
}

/** What is in no table is told as what it looks like. */
function unfamiliar(change: Change): Finding {
  return {
    verdict: 'outage',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} is ${change.action === 'replace' ? 'replaced' : 'destroyed'}`,
    effect: `${change.type} is not known here: by its name it serves others, and may hold data, which would be gone`,
    advice: 'find out what is in it and who uses it, and take a copy first',
  };
}
