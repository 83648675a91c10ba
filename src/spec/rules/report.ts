import type { EnvironmentSpec } from '../environment';

/** Keys from the top of the Spec in the YAML's spelling; things in a list are named, not counted. */
export type SpecPath = readonly string[];

/** What a rule found: `expected` begins with that word, `advice` says what AWS would do and what to write instead. */
export interface Finding {
  readonly path: SpecPath;
  readonly expected: string;
  readonly advice?: string;

  /** Instead of the value at `path`. */
  readonly got?: unknown;

  /** True for what AWS would take today, though it will cause trouble. */
  readonly warning?: boolean;
}

/** A finding in one of several environments. */
export interface FindingIn extends Finding {
  readonly spec: EnvironmentSpec;
}

/** A promise that sections make to each other. Rules run once each section is sound in itself. */
export type Rule = (spec: EnvironmentSpec) => Iterable<Finding>;

/** What is expected of a name that `section` should declare. */
export function oneDeclared(known: readonly string[], section: string, what: string): string {
  return known.length > 0
    ? `expected ${either(known)}, which "${section}" declares`
    : `expected ${what} that "${section}" declares`;
}

/** `"a", "b" or "c"`, for the end of an "expected …". */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
