import { valueAt } from '../../../graph/values';
import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { thing } from '../../things';
import { byRules } from '../attribute-rule';
import { forcing } from '../forcing';
import { isKnown } from '../known-types';
import { type Rename, renames } from '../renames';
import { leftAsItWas, why } from '../why';
import { type DataHolder, dataHolders, NAMED_LIKE_DATA } from './data-holders';
import { encryption } from './encryption';
import { shorterExpiry } from './expiry';
import { type Keeper, keepers } from './keepers';
import { protections } from './protections';
import { retention } from './retention';

/** What takes data away, or what protects it. */
export function* judgeLostData(comparison: Comparison): Iterable<Finding> {
  const renamed = renames(comparison);
  for (const change of comparison.changes) {
    if (change.action !== 'delete' && change.action !== 'replace') continue;
    const { type, action, before = {} } = change;
    const keeper = keepers[type];
    const holder = dataHolders[type] ?? (isKnown(type) || !NAMED_LIKE_DATA.test(type) ? undefined : stranger(type));
    if (holder) yield destroyed(change, holder, comparison, renamed.get(change.address));
    else if (keeper && action === 'delete' && keeps(keeper, before) && !goesWithOwner(change, comparison))
      yield unprotected(change, keeper);
  }
  yield* byRules('loses-data', [...protections, ...retention, ...encryption], comparison);
  yield* shorterExpiry(comparison);
}

function destroyed(change: Change, holder: DataHolder, comparison: Comparison, rename: Rename | undefined): Finding {
  const effect = typeof holder.effect === 'function' ? holder.effect(change.before ?? {}) : holder.effect;
  return {
    verdict: 'loses-data',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} ${whatGoes(change, holder)}${why(change, rename)}`,
    effect: effect ?? 'it goes at once, and nothing brings it back',
    advice: rename?.advice ?? instead(change, holder, comparison),
  };
}

/** What is in no table is told as what it is called. */
function stranger(type: string): DataHolder {
  return {
    lost: 'what is in it',
    effect: `${type} is not known here: by its name it holds data, which goes with it`,
    keep: 'find out what is in it, and take a copy first',
  };
}

function whatGoes({ action, after }: Change, { lost }: DataHolder): string {
  const source = action === 'replace' ? beginsFrom(after) : undefined;
  if (source !== undefined)
    return `is replaced by a new one that begins from ${source}${lost === undefined ? '' : `, losing what that lacks of ${lost}`}`;
  if (lost === undefined) return action === 'replace' ? 'is replaced' : 'is destroyed';
  return action === 'replace' ? `is replaced by a new, empty one, losing ${lost}` : `is destroyed, and ${lost} with it`;
}

/** What a new one is filled with, where it does not begin empty. */
function beginsFrom(after: Change['after']): string | undefined {
  for (const [path, kind] of SOURCES) {
    const named = valueAt(after, path);
    if (typeof named === 'string' && named !== '') return `${kind} "${named}"`;
  }
  return undefined;
}

const SOURCES = [
  ['snapshot_identifier', 'the snapshot'],
  ['snapshot_arn', 'the snapshot'],
  ['snapshot_arns', 'the snapshot'],
  ['snapshot_name', 'the snapshot'],
  ['snapshot_id', 'the snapshot'],
  ['backup_id', 'the backup'],
  ['replicate_source_db', 'a copy of'],
  ['restore_to_point_in_time.source_db_instance_identifier', 'an earlier moment of'],
  ['restore_to_point_in_time.source_cluster_identifier', 'an earlier moment of'],
  ['restore_source_name', 'an earlier moment of'],
  ['restore_source_table_arn', 'an earlier moment of'],
] as const;

function instead(change: Change, { keep }: DataHolder, { stack }: Comparison): string {
  const copied = keep ?? 'copy what is in it first';
  const stays = leftAsItWas(change);
  if (change.leftOver) return `see that nothing is in it that the one in its place lacks; ${copied}`;
  if (change.action === 'replace') {
    const otherwise = change.forcedBy.length > 0 ? ', or in two steps: ' : '; otherwise ';
    return stays === undefined ? copied : `${stays}${otherwise}${copied}`;
  }
  const kept = change.cause?.instead ?? (stack === undefined ? 'keep it' : 'keep it in the YAML');
  const forget = 'to let go of it without destroying it, write a removed block (lifecycle { destroy = false })';
  return `${kept}; or ${copied}${stack === undefined ? `; ${forget}` : ''}`;
}

function keeps({ when }: Keeper, before: Change['before'] = {}): boolean {
  return when === undefined || when(before);
}

/** What is told of the thing itself need not be told of each of its settings. */
function goesWithOwner({ address }: Change, { before, changes }: Comparison): boolean {
  const keeper = before.get(address);
  const owners = keeper ? OWNERS.flatMap(([path, type]) => before.linked(keeper, path, type)) : [];
  const gone = new Set(changes.filter(({ action }) => action === 'delete').map((one) => one.address));
  return owners.length > 0 && owners.every((owner) => gone.has(owner.address));
}

const OWNERS = [
  ['bucket', 'aws_s3_bucket'],
  ['file_system_id', 'aws_efs_file_system'],
  ['queue_url', 'aws_sqs_queue'],
  ['backup_vault_name', 'aws_backup_vault'],
] as const;

function unprotected(change: Change, { says = 'is destroyed', effect }: Keeper): Finding {
  return {
    verdict: 'loses-data',
    address: change.address,
    reason: `${thing(change)} ${says}${why(change)}`,
    effect,
    advice: 'keep it for as long as what it protects is there',
  };
}
