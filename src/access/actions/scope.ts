import type { Condition } from '../role';

/**
 * What an action is limited to.
 *
 * `named`: ARNs with the stack's names in them. `tagged`: AWS gives these ids that nobody knows beforehand, so they are told by
 * the tag "stack", which everything of a stack has; what is made has to come with it. `all`: AWS tells them apart by
 * neither.
 */
export type Scope = NamedScope | TaggedScope | FixedScope;

export interface NamedScope {
  readonly kind: 'named';
  readonly id: string;
  readonly sources: readonly NameSource[];
  readonly when?: Condition;
}

export interface TaggedScope {
  readonly kind: 'tagged';
  readonly id: string;

  /** ARNs of what is made with the tag. */
  readonly made: readonly string[];

  /** Which actions make it: the beginning of their names, as a regular expression. */
  readonly creates: string;
}

interface FixedScope {
  readonly kind: 'all';
  readonly id: string;
  readonly arns: readonly string[];
  readonly when?: Condition;
}

/** Where names stand in a stack, what they look like by default, and the ARNs of what has them. */
export interface NameSource {
  readonly type: string;
  readonly attribute: string;

  /** In ARNs and patterns `{…}` stands for project, env, prefix (`<project>-<env>`), region, account and name. */
  readonly arns: readonly string[];
  readonly patterns: readonly string[];
}
