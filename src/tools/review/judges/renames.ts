import { isMap, type Values } from '../../graph/values';
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
  const coming = new Map<string, Made[]>();
  for (const change of changes) {
    if (change.action !== 'create') continue;
    const known = coming.get(change.type) ?? [];
    if (known.length < MOST) coming.set(change.type, [...known, { change, arguments: argumentsOf(change) }]);
  }
  const found = new Map<string, Rename>();
  const taken = new Set<Made>();
  for (const gone of changes) {
    if (gone.action !== 'delete' || gone.leftOver === true) continue;
    const candidates = (coming.get(gone.type) ?? []).filter((one) => !taken.has(one));
    if (candidates.length === 0) continue;
    const values = canonicalOf(gone.before ?? {});
    const [like] = candidates.map((made) => ({ made, part: alike(values, made) })).sort((a, b) => b.part - a.part);
    if (!like || like.part < ALIKE) continue;
    const { change } = like.made;
    taken.add(like.made);
    found.set(gone.address, { to: change.address, advice: adviceFor(gone, change, stack), same: like.part === 1 });
  }
  return found;
}

/** Something that is made, and what is known of its arguments. */
interface Made {
  readonly change: Change;
  readonly arguments: ReadonlyMap<string, string>;
}

function adviceFor(gone: Change, made: Change, stack: string | undefined): string {
  const moved = `moved { from = ${gone.address}, to = ${made.address} }`;
  return stack === undefined
    ? `if it is the same thing under another name, write ${moved}: then nothing is destroyed`
    : `if it is the same thing under another name, write "was: <its old name>" beside the new name in the YAML (or ${moved}): then nothing is destroyed`;
}

/** The part of the new one's arguments that the old one has as well. */
function alike(before: ReadonlyMap<string, string>, { arguments: given }: Made): number {
  const same = [...given].filter(([key, value]) => before.get(key) === value);
  return given.size === 0 ? 0 : same.length / given.size;
}

/** Names and tags count for nothing, and nor does what is not known yet. */
function argumentsOf({ after = {}, unknown }: Change): ReadonlyMap<string, string> {
  const marks: Values = isMap(unknown) ? unknown : {};
  const known = Object.entries(after).filter(([key]) => !NAMING.test(key) && marks[key] !== true);
  return canonicalOf(Object.fromEntries(known));
}

function canonicalOf(values: Values): ReadonlyMap<string, string> {
  const set = Object.entries(values).filter(([, value]) => !isEmpty(value));
  return new Map(set.map(([key, value]) => [key, canonical(value, key)]));
}

const NAMING = /^(?:tags|tags_all|name|name_prefix|identifier|bucket|bucket_prefix|family|function_name|description)$/;
