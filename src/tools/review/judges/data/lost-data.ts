import type { Change, Comparison } from '../../change';
import type { Finding } from '../../finding';
import { shown } from '../../shown';
import { thing } from '../../things';
import { byRules } from '../attribute-rule';
import { forcing } from '../forcing';
import { type Rename, renames } from '../renames';
import { type DataHolder, dataHolders } from './data-holders';
import { shorterExpiry } from './expiry';
import { protections } from './protections';

/** What takes data away, or what protects it. */
export function* judgeLostData(comparison: Comparison): Iterable<Finding> {
  const renamed = renames(comparison);
  for (const change of comparison.changes) {
    const holder = dataHolders[change.type];
    if (holder && (change.action === 'delete' || change.action === 'replace')) {
      yield destroyed(change, holder, comparison, renamed.get(change.address));
    } else if (change.action === 'delete' && change.type in KEEPERS && !goesWithOwner(change, comparison)) {
      yield unprotected(change);
    }
  }
  yield* byRules('loses-data', protections, comparison);
  yield* shorterExpiry(comparison);
}

function destroyed(change: Change, holder: DataHolder, comparison: Comparison, rename: Rename | undefined): Finding {
  const how = change.action === 'replace' ? 'is replaced by a new, empty one' : 'is destroyed';
  const effect = typeof holder.effect === 'function' ? holder.effect(change.before ?? {}) : holder.effect;
  const keep = holder.keep ?? 'keep it, or copy what is in it first';
  return {
    verdict: 'loses-data',
    address: change.address,
    ...forcing(change),
    reason: `${thing(change)} ${how}, and ${holder.lost} with it${rename ? `: it looks renamed to ${rename.to}` : ''}`,
    effect: effect ?? 'it goes at once, and nothing brings it back',
    advice:
      rename?.advice ??
      (change.action === 'replace' ? insteadOfReplacing(change, keep) : insteadOfGoing(keep, comparison)),
  };
}

function insteadOfReplacing({ forcedBy }: Change, keep: string): string {
  return forcedBy.length > 0 ? `leave ${forcedBy.join(' and ')} as it was, or in two steps: ${keep}` : keep;
}

function insteadOfGoing(keep: string, { stack }: Comparison): string {
  const forget = 'to let go of it without destroying it, write a removed block (lifecycle { destroy = false })';
  return stack === undefined ? `${keep}; ${forget}` : `keep it in the YAML; or ${keep}`;
}

/** What holds nothing itself, and keeps the data of others. */
const KEEPERS: Readonly<Record<string, string>> = {
  aws_s3_bucket_versioning:
    'versioning stays as it is in AWS or is suspended: what is overwritten from then on is gone',
  aws_s3_bucket_replication_configuration: 'new objects are no longer copied',
  aws_s3_bucket_object_lock_configuration: 'new objects can be deleted by whoever may',
  aws_s3_bucket_server_side_encryption_configuration: 'new objects are encrypted with the key of S3 instead of yours',
  aws_backup_plan: 'no new backups are made; those there are stay until they expire',
  aws_backup_selection: 'what it chose gets no new backups; those there are stay until they expire',
  aws_backup_vault_lock_configuration: 'backups can be deleted by whoever may',
  aws_backup_vault_policy: 'backups can be deleted by whoever may',
  aws_efs_backup_policy: 'AWS Backup makes no new backups of the file system',
  aws_efs_replication_configuration: 'the copy is no longer kept up to date',
  aws_dlm_lifecycle_policy: 'no new snapshots are made; those there are stay',
  aws_redshift_snapshot_schedule: 'no new snapshots are made by it',
  aws_redshift_snapshot_schedule_association: 'no new snapshots are made by it',
  aws_sqs_queue_redrive_policy: "what can't be handled is tried until its retention ends, and is gone then",
  aws_dynamodb_kinesis_streaming_destination: 'changes are no longer written to the stream',
  aws_glacier_vault_lock: 'archives can be deleted by whoever may',
};

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

function unprotected(change: Change): Finding {
  return {
    verdict: 'loses-data',
    address: change.address,
    reason: `${thing(change)}, which keeps data, is destroyed`,
    before: shown(change.cause),
    effect: KEEPERS[change.type],
    advice: 'keep it for as long as what it protects is there',
  };
}
