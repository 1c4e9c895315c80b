/** A tracker in which whoever is named can be given an issue, beside one that knows its people. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { syncBench } from '../../support/sync-bench.ts';

const KNOWN = ['me', 'ann', 'ben'];

/** Trackers refuse whom they do not know, and all else that is sent with it. */
function withPeople() {
  const bench = syncBench({ b: { peopleAreNames: true } });
  const { a, b } = bench.trackers;
  const { createIssue, updateIssue, listUsers } = a;
  let asked = 0;
  const refuse = (people: readonly string[] = []) => {
    const [who] = people.filter((name) => !KNOWN.includes(name));
    if (who) throw new PaceError({ kind: 'validation', message: `Nobody is called ${who}.`, remedy: 'Please look.' });
  };
  Object.assign(a, {
    createIssue: async (draft: IssueDraft) => {
      refuse(draft.assignees);
      return createIssue(draft);
    },
    updateIssue: async (key: string, patch: IssuePatch) => {
      refuse([...(patch.assignees ?? []), ...(patch.addAssignees ?? [])]);
      return updateIssue(key, patch);
    },
    listUsers: () => {
      asked += 1;
      return listUsers();
    },
  });
  const peopleOf = async (side: 'a' | 'b', key: string) =>
    (await bench.trackers[side].getIssue(key)).assignees.map(({ id }) => id).sort();
  return { bench, a, b, peopleOf, asked: () => asked };
}

test('who is known comes over, who is not stays there, and nothing is left to do', async () => {
  const { bench, a, b, peopleOf } = withPeople();
  await b.createIssue({ title: 'One', body: '', assignees: ['an-agent', 'ann'] });
  const first = await bench.run();
  expect([first.left, await peopleOf('a', '1'), await peopleOf('b', '1')]).toEqual([[], ['ann'], ['an-agent', 'ann']]);
  bench.world.advance(3_600_000);
  await a.updateIssue('1', { addAssignees: ['me'], removeAssignees: ['ann'] });
  await b.updateIssue('1', { addAssignees: ['ben', 'another-agent'] });
  const second = await bench.run();
  expect([second.left, await peopleOf('a', '1')]).toEqual([[], ['ben', 'me']]);
  expect(await peopleOf('b', '1')).toEqual(['an-agent', 'another-agent', 'ben', 'me']);
  bench.world.advance(3_600_000);
  expect(await bench.run({ full: true })).toMatchObject({ inStep: true, written: [], left: [] });
});

test('nobody is asked who is there where all are in the map, or nothing is to be done', async () => {
  const { bench, b, peopleOf, asked } = withPeople();
  const maps = { states: {}, types: {}, labels: {}, people: { agent: { a: 'ben', b: 'an-agent' } } };
  await b.createIssue({ title: 'One', body: '', assignees: ['an-agent'] });
  await bench.run({ maps });
  expect([await peopleOf('a', '1'), asked()]).toEqual([['ben'], 0]);
  bench.world.advance(3_600_000);
  await b.updateIssue('1', { addAssignees: ['another-agent'] });
  await bench.run({ maps });
  expect(asked()).toBe(1);
  await bench.run({ maps });
  expect(asked()).toBe(1);
});

test('where nobody may ask who is there, each name is tried, and a refusal is told', async () => {
  const { bench, a, b, peopleOf } = withPeople();
  Object.assign(a, {
    listUsers: () => {
      throw new PaceError({ kind: 'permission', message: 'Not for you.', remedy: 'Please ask.' });
    },
  });
  await b.createIssue({ title: 'One', body: '', assignees: ['ann'] });
  await b.createIssue({ title: 'Two', body: '', assignees: ['an-agent'] });
  const { left } = await bench.run();
  expect(await peopleOf('a', '1')).toEqual(['ann']);
  expect(left).toMatchObject([{ kind: 'failed', field: 'assignees', message: 'Nobody is called an-agent.' }]);
});

test('who stays there comes over when the map names them', async () => {
  const { bench, b, peopleOf } = withPeople();
  await b.createIssue({ title: 'One', body: '', assignees: ['an-agent'] });
  await bench.run();
  bench.world.advance(3_600_000);
  const maps = { states: {}, types: {}, labels: {}, people: { agent: { a: 'ben', b: 'an-agent' } } };
  expect((await bench.run({ maps })).left).toEqual([]);
  expect([await peopleOf('a', '1'), await peopleOf('b', '1')]).toEqual([['ben'], ['an-agent']]);
  expect(await bench.run({ maps, full: true })).toMatchObject({ inStep: true, written: [] });
});
