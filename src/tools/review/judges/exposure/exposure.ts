import type { Comparison } from '../../change';
import type { Finding } from '../../finding';
import type { Judge } from '../../review';
import { isAt } from './decisive';
import { grantedAccess } from './granted-access';
import { liftedDenials } from './lifted-denials';
import { madeThings } from './made-things';
import { openedGroups } from './opened-groups';
import { openedPaths } from './opened-paths';
import { weakenedGuards } from './weakened-guards';
import { widenedPermissions } from './widened-permissions';
import { widenedTrusts } from './widened-trusts';

/** What a change opens: paths that were not there, guards that are weaker, permissions that are wider. */
export const judgeExposure: Judge = function* exposure(comparison: Comparison): Iterable<Finding> {
  const opened = [...openedPaths(comparison), ...openedGroups(comparison)];
  const found = [
    ...opened,
    ...[...weakenedGuards(comparison)].filter((finding) => !opened.some((one) => isSamePlace(one, finding))),
    ...widenedPermissions(comparison),
    ...widenedTrusts(comparison),
    ...liftedDenials(comparison),
    ...grantedAccess(comparison),
  ];
  yield* found;
  const addresses = new Set(found.map(({ address }) => address));
  for (const finding of madeThings(comparison)) if (!addresses.has(finding.address)) yield finding;
};

/** A path tells more than the setting that opens it. */
function isSamePlace(
  { address, attribute = '' }: Finding,
  { address: other, attribute: place = '' }: Finding,
): boolean {
  return address === other && (attribute === place || isAt(place, attribute) || isAt(attribute, place));
}
