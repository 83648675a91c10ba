import type { Judge } from '../review';
import { judgeLostData } from './data/lost-data';
import { judgeExposure } from './exposure/exposure';
import { judgeOutages } from './outages/outages';
import { judgePlainSecrets } from './plain-secrets';
import { judgeUnknowns } from './unknowns';
import { judgeUnmeasured } from './unmeasured';

/** Every kind of harm that a review looks for; what none of them tells, it tells itself. */
export const judges: readonly Judge[] = [
  judgeLostData,
  judgeOutages,
  judgeExposure,
  judgePlainSecrets,
  judgeUnknowns,
  judgeUnmeasured,
];
