/** Two trackers one of which keeps no comments: nothing is said there, and nothing is lost. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

const REASON = 'A plan has no place for them.';
const silentB = () => syncBench({ b: { lacks: { comments: REASON } } });

test('comments are left out, which is told once', async () => {
  const bench = silentB();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await a.addComment('1', 'Said before.');
  const { left } = await bench.run();
  expect(left).toMatchObject([{ kind: 'unsupported', side: 'b', field: 'comments' }]);
  expect(left[0]?.message).toContain(REASON);
  bench.world.advance(60_000);
  await a.addComment('1', 'Said later.');
  expect(await bench.run()).toMatchObject({ left: [], written: [] });
  expect(await collect(b.listComments('1'))).toEqual([]);
});

test('what a value was that is overwritten there is kept here only', async () => {
  const bench = silentB();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.updateIssue('1', { title: 'Of a' });
  await b.updateIssue('1', { title: 'Of b' });
  expect((await bench.run({ prefer: 'a' })).left).toEqual([]);
  expect((await b.getIssue('1')).title).toBe('Of a');
  expect(bench.state().conflicts).toMatchObject([{ field: 'title', a: 'Of a', b: 'Of b', winner: 'a' }]);
  bench.world.advance(60_000);
  await a.updateIssue('1', { title: 'Of a again' });
  await b.updateIssue('1', { title: 'Of b again' });
  await bench.run({ prefer: 'b' });
  expect((await a.getIssue('1')).title).toBe('Of b again');
  expect(await collect(a.listComments('1'))).toHaveLength(1);
  expect(bench.state().conflicts).toHaveLength(2);
});
