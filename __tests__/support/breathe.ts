import { setImmediate } from 'node:timers/promises';
import { afterEach } from 'vitest';

// Tests that run a program wait for it without letting anything else happen: the runner would take a worker for dead that
// has not answered for a minute.
afterEach(async () => {
  await setImmediate();
});
