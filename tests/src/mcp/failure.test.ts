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

test('what was written before it failed is told, as what was done in part', () => {
  const error = new PaceError({
    ...{ kind: 'transient', message: '7 was changed in part.', remedy: 'Please try again.' },
    done: ['7: title', '7: la\nbels of hunter2'],
  });
  const world = { ...testWorld(), redact: (text: string) => text.replaceAll('hunter2', '***') };
  expect(failureOf(error, world).text).toBe(`Error (partial, transient), written by PACE, with words of the tracker:
\`\`\`text
7 was changed in part.
\`\`\`
Done before it failed:
\`\`\`text
7: title
7: la bels of ***
\`\`\`
What to do: Please try again.`);
});
