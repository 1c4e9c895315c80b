import { test } from 'vitest';

/**
 * For a test that needs a program of the system: `undefined` when it is there, else why the test is skipped.
 * With `PACE_TEST_REQUIRE=all`, as CI has it, a missing program is an error.
 */
export function lacking(isThere: boolean, reason: string): string | undefined {
  if (isThere) return undefined;
  if (process.env['PACE_TEST_REQUIRE'] === 'all')
    throw new Error(`A program that the tests need is missing: ${reason}.`);
  return reason;
}

/** `test`, skipped with the reason where there is one. */
export function testUnless(reason: string | undefined) {
  return test.extend<{ needed: undefined }>({
    needed: [
      async ({ skip }, use) => {
        skip(reason !== undefined, reason);
        await use(undefined);
      },
      { auto: true },
    ],
  });
}
