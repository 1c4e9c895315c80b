/** Trouble that is not about one pair: what was done is remembered and told, and one bad issue holds up nothing. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssueFilter } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

const error = (kind: 'transient' | 'validation' | 'rate-limit' | 'permission') =>
  new PaceError({ kind, message: 'It did not go well.', remedy: 'Please try again.' });

test('a limit of requests amid the writes: what was written is remembered, and the rest told and done by the next run', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  for (const title of ['One', 'Two', 'Three']) await a.createIssue({ title, body: '' });
  const { createIssue, listIssues } = b;
  let isOver = false;
  Object.assign(b, {
    createIssue: async (draft: IssueDraft) => {
      isOver = draft.title === 'Two';
      if (isOver) throw error('rate-limit');
      return createIssue(draft);
    },
    listIssues: async function* (filter?: IssueFilter) {
      if (isOver) throw error('rate-limit');
      yield* listIssues(filter);
    },
  });
  const report = await bench.run();
  expect(report.written).toMatchObject([{ kind: 'create', other: '1' }]);
  expect(report.left).toMatchObject([
    { kind: 'failed', key: '2' },
    { kind: 'failed', key: '3' },
    // its files were still to be looked at
    { kind: 'failed', key: '1' },
  ]);
  expect(bench.state().pairs.size).toBe(1);
  expect(bench.state().retries).toMatchObject([{ key: '2' }, { key: '3' }, { key: '1' }]);
  Object.assign(b, { createIssue, listIssues });
  bench.world.advance(3_600_000);
  expect((await bench.run()).left).toEqual([]);
  expect(await collect(b.listIssues())).toHaveLength(3);
});

test('a connection that is lost when all is written: that is remembered and told, and not in step', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  const { createIssue, listIssues } = b;
  let isLost = false;
  Object.assign(b, {
    createIssue: async (draft: IssueDraft) => {
      isLost = true;
      return createIssue(draft);
    },
    listIssues: async function* (filter?: IssueFilter) {
      if (isLost) throw error('transient');
      yield* listIssues(filter);
    },
  });
  const report = await bench.run();
  expect(report.written).toMatchObject([{ kind: 'create', other: '1' }]);
  expect([report.inStep, report.left]).toEqual([false, [expect.objectContaining({ kind: 'failed' })]]);
  expect(bench.state().pairs.size).toBe(1);
  Object.assign(b, { createIssue, listIssues });
  bench.world.advance(60_000);
  expect(await bench.run()).toMatchObject({ inStep: true, written: [] });
});

test('an issue that can never be read is tried by each run, and nothing else is read again for it', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Old', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.createIssue({ title: 'Bad', body: '' });
  const { createIssue } = b;
  Object.assign(b, { createIssue: async () => Promise.reject(error('validation')) });
  expect((await bench.run()).left).toMatchObject([{ kind: 'failed', key: '2' }]);
  Object.assign(b, { createIssue });
  const { getIssue } = a;
  Object.assign(a, {
    getIssue: async (key: string) => (key === '2' ? Promise.reject(error('permission')) : getIssue(key)),
  });
  bench.world.advance(3_600_000);
  // from the second of these on no list has it any more
  for (const title of ['Older', 'Oldest', 'Eldest']) {
    await a.updateIssue('1', { title });
    const { updatedAt } = await a.getIssue('1');
    expect((await bench.run()).left).toMatchObject([{ kind: 'failed', key: '2' }]);
    expect((await b.getIssue('1')).title).toBe(title);
    expect(bench.state().watermarks.a?.seen).toBe(updatedAt);
    bench.world.advance(3_600_000);
  }
  expect((await bench.run()).left).toMatchObject([{ kind: 'failed', key: '2' }]);
  Object.assign(a, { getIssue });
  expect((await bench.run()).left).toEqual([]);
  expect(await collect(b.listIssues())).toHaveLength(2);
});

test('who is assigned, or linked, while sync looks again at what it wrote comes over with the next run', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await a.createIssue({ title: 'Two', body: '' });
  await a.createIssue({ title: 'Three', body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  await a.updateIssue('1', { title: 'First' });
  await a.updateIssue('2', { title: 'Second' });
  const { updateIssue } = b;
  Object.assign(b, {
    updateIssue: async (key: string, patch: Parameters<typeof updateIssue>[1]) => {
      const answer = await updateIssue(key, patch);
      bench.world.advance(1000);
      if (key === '1') await updateIssue('1', { addAssignees: ['ann'] });
      else await b.createLink('2', { type: 'blocks', target: '3' });
      return answer;
    },
  });
  const maps = { states: {}, types: {}, labels: {}, people: { ann: { a: 'ann', b: 'ann' } } };
  await bench.run({ maps });
  Object.assign(b, { updateIssue });
  bench.world.advance(3_600_000);
  await bench.run({ maps });
  expect((await a.getIssue('1')).assignees).toMatchObject([{ id: 'ann' }]);
  expect(await a.getIssueLinks('2')).toEqual([{ type: 'blocks', target: '3' }]);
  expect((await bench.run({ maps })).written).toEqual([]);
});

test('where comments are not kept in step, a second run does nothing for an issue that has some', async () => {
  const bench = syncBench();
  await bench.trackers.a.createIssue({ title: 'One', body: '' });
  await bench.trackers.a.addComment('1', 'Of a');
  await bench.run({ fields: ['title', 'body'] });
  const saves = bench.saves();
  bench.requests();
  await bench.run({ fields: ['title', 'body'] });
  const quiet = bench.requests();
  await bench.run({ fields: ['title', 'body'] });
  expect([bench.saves(), bench.requests()]).toEqual([saves, quiet]);
  expect(await collect(bench.trackers.b.listComments('1'))).toEqual([]);
});

test('a parent that turns out to be gone while sync is at work is no change of its children', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  for (const title of ['Parent', 'One', 'Two']) await a.createIssue({ title, body: '' });
  await a.updateIssue('2', { parent: '1' });
  await bench.run();
  bench.world.advance(3_600_000);
  await a.updateIssue('3', { parent: '1', title: 'First' });
  await a.updateIssue('2', { title: 'Second' });
  const { updateIssue } = b;
  let isGone = false;
  Object.assign(b, {
    updateIssue: async (...given: Parameters<typeof updateIssue>) => {
      bench.world.advance(5000);
      if (!isGone) await bench.drivers.b.deleteIssue?.('1');
      isGone = true;
      return updateIssue(...given);
    },
  });
  const { left } = await bench.run();
  expect(left).toMatchObject([
    { kind: 'failed', key: '3', field: 'parent' },
    { kind: 'orphan', key: '1' },
  ]);
  expect((await b.getIssue('2')).title).toBe('Second');
});
