import type { NamedKind } from '../values/name-limits';
import type { SpecPath } from './report';

/** A name that something gets in AWS, and the key that pins it. */
export interface GivenName {
  readonly what: NamedKind;
  readonly path: SpecPath;
  readonly name: string;

  /** Where AWS lets it exist once: in all of AWS, in a region of an account, within what the environment makes, or nowhere. */
  readonly within?: 'aws' | 'region' | 'environment';
}

/** One in a region of an account. */
export function once(what: NamedKind, path: SpecPath, name: string): GivenName {
  return { what, path, name, within: 'region' };
}

/** One in what the environment makes. */
export function inside(what: NamedKind, path: SpecPath, name: string): GivenName {
  return { what, path, name, within: 'environment' };
}

/** One of which there may be several, or that clashes only where another one does. */
export function anywhere(what: NamedKind, path: SpecPath, name: string): GivenName {
  return { what, path, name };
}
