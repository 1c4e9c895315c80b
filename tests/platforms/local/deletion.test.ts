import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { readEvents } from '../../../platforms/local/log.ts';
import { newBench, removeFolders } from './folders.ts';

afterEach(removeFolders);

test('a deleted issue is found by no word, label, person or claim any more', async () => {
  const { tracker } = newBench();
  const draft = { body: 'zebra', labels: ['a'], assignees: ['ann'] };
  await tracker.createIssue({ title: 'Goes', ...draft });
  await tracker.createIssue({ title: 'Stays', ...draft });
  await tracker.claim('1', { agent: 'forge', forMs: 60_000 });
  await tracker.deleteIssue('1');
  for (const filter of [{ text: 'zebra' }, { labels: ['a'] }, { assignee: 'ann' }, {}])
    expect((await collect(tracker.listIssues(filter))).map(({ key }) => key)).toEqual(['2']);
  expect(await collect(tracker.claims())).toEqual([]);
  expect((await tracker.createIssue({ title: 'Next', body: '' })).key).toBe('3');
});

test('what waited for it can be begun, and what stood below it has no parent', async () => {
  const { tracker } = newBench();
  await tracker.createIssue({ title: 'Goes', body: '' });
  await tracker.createIssue({ title: 'Waits', body: '' });
  await tracker.createIssue({ title: 'Child', body: '', parent: '1' });
  await tracker.createIssue({ title: 'Above', body: '' });
  await tracker.updateIssue('1', { parent: '4' });
  await tracker.createLink('1', { type: 'blocks', target: '2' });
  const ready = async () => (await collect(tracker.listReady())).map(({ key }) => key);
  expect(await ready()).toEqual(['3']);
  await tracker.deleteIssue('1');
  expect(await ready()).toEqual(['2', '3', '4']);
  expect((await tracker.getIssue('3')).parent).toBeUndefined();
  expect(await tracker.getIssueLinks('2')).toEqual([]);
});

test('the log keeps what was there, and tells of it at its neighbours', async () => {
  const { tracker, world } = newBench();
  await tracker.createIssue({ title: 'Goes', body: 'Text.', labels: ['a'], priority: 1 });
  await tracker.createIssue({ title: 'Other', body: '' });
  await tracker.createIssue({ title: 'Child', body: '', parent: '1' });
  const { id, createdAt } = await tracker.addComment('1', 'Said.');
  await tracker.createLink('1', { type: 'relates to', target: '2' });
  await tracker.deleteIssue('1');
  const told = async (key: string) =>
    (await readEvents(world, {}, key)).map(({ kind, subject, before }) => [kind, subject, before]);
  expect((await told('1')).at(-1)).toEqual([
    'deleted',
    undefined,
    {
      ...{ title: 'Goes', body: 'Text.', labels: ['a'], metadata: {}, priority: 1, assignees: [], state: 'open' },
      ...{ author: 'tester', createdAt, links: [{ type: 'relates to', target: '2' }] },
      comments: [{ id, body: 'Said.', author: { id: 'tester', name: 'tester' }, createdAt }],
    },
  ]);
  expect((await told('2')).at(-1)).toEqual(['unlinked', 'relates to 1', {}]);
  expect((await told('3')).at(-1)).toEqual(['updated', undefined, { parent: '1' }]);
});

test('its Markdown file goes with it, or shows the other issue of the same fact', async () => {
  const { tracker, cwd } = newBench();
  const metadata = { pace: { kind: 'escalation', day: 3 } };
  const file = join(cwd, '.pace/day-3/escalation-issue.md');
  await tracker.createIssue({ title: 'One', body: '', metadata });
  await tracker.createIssue({ title: 'Two', body: '', metadata });
  await tracker.deleteIssue('1');
  expect(existsSync(file)).toBe(true);
  await tracker.deleteIssue('2');
  expect(existsSync(file)).toBe(false);
});
