import type { Comparison } from '../change';
import type { Finding } from '../finding';
import type { Judge } from '../review';
import { openedPaths } from './opened-paths';
import { weakenedGuards } from './weakened-guards';
import { widenedPermissions } from './widened-permissions';

/** What a change opens: paths that were not there, guards that are weaker, permissions that are wider. */
export const judgeExposure: Judge = function* exposure(comparison: Comparison): Iterable<Finding> {
  const told = new Set<string>();
  for (const finding of [
    ...openedPaths(comparison),
    ...weakenedGuards(comparison),
    ...widenedPermissions(comparison),
  ]) {
    const key = JSON.stringify([finding.address, finding.attribute, finding.reason]);
    if (told.has(key)) continue;
    told.add(key);
    yield finding;
  }
};
