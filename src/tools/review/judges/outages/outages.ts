import { textsAt, valueAt, valuesAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { jsonIn } from '../../meaning';
import { thing } from '../../things';
import { byRules } from '../attribute-rule';
import { dataHolders, LOOKS_LIKE_DATA } from '../data/data-holders';
import { forcing } from '../forcing';
import { type Rename, renames } from '../renames';
import { interruptedStores } from './interrupted-stores';
import { interruptions } from './interruptions';
import type { Serving } from './serving';
import { ROUTINE, TWO_STEPS, traffic } from './traffic';

/** What stops answering, for a while or for good. */
export function* judgeOutages(comparison: Comparison): Iterable<Finding> {
  yield* everything(comparison);
  const renamed = renames(comparison);
  const gone = namesOfGone(comparison);
  for (const change of comparison.changes) {
    const { type, action } = change;
    if ((action !== 'delete' && action !== 'replace') || change.leftOver === true) continue;
    const serving = provesOwnership(change) || onlyForbids(change) ? undefined : traffic[type];
    if (serving) {
      const finding = interrupted(change, serving, renamed.get(change.address), goesWithItsOwner(change, gone));
      if (finding) yield finding;
    } else if (dataHolders[type] === undefined && LOOKS_LIKE_DATA.test(type)) yield unfamiliar(change);
  }
  yield* byRules('outage', [...interruptedStores, ...interruptions], comparison);
}

/** Records by which AWS sees that a domain is yours: nobody who visits it asks for them. */
function provesOwnership({ type, before }: Change): boolean {
  return (
    type === 'aws_route53_record' && textsAt(before, 'records').some((one) => /\.acm-validations\.aws\.?$/.test(one))
  );
}

/** A policy that allows nothing: without it nobody may do less. */
function onlyForbids({ before }: Change): boolean {
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
    effect: 'what holds data is named beside this; all else is gone within minutes to an hour',
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
    reason: `${thing(change)} ${replaced ? 'is replaced' : 'is destroyed'}${rename ? `: it looks renamed to ${rename.to}` : ''}`,
    effect: replaced ? inOrder(serving, change) : serving.destroyed,
    advice: rename?.advice ?? (replaced ? insteadOfReplacing(change) : 'see that nothing uses it any more'),
  };
}

function inOrder({ replaced }: Serving, { createFirst }: Change): string {
  return createFirst
    ? `the new one is made before the old one goes; what still uses the old one then fails: ${replaced}`
    : replaced;
}

function insteadOfReplacing({ forcedBy }: Change): string {
  return forcedBy.length > 0 ? `leave ${forcedBy.join(' and ')} as it was, or: ${TWO_STEPS}` : TWO_STEPS;
}

/** Names of everything that is destroyed, by its type. */
function namesOfGone({ changes }: Comparison): ReadonlyMap<string, ReadonlySet<unknown>> {
  const names = new Map<string, Set<unknown>>();
  for (const { action, type, before } of changes) {
    if (action !== 'delete') continue;
    const known = names.get(type) ?? new Set();
    for (const key of NAMES) if (typeof before?.[key] === 'string') known.add(before[key]);
    names.set(type, known);
  }
  return names;
}

const NAMES = ['id', 'arn', 'name', 'bucket', 'url', 'function_name'];

/** Rules and permissions of something that is destroyed in the same plan are told with it. */
function goesWithItsOwner({ type, before }: Change, gone: ReadonlyMap<string, ReadonlySet<unknown>>): boolean {
  const owner = OWNED[type];
  return owner?.types.some((one) => gone.get(one)?.has(before?.[owner.by])) === true;
}

const groupRule = { by: 'security_group_id', types: ['aws_security_group'] };

const OWNED: Readonly<Record<string, { readonly by: string; readonly types: readonly string[] }>> = {
  aws_security_group_rule: groupRule,
  aws_vpc_security_group_ingress_rule: groupRule,
  aws_vpc_security_group_egress_rule: groupRule,
  aws_iam_role_policy: { by: 'role', types: ['aws_iam_role'] },
  aws_iam_role_policy_attachment: { by: 'role', types: ['aws_iam_role'] },
  aws_lambda_permission: { by: 'function_name', types: ['aws_lambda_function'] },
  aws_sqs_queue_policy: { by: 'queue_url', types: ['aws_sqs_queue'] },
  aws_sns_topic_policy: { by: 'arn', types: ['aws_sns_topic'] },
  aws_s3_bucket_policy: { by: 'bucket', types: ['aws_s3_bucket'] },
  aws_secretsmanager_secret_version: { by: 'secret_id', types: ['aws_secretsmanager_secret'] },
};

/** What is in no table is told as what it looks like. */
function unfamiliar(change: Change): Finding {
  return {
    verdict: 'outage',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} is ${change.action === 'replace' ? 'replaced' : 'destroyed'}`,
    effect: `${change.type} is not known here: by its name it may hold data, which would be gone, and nothing answers in its place meanwhile`,
    advice: 'find out what is in it, and take a copy first',
  };
}
