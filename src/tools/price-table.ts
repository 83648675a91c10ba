import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const price = z.strictObject({
  key: z.string(),
  price: z.number().nonnegative(),
  unit: z.string(),
  source: z.url(),
  note: z.string().optional(),
});

const priceTable = z.strictObject({
  region: z.string(),
  date: z.iso.date(),
  currency: z.literal('USD'),
  note: z.string(),
  prices: z.array(price),
});

export type Price = z.output<typeof price>;

/** List prices of one region, as they were on one day. */
export type PriceTable = z.output<typeof priceTable>;

/** The table of a region, or undefined where nobody has written one. */
export function readPriceTable(folder: string, region: string): PriceTable | undefined {
  const file = join(folder, `${region}.json`);
  return existsSync(file) ? priceTable.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Regions that have a table. */
export function pricedRegions(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}
