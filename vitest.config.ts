import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    globalSetup: ['__tests__/support/temporary.ts'],
    setupFiles: ['__tests__/support/matchers.ts', '__tests__/support/breathe.ts'],
    testTimeout: 240_000,
  },
});
