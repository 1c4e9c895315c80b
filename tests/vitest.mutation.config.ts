import { defineConfig } from 'vitest/config';

/** For `npm run test:mutation`: the fast tests of what is mutated. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'tests/src/gate/{decide,verdict,pause,journal,identity/*}.test.ts',
      'tests/src/gate/state/{kept-files,pause-file,sprint-files}.test.ts',
      'tests/core/adapters/{owner,state-folder,ci/*,issues/*}.test.ts',
      'tests/core/text/untrusted-text.test.ts',
    ],
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
