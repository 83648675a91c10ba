import * as z from 'zod';
import { email, flag, number, textList } from '../values/fields';

/** The `budget` section: mail when the account's costs for this environment's tags pass a limit. */
export const budgetSection = z.strictObject({
  enabled: flag().default(true),
  monthlyUsd: number(1, 10_000_000).describe('US dollars a month.'),
  emails: textList(email, 'an address', 'a list of addresses').min(1, 'expected at least one address'),
});

export type BudgetSpec = z.output<typeof budgetSection>;
