import { defineConfig } from 'vitest/config';

/** Terraform and the provider wait two thirds of the time; what they do between is bound to the processor. */
const AT_ONCE = 4;

export default defineConfig({
  test: {
    include: ['e2e/*.e2e.ts'],
    globalSetup: ['e2e/support/global-setup.ts'],
    reporters: ['verbose'],
    disableConsoleIntercept: true,
    fileParallelism: false,
    maxConcurrency: AT_ONCE,
    testTimeout: 3_600_000,
    hookTimeout: 900_000,
  },
});
