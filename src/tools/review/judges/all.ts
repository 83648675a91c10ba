import type { Judge } from '../review';
import { judgeExposure } from './exposure';
import { judgeLostData } from './lost-data';
import { judgeOutages } from './outages';
import { judgeUnknowns } from './unknowns';
import { judgeUnmeasured } from './unmeasured';

/** Every kind of harm that a review looks for; what none of them tells, it tells itself. */
export const judges: readonly Judge[] = [judgeLostData, judgeOutages, judgeExposure, judgeUnknowns, judgeUnmeasured];
