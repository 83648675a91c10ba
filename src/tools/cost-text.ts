import { snakeCase } from '../spec/load/casing';
import { type CostKind, type CostSpec, costKinds, type Usage } from '../spec/sections/cost';
import { type CostEstimate, type CostLine, sumOf } from './cost';
import type { PriceTable } from './price-table';

interface CostReport {
  readonly stack: string;
  readonly estimate: CostEstimate;
  readonly table: PriceTable;
  readonly usage: Usage;

  /** What a document says, where there is one. */
  readonly documented: Omit<CostSpec, 'usage'>;
}

/** The estimate as text: lines by kind, what has no price, the total, and a document's figures beside it. */
export function costText({ stack, estimate, table, usage, documented }: CostReport): string {
  const { lines, unpriced, free, total } = estimate;
  return [
    `${stack}: ${table.currency} a month of 730 hours, list prices of ${table.region} as of ${table.date}`,
    ...costKinds.flatMap((kind) =>
      ofKind(
        kind,
        lines.filter((line) => line.kind === kind),
        documented.documentedUsdByKind[kind],
      ),
    ),
    '',
    row('TOTAL, the sum of the lines above', '', total),
    '',
    ...unpricedText(unpriced),
    ...documentedText(documented, total),
    '',
    ...freeText(free),
    '',
    'Assumed of the whole environment, in a month; change it under cost.usage:',
    ...wrap(Object.entries(usage).flatMap(([key, value]) => assumption(key, value))),
    '',
    'Prices come from:',
    ...[...new Set(lines.map(({ source }) => source))].sort().map((source) => `  ${source}`),
    ...wrap(`Note: ${table.note} Amounts are rounded in print only.`.split(' '), ' ', ''),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function ofKind(kind: CostKind, lines: readonly CostLine[], documented: number | undefined): string[] {
  if (lines.length === 0 && documented === undefined) return [];
  const beside = documented === undefined ? '' : `   (document: ${dollars(documented)})`;
  return [
    '',
    words(kind),
    ...lines.map(({ address, what, quantity, unit, price, monthly }) =>
      row(`  ${address}: ${what}`, `${amount(quantity)} ${unit} x ${price}`, monthly),
    ),
    row(`  ${words(kind)} together`, '', sumOf(lines)) + beside,
  ];
}

function unpricedText(unpriced: CostEstimate['unpriced']): string[] {
  if (unpriced.length === 0) return ['Nothing is unpriced.'];
  return [
    `UNPRICED (${unpriced.length}): charged, but not part of the total`,
    ...unpriced.map(({ address, why }) => `  ${address}: ${why}`),
  ];
}

function documentedText({ documentedMonthlyUsd, documentedNote }: CostReport['documented'], total: number): string[] {
  if (documentedMonthlyUsd === undefined) return [];
  const difference = total - documentedMonthlyUsd;
  return [
    '',
    row('The document says', '', documentedMonthlyUsd),
    row(difference < 0 ? 'The estimate is lower by' : 'The estimate is higher by', '', Math.abs(difference)),
    ...wrap((documentedNote ?? '').split(/\s+/), ' '),
  ];
}

/** Counted by type: most of a stack is free, and nobody wants to read it by name. */
function freeText(free: CostEstimate['free']): string[] {
  const types = new Map<string, { why: string; count: number }>();
  for (const { address, why } of free) {
    const type = address.slice(0, address.indexOf('.'));
    types.set(type, { why, count: (types.get(type)?.count ?? 0) + 1 });
  }
  const reasons = [...new Set([...types.values()].map(({ why }) => why))];
  return [
    `Free by themselves (${free.length}):`,
    ...reasons.flatMap((reason) => [
      `  ${reason}:`,
      ...wrap(
        [...types].filter(([, { why }]) => why === reason).map(([type, { count }]) => `${count} ${type}`),
        ', ',
        '    ',
      ),
    ]),
  ];
}

function assumption(key: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [`${snakeCase(key)} ${value}`];
  return Object.entries(value).map(([inner, number]) => `${snakeCase(key)}.${inner} ${number}`);
}

function row(label: string, middle: string, value: number): string {
  return `${label}${middle.padStart(Math.max(MONEY - label.length, middle.length + 2))}${dollars(value).padStart(10)}`;
}

function dollars(value: number): string {
  return value.toFixed(2);
}

function amount(quantity: number): string {
  return String(Number(quantity.toFixed(4)));
}

function words(kind: CostKind): string {
  return snakeCase(kind).replaceAll('_', ' ');
}

const WIDTH = 120;

/** Column where amounts of money begin. */
const MONEY = 110;

function wrap(parts: readonly string[], separator = ', ', indent = '  '): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + separator.length + part.length <= WIDTH) {
      lines[lines.length - 1] = last + separator + part;
    } else {
      if (last !== undefined) lines[lines.length - 1] = last + separator.trimEnd();
      lines.push(indent + part);
    }
  }
  return lines;
}
