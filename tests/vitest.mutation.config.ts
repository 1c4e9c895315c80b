import { defineConfig } from 'vitest/config';

/** For `npm run test:mutation`: the fast tests of what is mutated. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'tests/src/gate/{decide,journal}.test.ts',
      'tests/platforms/{escalations,own-issues,settled-checks,tracker-adapter,untrusted-text}.test.ts',
    ],
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
