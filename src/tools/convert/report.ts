import type { Position, Problem } from '../../spec/load/problem';
import { formatProblem } from '../../spec/load/problem';

/** What became of one key. */
export interface Entry {
  readonly path: string;
  readonly at: Position;
  readonly as: 'kept' | 'renamed' | 'dropped' | 'refused';

  /** Where its value stands now. */
  readonly to?: readonly string[];
  readonly why?: string | undefined;
}

/** Something that means another thing here than it did, though no key is lost. */
export interface Note {
  readonly path: string;
  readonly text: string;
}

/** Everything that happened to a file: as many entries as it has keys. */
export interface Report {
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly notes: readonly Note[];

  /** What is still wrong with the file that was written. */
  readonly problems: readonly Problem[];
}

const ways = ['kept', 'renamed', 'dropped', 'refused'] as const;

/** How many keys went which way. */
export function countsOf({
  entries,
}: Report): Readonly<Record<(typeof ways)[number], number>> & { readonly keys: number } {
  const count = (as: Entry['as']) => entries.filter((entry) => entry.as === as).length;
  return {
    keys: entries.length,
    kept: count('kept'),
    renamed: count('renamed'),
    dropped: count('dropped'),
    refused: count('refused'),
  };
}

/** The report as lines: one for each key, then what differs, then what is wrong still, then the counts. */
export function reportText(report: Report): string {
  const firstWith = new Map<string, string>();
  const lines = report.entries.map((entry) => {
    const { file, line, column } = entry.at;
    return `${file}:${line}:${column} ${entry.path} ${wayOf(entry)}${reasonOf(entry, firstWith)}`;
  });
  const notes = report.notes.map(({ path, text }) => `note: ${path}: ${text}`);
  const problems = report.problems.map((problem) => `still to do: ${formatProblem(problem)}`);
  const { keys, ...counts } = countsOf(report);
  const summary = ways.filter((way) => counts[way] > 0).map((way) => `${counts[way]} ${way}`);
  const total = `${keys} ${keys === 1 ? 'key' : 'keys'}: ${summary.join(', ')}`;
  return `${[...lines, ...notes, ...problems, total].join('\n')}\n`;
}

/** The report for programs. */
export function reportJson(report: Report): string {
  const { file, entries, notes, problems } = report;
  const plain = entries.map(({ path, at, as, to, why }) => ({ path, line: at.line, column: at.column, as, to, why }));
  return `${JSON.stringify({ file, counts: countsOf(report), keys: plain, notes, problems }, null, 2)}\n`;
}

function wayOf({ as, to }: Entry): string {
  return as === 'renamed' ? `renamed ${(to ?? []).join(' and ')}` : as;
}

/** A reason that was given is not told a second time; what a value is now is no reason. */
function reasonOf({ path, as, why }: Entry, firstWith: Map<string, string>): string {
  if (why === undefined) return '';
  const first = firstWith.get(`${as} ${why}`);
  if (first !== undefined && !why.startsWith('now ')) return `: as ${first}`;
  firstWith.set(`${as} ${why}`, path);
  return `: ${why}`;
}
