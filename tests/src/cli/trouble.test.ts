/** What programs are told of an error, and the exit code that goes with it. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { recordOf } from '../../../src/cli/trouble.ts';
import { errorExitCode } from '../../../src/commands/exit-codes.ts';

const refused = {
  kind: 'validation',
  message: '7 has no label.',
  remedy: 'Change 7.',
  operation: 'createIssue',
} as const;

test('what was done before it failed makes it partial, so that nobody does it again', () => {
  const error = new PaceError({ ...refused, done: ['7: created'] });
  expect([errorExitCode(error), recordOf(error)]).toEqual([64, { ...refused, kind: 'partial', done: ['7: created'] }]);
});

test.each([[{}], [{ done: [] }]])('a refusal of which nothing was done keeps its kind: %j', (details) => {
  const error = new PaceError({ ...refused, ...details });
  expect([errorExitCode(error), recordOf(error)]).toEqual([6, refused]);
});
