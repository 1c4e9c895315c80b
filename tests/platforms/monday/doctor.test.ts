import { expect, test } from 'vitest';
import type { Diagnosis, Settings } from '../../../core/ports/index.ts';
import { isMutation, type Monday, type MondayOptions, startMonday, USUAL_LABELS } from '../../support/monday.ts';
import { trackerOn } from './bench.ts';

const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

async function diagnose(
  options: MondayOptions = {},
  { settings = {}, change }: { settings?: Settings; change?: (server: Monday) => void } = {},
): Promise<readonly Diagnosis[]> {
  const server = await startMonday(options);
  change?.(server);
  try {
    const found = (await trackerOn(server, settings).tracker.diagnose?.(NEEDS)) ?? [];
    expect(server.exchanges.filter(({ asked }) => isMutation(asked))).toEqual([]);
    expect(server.exchanges.length).toBeLessThanOrEqual(2);
    return found;
  } finally {
    await server.close();
  }
}

function short(diagnoses: readonly Diagnosis[]): string[] {
  return diagnoses.map(({ check, state, detail }) => `${state} ${check}: ${detail}`);
}

test('all is well, but for what only writing would show', async () => {
  expect(short(await diagnose())).toEqual([
    'ok token: The token of Ada Lovelace.',
    'ok board: The board “Release”.',
    'ok column for status: “Status” (status)',
    'ok column for labels: “Labels” (dropdown)',
    'ok column for description: “Description” (long_text)',
    'ok column for data: “PACE data” (text)',
    'ok states: Available: open, in_progress, in_review, blocked, done, canceled.',
    'unknown edit items: Cannot be checked without writing.',
  ]);
});

test('a wrong token and a board that is not there are the end of it', async () => {
  const wrong = await diagnose({}, { settings: { token: 'wrong' } });
  expect(wrong.map(({ check, state }) => `${state} ${check}`)).toEqual(['broken token', 'broken board']);
  expect(wrong[0]?.remedy).toContain('PACE_MONDAY_TOKEN');
  expect(short(await diagnose({}, { settings: { board: '42' } })).slice(1)).toEqual([
    'broken board: monday has no board 42 that this token sees.',
  ]);
});

test('a board as monday makes it lacks columns and a label', async () => {
  const labels = { ...USUAL_LABELS, Status: ['Working on it', 'Done*', 'Stuck'] };
  const columns = { Person: 'people', Status: 'status', Date: 'date', Notes: 'long_text' };
  const found = await diagnose({ labels, columns });
  expect(short(found).slice(2, 7)).toEqual([
    'ok column for status: “Status” (status)',
    'broken column for labels: The board has no column for labels.',
    'ok column for description: “Notes” (long_text)',
    'broken column for data: The board has no column for data.',
    'degraded states: Nothing stands for: canceled. The status column has “Working on it”, “Done”, “Stuck”.',
  ]);
  expect(found[3]?.remedy).toContain('of the type Dropdown with the title “Labels”');
});

test('a user who may only look, and a column that is too short', async () => {
  const columns = { Status: 'status', Labels: 'dropdown', Description: 'long_text', 'PACE data': 'long_text' };
  const change = ({ account }: Monday) => {
    account.access = 'view';
  };
  const found = await diagnose({ columns }, { change });
  expect(found.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${state} ${check}`)).toEqual([
    'degraded column for data',
    'broken edit items',
  ]);
});
