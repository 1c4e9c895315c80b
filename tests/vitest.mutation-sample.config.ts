import { defineConfig } from 'vitest/config';

/**
 * For `npm run test:mutation:sample`: the fast tests, in the process of the test. Left out are those that start the whole product
 * or that ask about files, docs and the tests' own support. Which changes are left out of the draw, and why, stands in
 * `.ci/mutation/texts-for-people.ts`.
 */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/*/**/*.test.ts'],
    exclude: ['tests/{integration,faults,support,ci}/**'],
    setupFiles: ['.ci/mutation/setup.ts', 'tests/support/seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
