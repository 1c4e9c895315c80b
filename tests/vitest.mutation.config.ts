import { defineConfig } from 'vitest/config';

/** For `npm run test:mutation`: the fast tests of what is mutated. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'tests/src/gate/{decide,journal}.test.ts',
      'tests/core/adapters/{ci/settled-checks,issues/escalation-issue,issues/own-issues,issues/tracker-adapter}.test.ts',
      'tests/core/text/untrusted-text.test.ts',
    ],
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
