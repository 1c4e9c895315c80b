import { afterEach, expect, test } from 'vitest';
import { type ClickUp, type ClickUpOptions, startClickUp } from '../../support/clickup.ts';
import { trackerOn } from './bench.ts';

const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

const opened: ClickUp[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

async function diagnosed(options: ClickUpOptions = {}, settings: Record<string, string> = {}) {
  const server = await startClickUp(options);
  opened.push(server);
  const { tracker } = await trackerOn(server, settings);
  const found = (await tracker.diagnose?.(NEEDS)) ?? [];
  expect(server.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
  return found;
}

test('all is well', async () => {
  expect((await diagnosed()).map(({ check, state, detail }) => `${check}: ${state}: ${detail}`)).toEqual([
    'token: ok: a token of pace-bot',
    'list: ok: Releases (901234567890)',
    'state for open: ok: “to do”',
    'state for done: ok: “complete”',
    'state for canceled: ok: “cancelled”',
    'tags: ok: switched on in the Space Shop',
    'create tasks: ok: The token’s user may “create”.',
    'edit tasks: ok: The token’s user may “create”.',
    'comment on tasks: ok: The token’s user may “create”.',
  ]);
});

test('what is missing is said, with what to do', async () => {
  const statuses = [
    { status: 'to do', type: 'open' },
    { status: 'complete', type: 'closed' },
  ];
  const found = await diagnosed({ statuses, level: 'comment', features: { tags: { enabled: false } } });
  const bad = found.filter(({ state }) => state !== 'ok');
  expect(bad.map(({ check, state }) => `${check}: ${state}`)).toEqual([
    'state for canceled: degraded',
    'tags: broken',
    'create tasks: broken',
    'edit tasks: broken',
  ]);
  for (const { remedy } of bad) expect(remedy).toMatch(/^Please /);
});

test('a wrong token and a wrong List end the looks', async () => {
  expect((await diagnosed({}, { token: 'pk_wrong' })).map(({ check, state }) => [check, state])).toEqual([
    ['token', 'broken'],
  ]);
  expect((await diagnosed({}, { list: '1' })).map(({ check, state }) => [check, state])).toEqual([
    ['token', 'ok'],
    ['list', 'broken'],
  ]);
});
