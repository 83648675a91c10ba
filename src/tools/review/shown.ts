import type { AttributeChange } from './change';
import type { Finding } from './finding';

/** What stands for a value that AWS decides. */
export const UNKNOWN = '(known after apply)';

/** Longer values are cut: the attribute's path leads to the rest. */
const LONGEST = 160;

/** The attribute and its values as a finding tells them. */
export function shownAttribute({ path, before, after, unknown, from }: AttributeChange): Partial<Finding> {
  return { attribute: path, before: shown(before), after: unknown ? knownLater(from) : shown(after) };
}

/** Of a value that AWS decides, what it is taken from. */
export function knownLater(from: readonly string[] = []): string {
  if (from.length === 0) return UNKNOWN;
  const more = from.length - MOST_SOURCES;
  const named = from.slice(0, MOST_SOURCES).join(', ');
  return `(known after apply: ${named}${more > 0 ? ` and ${more} more` : ''})`;
}

const MOST_SOURCES = 3;

/** A value in a line. It has to be masked before: what is cut no longer shows what it was. */
export function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (value === '') return '""';
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
