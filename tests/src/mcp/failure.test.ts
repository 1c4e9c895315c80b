/** What a model is told to do where an error has no remedy of its own. */
import { expect, test } from 'vitest';
import { type ErrorKind, PaceError } from '../../../core/errors.ts';
import { failureOf } from '../../../src/mcp/failure.ts';
import { testWorld } from '../../support/world.ts';

const MEND = 'Please correct the arguments, and call again.';
const TELL = 'No argument changes that: please tell the person who started you.';

test.each<[ErrorKind, string, string, string]>([
  ['configuration', 'configure', '', TELL],
  ['configuration', 'usage', '', MEND],
  ['validation', 'createIssue', '', MEND],
  ['permission', 'createIssue', '', TELL],
  ['permission', 'createIssue', 'Ask ann.', 'Ask ann.'],
])('of kind %s, of %s, with the remedy “%s”: %s', (kind, operation, remedy, todo) => {
  const error = new PaceError({ kind, operation, message: 'No.', remedy });
  expect(failureOf(error, testWorld())).toEqual({
    isError: true,
    text: `Error (${kind}), written by PACE, with words of the tracker:\n\`\`\`text\nNo.\n\`\`\`\nWhat to do: ${todo}`,
  });
});
