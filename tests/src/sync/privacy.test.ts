/** What only some people can see in its tracker: it is not copied, unless the configuration says so. */
import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const titles = async (tracker: IssueTracker) =>
  (await collect(tracker.listIssues({ state: 'all' }))).map(({ title }) => title).sort();

const texts = async (tracker: IssueTracker, key: string) =>
  (await collect(tracker.listComments(key))).map(({ body }) => body.split('\n')[0]);

/** As GitLab's confidential issues and internal notes are. */
function makePrivate({ drivers, world }: SyncBench, side: 'a' | 'b', key: string, isPrivate = true): void {
  const { issues } = drivers[side].store;
  const { isPrivate: _, ...issue } = drivers[side].store.issue(key);
  issues.set(key, { ...issue, ...(isPrivate && { isPrivate }), updatedAt: world.now() });
}

function makeCommentsPrivate({ drivers }: SyncBench, key: string, words: string): void {
  const comments = drivers.a.store.comments(key);
  for (const [at, one] of comments.entries()) if (one.body.includes(words)) comments[at] = { ...one, isPrivate: true };
}

async function withSecrets(): Promise<SyncBench> {
  const bench = syncBench();
  const { a } = bench.trackers;
  await a.createIssue({ title: 'For all', body: '' });
  await a.createIssue({ title: 'For some', body: 'Secret' });
  makePrivate(bench, 'a', '2');
  await a.addComment('1', 'Said to all');
  await a.addComment('1', 'A secret of ours');
  makeCommentsPrivate(bench, '1', 'secret');
  return bench;
}

test('stays in its tracker, which is told once', async () => {
  const bench = await withSecrets();
  const { a, b } = bench.trackers;
  const first = await bench.run();
  expect([await titles(b), await texts(b, '1')]).toEqual([['For all'], ['Said to all']]);
  expect(first.inStep).toBe(true);
  expect(first.left.map(({ kind, side, message }) => [kind, side, message])).toEqual([
    ['unsupported', 'a', 'Issues that not everybody can see in Memory a are not copied: 2.'],
    ['unsupported', 'a', 'Comments that not everybody can see in Memory a are not copied, of 1.'],
  ]);
  const saves = bench.saves();
  const second = await bench.run();
  expect([second.left, second.written, bench.saves()]).toEqual([[], [], saves]);
  bench.world.advance(3_600_000);
  await a.addComment('1', 'One more secret');
  makeCommentsPrivate(bench, '1', 'One more');
  await a.addComment('1', 'Said to all again');
  bench.world.advance(3_600_000);
  const third = await bench.run();
  expect([third.left, await texts(b, '1')]).toEqual([[], ['Said to all', 'Said to all again']]);
});

test('is copied where the configuration says so', async () => {
  const bench = await withSecrets();
  const { b } = bench.trackers;
  const report = await bench.run({ isPrivateCopied: true });
  expect([report.left, await titles(b)]).toEqual([[], ['For all', 'For some']]);
  expect(await texts(b, '1')).toEqual(['Said to all', 'A secret of ours']);
});

test('an issue that is made private later gives and gets nothing until all can see it again', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  await a.updateIssue('1', { title: 'A secret' });
  await a.addComment('1', 'Why it is one');
  makePrivate(bench, 'a', '1');
  bench.world.advance(3_600_000);
  const hidden = await bench.run();
  expect([await titles(b), await texts(b, '1'), hidden.written]).toEqual([['One'], [], []]);
  expect(hidden.left.map(({ kind, message }) => [kind, message])).toEqual([
    ['unsupported', 'Not everybody can see 1 in Memory a any more: nothing is copied between it and 1.'],
  ]);
  bench.world.advance(3_600_000);
  await b.updateIssue('1', { labels: ['of-b'] });
  bench.world.advance(3_600_000);
  const quiet = await bench.run();
  expect([quiet.left, quiet.written, (await a.getIssue('1')).labels]).toEqual([[], [], []]);
  await a.updateIssue('1', { title: 'No secret' });
  makePrivate(bench, 'a', '1', false);
  bench.world.advance(3_600_000);
  await bench.run();
  expect([await titles(b), (await a.getIssue('1')).labels]).toEqual([['No secret'], ['of-b']]);
});

test('a dry run neither shows it as what would be copied nor counts as having told it', async () => {
  const bench = await withSecrets();
  const dry = await bench.run({ dryRun: true });
  expect(dry.written.map(({ kind, title }) => [kind, title])).toEqual([['create', 'For all']]);
  expect(dry.left.map(({ message }) => message)).toEqual([
    'Issues that not everybody can see in Memory a are not copied: 2.',
  ]);
  expect((await bench.run()).left).toHaveLength(2);
});

test('an issue that is made private while sync is at work gives nothing more', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await a.createIssue({ title: 'Two', body: '' });
  await a.createLink('1', { type: 'blocks', target: '2' });
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async (draft: Parameters<IssueTracker['createIssue']>[0]) => {
      const made = await createIssue(draft);
      if (made.title === 'One') await a.updateIssue('1', { title: 'A secret' });
      makePrivate(bench, 'a', '1');
      return made;
    },
  });
  await bench.run();
  expect(await titles(b)).toEqual(['One', 'Two']);
  bench.world.advance(3_600_000);
  await bench.run({ full: true });
  expect(await titles(b)).toEqual(['One', 'Two']);
});
