/** What a run looks at again: nothing that is known, and all that may mean something else now. */
import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { PLAIN_REQUEST, syncBench } from '../../support/sync-bench.ts';

const titles = async (tracker: IssueTracker) => (await collect(tracker.listIssues())).map(({ title }) => title).sort();

test('issues of a tracker that could only be written are copied once it may be read', async () => {
  const bench = syncBench();
  await bench.trackers.a.createIssue({ title: 'Of a', body: '' });
  await bench.trackers.b.createIssue({ title: 'Of b', body: '' });
  bench.world.advance(3_600_000);
  await bench.trackers.a.createIssue({ title: 'Of a, later', body: '' });
  await bench.run({ flow: 'to-b' });
  expect(await titles(bench.trackers.a)).toEqual(['Of a', 'Of a, later']);
  bench.world.advance(3_600_000);
  await bench.run({ flow: 'both' });
  expect(await titles(bench.trackers.a)).toEqual(['Of a', 'Of a, later', 'Of b']);
  bench.world.advance(3_600_000);
  // what is new there while it is only written, too
  await bench.trackers.b.createIssue({ title: 'Of b, later', body: '' });
  await bench.run({ flow: 'to-b', force: true });
  bench.world.advance(3_600_000);
  await bench.run({ flow: 'both' });
  expect(await titles(bench.trackers.a)).toEqual(['Of a', 'Of a, later', 'Of b', 'Of b, later']);
});

test('who was unknown is known once a map says it, in old issues as well', async () => {
  const bench = syncBench();
  const [person] = await collect(bench.trackers.a.listUsers());
  const [other] = await collect(bench.trackers.b.listUsers());
  if (!person || !other) throw new Error('nobody is there');
  await bench.trackers.a.createIssue({ title: 'One', body: '', assignees: [person.id] });
  await bench.run();
  expect((await bench.trackers.b.getIssue('1')).assignees).toEqual([]);
  expect((await bench.trackers.a.getIssue('1')).assignees).toHaveLength(1);
  bench.world.advance(3_600_000);
  const maps = { ...PLAIN_REQUEST.maps, people: { someone: { a: person.id, b: other.id } } };
  await bench.run({ maps });
  expect((await bench.trackers.b.getIssue('1')).assignees).toMatchObject([{ id: other.id }]);
  const saves = bench.saves();
  expect((await bench.run({ maps })).written).toEqual([]);
  expect(bench.saves()).toBe(saves);
});

test('a full run looks at all pairs, and so finds what no time tells', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  bench.requests();
  await bench.run({ full: true });
  const full = bench.requests();
  await bench.run();
  expect(full).toBeGreaterThan(bench.requests());
  expect((await b.getIssue('1')).title).toBe('One');
});
