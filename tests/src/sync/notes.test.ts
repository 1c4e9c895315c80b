/** What is said on an issue of which a value is overwritten: once, and whatever befalls the run that says it. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssuePatch } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { noteOf } from '../../../src/sync/footers.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const error = (kind: 'transient' | 'validation') =>
  new PaceError({ kind, message: 'It did not go well.', remedy: 'Please try again.' });

async function inConflict(of: { readonly a: IssuePatch; readonly b: IssuePatch }): Promise<SyncBench> {
  const bench = syncBench();
  await bench.trackers.a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await bench.trackers.a.updateIssue('1', of.a);
  await bench.trackers.b.updateIssue('1', of.b);
  return bench;
}

const TITLES = { a: { title: 'Of a' }, b: { title: 'Of b' } };

async function notesOn(bench: SyncBench, side: 'a' | 'b'): Promise<string[]> {
  const comments = await collect(bench.trackers[side].listComments('1'));
  return comments.map(({ body }) => body).filter((body) => noteOf(body) !== undefined);
}

test('a value that cannot be written over is told of once, by however many runs', async () => {
  const bench = await inConflict({ a: { state: 'done' }, b: { state: 'in_review' } });
  const { b } = bench.trackers;
  const { updateIssue } = b;
  Object.assign(b, {
    updateIssue: async (key: string, patch: IssuePatch) => {
      if (patch.state) throw error('validation');
      return updateIssue(key, patch);
    },
  });
  for (let count = 0; count < 3; count += 1) {
    expect((await bench.run({ prefer: 'a' })).left).toMatchObject([{ kind: 'failed', field: 'state' }]);
    bench.world.advance(3_600_000);
  }
  expect(await notesOn(bench, 'b')).toHaveLength(1);
  expect(bench.state().conflicts).toMatchObject([{ field: 'state', a: 'done', b: 'in_review', winner: 'a' }]);
  Object.assign(b, { updateIssue });
  expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
  expect((await b.getIssue('1')).state).toBe('done');
  expect(await notesOn(bench, 'b')).toHaveLength(1);
});

test('what is not clear is not overwritten, so nothing is said of it', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  const maps = { states: {}, types: { bug: 'story', task: 'story' }, labels: {}, people: {} };
  await a.createIssue({ title: 'One', body: '', type: 'epic' });
  await bench.run({ maps });
  bench.world.advance(60_000);
  await b.updateIssue('1', { type: 'story' });
  await a.updateIssue('1', { type: 'subtask' });
  for (let count = 0; count < 2; count += 1) {
    const { left } = await bench.run({ prefer: 'b', maps });
    expect(left).toMatchObject([{ kind: 'ambiguous', side: 'a', key: '1', field: 'type' }]);
  }
  expect([(await a.getIssue('1')).type, (await b.getIssue('1')).type]).toEqual(['subtask', 'story']);
  expect(await notesOn(bench, 'a')).toEqual([]);
});

test('an issue that somebody has changed meanwhile is looked at before something is said on it', async () => {
  const bench = await inConflict(TITLES);
  const { a, b } = bench.trackers;
  const { listComments } = a;
  Object.assign(a, {
    listComments: async function* (key: string) {
      yield* listComments(key);
      bench.world.advance(60_000);
      await b.updateIssue('1', { title: 'Of b, newer' });
    },
  });
  await a.addComment('1', 'So that they are read');
  expect((await bench.run({ prefer: 'a' })).left).toMatchObject([{ kind: 'failed' }]);
  expect(await notesOn(bench, 'b')).toEqual([]);
  Object.assign(a, { listComments });
  expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
  expect(await notesOn(bench, 'b')).toEqual([expect.stringContaining('Of b, newer')]);
});

test.each([true, false])('where the answer to it was lost, it is looked for; was it written: %s', async (isWritten) => {
  const bench = await inConflict(TITLES);
  const { b } = bench.trackers;
  const { addComment } = b;
  Object.assign(b, {
    addComment: async (key: string, text: string) => {
      if (isWritten) await addComment(key, text);
      throw error('transient');
    },
  });
  expect((await bench.run({ prefer: 'a' })).left).toMatchObject([{ kind: 'failed', message: 'It did not go well.' }]);
  Object.assign(b, { addComment });
  expect((await b.getIssue('1')).title).toBe('Of b');
  bench.world.advance(60_000);
  // a run that decides nothing forgets nothing
  await bench.run({ flow: 'to-a' });
  bench.world.advance(60_000);
  expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
  expect((await b.getIssue('1')).title).toBe('Of a');
  expect(await notesOn(bench, 'b')).toEqual([expect.stringContaining('Of b')]);
  expect(bench.state().conflicts).toMatchObject([{ a: 'Of a', b: 'Of b', winner: 'a' }]);
  expect((await bench.run()).written).toEqual([]);
});

test('where the issue cannot be read by the next run, the one after it looks still', async () => {
  const bench = await inConflict(TITLES);
  const { b } = bench.trackers;
  const { addComment, listComments } = b;
  Object.assign(b, { addComment: async () => Promise.reject(error('transient')) });
  await bench.run({ prefer: 'a' });
  Object.assign(b, {
    addComment,
    // biome-ignore lint/correctness/useYield: it fails before
    listComments: async function* () {
      throw error('transient');
    },
  });
  expect((await bench.run({ prefer: 'a' })).left).toMatchObject([{ kind: 'failed' }]);
  expect((await b.getIssue('1')).title).toBe('Of b');
  Object.assign(b, { listComments });
  expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
  expect(await notesOn(bench, 'b')).toHaveLength(1);
});

const LONG = `${'A long text, of which a comment has no room for all. '.repeat(1230)}End`;

test.each([65_000, 2000])(
  'of a long value as much is said as fits into %i characters, and all of it is kept',
  async (room) => {
    const bench = await inConflict({ a: { body: 'Short' }, b: {} });
    const { b } = bench.trackers;
    const { body } = await b.getIssue('1');
    await b.updateIssue('1', { body: `${LONG}\n\n${body}` });
    const { addComment } = b;
    Object.assign(b, {
      addComment: async (key: string, text: string) => {
        if (text.length > room) throw error('validation');
        return addComment(key, text);
      },
    });
    expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
    expect(await notesOn(bench, 'b')).toEqual([expect.stringMatching(/A long text.+pace sync conflicts --all/s)]);
    expect(bench.state().conflicts).toMatchObject([{ field: 'body', b: LONG.trim() }]);
    expect((await b.getIssue('1')).body).toMatch(/^Short/);
  },
);
