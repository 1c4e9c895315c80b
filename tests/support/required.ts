/**
 * For a test that needs a program of the system: `undefined` when it is there, else why the test is skipped, which is printed too.
 * With `PACE_TEST_REQUIRE=all`, as CI has it, a missing program is an error.
 */
export function lacking(isThere: boolean, reason: string): string | undefined {
  if (isThere) return undefined;
  if (process.env['PACE_TEST_REQUIRE'] === 'all')
    throw new Error(`A program that the tests need is missing: ${reason}.`);
  process.stderr.write(`Skipped: ${reason}.\n`);
  return reason;
}
