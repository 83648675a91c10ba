import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const verdicts = ['loses-data', 'outage', 'exposure', 'costs-more', 'behaviour', 'harmless', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** Other text in a file of the system, or of the foreign Terraform: the old one is there exactly once. */
export interface TextChange {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** JSON Patch (RFC 6902) of the synthesized stack, or of one resource's attributes in the state, and `edit` of a text. */
export interface Patch {
  readonly json?: string;
  readonly state?: string;
  /** Within the attributes of `state`. */
  readonly path?: string;
  readonly op?: 'add' | 'replace' | 'remove' | 'edit';
  readonly value?: unknown;
  readonly from?: string;
  readonly to?: string;
}

/** The state without a resource. */
export interface Forgotten {
  readonly forget: string;
}

/** The state with a resource that `terraform taint` has marked. */
export interface Tainted {
  readonly taint: string;
}

export interface Expected {
  /** The worst that a careful reviewer would say of the plan. */
  readonly verdict: Verdict;
  /** Where careful reviewers differ: verdicts that are right too. */
  readonly or?: readonly Verdict[];
  /** What the review has to name, where it is dangerous. */
  readonly address?: string;
  readonly attribute?: string;
  /** The key that caused it and its line, as the changed file has it; of a removed key, as the old one had it. */
  readonly yaml?: { readonly path: string; readonly line: string };
}

export interface Case {
  readonly name: string;
  readonly stack: string;
  /** What would happen in AWS. */
  readonly says: string;
  readonly change: readonly (TextChange | Patch | Forgotten | Tainted)[];
  readonly expected: Expected;
}

/** All cases there are, by the files of corpus/cases; a file is named after its stack. */
export function casesIn(folder: string): Case[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const cases = parse(readFileSync(join(folder, file), 'utf8')) as Omit<Case, 'stack'>[];
      return cases.map((one) => ({ ...one, stack: file.replace(/\.yaml$/, '') }));
    });
}
