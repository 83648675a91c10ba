import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import type { Judge } from '../../review';
import { liftedDenials } from './lifted-denials';
import { openedGroups } from './opened-groups';
import { openedPaths } from './opened-paths';
import { weakenedGuards } from './weakened-guards';
import { widenedPermissions } from './widened-permissions';

/** What a change opens: paths that were not there, guards that are weaker, permissions that are wider. */
export const judgeExposure: Judge = function* exposure(comparison: Comparison): Iterable<Finding> {
  const opened = [...openedPaths(comparison), ...openedGroups(comparison)];
  const told = new Set(opened.map(placeOf));
  yield* opened;
  for (const finding of weakenedGuards(comparison)) if (!told.has(placeOf(finding))) yield finding;
  yield* widenedPermissions(comparison);
  yield* liftedDenials(comparison);
};

/** A path tells more than the setting that opens it. */
function placeOf({ address, attribute }: Finding): string {
  return `${address} ${attribute ?? ''}`;
}
