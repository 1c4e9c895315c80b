/** Runs of sync over two trackers in memory. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

describe('issues that have no copy', () => {
  test('are copied with all that both can hold, and a second run does nothing', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    const epic = await a.createIssue({ title: 'Epic', body: 'All of it', type: 'epic' });
    const one = await a.createIssue({
      ...{
        title: 'One',
        body: 'Text',
        labels: ['bug'],
        priority: 1,
        parent: epic.key,
        dueDate: '2026-05-01',
        storyPoints: 3,
      },
    });
    const two = await a.createIssue({ title: 'Two', body: '', state: 'in_progress' });
    await a.createLink(two.key, { type: 'blocks', target: one.key });
    await a.addComment(one.key, 'Hello @ann');
    const report = await bench.run({ flow: 'to-b' });
    expect(report.left).toEqual([]);
    expect(report.counts).toMatchObject({ pairs: 3, a: { created: 0, changed: 0 }, b: { created: 3, comments: 1 } });
    const copies = await collect(b.listIssues({ state: 'all', sort: { by: 'created', direction: 'asc' } }));
    expect(
      copies.map(({ title, type, state, labels, priority, parent, dueDate, storyPoints }) => ({
        title,
        type,
        state,
        labels,
        priority,
        parent,
        dueDate,
        storyPoints,
      })),
    ).toMatchObject([
      { title: 'Epic', type: 'epic', state: 'open' },
      { title: 'One', labels: ['bug'], priority: 1, parent: '1', dueDate: '2026-05-01', storyPoints: 3 },
      { title: 'Two', state: 'in_progress' },
    ]);
    expect(copies[1]?.body).toMatch(/^Text\n\nIn step with \[.*2\]\(.*\)\. What stands below this line stays here\.$/);
    expect(await b.getIssueLinks('3')).toEqual([{ type: 'blocks', target: '2' }]);
    const [comment] = await collect(b.listComments('2'));
    expect(comment?.body).toMatch(/^Hello @\u2060ann\n\n— .+ on \[.*\]\(.*\), comment .+\.$/);
    const saves = bench.saves();
    bench.requests();
    const second = await bench.run({ flow: 'to-b' });
    expect([second.inStep, second.written, second.left, bench.requests()]).toEqual([true, [], [], expect.any(Number)]);
    expect(bench.saves()).toBe(saves);
  });

  test('of both sides find each other’s, and edits flow both ways', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'From a', body: 'A' });
    await b.createIssue({ title: 'From b', body: 'B' });
    await bench.run();
    expect((await collect(a.listIssues())).map(({ title }) => title).sort()).toEqual(['From a', 'From b']);
    bench.world.advance(60_000);
    await a.updateIssue('1', { title: 'From a, better' });
    await b.updateIssue('2', { addLabels: ['new'], state: 'done' });
    await b.addComment('1', 'Of b');
    bench.world.advance(60_000);
    const report = await bench.run();
    expect(report.left).toEqual([]);
    expect((await b.getIssue('2')).title).toBe('From a, better');
    expect(await a.getIssue('1')).toMatchObject({ labels: ['new'], state: 'done' });
    const second = await bench.run();
    expect(second.inStep).toBe(true);
    expect(second.written).toEqual([]);
  });
});

describe('what both sides changed', () => {
  test('stays on both until somebody decides, or goes with the one who wins, and what loses is said and kept', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: '' });
    await bench.run();
    bench.world.advance(60_000);
    await a.updateIssue('1', { title: 'Of a', priority: 0 });
    await b.updateIssue('1', { title: 'Of b', labels: ['x'] });
    const report = await bench.run();
    expect(report.left).toEqual([
      {
        kind: 'conflict',
        side: 'a',
        key: '1',
        other: '1',
        field: 'title',
        before: 'Of a',
        after: 'Of b',
        id: expect.any(String),
      },
    ]);
    expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Of a', 'Of b']);
    expect([(await a.getIssue('1')).labels, (await b.getIssue('1')).priority]).toEqual([['x'], 0]);
    const saves = bench.saves();
    expect((await bench.run()).left).toEqual(report.left);
    expect(bench.saves()).toBe(saves);
    const decided = await bench.run({ prefer: 'b' });
    expect(decided.inStep).toBe(true);
    expect((await a.getIssue('1')).title).toBe('Of b');
    const [note] = await collect(a.listComments('1'));
    expect(note?.body).toContain('Of a');
    expect(bench.state().conflicts).toMatchObject([
      { field: 'title', a: 'Of a', b: 'Of b', winner: 'b', by: 'policy' },
    ]);
    expect((await bench.run()).written).toEqual([]);
  });
});

describe('issues that were in both before', () => {
  const both = async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Same', body: 'x', metadata: { ticket: 'T-1' } });
    await b.createIssue({ title: 'Same', body: 'x', priority: 1, metadata: { ticket: 'T-1' } });
    await a.createIssue({ title: 'Other', body: '', metadata: { ticket: 'T-2' } });
    await b.createIssue({ title: 'Another', body: '', metadata: { ticket: 'T-2' } });
    await b.createIssue({ title: 'A third', body: '', metadata: { ticket: 'T-2' } });
    return bench;
  };

  test('are one by a key that both have, and where several have it they are left', async () => {
    const bench = await both();
    const report = await bench.run({ adopt: 'ticket' });
    expect(report.written).toMatchObject([
      { kind: 'update', side: 'a', key: '1', field: 'priority', before: null, after: 1 },
    ]);
    expect(report.left).toMatchObject([{ kind: 'double', key: '2', other: expect.stringMatching(/^[23], [23]$/) }]);
    expect((await bench.trackers.a.getIssue('1')).priority).toBe(1);
    expect(report.counts.pairs).toBe(1);
  });

  test('are one by their titles only after a yes for each', async () => {
    const bench = await both();
    const asked: string[] = [];
    const confirm = async (question: string) => asked.push(question) > 1;
    await bench.run({ adopt: 'title', yes: false, dryRun: false, confirm });
    expect(asked[0]).toBe('1 and 1 have the title “Same”. Are they one?');
    expect(bench.state().pairs.size).toBe(5);
  });
});

describe('a run that writes one side only', () => {
  test('leaves what is new on that side to a later run that writes the other one', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: '' });
    await a.createIssue({ title: 'Two', body: '' });
    await bench.run();
    bench.world.advance(60_000);
    await b.addComment('1', 'Of b');
    await b.createLink('2', { type: 'blocks', target: '1' });
    await bench.run({ flow: 'to-b', full: true });
    await bench.run();
    expect((await collect(a.listComments('1'))).map(({ body }) => body)).toEqual([expect.stringContaining('Of b')]);
    expect(await a.getIssueLinks('2')).toEqual([{ type: 'blocks', target: '1' }]);
    expect((await bench.run()).written).toEqual([]);
  });
});

test('what leads to an issue that was deleted meanwhile is left out, and the rest is in step', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await a.createIssue({ title: 'Two', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.deleteIssue('1');
  await b.updateIssue('2', { title: 'Second', parent: '1' });
  expect((await bench.run()).left).toEqual([
    expect.objectContaining({ kind: 'failed', key: '2' }),
    expect.objectContaining({ kind: 'orphan', side: 'a', key: '1' }),
  ]);
  bench.world.advance(60_000);
  await b.createLink('2', { type: 'blocks', target: '1' });
  expect((await bench.run()).left).toEqual([]);
  expect(await a.getIssue('2')).toMatchObject({ title: 'Second', links: [] });
  expect(await b.getIssue('2')).toMatchObject({ parent: '1', links: [{ type: 'blocks', target: '1' }] });
  expect((await bench.run()).written).toEqual([]);
});

test('a conflict about an issue that was deleted is kept, and nobody is asked about it any more', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.updateIssue('1', { title: 'Of a' });
  await b.updateIssue('1', { title: 'Of b' });
  expect((await bench.run()).left).toHaveLength(1);
  bench.world.advance(60_000);
  await b.deleteIssue('1');
  expect((await bench.run({ full: true })).left).toEqual([expect.objectContaining({ kind: 'orphan' })]);
  expect((await bench.run({ prefer: 'a' })).inStep).toBe(true);
  expect(bench.state().conflicts).toMatchObject([{ a: 'Of a', b: 'Of b' }]);
});

test('what a one-way run has left is found by a later run, however long it is ago', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await b.createIssue({ title: 'Of b', body: '' });
  bench.world.advance(3_600_000);
  await a.updateIssue('1', { title: 'First' });
  await bench.run({ flow: 'to-b', force: true });
  await bench.run();
  expect((await collect(a.listIssues())).map(({ title }) => title).sort()).toEqual(['First', 'Of b']);
});

describe('after a request whose answer was lost', () => {
  const LACKS = { metadata: 'None.' };

  test('a copy is known again by its line, though its origin was not changed since', async () => {
    const bench = syncBench({ a: { lacks: LACKS }, b: { lacks: LACKS } });
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Old', body: '' });
    await bench.run();
    bench.world.advance(60_000);
    await a.createIssue({ title: 'One', body: '' });
    bench.world.advance(3_600_000);
    await a.updateIssue('1', { title: 'Older' });
    bench.drivers.b.answerNext('lost', { of: 'write', at: 2 });
    expect((await bench.run()).left).toEqual([expect.objectContaining({ kind: 'failed', key: '2' })]);
    bench.world.advance(60_000);
    expect((await bench.run()).written).toEqual([]);
    expect(await collect(b.listIssues())).toHaveLength(2);
  });

  test('a comment that could not be copied is copied by the next run', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Old', body: '' });
    await bench.run();
    bench.world.advance(60_000);
    await a.addComment('1', 'First');
    await a.createIssue({ title: 'New', body: '' });
    await a.addComment('2', 'Second');
    bench.drivers.b.answerNext('reset', { of: 'write' });
    bench.drivers.b.answerNext('reset', { of: 'write', at: 2 });
    expect((await bench.run()).left).toHaveLength(2);
    await bench.run();
    expect([await collect(b.listComments('1')), await collect(b.listComments('2'))]).toMatchObject([[{}], [{}]]);
  });

  test('what failed is not forgotten by a run that may not do it, nor by one that cannot read it', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Old', body: '' });
    await bench.run();
    bench.world.advance(60_000);
    await b.createIssue({ title: 'Of b', body: '' });
    bench.world.advance(3_600_000);
    await a.updateIssue('1', { title: 'Older' });
    bench.drivers.a.answerNext('reset', { of: 'write' });
    expect((await bench.run()).left).toEqual([expect.objectContaining({ kind: 'failed', key: '2' })]);
    bench.world.advance(3_600_000);
    await b.updateIssue('1', { title: 'Oldest' });
    await bench.run({ flow: 'to-b' });
    expect(bench.state().retries).toMatchObject([{ side: 'b', key: '2' }]);
    await bench.run();
    expect((await collect(a.listIssues())).map(({ title }) => title).sort()).toEqual(['Of b', 'Oldest']);
  });
});

test('a value that one tracker refuses keeps nothing else from being written, and is tried again', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Parent', body: '' });
  await a.createIssue({ title: 'One', body: 'Text', labels: ['x'], storyPoints: 10 });
  const { createIssue, updateIssue } = bench.trackers.b;
  const refuse = (given: { readonly storyPoints?: number | null }) => {
    if (given.storyPoints === 10)
      throw new PaceError({
        kind: 'validation',
        message: '10 is not an estimate.',
        remedy: 'Please take another one.',
      });
  };
  Object.assign(b, {
    createIssue: async (draft: IssueDraft) => {
      refuse(draft);
      return createIssue(draft);
    },
    updateIssue: async (key: string, patch: IssuePatch) => {
      refuse(patch);
      return updateIssue(key, patch);
    },
  });
  const left = {
    kind: 'failed',
    side: 'b',
    key: '2',
    other: '2',
    field: 'storyPoints',
    message: '10 is not an estimate.',
  };
  expect((await bench.run({ flow: 'to-b' })).left).toMatchObject([left]);
  expect(await b.getIssue('2')).toMatchObject({ title: 'One', labels: ['x'] });
  bench.world.advance(60_000);
  await a.updateIssue('2', { title: 'Another' });
  expect((await bench.run({ flow: 'to-b' })).left).toMatchObject([left]);
  expect((await b.getIssue('2')).title).toBe('Another');
  bench.world.advance(60_000);
  await a.updateIssue('2', { storyPoints: 5 });
  expect((await bench.run({ flow: 'to-b' })).left).toEqual([]);
  expect((await b.getIssue('2')).storyPoints).toBe(5);
});

test('a dry run leaves nothing of what the policy has decided', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.updateIssue('1', { title: 'Of a' });
  await b.updateIssue('1', { title: 'Of b' });
  expect((await bench.run({ dryRun: true })).left).toMatchObject([{ kind: 'conflict', field: 'title' }]);
  const decided = await bench.run({ dryRun: true, prefer: 'a' });
  expect(decided.left).toEqual([]);
  expect(decided.written).toMatchObject([{ kind: 'update', side: 'b', before: 'Of b', after: 'Of a' }]);
});
