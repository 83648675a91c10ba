import { readEnvironments } from '../spec/load/load';
import type { Problem } from '../spec/load/problem';
import { valueAt } from '../spec/load/tree';
import type { Comparison } from '../tools/review/change';
import type { Finding } from '../tools/review/finding';
import { accepted, type WrittenAcceptance } from '../tools/review/yaml/acceptance';
import type { WrittenStack } from '../tools/review/yaml/yaml-lines';

/** What the files of a stack accept, now and before the change. */
export interface Acceptances {
  readonly now: WrittenStack | undefined;
  readonly earlier: WrittenStack | undefined;
  readonly today: string;
}

/** Findings with what their file accepts, and what of that does not count. */
export function withAcceptances(
  findings: readonly Finding[],
  { source, gaps = [] }: Comparison,
  { now, earlier, today }: Acceptances,
): { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] } {
  const { acceptances, problems } = acceptancesIn(now);
  const found = accepted(findings, acceptances, {
    today,
    isPart: gaps.length > 0,
    // Files do not tell what has been applied: what was accepted before belongs to a change that may still wait for it.
    known: source === 'synthesized' ? changesIn(earlier) : [],
  });
  return { findings: found.findings, problems: [...problems, ...found.problems] };
}

/** The checked list; where the file does not pass its checks, nothing is accepted, and it is told why. */
function acceptancesIn(written: WrittenStack | undefined): {
  readonly acceptances: readonly WrittenAcceptance[];
  readonly problems: readonly Problem[];
} {
  const none = { acceptances: [], problems: [] };
  const { file, tree, problems: unreadable = [] } = written ?? {};
  if (unreadable.length > 0) return { ...none, problems: unreadable };
  if (file === undefined || tree === undefined || valueAt(tree, ['accept']) === undefined) return none;
  const { environments, problems } = readEnvironments([file]);
  const [environment] = environments;
  if (!environment) return { ...none, problems };
  const { spec, where } = environment;
  const acceptances = spec.accept.map((one, index) => ({
    ...one,
    index,
    where: (key: string) => where(['accept', String(index), key]),
  }));
  return { acceptances, problems: [] };
}

/** Checked or not: an older file may be of an older language. */
function changesIn(written: WrittenStack | undefined): readonly string[] {
  const list = written && valueAt(written.tree, ['accept']);
  return Array.isArray(list) ? list.map((one) => String((one as { readonly change?: unknown } | null)?.change)) : [];
}
