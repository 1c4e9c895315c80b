import { defineConfig } from 'vitest/config';
import { skippedReporter } from './support/skipped.ts';

const results = process.env['PACE_TEST_RESULTS'];

/**
 * What kills or disturbs whole runs at every point, what builds and packs the whole library, and what gives every function each hostile
 * text: minutes by itself, and no part of `npm test`.
 */
const SLOW = [
  ...['tests/faults/**/*.test.ts', 'tests/integration/{crash*,github-trouble,library,platform-new}.test.ts'],
  'tests/core/text/linear.test.ts',
];

/** Two sets of tests, in everything else alike: `npm test` and `npm run test:slow`; without `--project`, both. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
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
    // all cores: the process that hands out the files has next to nothing to do itself
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'usual', include: ['tests/**/*.test.ts'], exclude: SLOW } },
      { extends: true, test: { name: 'slow', include: SLOW } },
    ],
  },
});
