import { defineConfig } from 'vitest/config';

/** For `npm run test:mutation:evidence`: the tests of the readers, of waivers and of what is remembered. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'tests/src/gate/{waivers,known-failures,memory,unreliable}.test.ts',
      'tests/src/gate/evidence/**/*.test.ts',
    ],
    exclude: ['tests/src/gate/evidence/fuzz/**', 'tests/src/gate/evidence/real-reports.test.ts'],
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
