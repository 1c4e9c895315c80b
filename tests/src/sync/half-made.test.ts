/** Copies of which not everything was written: what they lack never changes the issue that they are copies of. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const error = (kind: 'transient' | 'validation' | 'transition' | 'rate-limit') =>
  new PaceError({ kind, message: 'It did not go well.', remedy: 'Please try again.' });
const POLICIES = ['ask', 'newer', 'b'] as const;

async function withSource(bench: SyncBench): Promise<void> {
  await bench.trackers.a.createIssue({ title: 'Old', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  const source = { title: 'One', body: 'Text', labels: ['x'], priority: 1, storyPoints: 3 } as const;
  await bench.trackers.a.createIssue({ ...source, state: 'done' });
}

async function expectTheSource(bench: SyncBench): Promise<void> {
  const whole = { title: 'One', body: 'Text', labels: ['x'], priority: 1, storyPoints: 3, state: 'done' };
  expect(await bench.trackers.a.getIssue('2')).toMatchObject(whole);
  expect(await bench.trackers.b.getIssue('2')).toMatchObject({ ...whole, body: expect.stringMatching(/^Text\n/) });
  expect(bench.state().conflicts).toEqual([]);
  expect((await bench.run()).written).toEqual([]);
  expect(await collect(bench.trackers.b.listIssues({ state: 'all' }))).toHaveLength(2);
}

test.each(POLICIES)('where the answer was lost before the rest was set, and %s wins', async (prefer) => {
  const bench = syncBench();
  await withSource(bench);
  const { b } = bench.trackers;
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async ({ title, body, metadata }: IssueDraft) => {
      bench.world.advance(60_000);
      await createIssue({ title, body, ...(metadata && { metadata }) });
      throw error('transient');
    },
  });
  expect((await bench.run({ prefer })).left).toMatchObject([{ kind: 'failed', key: '2' }]);
  Object.assign(b, { createIssue });
  bench.world.advance(60_000);
  expect((await bench.run({ prefer })).left).toEqual([]);
  await expectTheSource(bench);
});

test('what the copy has of its tracker alone stays there, and what was written on it comes over', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await withSource(bench);
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async (draft: IssueDraft) => {
      await createIssue({ ...draft, type: 'task' });
      throw error('transient');
    },
  });
  await bench.run();
  Object.assign(b, { createIssue });
  bench.world.advance(60_000);
  await a.updateIssue('2', { title: 'Second' });
  await b.updateIssue('2', { dueDate: '2026-12-24' });
  expect((await bench.run()).left).toEqual([]);
  expect([(await a.getIssue('2')).type, (await b.getIssue('2')).type]).toEqual([undefined, 'task']);
  expect((await b.getIssue('2')).title).toBe('Second');
  expect((await a.getIssue('2')).dueDate).toBe('2026-12-24');
  expect((await bench.run()).written).toEqual([]);
});

test.each(POLICIES)(
  'where fields are refused one by one, or a limit ends the run between them, and %s wins',
  async (prefer) => {
    const bench = syncBench();
    await withSource(bench);
    const { b } = bench.trackers;
    const { createIssue, updateIssue } = b;
    let kind: Parameters<typeof error>[0] = 'validation';
    Object.assign(b, {
      createIssue: async (draft: IssueDraft) => {
        if (draft.state) throw error('validation');
        return createIssue(draft);
      },
      updateIssue: async (key: string, patch: IssuePatch) => {
        if (patch.state) throw error(kind);
        return updateIssue(key, patch);
      },
    });
    const first = await bench.run({ prefer });
    expect(first.left).toMatchObject([{ kind: 'failed', side: 'b', key: '2', field: 'state' }]);
    kind = 'rate-limit';
    bench.world.advance(60_000);
    await b.addComment('2', 'It is the newer one');
    expect((await bench.run({ prefer })).left).toMatchObject([{ kind: 'failed', message: 'It did not go well.' }]);
    expect((await bench.trackers.a.getIssue('2')).state).toBe('done');
    Object.assign(b, { createIssue, updateIssue });
    bench.world.advance(60_000);
    expect((await bench.run({ prefer })).left).toEqual([]);
    await expectTheSource(bench);
  },
);

test('a state that is moved to by its name, and refused, is tried again', async () => {
  const bench = syncBench();
  await withSource(bench);
  const { b } = bench.trackers;
  const { transitionIssue } = b;
  Object.assign(b, { transitionIssue: async () => Promise.reject(error('transition')) });
  const done = (await bench.trackers.a.getIssue('2')).stateName;
  const maps = { states: { [done]: done }, types: {}, labels: {}, people: {} };
  expect((await bench.run({ prefer: 'newer', maps })).left).toMatchObject([{ kind: 'failed', field: 'state' }]);
  bench.world.advance(60_000);
  await b.addComment('2', 'It is the newer one');
  Object.assign(b, { transitionIssue });
  expect((await bench.run({ prefer: 'newer', maps })).left).toEqual([]);
  expect((await bench.trackers.a.getIssue('2')).state).toBe('done');
  expect((await b.getIssue('2')).state).toBe('done');
});

test('where neither can be read by the next run, the one after it knows still', async () => {
  const bench = syncBench();
  await withSource(bench);
  const { a, b } = bench.trackers;
  const [{ createIssue }, { getIssue, listIssues }] = [b, a];
  Object.assign(b, {
    createIssue: async ({ title, body, metadata }: IssueDraft) => {
      await createIssue({ title, body, ...(metadata && { metadata }) });
      throw error('transient');
    },
  });
  await bench.run();
  Object.assign(b, { createIssue });
  Object.assign(a, {
    getIssue: async (key: string) => (key === '2' ? Promise.reject(error('transient')) : getIssue(key)),
    // it is not among those that changed
    listIssues: async function* () {},
  });
  bench.world.advance(60_000);
  expect((await bench.run({ prefer: 'newer' })).left).toMatchObject([
    { kind: 'failed', side: 'a', key: '2' },
    { kind: 'failed', side: 'b', key: '2' },
  ]);
  Object.assign(a, { getIssue, listIssues });
  bench.world.advance(3_600_000);
  expect((await bench.run({ prefer: 'newer' })).left).toEqual([]);
  await expectTheSource(bench);
});

test.each(POLICIES)(
  'a state that the map names and the tracker lacks is told by each run and is no conflict; %s',
  async (prefer) => {
    const bench = syncBench();
    await withSource(bench);
    const { a, b } = bench.trackers;
    const { stateName } = await a.getIssue('2');
    const maps = { states: { [stateName]: 'Not There' }, types: {}, labels: {}, people: {} };
    for (let count = 0; count < 3; count += 1) {
      const { left } = await bench.run({ prefer, maps });
      expect(left).toMatchObject([{ kind: 'failed', side: 'b', key: '2', field: 'state' }]);
      bench.world.advance(60_000);
      await b.addComment('2', 'It is the newer one');
    }
    expect(bench.state().conflicts).toEqual([]);
    expect((await a.getIssue('2')).state).toBe('done');
    expect((await bench.run({ prefer })).left).toEqual([]);
    expect([(await a.getIssue('2')).state, (await b.getIssue('2')).state]).toEqual(['done', 'done']);
    expect(await collect(b.listIssues({ state: 'all' }))).toHaveLength(2);
  },
);

test('what somebody writes on such a copy before the next run stays, and comes to its source', async () => {
  const bench = syncBench();
  await withSource(bench);
  const { a, b } = bench.trackers;
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async ({ title, body, metadata, labels }: IssueDraft) => {
      await createIssue({ title, body, ...(metadata && { metadata }), ...(labels && { labels }) });
      throw error('transient');
    },
  });
  await bench.run();
  Object.assign(b, { createIssue });
  bench.world.advance(60_000);
  const { body } = await b.getIssue('2');
  await b.updateIssue('2', {
    title: 'One, and better',
    body: body.replace('Text', 'Text\n\nOf b'),
    addLabels: ['of-b'],
  });
  await a.updateIssue('2', { body: 'Of a\n\nText', removeLabels: ['x'] });
  bench.world.advance(60_000);
  expect((await bench.run()).left).toEqual([]);
  const whole = { title: 'One, and better', labels: ['of-b'], state: 'done', priority: 1 };
  expect(await a.getIssue('2')).toMatchObject({ ...whole, body: 'Of a\n\nText\n\nOf b' });
  expect(await b.getIssue('2')).toMatchObject({ ...whole, body: expect.stringMatching(/^Of a\n\nText\n\nOf b\n/) });
  expect((await bench.run()).written).toEqual([]);
});

test('where both were changed then, it is a conflict, and nothing is overwritten', async () => {
  const bench = syncBench();
  await withSource(bench);
  const { a, b } = bench.trackers;
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async (draft: IssueDraft) => {
      await createIssue(draft);
      throw error('transient');
    },
  });
  await bench.run();
  Object.assign(b, { createIssue });
  bench.world.advance(60_000);
  await a.updateIssue('2', { title: 'Of a' });
  await b.updateIssue('2', { title: 'Of b' });
  bench.world.advance(60_000);
  expect((await bench.run()).left).toMatchObject([{ kind: 'conflict', field: 'title', before: 'Of a', after: 'Of b' }]);
  expect([(await a.getIssue('2')).title, (await b.getIssue('2')).title]).toEqual(['Of a', 'Of b']);
});
