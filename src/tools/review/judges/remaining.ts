import type { AttributeChange, Change, Comparison } from '../change';
import type { Finding } from '../finding';
import { shown, shownAttribute } from '../shown';
import { thing } from '../things';
import { behaviourOf } from './behaviour';
import { forcing } from './forcing';
import { isKnown } from './known-types';
import { renames } from './renames';
import { why } from './why';

/** Attributes of one thing that are told one by one. */
const MOST = 20;

/** What no other judge has told: what else changes, and what does no harm. Afterwards every change is in a finding. */
export function* remaining(comparison: Comparison, found: readonly Finding[]): Iterable<Finding> {
  const told = new Map<string, Finding[]>();
  for (const finding of found) told.set(finding.address, [...(told.get(finding.address) ?? []), finding]);
  for (const change of comparison.changes) yield* ofChange(change, told.get(change.address) ?? [], comparison);
  for (const change of comparison.drifted ?? []) yield drifted(change);
}

function* ofChange(change: Change, told: readonly Finding[], comparison: Comparison): Iterable<Finding> {
  if (change.type === 'output')
    yield harmless(change, change.attributes, `${thing(change)} ${OUTPUT[change.action] ?? 'changes'}`);
  else if (change.action === 'update') yield* ofUpdate(change, told);
  else if (told.length > 0) return;
  else if (change.action === 'none') yield harmless(change, [], `${thing(change)} ${unchanged(change)}`);
  else if (change.action === 'forget')
    yield harmless(change, [], `${thing(change)} stays as it is in AWS, and Terraform knows it no longer`);
  else if (change.action === 'read') yield harmless(change, [], `${thing(change)} is read during the apply`);
  else yield whole(change, comparison);
}

const OUTPUT: Readonly<Record<string, string>> = { create: 'is new', delete: 'goes' };

function* ofUpdate(change: Change, told: readonly Finding[]): Iterable<Finding> {
  const left = change.attributes.filter(({ path }) => !told.some(({ attribute }) => covers(attribute, path)));
  const small = left.filter((one) => isHarmless(one, change));
  const behaviour = left.filter((one) => !small.includes(one));
  for (const attribute of behaviour.slice(0, MOST)) yield behaves(change, attribute);
  const more = behaviour.slice(MOST);
  if (more.length > 0) yield { ...behaves(change), reason: `${thing(change)} changes in ${more.length} more places` };
  if (small.length > 0) {
    yield harmless(change, small, `${thing(change)} gets ${otherWords(small)}`);
  }
  if (left.length === 0 && told.length === 0) yield harmless(change, [], `${thing(change)} ${unchanged(change)}`);
}

/** In words: `another description and other tags`. */
function otherWords(small: readonly AttributeChange[]): string {
  const names = [
    ...new Set(
      small.map(({ path }) =>
        (/^\w+/.exec(path) ?? [path])[0].replace(/^tags_all$|^tag$/, 'tags').replace(/^alarm_/, ''),
      ),
    ),
  ];
  return names
    .map((name) => (/s$/.test(name) ? `other ${name}` : `another ${name}`).replaceAll('_', ' '))
    .join(' and ');
}

function behaves(change: Change, attribute?: AttributeChange): Finding {
  const { says, effect } = behaviourOf(change, attribute);
  const drift = attribute && change.drift?.some(({ path }) => path === attribute.path);
  return {
    verdict: 'behaviour',
    address: change.address,
    ...(attribute && shownAttribute(attribute)),
    reason: `${thing(change)} ${says}`,
    effect: drift ? `it was changed outside of Terraform, and this puts it back${effect ? `; ${effect}` : ''}` : effect,
  };
}

/** Something comes, goes or is replaced, and neither data nor traffic depends on it as far as is known. */
function whole(change: Change, comparison: Comparison): Finding {
  const rename = renames(comparison).get(change.address);
  const { says, effect } = behaviourOf(change);
  const goes = change.action === 'delete' || change.action === 'replace';
  const strange = goes && !isKnown(change.type);
  return {
    verdict: strange ? 'unknown' : 'behaviour',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} ${says}${why(change, rename)}`,
    effect: strange
      ? `${change.type} is not known here: it may hold data, which would be gone, or serve others`
      : effect,
    advice:
      rename?.advice ??
      (change.action === 'delete' || strange ? change.cause?.instead : undefined) ??
      (strange ? 'find out what is in it and who uses it first' : undefined),
  };
}

function harmless(change: Change, attributes: readonly AttributeChange[], reason: string): Finding {
  const [first] = attributes;
  return { verdict: 'harmless', address: change.address, ...(first && shownAttribute(first)), reason };
}

function unchanged({ previousAddress, imported, action, sameMeaning = [] }: Change): string {
  if (imported) return 'is taken over by Terraform as it is';
  if (previousAddress !== undefined) return `moves from ${previousAddress}: AWS sees nothing of it`;
  if (action === 'update' && sameMeaning.length > 0) {
    return `is written in another way and means the same (${sameMeaning.join(', ')})`;
  }
  return 'stays as it is: only what AWS itself fills in is read anew';
}

/** Somebody has changed it by hand, and this plan leaves it. */
function drifted(change: Change): Finding {
  const [first] = change.attributes;
  const gone = change.action === 'delete';
  return {
    verdict: 'harmless',
    address: change.address,
    ...(first && shownAttribute(first)),
    reason: `${thing(change)} ${gone ? 'was deleted' : 'was changed'} outside of Terraform; this plan only takes note of it`,
    before: gone ? shown(change.name) : first && shownAttribute(first).before,
  };
}

/** Whether a finding speaks of a path: of it, of something in it, or of what is around it. */
function covers(attribute: string | undefined, path: string): boolean {
  if (attribute === undefined) return false;
  return attribute === path || inside(attribute, path) || inside(path, attribute);
}

function inside(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length));
}

/** Words for people, and switches of the provider itself that AWS never sees. */
function isHarmless({ path }: AttributeChange, { type }: Change): boolean {
  return HARMLESS.test(path) && !(type === 'aws_autoscaling_group' && path.startsWith('tag'));
}

const HARMLESS =
  /^(?:tags|tags_all|tag|volume_tags|description|alarm_description|comment|timeouts|apply_immediately|allow_major_version_upgrade|skip_destroy|wait_for_\w+|force_detach_policies|allow_overwrite|copy_tags_to_snapshot|propagate_tags|enable_ecs_managed_tags|display_name|force_overwrite_replica_secret|bypass_policy_lockout_safety_check|revoke_rules_on_delete|nat_gateway_tags)(?:$|[.[])|\bwidgets\[\d+\]\.properties\.title$/;
