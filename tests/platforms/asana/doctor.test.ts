import { expect, test } from 'vitest';
import type { Diagnosis, Settings } from '../../../core/ports/index.ts';
import { type AsanaOptions, startAsana } from '../../support/asana.ts';
import { expectDescribed, trackerFor } from './bench.ts';

const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

async function diagnose(options: AsanaOptions = {}, more: Settings = {}, denied: string[] = []) {
  const server = await startAsana(options);
  for (const scope of denied) server.state.denied.add(scope);
  try {
    const found = (await trackerFor(server, more).tracker.diagnose?.(NEEDS)) ?? [];
    expect(server.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
    expectDescribed(server);
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
  expect(short(await diagnose())).toEqual([
    'ok token: a token of Release Bot',
    'ok project: Release',
    'ok sections: To do, Doing, In review, Blocked, Done, Canceled',
    'ok state for open: “To do”',
    'ok state for done: “Done”',
    'ok state for canceled: “Canceled”',
    'ok custom fields: Priority, Type, Story Points',
    `unknown create tasks: ${UNPROVEN}`,
    `unknown create tags: ${UNPROVEN}`,
    `unknown comment on tasks: ${UNPROVEN}`,
  ]);
});

test('a project with nothing of its own can open and close', async () => {
  const found = short(await diagnose({ sections: ['Untitled section'], fields: {} }));
  expect(found.slice(2, -3)).toEqual([
    'ok sections: Untitled section',
    'ok state for open: incomplete',
    'ok state for done: completed',
    'degraded state for canceled: Nothing stands for the state canceled here. Available: “Untitled section”.',
    'ok custom fields: none: priority, type and points cannot be kept',
  ]);
});

test.each([
  ['a wrong token', {}, { token: 'wrong' }, [], /PACE_ASANA_TOKEN/, 'token'],
  ['a project that is not there', {}, { project: '77' }, [], /check the number/, 'project'],
  ['a token that may not see the project', {}, {}, ['projects:read'], /`projects:read`/, 'project'],
] as const)('%s is the end of it', async (_, options, settings, denied, remedy, check) => {
  const last = (await diagnose(options, settings, [...denied])).at(-1);
  expect([last?.check, last?.state]).toEqual([check, 'broken']);
  expect(last?.remedy).toMatch(remedy);
});

test('an archived project is said to be', async () => {
  expect(short(await diagnose({ archived: true }))).toContain('degraded project: Release is archived.');
});
