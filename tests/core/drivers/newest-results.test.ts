import { expect, it } from 'vitest';
import { newestResults } from '../../../core/drivers/newest-results.ts';
import type { CheckState } from '../../../core/ports/index.ts';

type Run = Readonly<Record<string, CheckState>>;

async function told(runs: readonly Run[]) {
  let asked = 0;
  const entries = await newestResults({
    runs,
    mayHaveFailed: (run) => Object.values(run).includes('failure'),
    read: async (run) => {
      asked += 1;
      return Object.entries(run).map(([name, state]) => ({ name, state }));
    },
    checkOf: (entry) => entry,
  });
  return { entries: entries.map(({ name, state }) => `${name}: ${state}`), asked };
}

it.each<[string, Run[], string[], number]>([
  ['no run', [], [], 0],
  ['one run', [{ a: 'skipped' }], ['a: skipped'], 1],
  ['a pass after a failure', [{ a: 'success' }, { a: 'failure' }], ['a: success'], 1],
  ['a failure after a pass', [{ a: 'failure' }, { a: 'success' }], ['a: failure'], 1],
  ['a run that goes on', [{ a: 'pending' }, { a: 'failure' }], ['a: pending'], 1],
  ['a run in a word of the future', [{ a: 'unknown' }, { a: 'failure' }], ['a: unknown'], 1],
  ['a skip after a failure', [{ a: 'skipped' }, { a: 'failure' }], ['a: skipped', 'a: failure'], 2],
  ['a cancellation after a failure', [{ a: 'cancelled' }, { a: 'failure' }], ['a: cancelled', 'a: failure'], 2],
  ['what waits after a failure', [{ a: 'waiting' }, { a: 'failure' }], ['a: waiting', 'a: failure'], 2],
  ['what is blocked after a failure', [{ a: 'blocked' }, { a: 'failure' }], ['a: blocked', 'a: failure'], 2],
  ['a skip after passes alone', [{ a: 'skipped' }, { a: 'success' }], ['a: skipped'], 1],
  [
    'a skip after a pass after a failure',
    [{ a: 'skipped' }, { a: 'success' }, { a: 'failure' }],
    ['a: skipped', 'a: success'],
    2,
  ],
  [
    'skips, one after the other',
    [{ a: 'skipped' }, { a: 'skipped' }, { a: 'failure' }, { a: 'success' }],
    ['a: skipped', 'a: skipped', 'a: failure'],
    3,
  ],
  [
    'a run that has run another part of it',
    [
      { a: 'success', b: 'skipped' },
      { a: 'failure', b: 'failure', c: 'failure' },
    ],
    ['a: success', 'b: skipped', 'b: failure'],
    2,
  ],
])('of %s comes what counts, for no more requests than needed', async (_, runs, entries, asked) => {
  expect(await told(runs)).toEqual({ entries, asked });
});

it('looks through twenty runs and no further', async () => {
  const skips = Array.from({ length: 19 }, (): Run => ({ a: 'skipped' }));
  expect((await told([...skips, { a: 'failure' }])).entries.at(-1)).toBe('a: failure');
  const { entries, asked } = await told([...skips, { a: 'skipped' }, { a: 'failure' }]);
  expect([entries.at(-1), asked]).toEqual(['a: skipped', 1]);
});
