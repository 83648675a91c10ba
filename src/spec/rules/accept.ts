import type { EnvironmentSpec } from '../environment';
import type { Finding } from './report';

/** A finding is accepted once, by one reason. */
export function* acceptRules({ accept }: EnvironmentSpec): Iterable<Finding> {
  const known = new Set<string>();
  for (const [index, { change }] of accept.entries()) {
    if (known.has(change)) {
      yield {
        path: ['accept', String(index), 'change'],
        expected: 'expected another change than the acceptances above',
        advice: 'remove one of the two',
      };
    }
    known.add(change);
  }
}
