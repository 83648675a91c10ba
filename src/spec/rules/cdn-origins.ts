import type { EnvironmentSpec } from '../environment';
import type { SpecPath } from './report';

/** Every origin that a CDN names, and where in the file it does. */
export function cdnOrigins(cdn: NonNullable<EnvironmentSpec['cdn']>): { path: SpecPath; origin: string }[] {
  return [
    { path: ['cdn', 'origin'], origin: cdn.origin },
    ...cdn.behaviors.map(({ origin }, index) => ({ path: ['cdn', 'behaviors', String(index), 'origin'], origin })),
  ];
}
