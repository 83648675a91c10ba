import type { EnvironmentSpec } from '../environment';
import type { Finding } from './report';
import { runningServices } from './running-services';

/** Times of day at which scaling gets other bounds. */
export function* scheduleRules(spec: EnvironmentSpec): Iterable<Finding> {
  for (const { path, service } of runningServices(spec)) {
    const { scaling } = service;
    if (!scaling) continue;
    for (const { name, min, max } of scaling.schedules) {
      const here = [...path, 'scaling', 'schedules', name];
      if (min === undefined && max === undefined) {
        yield {
          path: here,
          expected: 'expected min, max or both',
          got: undefined,
          advice: 'it would change nothing, and AWS refuses it',
        };
      } else if ((min ?? scaling.min) > (max ?? scaling.max)) {
        yield {
          path: [...here, min === undefined ? 'max' : 'min'],
          expected:
            min === undefined
              ? `expected at least ${scaling.min}, the min of scaling`
              : `expected at most ${max ?? scaling.max}, the max ${max === undefined ? 'of scaling' : 'beside it'}`,
          advice: 'AWS would refuse the bounds when the time comes, and nothing would change',
        };
      }
    }
  }
}
