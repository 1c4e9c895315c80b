/** `pace issue undo` where the tracker keeps nothing that could be taken back. */
import { expect, test } from 'vitest';
import { undoIssue } from '../../../src/commands/issue/undo.ts';
import { testWorld } from '../../support/world.ts';

test.each([
  ['github', 'GitHub', { GITHUB_TOKEN: 'token', GITHUB_REPOSITORY: 'octo-org/octo-repo' }],
  ['asana', 'Asana', { ASANA_TOKEN: 'token', ASANA_PROJECT_ID: '1200000000000001' }],
])('%s undoes nothing, and says so before it is asked for a history', async (backend, name, env) => {
  const asked: unknown[] = [];
  const world = testWorld({
    env,
    fetch: async (input) => {
      asked.push(input);
      throw new Error('Nothing is to be asked.');
    },
  });
  await expect(undoIssue(world, { backend, key: '12' })).rejects.toMatchObject({
    kind: 'unsupported',
    message: `${name} cannot undo a change.`,
  });
  expect(asked).toEqual([]);
});
