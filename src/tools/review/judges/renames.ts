import type { Values } from '../../graph/values';
import type { Change, Comparison } from '../change';
import { canonical, isEmpty } from '../meaning';

/** Something that goes while another one like it comes. */
export interface Rename {
  /** Where the like of it is made. */
  readonly to: string;
  readonly advice: string;

  /** Nothing but names differs between the two. */
  readonly same: boolean;
}

/** Arguments that are as many as this part of all alike make a rename likely. */
const ALIKE = 0.6;

/** Of so many of a type that come, whoever reads the plan sees what goes where himself. */
const MOST = 50;

const known = new WeakMap<Comparison, ReadonlyMap<string, Rename>>();

/** What looks renamed, by the address of what goes. */
export function renames(comparison: Comparison): ReadonlyMap<string, Rename> {
  const already = known.get(comparison);
  if (already) return already;
  const found = find(comparison);
  known.set(comparison, found);
  return found;
}

function find({ changes, stack }: Comparison): ReadonlyMap<string, Rename> {
  const coming = new Map<string, Change[]>();
  for (const one of changes)
    if (one.action === 'create') coming.set(one.type, [...(coming.get(one.type) ?? []).slice(0, MOST), one]);
  const found = new Map<string, Rename>();
  const taken = new Set<Change>();
  for (const gone of changes) {
    if (gone.action !== 'delete' || gone.leftOver === true) continue;
    const like = (coming.get(gone.type) ?? [])
      .filter((one) => !taken.has(one))
      .map((one) => ({ one, part: alike(gone.before, one.after, one.unknown) }))
      .sort((a, b) => b.part - a.part)[0];
    if (!like || like.part < ALIKE) continue;
    taken.add(like.one);
    found.set(gone.address, { to: like.one.address, advice: adviceFor(gone, like.one, stack), same: like.part === 1 });
  }
  return found;
}

function adviceFor(gone: Change, made: Change, stack: string | undefined): string {
  const moved = `moved { from = ${gone.address}, to = ${made.address} }`;
  return stack === undefined
    ? `if it is the same thing under another name, write ${moved}: then nothing is destroyed`
    : `if it is the same thing under another name, write "was: <its old name>" beside the new name in the YAML (or ${moved}): then nothing is destroyed`;
}

/** The part of the new one's arguments that the old one has as well; names and tags count for nothing. */
function alike(before: Values = {}, after: Values = {}, unknown: unknown): number {
  const marks = (typeof unknown === 'object' && unknown !== null ? unknown : {}) as Values;
  const keys = Object.keys(after).filter((key) => !NAMING.test(key) && !isEmpty(after[key]) && marks[key] !== true);
  if (keys.length === 0) return 0;
  const same = keys.filter((key) => canonical(before[key], key) === canonical(after[key], key));
  return same.length / keys.length;
}

const NAMING = /^(?:tags|tags_all|name|name_prefix|identifier|bucket|bucket_prefix|family|function_name|description)$/;
