import type { DatabaseSpec } from '../sections/database';
import { engines, GP3_BASELINE } from '../values/engines';
import type { Finding } from './report';

/** What RDS takes beyond the baseline. */
const large = { iops: { least: 12_000, most: 64_000 }, throughput: { least: 500, most: 4000 } };
const LEAST_IO2 = 100; // GiB

/** Storage type, size, IOPS and throughput fit together. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
export function* storageRules(database: DatabaseSpec): Iterable<Finding> {
  const { storageType, allocatedStorage, maxAllocatedStorage, iops, throughput } = database;
  const at = (key: string) => [database.engine, key];
  const { gp3BaselineUpTo } = engines[database.engine];
  if (storageType === 'gp3' && allocatedStorage < gp3BaselineUpTo) yield* baseline(database);
  if (storageType === 'gp3' && allocatedStorage >= gp3BaselineUpTo) yield* chosen(database);
  if (storageType !== 'gp3' && throughput !== undefined) {
    yield {
      path: at('throughput'),
      expected: `expected none, because ${storageType} takes no figure for it`,
      advice: 'RDS refuses the instance',
    };
  }
  if (storageType === 'gp2' && iops !== undefined) {
    yield {
      path: at('iops'),
      expected: 'expected none, because gp2 takes no figure for it',
      advice: `RDS refuses the instance; gp3 takes one from ${gp3BaselineUpTo} GiB on`,
    };
  }
  if (storageType === 'io2' && iops === undefined) {
    yield {
      path: at('iops'),
      expected: 'expected a figure, because io2 is sold by IOPS',
      advice: 'RDS refuses the instance',
    };
  }
  if (storageType === 'io2' && allocatedStorage < LEAST_IO2) {
    yield {
      path: at('allocated_storage'),
      expected: `expected at least ${LEAST_IO2} GiB, the least of io2`,
      advice: 'RDS refuses the instance',
    };
  }
  const leastLimit = Math.ceil((allocatedStorage * 11) / 10);
  if (maxAllocatedStorage !== undefined && maxAllocatedStorage < leastLimit) {
    yield {
      path: at('max_allocated_storage'),
      expected: `expected at least ${leastLimit} GiB, 10 % above allocated_storage`,
      advice: 'RDS refuses a smaller limit; leave it out to switch growth off',
    };
  }
}

function* baseline(database: DatabaseSpec): Iterable<Finding> {
  for (const key of ['iops', 'throughput'] as const) {
    if (database[key] === undefined || database[key] === GP3_BASELINE[key]) continue;
    yield {
      path: [database.engine, key],
      expected: `expected ${GP3_BASELINE[key]}, the baseline of every gp3 volume below ${engines[database.engine].gp3BaselineUpTo} GiB`,
      advice: 'RDS refuses any other figure there; leave it out or allocate more storage',
    };
  }
}

function* chosen(database: DatabaseSpec): Iterable<Finding> {
  for (const key of ['iops', 'throughput'] as const) {
    const figure = database[key];
    const { least, most } = large[key];
    if (figure === undefined || (figure >= least && figure <= most)) continue;
    yield {
      path: [database.engine, key],
      expected: `expected a figure from ${least} to ${most}, what gp3 has from ${engines[database.engine].gp3BaselineUpTo} GiB on`,
      advice: 'RDS refuses any other; leave it out for the least',
    };
  }
  const { iops = large.iops.least, throughput } = database;
  if (throughput !== undefined && throughput > iops / 4) {
    yield {
      path: [database.engine, 'throughput'],
      expected: `expected at most ${iops / 4}, a quarter of the IOPS`,
      advice: 'RDS refuses more; ask for more IOPS',
    };
  }
}
