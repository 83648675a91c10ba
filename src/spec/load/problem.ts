/** A place in a file, counted from 1 as editors do; line 0 for what has no lines, such as a flag. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with what a user wrote. */
export interface Problem {
  readonly at: Position;

  /** Where in the document, in the YAML's spelling: `postgres.backup_window`; empty for the file as a whole. */
  readonly path: string;

  readonly message: string;

  /** True when it is worth a line and stops nothing. */
  readonly warning?: boolean;
}

/** The files are wrong: every problem found, none of them ours. Printed without a stack trace. */
export class SpecError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'SpecError';
  }
}

/** `file:line:column path: message`, the form editors and CI systems turn into a link. */
export function formatProblem({ at, path, message, warning }: Problem): string {
  const place = at.line === 0 ? `${at.file}:` : `${at.file}:${at.line}:${at.column}`;
  return [place, ...(warning ? ['warning:'] : []), ...(path === '' ? [] : [`${path}:`]), message].join(' ');
}

/** By file, line and column, each problem once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const byText = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...byText.values()].sort(
    (a, b) => compare(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
