/** One issue is one issue, however often and by however many it is imported at once; and a dry run tells what a run does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PaceError } from '../../../../core/errors.ts';
import { type Issue, type IssueTracker, isClosed } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import { loadPlatform, openTracker } from '../../../../platforms/index.ts';
import { type ImportOptions, importIssues } from '../../../../src/tracker/transfer/import-issues.ts';
import { memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

const NOW = Date.parse('2026-06-01T09:00:00Z');

async function local(dryRun = false, at?: string) {
  const cwd = at ?? (await mkdtemp(join(tmpdir(), 'pace-import-')));
  if (at === undefined) onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const world = { ...testWorld({ start: NOW, env: { PACE_AGENT: 'importer' } }), cwd };
  const side = { platform: await loadPlatform('local'), section: {} };
  return { cwd, world, tracker: await openTracker(world, side, dryRun ? { dryRun: () => undefined } : {}) };
}

function memory() {
  const world = testWorld({ start: NOW });
  const driver = memoryDriver({ world });
  const open = () => completeTracker({ driver, name: 'Memory', world });
  return { world, driver, open, tracker: open() };
}

async function imported(tracker: IssueTracker, lines: readonly object[], options: Partial<ImportOptions> = {}) {
  async function* numbered() {
    for (const [index, line] of lines.entries()) yield { number: index + 1, text: JSON.stringify(line) };
  }
  const { signal } = new AbortController();
  return collect(importIssues(tracker, numbered(), { update: false, dryRun: false, signal, ...options }));
}

const all = (tracker: IssueTracker): Promise<Issue[]> => collect(tracker.listIssues({ state: 'all' }));

const LINES = Array.from({ length: 70 }, (_, index) => ({
  ...{ format: 1, tracker: 'github', key: String(index + 1), url: `https://github.com/o/r/issues/${index + 1}` },
  ...{ title: `Issue ${index + 1}`, createdAt: '2026-01-01T00:00:00Z' },
  comments: [{ body: 'First', author: { id: 'ann', name: 'ann' }, createdAt: '2026-01-02T00:00:00Z' }],
}));

describe('into the embedded tracker', () => {
  test('three imports at once make each issue and each comment once', async () => {
    const { cwd, tracker } = await local();
    const others = [await local(false, cwd), await local(false, cwd)];
    const results = await Promise.all(
      [tracker, ...others.map((each) => each.tracker)].map((each) => imported(each, LINES)),
    );
    expect(results.flat().filter(({ outcome }) => outcome === 'created')).toHaveLength(70);
    expect(results.flat().filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(140);
    const issues = await all(tracker);
    expect(new Set(issues.map(({ title }) => title)).size).toBe(70);
    expect(issues).toHaveLength(70);
    for (const { key } of issues) expect(await collect(tracker.listComments(key))).toHaveLength(1);
  });

  test('one that is deleted from its origin, or taken from the list, is made again', async () => {
    const { tracker } = await local();
    const [line = {}] = LINES;
    await imported(tracker, [line]);
    await tracker.updateIssue('1', { metadata: {} });
    expect(await imported(tracker, [line])).toMatchObject([{ outcome: 'created', key: '2' }]);
    expect(await tracker.intake?.take([{ draft: { title: 'x', body: '' } }])).toMatchObject([
      { isNew: true, issue: { key: '3' } },
    ]);
  });

  test('authors and times are kept, and none that is later than now', async () => {
    const { tracker } = await local();
    const ann = { id: 'ann', name: 'ann' };
    await imported(tracker, [
      {
        ...{ tracker: 'x', key: '1', title: 'a', state: 'done', author: ann, createdAt: '2026-01-01T00:00:00Z' },
        comments: [{ body: 'c', author: { id: 'ben', name: 'ben' }, createdAt: '2026-02-01T00:00:00Z' }, { body: 'd' }],
      },
      { tracker: 'x', key: '2', title: 'b', createdAt: '2099-01-01T00:00:00Z' },
      { title: 'c' },
    ]);
    const [third, second, first] = await all(tracker);
    expect(first).toMatchObject({ author: ann, createdAt: Date.parse('2026-01-01T00:00:00Z'), body: '' });
    expect(second).toMatchObject({ author: { id: 'importer' }, createdAt: NOW });
    expect(third).toMatchObject({ author: { id: 'importer' }, createdAt: NOW });
    expect(await collect(tracker.listComments('1'))).toMatchObject([
      { body: 'c', author: { id: 'ben' }, createdAt: Date.parse('2026-02-01T00:00:00Z') },
      { body: 'd', author: { id: 'importer' }, createdAt: NOW },
    ]);
    expect(await collect(tracker.listIssues({ author: 'ann' }))).toHaveLength(1);
    expect(await collect(tracker.listIssues({ createdSince: Date.parse('2026-03-01T00:00:00Z') }))).toHaveLength(2);
    expect(await collect(tracker.listUsers())).toMatchObject([{ id: 'ann' }, { id: 'ben' }, { id: 'importer' }]);
  });

  test('a bad line does not touch the others', async () => {
    const { tracker } = await local();
    const results = await imported(tracker, [
      { title: 'a' },
      { title: 'b', labels: ['one\u0007two'] },
      { title: 'c'.repeat(300), body: 'text' },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'created']);
    const [long] = await all(tracker);
    expect([long?.title, long?.body]).toEqual([`${'c'.repeat(254)}…`, `${'c'.repeat(300)}\n\ntext`]);
    expect(results[2]?.notes).toEqual(['the title is cut to 255 characters, and stands whole in the text.']);
  });
});

describe('into a tracker that knows no “once”', () => {
  test('two imports at once leave one issue of each, and say which copies were closed', async () => {
    const { open, tracker } = memory();
    const lines = LINES.slice(0, 60);
    const results = (await Promise.all([imported(open(), lines), imported(open(), lines)])).flat();
    const issues = await all(tracker);
    const open_ = issues.filter(({ state }) => !isClosed(state));
    expect(open_).toHaveLength(60);
    expect(new Set(open_.map(({ title }) => title)).size).toBe(60);
    for (const { key } of open_) expect(await collect(tracker.listComments(key))).toHaveLength(1);
    const closed = issues.filter(({ state }) => isClosed(state));
    expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(60);
    expect(results.flatMap(({ notes }) => notes)).toHaveLength(closed.length);
    const [twin] = closed;
    if (twin) {
      const { twinOf } = Object(twin.metadata['origin']);
      expect(await collect(tracker.listComments(twin.key))).toMatchObject([
        { body: `A copy of ${twinOf}: two imports made it at once.` },
      ]);
    }
    // and a third one finds those that stand
    const third = await imported(open(), lines);
    expect(third.map(({ key }) => key).sort()).toEqual(open_.map(({ key }) => key).sort());
    expect(third.every(({ outcome, notes }) => outcome === 'unchanged' && notes.length === 0)).toBe(true);
  });

  test('an issue whose hidden mark is lost is known by what its text says', async () => {
    const { tracker } = memory();
    const [line = {}] = LINES;
    await imported(tracker, [line]);
    const { body } = await tracker.getIssue('1');
    expect(body).toBe('*Written on 2026-01-01T00:00:00Z in github: `1`, https://github.com/o/r/issues/1*');
    await tracker.updateIssue('1', { metadata: {} });
    expect(await imported(tracker, [line])).toMatchObject([{ outcome: 'unchanged', key: '1' }]);
  });

  test('of two with one origin the older one is meant', async () => {
    const { tracker, world } = memory();
    const [line = {}] = LINES;
    const metadata = {
      origin: {
        tracker: 'github',
        key: '1',
        url: 'https://github.com/o/r/issues/1',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    };
    await tracker.createIssue({ title: 'older', body: '', metadata });
    world.advance(1000);
    await tracker.createIssue({ title: 'newer', body: '', metadata });
    expect(await imported(tracker, [line])).toMatchObject([{ outcome: 'unchanged', key: '1' }]);
  });
});

describe('a dry run says what the run does', () => {
  const FILE = [
    { tracker: 'x', key: '1', title: 'a', milestone: 'v1', labels: ['ui'], links: [{ type: 'blocks', target: '2' }] },
    { tracker: 'x', key: '2', title: 'b', parent: '1', links: [{ type: 'relates to', target: '9' }] },
    { tracker: 'x', key: '2', title: 'b', parent: '1' },
    { tracker: 'x', key: '3', title: 'c', parent: '9' },
    { _type: 'issue', id: 'bd-1', title: 'd', status: 'odd' },
    { _type: 'memory', key: 'k', value: 'v' },
    { title: 'e', labels: ['x\u0007'] },
    { nothing: true },
    LINES[0] ?? {},
  ];

  test('into the embedded tracker', async () => {
    const real = await local();
    const dry = await local(true, real.cwd);
    const first = LINES[0] ?? {};
    await imported(real.tracker, [
      { ...first, comments: [] },
      { tracker: 'x', key: '1', title: 'a' },
    ]);
    const told = await imported(dry.tracker, FILE, { dryRun: true });
    expect(await all(real.tracker)).toHaveLength(2);
    const done = await imported(real.tracker, FILE);
    const shown = (results: typeof told) =>
      results.map(({ line, source, outcome, notes, error, mistakes }) => [
        line,
        source,
        outcome,
        notes,
        error?.message,
        mistakes,
      ]);
    expect(shown(told)).toEqual(shown(done));
    expect(done.flatMap(({ notes }) => notes)).toContain('the link “blocks” 2 is added.');
    expect(done.flatMap(({ notes }) => notes)).toContain('1 comment is added.');
    expect(done.flatMap(({ notes }) => notes)).toContain('the parent 9 is left out: it is not in the file.');
  });

  test('into another tracker', async () => {
    const { tracker, driver, world } = memory();
    const { dryRunDriver } = await import('../../../../core/tracker/dry-run.ts');
    const dry = completeTracker({
      driver: dryRunDriver(driver, world, () => undefined),
      name: 'Memory',
      world,
      dryRun: true,
    });
    const told = await imported(dry, FILE, { dryRun: true });
    expect(await all(tracker)).toEqual([]);
    const done = await imported(tracker, FILE);
    const shown = (results: typeof told) =>
      results.map(({ line, source, outcome, notes, error, mistakes }) => [
        line,
        source,
        outcome,
        notes,
        error?.message,
        mistakes,
      ]);
    expect(shown(told)).toEqual(shown(done));
  });
});

describe('somebody whom the tracker does not know', () => {
  const zoe = { title: 'a', assignees: [{ id: 'zoe', name: 'Zoe' }] };
  const refusing = (kind: 'validation' | 'permission') => {
    const { tracker, driver, world } = memory();
    const createIssue: typeof driver.createIssue = async (draft) => {
      if (draft.assignees?.includes('zoe')) throw new PaceError({ kind, message: 'No zoe.', remedy: '' });
      return driver.createIssue(draft);
    };
    return { tracker, refusing: completeTracker({ driver: { ...driver, createIssue }, name: 'Memory', world }) };
  };

  test('is a note, and the issue is there', async () => {
    const { tracker, refusing: target } = refusing('validation');
    expect(await imported(target, [zoe])).toMatchObject([
      {
        ...{ outcome: 'created', key: '1' },
        notes: ['assigned to zoe is left out: the tracker does not know them as people who can be assigned.'],
      },
    ]);
    expect((await all(tracker)).map(({ title }) => title)).toEqual(['a']);
  });

  test('hides no other trouble', async () => {
    const { tracker, refusing: target } = refusing('permission');
    expect(await imported(target, [zoe])).toMatchObject([{ outcome: 'failed', error: { message: 'No zoe.' } }]);
    expect(await all(tracker)).toEqual([]);
  });
});
