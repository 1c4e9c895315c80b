import { expect, test } from 'vitest';
import type { Diagnosis, Settings } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/linear/issues.ts';
import { isMutation, type LinearOptions, startLinear } from '../../support/linear.ts';
import { testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

async function diagnose(options: LinearOptions = {}, more: Settings = {}): Promise<readonly Diagnosis[]> {
  const server = await startLinear(options);
  try {
    const tracker = await createTracker(testWorld(), settingsFor(server, more));
    const found = (await tracker.diagnose?.(NEEDS)) ?? [];
    expect(server.exchanges.filter(({ asked }) => isMutation(asked))).toEqual([]);
    return found;
  } finally {
    await server.close();
  }
}

function short(diagnoses: readonly Diagnosis[]): string[] {
  return diagnoses.map(({ check, state, detail }) => `${state} ${check}: ${detail}`);
}

const UNPROVEN = 'Cannot be checked without writing.';

test('all is well, but for what only writing would show', async () => {
  expect(short(await diagnose({}, { project: 'Website' }))).toEqual([
    'ok token: a token of ada in Acme',
    'ok team: PACE (Release)',
    'ok state for open: “Backlog”',
    'ok state for done: “Done”',
    'ok state for canceled: “Canceled”',
    'ok estimates: 1, 2, 3, 5, 8, 13, 21',
    'ok project: Website, 0 milestones',
    `unknown Create issues: ${UNPROVEN}`,
    `unknown Write: ${UNPROVEN}`,
    `unknown Create comments: ${UNPROVEN}`,
  ]);
});

test('a wrong token is the end of it', async () => {
  const [first, ...others] = await diagnose({}, { token: 'lin_api_wrong' });
  expect([first?.check, first?.state, others]).toEqual(['token', 'broken', []]);
  expect(first?.remedy).toMatch(/PACE_LINEAR_TOKEN/);
});

test('a team that is not there is the end of it, too', async () => {
  expect(short(await diagnose({}, { team: 'NOPE' })).slice(1)).toEqual([
    'broken team: Linear has no team NOPE that this token sees.',
  ]);
});

test('a workflow in which nothing is closed is said to be', async () => {
  const found = await diagnose({ states: { Todo: 'unstarted', Doing: 'started' } });
  expect(short(found).filter((line) => line.includes('state for'))).toEqual([
    'ok state for open: “Todo”',
    'degraded state for done: Nothing stands for the state done here. Available: “Todo”, “Doing”.',
    'degraded state for canceled: Nothing stands for the state canceled here. Available: “Todo”, “Doing”.',
  ]);
});
