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
import { parseLine } from '../../../../src/tracker/transfer/parse-line.ts';
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
      body: 'Some *text*\n\n*Written by Me Myself on 2026-03-02T09:00:00.000Z in memory: `1`, https://tracker.test/1*',
      labels: ['a', 'b'],
      milestone: 'v1',
      state: 'blocked',
    });
    expect(child).toMatchObject({ parent: '2', type: 'bug', priority: 0, metadata: { step: 3, origin: { key: '2' } } });
    expect(await target.tracker.getIssueLinks('3')).toEqual([{ type: 'is blocked by', target: '2' }]);
    const comments = (await collect(target.tracker.listComments('2'))).map(({ body }) => body);
    expect(comments).toEqual([expect.stringMatching(/^\*.+, 2026-03-02 09:00 UTC:\*\n\nFirst words$/), comments[0]]);

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
      { line: 2, source: '', outcome: 'failed', key: null, notes: [], error: 'This is not JSON.' },
      {
        line: 3,
        source: '',
        outcome: 'failed',
        key: null,
        notes: [],
        error: expect.stringMatching(/title: .*priority: .*createdAt: /),
      },
      { line: 4, source: '', outcome: 'failed', key: null, notes: [], error: 'format is not 1.' },
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
      'type “bug” is left out: the tracker has task.',
      'priority “1” is left out: there are none',
      'milestone “v1” is left out: there are none',
    ]);
    expect((await tracker.getIssue('1')).metadata).toEqual({ a: 1 });
  });

  test('adds a comment as often as the file has it, and no more', async () => {
    const { tracker } = bench({}, '2026-04-01T00:00:00Z');
    const line = (...bodies: string[]) =>
      JSON.stringify({ title: 'x', tracker: 'y', key: '7', comments: bodies.map((body) => ({ body })) });
    const bodies = async () => (await collect(tracker.listComments('1'))).map(({ body }) => body);
    await imported(tracker, [line('same')]);
    await imported(tracker, [line('same', 'same', 'other')]);
    expect(await bodies()).toEqual(['same', 'same', 'other']);
    await imported(tracker, [line('same', 'other', 'same')]);
    expect(await bodies()).toEqual(['same', 'same', 'other']);
    await imported(tracker, [line(' same ', 'same', 'same', 'other')]);
    expect(await bodies()).toEqual(['same', 'same', 'other', 'same']);
  });

  test('knows its own comments again, and those of the tracker that they come from', async () => {
    const source = await filled();
    const lines = await exported(source.tracker);
    const before = source.driver.requests().writes;
    await imported(source.tracker, lines, { update: true });
    expect(source.driver.requests().writes).toBe(before);
  });

  test('with --update takes labels away, opens again and empties the text as the file has it; people and metadata stay', async () => {
    const { tracker, driver } = bench({}, '2026-04-01T00:00:00Z');
    const base = { tracker: 'y', key: '7', title: 'x' };
    const full = {
      ...base,
      body: 'text',
      state: 'done',
      labels: ['b', 'a'],
      assignees: [{ id: 'ann', name: 'Ann' }],
      metadata: { a: 1 },
    };
    await imported(tracker, [JSON.stringify(full)]);
    const before = driver.requests().writes;
    const turned = { ...full, labels: ['a', 'b'], assignees: [{ id: 'ben', name: 'Ben' }], metadata: { a: 2 } };
    expect(outcomes(await imported(tracker, [JSON.stringify(turned)], { update: true }))).toEqual(['unchanged 1']);
    expect(driver.requests().writes).toBe(before);
    expect(outcomes(await imported(tracker, [JSON.stringify(base)], { update: true }))).toEqual(['updated 1']);
    expect(await tracker.getIssue('1')).toMatchObject({
      ...{ body: '', state: 'open', labels: [], assignees: [{ id: 'ann' }], metadata: { a: 1 } },
    });
  });

  test('with --update makes the milestone that the file names, or leaves it out with a note', async () => {
    const line = (milestone?: string) =>
      JSON.stringify({ tracker: 'y', key: '7', title: 'x', ...(milestone ? { milestone } : {}) });
    const { tracker } = bench();
    await imported(tracker, [line()]);
    expect(outcomes(await imported(tracker, [line('v1')], { update: true }))).toEqual(['updated 1']);
    expect((await tracker.getIssue('1')).milestone).toBe('v1');
    const other = bench({ lacks: { 'create milestones': 'no' } }).tracker;
    await imported(other, [line()]);
    expect(await imported(other, [line('v1')], { update: true })).toMatchObject([
      { outcome: 'unchanged', notes: ['the milestone “v1” is left out: it is not there.'], error: null },
    ]);
  });

  test('a line that stands twice in the file is one issue, wherever it stands', async () => {
    const { tracker } = bench();
    const lines = Array.from({ length: 60 }, (_, index) =>
      JSON.stringify({ tracker: 'y', key: `${index}`, title: 'x' }),
    );
    const twice = [...lines.slice(0, 3), ...lines];
    const results = outcomes(await imported(tracker, twice));
    expect(results.slice(0, 7)).toEqual([
      'created 1',
      'created 2',
      'created 3',
      'unchanged 1',
      'unchanged 2',
      'unchanged 3',
      'created 4',
    ]);
    expect(await collect(tracker.listIssues({ state: 'all' }))).toHaveLength(60);
    // lines without a key have no origin
    expect(outcomes(await imported(tracker, ['{"title":"a"}', '{"title":"a"}']))).toEqual(['created 61', 'created 62']);
  });

  test('makes a milestone once, and none that is there', async () => {
    const { tracker, driver } = bench();
    await tracker.createMilestone({ title: 'old' });
    const before = driver.requests().writes;
    const line = (milestone: string) => JSON.stringify({ title: 'x', milestone });
    await imported(tracker, ['new', 'old', 'new', 'new'].map(line));
    const titles = (await collect(tracker.listMilestones())).map(({ title }) => title);
    expect(titles.sort()).toEqual(['new', 'old']);
    expect((await collect(tracker.listIssues({ milestone: 'new' }))).length).toBe(3);
    expect(driver.requests().writes - before).toBe(4 + 1);
  });

  test('into a tracker for one person takes the first; without links they are left out with the reason', async () => {
    const { tracker } = bench({ lacks: { 'several assignees': 'one only', links: 'it has no links.' } });
    const people = [
      { id: 'ann', name: 'Ann' },
      { id: 'ben', name: 'Ben' },
    ];
    const first = { tracker: 'y', key: '1', title: 'x', assignees: people, links: [{ type: 'blocks', target: '2' }] };
    const results = await imported(tracker, [JSON.stringify(first), '{"tracker":"y","key":"2","title":"z"}']);
    expect(results).toMatchObject([
      { line: 2, outcome: 'created', notes: [] },
      {
        line: 1,
        outcome: 'created',
        notes: ['assigned to ben is left out: one only', 'the links are left out: it has no links.'],
      },
    ]);
    expect((await tracker.getIssue('1')).assignees).toEqual([{ id: 'ann', name: 'Ann' }]);
  });

  test('a parent or link that is there already is not written again', async () => {
    const { tracker, driver } = bench();
    const lines = [
      '{"tracker":"y","key":"1","title":"x","links":[{"type":"blocks","target":"2"},{"type":"relates to","target":"2"}]}',
      '{"tracker":"y","key":"2","title":"z","parent":"1"}',
    ];
    await imported(tracker, lines);
    expect((await tracker.getIssue('2')).parent).toBe('1');
    expect(await tracker.getIssueLinks('1')).toHaveLength(2);
    const before = driver.requests().writes;
    await imported(tracker, lines);
    expect(driver.requests().writes).toBe(before);
  });

  test('interrupted, it ends after the lines that are under way, with their relatives', async () => {
    const { tracker } = bench();
    const stop = new AbortController();
    async function* numbered() {
      for (let number = 1; number <= 120; number += 1) {
        const parent = number === 2 ? { parent: '1' } : {};
        yield { number, text: JSON.stringify({ tracker: 'y', key: `${number}`, title: 'x', ...parent }) };
        if (number === 60) stop.abort();
      }
    }
    const options = { update: false, dryRun: false, signal: stop.signal };
    const results = await collect(importIssues(tracker, numbered(), options));
    expect(results.length).toBe(50);
    expect((await tracker.getIssue('2')).parent).toBe('1');
  });

  test('one issue that is refused does not stop the others, and has no comments to be written', async () => {
    const { tracker } = bench({ narrower: { states: ['open', 'done'] } });
    const results = await imported(tracker, [
      '{"title":"a","state":"blocked","comments":[{"body":"x"}]}',
      '{"title":"b","comments":[{"body":"x","author":{"id":"a","name":"A *star*"},"createdAt":"2026-01-02T03:04:05Z"}]}',
    ]);
    expect(results.map(({ outcome, error }) => [outcome, error === null])).toEqual([
      ['failed', false],
      ['created', true],
    ]);
    const [comment] = await collect(tracker.listComments(String(results[1]?.['key'])));
    expect(comment?.body).toBe('*A \\*star\\*, 2026-01-02 03:04 UTC:*\n\nx');
  });
});

