import type { CostKind, Usage } from '../spec/sections/cost';
import { freeTypes } from './cost-free';
import { costRules } from './cost-rules';
import type { Price, PriceTable } from './price-table';

/** The arguments of one resource, as Terraform's JSON has them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Terraform's JSON, as far as an estimate reads it. */
export interface Terraform {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/** Something that a resource is charged for: how much of it, and the key of its price. */
export interface Part {
  readonly what: string;
  readonly price: string;
  readonly quantity: number;
}

export interface CostLine {
  readonly address: string;
  readonly kind: CostKind;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  readonly price: number;
  readonly monthly: number;
  readonly source: string;
}

/** What an environment costs in a month. Every resource is in at least one of the three lists. */
export interface CostEstimate {
  readonly lines: readonly CostLine[];

  /** Charged, but nobody knows how much: not part of the total. */
  readonly unpriced: readonly { readonly address: string; readonly why: string }[];
  readonly free: readonly { readonly address: string; readonly why: string }[];

  /** The sum of the lines, not rounded. */
  readonly total: number;
}

/** Prices every resource of a stack. */
export function estimateCost(terraform: Terraform, usage: Usage, table: PriceTable): CostEstimate {
  const prices = new Map(table.prices.map((price) => [price.key, price]));
  const found = resources(terraform).map((resource): Omit<CostEstimate, 'total'> => {
    const { address, type } = resource;
    const rule = Object.hasOwn(costRules, type) ? costRules[type] : undefined;
    const free = Object.hasOwn(freeTypes, type) ? freeTypes[type] : undefined;
    if (free !== undefined) return { ...nothing, free: [{ address, why: free }] };
    if (!rule) return { ...nothing, unpriced: [{ address, why: `nobody has said what an ${type} is charged for` }] };
    const parts = rule.parts(resource.arguments, { usage, terraform, type, name: resource.name });
    if (typeof parts === 'string') return { ...nothing, free: [{ address, why: parts }] };
    const priced = parts.map((part) => ({
      ...part,
      row: prices.get(part.price),
      known: Number.isFinite(part.quantity),
    }));
    return {
      free: [],
      lines: priced.flatMap(({ what, quantity, row, known }) =>
        row && known
          ? [{ address, kind: rule.kind, what, quantity, ...perUnit(row), monthly: quantity * row.price }]
          : [],
      ),
      unpriced: priced
        .filter(({ row, known }) => !row || !known)
        .map(({ what, price, row }) => ({
          address,
          why: row ? `${what}: how much of it is known only after the apply` : `${what}: the table has no "${price}"`,
        })),
    };
  });
  const lines = found.flatMap((one) => one.lines);
  return {
    lines,
    unpriced: found.flatMap((one) => one.unpriced),
    free: found.flatMap((one) => one.free),
    total: sumOf(lines),
  };
}

/** What lines cost together. */
export function sumOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { monthly }) => sum + monthly, 0);
}

function perUnit({ unit, price, source }: Price) {
  return { unit, price, source };
}

const nothing = { lines: [], unpriced: [], free: [] };

function resources({ resource = {} }: Terraform) {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, args]) => ({ address: `${type}.${name}`, type, name, arguments: args })),
  );
}
