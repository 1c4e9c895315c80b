import { defineConfig } from 'vitest/config';
import { skippedReporter } from './support/skipped.ts';

const results = process.env['PACE_TEST_RESULTS'];

/**
 * What kills, disturbs or attacks whole runs, drives whole programs from end to end, packs the library, or gives every function each
 * hostile text: minutes by itself, and no part of `npm test`.
 */
const SLOW = [
  ...['tests/faults/**/*.test.ts', 'tests/hostile/**/*.test.ts', 'tests/core/text/linear.test.ts'],
  'tests/integration/{crash*,*-runs,bad-input,github-days,github-modes,github-trouble}.test.ts',
  'tests/integration/{github-checks,jenkins-github,canaries,agents-page,gitlab-ci-local}.test.ts',
  'tests/integration/{issue-commands,library,platform-new,state-branch}.test.ts',
  // each step of them reads and writes whole files, on the disk
  'tests/platforms/{markdown,spec_kitty,spec_kit,pace_plan,hosted}/contract.test.ts',
  'tests/platforms/spec_kitty/program.test.ts',
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
