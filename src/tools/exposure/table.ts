import { portsText } from './network/ports';
import { isOutside, type Path } from './path';

/** A path in the columns that people read. */
interface Row {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly through: string;
  readonly conditions: string;
}

/** All paths of a stack, those from outside first: as text, as a table for Markdown, or as JSON for programs. */
export function exposureTable(stack: string, paths: readonly Path[], format: ExposureFormat): string {
  if (format === 'json') return `${JSON.stringify({ stack, paths: sorted(paths) }, null, 2)}\n`;
  const outside = sorted(paths.filter(({ from }) => isOutside(from))).map(rowOf);
  const inside = sorted(paths.filter(({ from }) => !isOutside(from))).map(rowOf);
  const table = format === 'markdown' ? markdownTable : textTable;
  const heading = (text: string) => (format === 'markdown' ? `### ${text}` : text);
  return [
    heading(`${stack}: who reaches it from outside`),
    ...(outside.length > 0 ? table(outside) : ['Nobody, as far as this stack says.']),
    '',
    heading(`${stack}: who reaches whom inside`),
    ...(inside.length > 0 ? table(inside) : ['Nobody, as far as this stack says.']),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

export const exposureFormats = ['text', 'markdown', 'json'] as const;
export type ExposureFormat = (typeof exposureFormats)[number];

/** What a path opens: `443`, or `sqs:SendMessage`. */
export function accessText({ ports, actions }: Pick<Path, 'ports' | 'actions'>): string {
  return [...ports.map(portsText), ...actions].join(', ');
}

function rowOf(path: Path): Row {
  const conditions = path.conditions.map(({ text }) => text);
  const unknown = path.unknown.map((text) => `unknown: ${text}`);
  return {
    from: path.from.name,
    to: path.to,
    on: accessText(path),
    through: path.through.join(' > '),
    conditions: [...conditions, ...unknown].join('; '),
  };
}

function sorted(paths: readonly Path[]): readonly Path[] {
  const keyed = paths.map((path) => ({
    path,
    key: [KINDS.indexOf(path.from.kind), path.from.name, path.to, accessText(path)],
  }));
  return keyed.sort((one, other) => compare(one.key, other.key)).map(({ path }) => path);
}

function compare(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  for (const [index, left] of one.entries()) {
    const right = other[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const KINDS = ['internet', 'range', 'any-account', 'account', 'federated', 'signed-up', 'unknown', 'private', 'inside'];

const HEADINGS: Row = { from: 'from', to: 'to', on: 'on', through: 'through', conditions: 'on condition' };
const COLUMNS = ['from', 'to', 'on', 'through', 'conditions'] as const;

function textTable(rows: readonly Row[]): readonly string[] {
  const widths = COLUMNS.map((column) => Math.max(...[HEADINGS, ...rows].map((row) => row[column].length)));
  const line = (row: Row) => COLUMNS.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join('  ');
  return [HEADINGS, ...rows].map((row) => `  ${line(row)}`);
}

function markdownTable(rows: readonly Row[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cells = (row: Row) => COLUMNS.map((column) => escaped(row[column]));
  return ['', line(cells(HEADINGS)), line(COLUMNS.map(() => '---')), ...rows.map((row) => line(cells(row)))];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;');
}
