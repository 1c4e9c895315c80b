import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // a file for programs, where one is asked for
    reporters: process.env['PACE_TEST_RESULTS']
      ? ['default', ['json', { outputFile: process.env['PACE_TEST_RESULTS'] }]]
      : ['default'],
  },
});
