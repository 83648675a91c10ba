import { join } from 'node:path';
import { toCamelCase } from '../spec/load/casing';
import { sortProblems } from '../spec/load/problem';
import { valueAt } from '../spec/load/tree';
import { costSection } from '../spec/sections/cost';
import { readPriceTable } from '../tools/price-table';
import type { Comparison } from '../tools/review/change';
import { monthlyCost, type Prices } from '../tools/review/cost';
import { judges } from '../tools/review/judges/all';
import { judgeCost } from '../tools/review/judges/cost';
import { type Review, review, sorted } from '../tools/review/review';
import { withFingerprints } from '../tools/review/yaml/acceptance';
import { type WrittenStack, withYaml } from '../tools/review/yaml/yaml-lines';
import { withAcceptances } from './acceptances';
import { Refusal } from './refusal';
import { writtenFor, writtenStacks } from './written-stacks';

/** What --today says of itself. */
export const TODAY = 'the day that acceptances are compared with, such as 2026-12-31; today by default';

/** A review, and what it has looked at. */
export interface Judged {
  readonly review: Review;
  readonly comparison: Comparison;
  readonly region?: string;

  /** In dollars a month, where there is a price table for the region. */
  readonly cost?: { readonly before: number; readonly after: number };
}

/** What comparisons are judged by. */
export interface Judging {
  readonly today?: string;

  /** What the files say, by stack. */
  readonly written?: ReadonlyMap<string, WrittenStack>;

  /** What they said before the change, where that is known: then only what has changed since counts as a cause. */
  readonly earlier?: ReadonlyMap<string, WrittenStack>;

  /** The folder of the price tables. */
  readonly prices?: string;
}

/** Judges comparisons; of stacks of ours with lines of YAML and with what their files accept. */
export function judging({
  today = dayOf(new Date()),
  written = writtenStacks(),
  earlier,
  prices: tables = PRICES,
}: Judging): (comparison: Comparison) => Judged {
  if (!/^\d{4}-\d\d-\d\d$/.test(today))
    throw new Refusal(`--today: expected a day such as 2026-12-31, got "${today}"`, 2);
  return (comparison) => {
    const { stack = '' } = comparison;
    const [now, then] = [writtenFor(stack, written), earlier && readable(writtenFor(stack, earlier))];
    const region = [now, then].flatMap((one) => regionOf(one) ?? [])[0];
    const prices = pricesOf(tables, region, comparison.stack === undefined ? 'foreign' : now);
    const found = review(comparison, [...judges, ...(prices ? [judgeCost(prices)] : [])]);
    const about = { comparison, region, cost: prices && costOf(comparison, prices) };
    if (comparison.stack === undefined) return { review: found, ...about };
    const traced = withYaml(found.findings, readable(now), then);
    // Without a file of its own there is nowhere to accept anything.
    const own = written.get(stack);
    const explained = own ? withFingerprints(traced, comparison) : traced;
    const { findings, problems } = withAcceptances(explained, comparison, { now: own, earlier: then, today });
    const more = { findings, refused: sortProblems(problems), ...(own?.file !== undefined && { file: own.file }) };
    return { review: sorted({ ...found, ...more }), ...about };
  };
}

function readable(written: WrittenStack | undefined): WrittenStack | undefined {
  return written?.problems ? undefined : written;
}

function regionOf(written: WrittenStack | undefined): string | undefined {
  const region = written && valueAt(written.tree, ['region']);
  return typeof region === 'string' ? region : undefined;
}

/** The usage is what the file assumes, or the language does; of Terraform that isn't ours nobody assumes any. */
function pricesOf(
  tables: string,
  region: string | undefined,
  written: WrittenStack | 'foreign' | undefined,
): Prices | undefined {
  const table = (region && readPriceTable(tables, region)) || readPriceTable(tables, ANY_REGION);
  if (!table) return undefined;
  if (written === 'foreign') return { table };
  const assumed = written && valueAt(written.tree, ['cost']);
  const parsed = costSection.safeParse(toCamelCase(costSection, assumed ?? {}));
  return { table, usage: (parsed.data ?? costSection.parse({})).usage };
}

/** Stands in for a region that has no table: prices differ by some percent, and what costs more here costs more there. */
const ANY_REGION = 'us-east-1';

function costOf({ before, after }: Comparison, prices: Prices): { readonly before: number; readonly after: number } {
  return { before: monthlyCost(before, prices).total, after: monthlyCost(after, prices).total };
}

/** Beside dist/, where this runs from. */
const PRICES = join(__dirname, '..', 'prices');

function dayOf(date: Date): string {
  const part = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