describe('a line', () => {
  const mistakes = (value: object) => {
    const parsed = parseLine(JSON.stringify(value));
    return 'mistakes' in parsed ? parsed.mistakes : '';
  };

  test('needs a title, and has defaults for the rest', () => {
    const parsed = parseLine('{"title":"x"}');
    expect(parsed).toEqual({
      ok: true,
      issue: {
        ...{ format: 1, tracker: '', key: '', url: '', title: 'x', body: '', state: 'open', labels: [], assignees: [] },
        ...{ metadata: {}, links: [], comments: [] },
      },
      notes: [],
    });
    expect(mistakes({})).toMatch(/^title is missing\./);
    expect(mistakes({ title: 'x', state: 'frozen' })).toBe(
      'state is none of open, in_progress, in_review, blocked, done, canceled.',
    );
    expect(parseLine('null')).toEqual({
      ok: false,
      mistakes: 'This is not an object. Lines of `pace issue export` are read, and of `bd export`.',
    });
    expect(parseLine('{"title":"x"')).toEqual({ ok: false, mistakes: 'This is not JSON.' });
  });

  test.each([
    [{ priority: 0 }, true],
    [{ priority: 4 }, true],
    [{ priority: 5 }, false],
    [{ priority: null, type: null, milestone: null, parent: null, storyPoints: null, dueDate: null }, true],
    [{ storyPoints: 0 }, true],
    [{ storyPoints: -1 }, false],
    [{ dueDate: '2026-02-28' }, true],
    [{ dueDate: '2026-02-30' }, false],
    [{ createdAt: '2026-01-02T03:04:05+01:00' }, true],
    [{ createdAt: '2026-01-02' }, false],
    [{ state: 'closed' }, false],
    [{ links: [{ type: 'blocks', target: '' }] }, false],
    [{ links: [{ type: 'hinders', target: '1' }] }, false],
    [{ labels: ['a', 1] }, false],
    [{ somethingElse: 1 }, false],
    [{ format: 1, somethingElse: 1 }, true],
    [{ format: 2 }, false],
  ])('with %j: %s', (more, isGood) => {
    expect(mistakes({ title: 'x', ...more }) === '').toBe(isGood);
  });
});

describe('an export', () => {
  test('is the oldest first where the tracker can order, and leaves links out where there are none', async () => {
    const keys = async (options: MemoryOptions) => {
      const { tracker, world } = bench(options);
      for (const title of ['a', 'b', 'c']) {
        world.advance(1000);
        await tracker.createIssue({ title, body: '' });
      }
      const selection = { filter: { state: 'all' as const }, without: [], limit: 2 };
      return (await collect(exportIssues(tracker, selection, ['links']))).map(({ key }) => key);
    };
    expect(await keys({})).toEqual(['1', '2']);
    expect(await keys({ sorts: [] })).toEqual(['3', '2']);
    expect(await keys({ lacks: { links: 'no' } })).toEqual(['1', '2']);
  });

  test('has no number and no claim, and says the format and the tracker', async () => {
    const [line = ''] = await exported((await filled()).tracker);
    const value = JSON.parse(line);
    expect(Object.keys(value).slice(0, 3)).toEqual(['format', 'tracker', 'key']);
    expect([value.format, value.tracker, 'number' in value, 'claim' in value]).toEqual([1, 'memory', false, false]);
  });
});
