/** Export and import: what goes out comes in, once. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../../core/errors.ts';
import type { IssueTracker } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import { picked } from '../../../../src/tracker/print/fields.ts';
import { IMPORTS } from '../../../../src/tracker/print/import-shape.ts';
import { exportIssues } from '../../../../src/tracker/transfer/export-issues.ts';
import { importIssues } from '../../../../src/tracker/transfer/import-issues.ts';
import { type MemoryOptions, memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

function bench(options: MemoryOptions = {}, start = '2026-03-02T09:00:00Z') {
  const world = testWorld({ start: Date.parse(start) });
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  return { world, driver, tracker };
}

async function exported(tracker: IssueTracker): Promise<string[]> {
  const selection = { filter: { state: 'all' as const }, without: [], limit: Number.POSITIVE_INFINITY };
  const lines = await collect(exportIssues(tracker, selection, ['comments', 'links']));
  return lines.map((line) => JSON.stringify(line));
}

async function imported(tracker: IssueTracker, lines: readonly string[], options: { update?: boolean } = {}) {
  const signal = new AbortController().signal;
  async function* numbered() {
    for (const [index, text] of lines.entries()) yield { number: index + 1, text };
  }
  const results = await collect(
    importIssues(tracker, numbered(), { update: false, dryRun: false, signal, ...options }),
  );
  return results.map((result) => picked(IMPORTS.fields, result));
}

const outcomes = (results: Record<string, unknown>[]) => results.map(({ outcome, key }) => `${outcome} ${key}`);

async function filled() {
  const source = bench();
  const { tracker, world } = source;
  await tracker.createMilestone({ title: 'v1' });
  await tracker.createIssue({
    title: 'Parent',
    body: 'Some *text*',
    labels: ['a', 'b'],
    milestone: 'v1',
    state: 'blocked',
  });
  world.advance(1000);
  await tracker.createIssue({ title: 'Child', body: '', parent: '1', type: 'bug', priority: 0, metadata: { step: 3 } });
  await tracker.createLink('2', { type: 'is blocked by', target: '1' });
  await tracker.addComment('1', 'First words');
  await tracker.addComment('1', 'First words');
  return source;
}

describe('an import', () => {
  test('brings every field, comments, parents and links; a second one does nothing', async () => {
    const lines = await exported((await filled()).tracker);
    const target = bench({}, '2026-04-01T00:00:00Z');
    await target.tracker.createIssue({ title: 'here already', body: '' });
    expect(outcomes(await imported(target.tracker, lines))).toEqual(['created 2', 'created 3']);
    const [parent, child] = [await target.tracker.getIssue('2'), await target.tracker.getIssue('3')];
    expect(parent).toMatchObject({
      title: 'Parent',
      body: 'Some *text*',
      labels: ['a', 'b'],
      milestone: 'v1',
      state: 'blocked',
    });
    expect(child).toMatchObject({ parent: '2', type: 'bug', priority: 0, metadata: { step: 3, origin: { key: '2' } } });
    expect(await target.tracker.getIssueLinks('3')).toEqual([{ type: 'is blocked by', target: '2' }]);
    const comments = (await collect(target.tracker.listComments('2'))).map(({ body }) => body);
    expect(comments).toEqual([expect.stringMatching(/^\*.+, 2026-03-02:\*\n\nFirst words$/), comments[0]]);

    const before = target.driver.requests().writes;
    expect(outcomes(await imported(target.tracker, lines))).toEqual(['unchanged 2', 'unchanged 3']);
    expect(target.driver.requests().writes).toBe(before);
  });

  test('knows its comments again in a tracker that keeps texts in a form of its own', async () => {
    const lines = await exported((await filled()).tracker);
    const { driver, world } = bench({}, '2026-04-01T00:00:00Z');
    async function* reformed(key: string) {
      for await (const comment of driver.listComments(key))
        yield { ...comment, body: comment.body.replaceAll('*', '_').replaceAll('-', '\\-') };
    }
    const tracker = completeTracker({ driver: { ...driver, listComments: reformed }, name: 'Memory', world });
    await imported(tracker, lines);
    const before = driver.requests().writes;
    expect(outcomes(await imported(tracker, lines))).toEqual(['unchanged 1', 'unchanged 2']);
    expect(driver.requests().writes).toBe(before);
  });

  test('into the tracker that they come from makes no copies, also by a detour', async () => {
    const source = await filled();
    const lines = await exported(source.tracker);
    expect(outcomes(await imported(source.tracker, lines))).toEqual(['unchanged 1', 'unchanged 2']);
    const other = bench({}, '2026-04-01T00:00:00Z');
    await other.tracker.createIssue({ title: 'own', body: '' });
    await imported(other.tracker, lines);
    const back = (await exported(other.tracker)).filter((line) => !line.includes('"own"'));
    expect(outcomes(await imported(source.tracker, back)).sort()).toEqual(['unchanged 1', 'unchanged 2']);
  });

  test('updates what is there only when it is told to', async () => {
    const lines = await exported((await filled()).tracker);
    const { tracker } = bench({}, '2026-04-01T00:00:00Z');
    await imported(tracker, lines);
    const changed = lines.map((line) => line.replace('"title":"Parent"', '"title":"Renamed"'));
    expect(outcomes(await imported(tracker, changed))).toEqual(['unchanged 1', 'unchanged 2']);
    expect(outcomes(await imported(tracker, changed, { update: true }))).toEqual(['updated 1', 'unchanged 2']);
    expect((await tracker.getIssue('1')).title).toBe('Renamed');
  });

  test('tells each bad line and goes on', async () => {
    const { tracker } = bench();
    const results = await imported(tracker, [
      '{"title":"good"}',
      'nonsense',
      '{"title":"","priority":9,"createdAt":"soon"}',
      '{"format":2,"title":"from the future"}',
      '{"title":"last","key":"1","tracker":"x","parent":"77","links":[{"type":"blocks","target":"78"}]}',
    ]);
    expect(results).toEqual([
      { line: 2, source: '', outcome: 'failed', key: null, notes: [], error: 'This is no JSON.' },
      {
        line: 3,
        source: '',
        outcome: 'failed',
        key: null,
        notes: [],
        error: expect.stringMatching(/title: .*priority: .*createdAt: /),
      },
      { line: 4, source: '', outcome: 'failed', key: null, notes: [], error: expect.stringMatching(/^format: /) },
      { line: 1, source: '', outcome: 'created', key: '1', notes: [], error: null },
      {
        line: 5,
        source: '1',
        outcome: 'created',
        key: '2',
        notes: [
          'the parent 77 is left out: it is not in the file.',
          'the link “blocks” 78 is left out: it is not in the file.',
        ],
        error: null,
      },
    ]);
  });

  test('goes on where an earlier one was cut off', async () => {
    const lines = await exported((await filled()).tracker);
    const { tracker } = bench({}, '2026-04-01T00:00:00Z');
    let isDown = true;
    const failing: IssueTracker = {
      ...tracker,
      addComment: (...given) =>
        isDown
          ? Promise.reject(new PaceError({ kind: 'transient', message: 'down', remedy: '' }))
          : tracker.addComment(...given),
    };
    expect(outcomes(await imported(failing, lines))).toEqual(['failed 1', 'created 2']);
    isDown = false;
    expect(outcomes(await imported(failing, lines))).toEqual(['unchanged 1', 'unchanged 2']);
    expect(await collect(tracker.listComments('1'))).toHaveLength(2);
  });

  test('leaves out what the tracker lacks, and says so; the gate’s mark is nobody’s to bring', async () => {
    const { tracker } = bench({
      lacks: {
        priority: 'there are none',
        milestone: 'there are none',
        'list milestones': 'no',
        'create milestones': 'no',
      },
      narrower: { types: ['task'] },
    });
    const line = JSON.stringify({
      title: 'x',
      type: 'bug',
      priority: 1,
      milestone: 'v1',
      metadata: { pace: { kind: 'hold' }, a: 1 },
    });
    const [result] = await imported(tracker, [line]);
    expect(result).toMatchObject({ outcome: 'created', key: '1' });
    expect(result?.['notes']).toEqual([
      'the gate’s own mark is left out: only a gate run may set it.',
      'type “bug” is left out: there are task.',
      'priority “1” is left out: there are none',
      'milestone “v1” is left out: there are none',
    ]);
    expect((await tracker.getIssue('1')).metadata).toEqual({ a: 1 });
  });
});
