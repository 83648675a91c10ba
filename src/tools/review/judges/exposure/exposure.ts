import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import type { Judge } from '../../review';
import { grantedAccess } from './granted-access';
import { liftedDenials } from './lifted-denials';
import { madeThings } from './made-things';
import { openedGroups } from './opened-groups';
import { openedPaths } from './opened-paths';
import { weakenedGuards } from './weakened-guards';
import { widenedPermissions } from './widened-permissions';

/** What a change opens: paths that were not there, guards that are weaker, permissions that are wider. */
export const judgeExposure: Judge = function* exposure(comparison: Comparison): Iterable<Finding> {
  const opened = [...openedPaths(comparison), ...openedGroups(comparison)];
  const told = new Set(opened.map(placeOf));
  const found = [
    ...opened,
    ...[...weakenedGuards(comparison)].filter((finding) => !told.has(placeOf(finding))),
    ...widenedPermissions(comparison),
    ...liftedDenials(comparison),
    ...grantedAccess(comparison),
  ];
  yield* found;
  const addresses = new Set(found.map(({ address }) => address));
  for (const finding of madeThings(comparison)) if (!addresses.has(finding.address)) yield finding;
};

/** A path tells more than the setting that opens it. */
function placeOf({ address, attribute }: Finding): string {
  return `${address} ${attribute ?? ''}`;
}
