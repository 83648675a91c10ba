import { ours } from './ours';
import type { Path } from './source';

/** A key of a file, and what stands around it. */
export interface Key {
  readonly path: Path;

  /** The path with `[]` for every position in a list. */
  readonly pattern: string;
  readonly value: unknown;

  /** A scalar as it is written, before YAML made a number of it. */
  readonly written: string | undefined;

  /** The value of a key of the same map. */
  readonly beside: (name: string) => unknown;

  /** The value at a path from the top. */
  readonly read: (path: string) => unknown;
}

/**
 * Where a value goes: `[]` is the item that the key stood in, `[x]` an item of its own that all who say x share, and
 * `[+]` at the end one more value of a list.
 */
export interface Place {
  readonly at: string | readonly string[];
  readonly value: unknown;
}

/** What becomes of a key. */
export type Outcome =
  | { readonly as: 'written'; readonly places: readonly Place[]; readonly why?: string | undefined }
  | { readonly as: 'refused' | 'dropped'; readonly why: string };

/** How one kind of key is converted; `takesEmpty` where nothing is not the same as leaving it out. */
export interface Treatment {
  (key: Key): Outcome;
  readonly takesEmpty?: boolean;
}

/** Treatments by key: `*` stands for keys that users invent, a last `**` for everything below. */
export type Table = Readonly<Record<string, Treatment>>;

/** A value in our form. */
export type Convert = (value: unknown, key: Key) => unknown;

/** Why an empty value goes. */
export const NOTHING = 'nothing is the same as leaving it out';

const same: Convert = (value) => value;

/** Stays where it is. */
export function kept(convert: Convert = same, why?: string): Treatment {
  return (key) => {
    const at = key.path.map((step) => (typeof step === 'number' ? '[]' : step));
    return { as: 'written', places: [{ at, value: convert(key.value, key) }], why };
  };
}

/** Goes to another key. */
export function to(at: string, convert: Convert = same, why?: string): Treatment {
  return (key) => ({ as: 'written', places: [{ at, value: convert(key.value, key) }], why });
}

/** Has no place here; `why` says what to write instead. */
export function refused(why: string): Treatment {
  return () => ({ as: 'refused', why });
}

/** Says nothing that would have to be said here. */
export function dropped(why: string): Treatment {
  return () => ({ as: 'dropped', why });
}

/** One treatment or the other. */
export function either(test: (key: Key) => boolean, yes: Treatment, no: Treatment): Treatment {
  return (key) => (test(key) ? yes(key) : no(key));
}

/** Dropped where it says no more than the default does. */
export function unlessItSays(
  value: unknown,
  otherwise: Treatment,
  why = 'says what is the case here anyway',
): Treatment {
  return either((key) => textOf(key.value) === textOf(value), dropped(why), otherwise);
}

/** Stays where our language has the key. */
export function keptIfOurs(otherwise: Treatment): Treatment {
  return either(({ pattern }) => ours(pattern) !== undefined, kept(), otherwise);
}

/** Refused where it was in use: what never existed is not missed. */
export function refusedIf(test: (key: Key) => boolean, why: string, otherwise: string): Treatment {
  return either(test, refused(why), dropped(otherwise));
}

/** Is asked for nothing too. */
export function takingEmpty(treatment: Treatment): Treatment {
  return Object.assign((key: Key) => treatment(key), { takesEmpty: true });
}

/** A single value as text, and nothing for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'object' || value === undefined ? '' : String(value);
}

/** Whether a value says yes, in any way that YAML readers take for it. */
export function isYes(value: unknown): boolean {
  return value === true || /^(?:true|yes|on|1)$/i.test(textOf(value));
}
