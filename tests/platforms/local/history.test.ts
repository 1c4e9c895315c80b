/** What the embedded tracker tells of changes, and how it takes them back. */
import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { type Bench, newBench, removeFolders } from './folders.ts';

afterEach(removeFolders);

async function withIssues(count: number): Promise<Bench> {
  const bench = newBench();
  for (let number = 1; number <= count; number += 1) {
    await bench.tracker.createIssue({ title: `Issue ${number}`, body: '' });
  }
  return bench;
}

const historyOf = async ({ tracker }: Bench, key: string) =>
  (await collect(tracker.history(key))).map(({ id, kind, field, before, after }) => [id, kind, field, before, after]);

const lastOf = async ({ tracker }: Bench, key: string) => (await collect(tracker.history(key))).at(-1)?.id ?? '';

describe('the history of an issue', () => {
  test('tells of every field what it was before and after', async () => {
    const bench = await withIssues(2);
    const { tracker, world } = bench;
    await tracker.updateIssue('1', { title: 'Other', labels: ['b', 'a'] });
    world.advance(1000);
    await tracker.updateIssue('1', { title: 'Third', state: 'in_progress', deferUntil: 5 });
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.deleteLink('1', { type: 'blocks', target: '2' });
    await tracker.addComment('1', 'Words');
    await tracker.updateComment('1', '1', 'Other words');
    await tracker.deleteComment('1', '1');
    await tracker.claim('1', { agent: 'ann', forMs: 1000 });
    await tracker.release('1', 'ann');
    expect(await historyOf(bench, '1')).toEqual([
      ['1', 'created', undefined, undefined, undefined],
      ['2', 'changed', 'title', 'Issue 1', 'Other'],
      ['2', 'changed', 'labels', [], ['a', 'b']],
      ['3', 'changed', 'title', 'Other', 'Third'],
      ['3', 'changed', 'deferUntil', null, 5],
      ['4', 'changed', 'state', 'open', 'in_progress'],
      ['5', 'linked', 'links', null, 'blocks 2'],
      ['6', 'unlinked', 'links', 'blocks 2', null],
      ['7', 'commented', 'comments', null, '1'],
      ['8', 'comment edited', 'comments', 'Words', '1'],
      ['9', 'comment deleted', 'comments', 'Other words', null],
      ['10', 'claimed', 'claim', null, 'ann'],
      ['11', 'released', 'claim', 'ann', null],
    ]);
    const [first, second, , third] = await collect(tracker.history('1'));
    expect([first?.actor, second?.key, (third?.at ?? 0) - (first?.at ?? 0)]).toEqual(['tester', '1', 1000]);
    await expect(collect(tracker.history('9'))).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('undo', () => {
  test('restores all fields that one act has changed, with the state', async () => {
    const bench = await withIssues(2);
    const { tracker } = bench;
    await tracker.createMilestone({ title: 'M1' });
    const before = await tracker.getIssue('1');
    await tracker.updateIssue('1', {
      ...{ title: 'Other', body: 'Words', labels: ['a'], assignees: ['ann'], type: 'bug', priority: 0 },
      ...{ milestone: 'M1', parent: '2', storyPoints: 3, dueDate: '2026-04-01', deferUntil: 5, metadata: { a: 1 } },
      state: 'done',
    });
    const changed = await tracker.getIssue('1');
    expect(await tracker.undo('1', await lastOf(bench, '1'))).toEqual({ ...before, updatedAt: changed.updatedAt });
    // found by what it has now, and the undoing can be undone
    expect(await collect(tracker.listIssues({ labels: ['a'] }))).toEqual([]);
    expect((await collect(tracker.listIssues({ text: 'issue 1' }))).map(({ key }) => key)).toEqual(['1']);
    expect(await tracker.undo('1', await lastOf(bench, '1'))).toEqual(changed);
    expect((await collect(tracker.listIssues({ labels: ['a'], state: 'closed' }))).map(({ key }) => key)).toEqual([
      '1',
    ]);
  });

  test('takes back links and comments', async () => {
    const bench = await withIssues(2);
    const { tracker } = bench;
    const undo = async () => tracker.undo('1', await lastOf(bench, '1'));
    await tracker.createLink('1', { type: 'is blocked by', target: '2' });
    await undo();
    expect(await tracker.getIssueLinks('1')).toEqual([]);
    await undo();
    expect(await tracker.getIssueLinks('1')).toEqual([{ type: 'is blocked by', target: '2' }]);
    const written = await tracker.addComment('1', 'Words');
    await tracker.updateComment('1', '1', 'Other words');
    await undo();
    expect(await collect(tracker.listComments('1'))).toEqual([written]);
    await tracker.deleteComment('1', '1');
    await undo();
    expect(await collect(tracker.listComments('1'))).toEqual([written]);
    await undo();
    expect(await collect(tracker.listComments('1'))).toEqual([]);
  });

  test('is refused where something came after, and where nothing was changed', async () => {
    const bench = await withIssues(1);
    const { tracker } = bench;
    const refused = async (last: string) => {
      const error = await tracker.undo('1', last).catch((thrown: unknown) => thrown);
      return error instanceof PaceError ? [error.kind, error.message] : error;
    };
    expect(await refused('1')).toEqual(['validation', '1 was never changed since it was created.']);
    await tracker.updateIssue('1', { title: 'Other' });
    const last = await lastOf(bench, '1');
    await tracker.addComment('1', 'Words');
    expect(await refused(last)).toEqual(['conflict', 'Something came after that change of 1: nothing is undone.']);
    await tracker.claim('1', { agent: 'ann', forMs: 1000 });
    expect(await refused(await lastOf(bench, '1'))).toEqual([
      'validation',
      'The last change of 1 cannot be undone: it was claimed.',
    ]);
    expect((await tracker.getIssue('1')).title).toBe('Other');
  });
});

describe('watching', () => {
  test('gives each change once, in the order in which they were made', async () => {
    const bench = await withIssues(1);
    const { tracker, world } = bench;
    const next = tracker.watch();
    const seen = async () => (await next()).map(({ key, kind, field, after }) => [key, kind, field, after]);
    expect(await seen()).toEqual([]);
    expect(await seen()).toEqual([]);
    await tracker.updateIssue('1', { title: 'One', priority: 1 });
    // a clock that is set back hides nothing
    world.advance(-60_000);
    await tracker.createIssue({ title: 'New', body: '' });
    await tracker.createLink('2', { type: 'blocks', target: '1' });
    await tracker.updateIssue('1', { title: 'Two' });
    expect(await seen()).toEqual([
      ['2', 'created', undefined, undefined],
      ['1', 'changed', 'title', 'One'],
      ['1', 'changed', 'priority', 1],
      ['2', 'linked', 'links', 'blocks 1'],
      ['1', 'linked', 'links', 'is blocked by 2'],
      ['1', 'changed', 'title', 'Two'],
    ]);
    expect(await seen()).toEqual([]);
  });

  test('begins before there is a database', async () => {
    const { tracker } = newBench();
    const next = tracker.watch();
    expect(await next()).toEqual([]);
    await tracker.createIssue({ title: 'First', body: '' });
    expect((await next()).map(({ key, kind }) => [key, kind])).toEqual([['1', 'created']]);
  });

  test('goes on when an issue was deleted, and tells what had changed of it', async () => {
    const { tracker } = await withIssues(2);
    const next = tracker.watch();
    const seen = async () =>
      (await next()).map(({ key, kind, field, before, after }) => [key, kind, field, before, after]);
    await seen();
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.updateIssue('2', { title: 'Other' });
    await tracker.deleteIssue('2');
    await tracker.createIssue({ title: 'New', body: '' });
    await tracker.deleteIssue('3');
    const four = await tracker.createIssue({ title: 'Newer', body: '' });
    expect(await seen()).toEqual([
      [four.key, 'created', undefined, undefined, undefined],
      ['1', 'linked', 'links', null, 'blocks 2'],
      ['2', 'linked', 'links', null, 'is blocked by 1'],
      ['2', 'changed', 'title', 'Issue 2', 'Other'],
      ['2', 'unlinked', 'links', 'is blocked by 1', null],
      ['1', 'unlinked', 'links', 'blocks 2', null],
      ['2', 'deleted', undefined, undefined, undefined],
      ['3', 'deleted', undefined, undefined, undefined],
    ]);
    expect(await seen()).toEqual([]);
  });
});
