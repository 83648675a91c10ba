import type { Change, Comparison } from '../change';
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
      yield* dearer(change, before, after, { comparison, prices });
      yield* unpriced(change, before, after);
    }
  };
}

function* dearer(
  change: Change,
  before: MonthlyCost,
  after: MonthlyCost,
  { comparison, prices }: { readonly comparison: Comparison; readonly prices: Prices },
): Iterable<Finding> {
  const { address, previousAddress = address, action } = change;
  // What there was is told by its new address in a plan, and by the one it had in files.
  const was = before.byAddress.get(previousAddress) ?? before.byAddress.get(address) ?? 0;
  const will = after.byAddress.get(address) ?? 0;
  if (will - was < LEAST) return;
  const more = dollars(will - was);
  yield {
    verdict: 'costs-more',
    address: causeOf(change, comparison),
    reason:
      action === 'create'
        ? `${thing(change)} is new and costs ${more} a month`
        : `${thing(change)} costs ${more} a month more`,
    before: `${dollars(was)} a month`,
    after: `${dollars(will)} a month`,
    effect: `the stack costs ${dollars(after.total)} a month, and cost ${dollars(before.total)}, by the list prices of ${prices.table.region} ${prices.usage ? 'and the usage that "cost.usage" assumes' : 'without what is charged by use'}`,
  };
}

/** A service is charged for what its tasks take; where their definition has grown, that is where somebody wrote it. */
function causeOf({ address, type, attributes }: Change, { after, changes }: Comparison): string {
  const service = type === 'aws_ecs_service' ? after.get(address) : undefined;
  if (!service || attributes.some(({ path }) => path === 'desired_count')) return address;
  const [definition] = after.linked(service, 'task_definition', 'aws_ecs_task_definition');
  return changes.find((one) => one.address === definition?.address && one.action !== 'none')?.address ?? address;
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
