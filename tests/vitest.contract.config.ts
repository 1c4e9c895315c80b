import { defineConfig } from 'vitest/config';
import { skippedReporter } from './support/skipped.ts';

const MINUTE = 60_000;

/** The contract suites against a server of one's own: `npm run contract`, which says where. No part of any other run. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/contract/real/suite.ts'],
    // servers ask for pauses, and many things are closed at the end
    testTimeout: 10 * MINUTE,
    hookTimeout: 30 * MINUTE,
    reporters: ['default', skippedReporter()],
  },
});
