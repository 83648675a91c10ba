import type { Change } from '../change';
import { type MonthlyCost, monthlyCost, type Prices } from '../cost';
import type { Finding } from '../finding';
import type { Judge } from '../review';
import { thing } from '../things';

/** Less than this a month is told by nobody, in dollars. */
const LEAST = 1;

/** What costs more by the month, address by address; a price that the table lacks is named. */
export function judgeCost(prices: Prices): Judge {
  return function* (comparison) {
    const before = monthlyCost(comparison.before, prices);
    const after = monthlyCost(comparison.after, prices);
    for (const change of comparison.changes) {
      if (!['create', 'update', 'replace', 'none'].includes(change.action)) continue;
      yield* dearer(change, before, after, prices);
      yield* unpriced(change, before, after);
    }
  };
}

function* dearer(change: Change, before: MonthlyCost, after: MonthlyCost, { table }: Prices): Iterable<Finding> {
  const { address, previousAddress = address, action } = change;
  const [was, will] = [before.byAddress.get(previousAddress) ?? 0, after.byAddress.get(address) ?? 0];
  if (will - was < LEAST) return;
  const more = dollars(will - was);
  yield {
    verdict: 'costs-more',
    address,
    reason:
      action === 'create'
        ? `${thing(change)} is new and costs ${more} a month`
        : `${thing(change)} costs ${more} a month more`,
    before: `${dollars(was)} a month`,
    after: `${dollars(will)} a month`,
    effect: `the stack costs ${dollars(after.total)} a month, and cost ${dollars(before.total)}, by the list prices of ${table.region} and the usage that "cost.usage" assumes`,
  };
}

function* unpriced(change: Change, before: MonthlyCost, after: MonthlyCost): Iterable<Finding> {
  const { address, previousAddress = address } = change;
  const of = (cost: MonthlyCost, wanted: string) =>
    cost.unpriced.filter((one) => one.address === wanted).map(({ why }) => why);
  const known = of(before, previousAddress);
  const fresh = of(after, address).filter((why) => !known.includes(why));
  if (fresh.length === 0) return;
  yield {
    verdict: 'unknown',
    address,
    reason: `${thing(change)}: nobody knows what it will cost`,
    effect: fresh.join('; '),
    advice: 'add the price to the table in prices/, or look it up',
  };
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
