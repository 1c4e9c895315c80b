import { defineConfig } from 'vitest/config';
import { skippedReporter } from './support/skipped.ts';

const results = process.env['PACE_TEST_RESULTS'];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    reporters: [
      'default',
      skippedReporter(),
      // a file for programs, where one is asked for
      ...(results ? [['json', { outputFile: results }] satisfies [string, object]] : []),
    ],
  },
});
