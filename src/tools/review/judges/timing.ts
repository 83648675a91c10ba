import type { Change } from '../change';

/** An estimate: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html tells what restarts, not for how long. */
export const RESTARTS = 'it restarts, usually about 1 to 10 minutes without a connection';

/** When a database or a cache takes on what needs a restart. */
export function timed({ after }: Change, effect: string): string {
  return after?.['apply_immediately'] === true
    ? `at once, because apply_immediately is on: ${effect}`
    : `in its next maintenance window (apply_immediately is off): ${effect}`;
}

/** What to do about what can wait for the window, and about what already does. */
export function quietly({ after }: Change): string {
  return after?.['apply_immediately'] === true
    ? 'apply it in a quiet hour, or leave it to the maintenance window with apply_immediately: false'
    : 'see that its maintenance window is a quiet hour';
}

export const QUIET_HOUR = 'apply it in a quiet hour';
