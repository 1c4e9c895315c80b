import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { readEvents } from '../../../platforms/local/log.ts';
import { type Bench, newBench, removeFolders } from './folders.ts';

/**
 * A file that the first version of the tables was written to, by the program of that time: an issue with two labels, two
 * assignees and a comment, that is done; and one that was relabelled, when labels of two spellings could stand side by side.
 */
const VERSION_1 = fileURLToPath(new URL('version-1.db', import.meta.url));
const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

function raised(): Bench {
  const bench = newBench();
  mkdirSync(join(bench.cwd, '.pace'));
  copyFileSync(VERSION_1, bench.path);
  return bench;
}

afterEach(removeFolders);

describe('a database of version 1', () => {
  test('keeps every issue and comment', async () => {
    const { tracker } = raised();
    const start = Date.parse('2026-03-02T09:00:00Z');
    const tester = { id: 'tester', name: 'tester' };
    const people = ['anna', 'ben'].map((name) => ({ id: name, name }));
    expect(await collect(tracker.listIssues())).toEqual([
      {
        ...{
          key: '2',
          url: '.pace/pace.db#2',
          title: 'Second, new',
          body: 'Other words.',
          state: 'open',
          stateName: 'Open',
        },
        ...{ labels: ['x'], assignees: [], author: tester, metadata: {} },
        ...{ createdAt: start + 1000, updatedAt: start + 3000 },
      },
      {
        ...{
          key: '1',
          url: '.pace/pace.db#1',
          title: 'First Öl',
          body: 'Body of the first.',
          state: 'done',
          stateName: 'Done',
        },
        ...{ labels: ['Area/UI', 'bug'], assignees: people, author: tester, metadata: { pace: { kind: 'note' } } },
        ...{ createdAt: start, updatedAt: start + 2000 },
      },
    ]);
    const comments = await collect(tracker.listComments('1'));
    expect(comments).toEqual([{ id: '1', body: 'Done.', author: tester, createdAt: start + 2000 }]);
  });

  test('keeps its log', async () => {
    const { world } = raised();
    const events = await readEvents(world, {});
    expect(events.map(({ key, id, kind, actor, before }) => [key, id, kind, actor, before])).toEqual([
      ['1', 1, 'created', 'tester', {}],
      ['2', 1, 'created', 'tester', {}],
      ['1', 2, 'moved', 'tester', { state: 'open' }],
      ['1', 3, 'commented', 'tester', {}],
      ['2', 2, 'updated', 'tester', { title: 'Second', labels: ['Bug', 'bug'] }],
    ]);
  });

  test('is filtered and searched like a new one', async () => {
    const { tracker } = raised();
    const found = async (filter: object) => (await collect(tracker.listIssues(filter))).map(({ key }) => key);
    expect(await found({ labels: ['BUG'] })).toEqual(['1']);
    expect(await found({ labels: ['area/ui'], states: ['done'] })).toEqual(['1']);
    expect(await found({ assignee: 'Ben' })).toEqual(['1']);
    expect(await found({ author: 'TESTER' })).toEqual(['2', '1']);
    expect(await found({ text: 'öl irst' })).toEqual(['1']);
    expect(await found({ text: 'words' })).toEqual(['2']);
  });

  test('takes everything that a new one takes, and is whole', async () => {
    const { tracker, path } = raised();
    await tracker.createMilestone({ title: 'M1' });
    const fields = {
      type: 'bug',
      priority: 1,
      milestone: 'M1',
      parent: '1',
      storyPoints: 3,
      dueDate: '2026-04-01',
    } as const;
    expect(await tracker.updateIssue('2', { ...fields, addLabels: ['BUG'] })).toMatchObject({
      ...fields,
      labels: ['bug', 'x'],
    });
    expect((await tracker.createIssue({ title: 'Third', body: '' })).key).toBe('3');
    await turn();
    const db = new DatabaseSync(path);
    const checks = ['integrity_check', 'foreign_key_check', 'user_version'].map((name) =>
      db.prepare(`PRAGMA ${name}`).all(),
    );
    db.close();
    expect(checks).toEqual([[{ integrity_check: 'ok' }], [], [{ user_version: 4 }]]);
  });

  test('is raised once by several processes that come at the same time', { timeout: 60_000 }, async () => {
    const { cwd, tracker } = raised();
    const children = Array.from({ length: 3 }, () =>
      spawn(process.execPath, [WRITER, cwd, '5', 'turns'], { stdio: 'ignore' }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect((await collect(tracker.listIssues())).length).toBe(17);
  });
});

/**
 * A file of the second version, by the program of that time: an epic with a story that is claimed, one that blocks two others of which
 * one waits for a closed issue as well, and a change of each kind.
 */
const VERSION_2 = fileURLToPath(new URL('version-2.db', import.meta.url));

function raisedFrom2(): Bench {
  const bench = newBench();
  mkdirSync(join(bench.cwd, '.pace'));
  copyFileSync(VERSION_2, bench.path);
  bench.world.advance(2000);
  return bench;
}

describe('a database of version 2', () => {
  test('knows at once what can be begun and what waits', async () => {
    const { tracker } = raisedFrom2();
    const keys = async (list: AsyncIterable<{ key: string }>) => (await collect(list)).map(({ key }) => key);
    expect(await keys(tracker.listReady())).toEqual(['3']);
    expect((await collect(tracker.listBlocked())).map(({ key, blockedBy }) => [key, blockedBy])).toEqual([
      ['4', [{ key: '3', title: 'Base, new', state: 'open' }]],
      ['5', [{ key: '3', title: 'Base, new', state: 'open' }]],
    ]);
    expect((await tracker.explainReadiness('2')).why).toEqual(['ann has claimed it until 2026-03-02 10:00 UTC']);
    expect((await tracker.explainReadiness('1')).why).toEqual(['open issues stand below it: 2 (open)']);
    await tracker.transitionIssue('3', 'done');
    expect(await keys(tracker.listReady())).toEqual(['4', '5']);
    await tracker.transitionIssue('6', 'open');
    expect(await keys(tracker.listReady())).toEqual(['4', '6']);
    await tracker.createLink('6', { type: 'discovered from', target: '1' });
    expect(await tracker.getIssueLinks('1')).toEqual([{ type: 'led to', target: '6' }]);
  });

  test('keeps links, log and order, and goes on counting', async () => {
    const { tracker, path } = raisedFrom2();
    expect(await tracker.getIssueLinks('3')).toEqual([
      { type: 'blocks', target: '4' },
      { type: 'is dependency of', target: '5' },
      { type: 'relates to', target: '2' },
    ]);
    const next = tracker.watch();
    expect(await next()).toEqual([]);
    await tracker.updateIssue('3', { priority: 0 });
    expect((await next()).map(({ key, id, field, after }) => [key, id, field, after])).toEqual([
      ['3', '7', 'priority', 0],
    ]);
    expect((await collect(tracker.history('3'))).map(({ id, kind, field, after }) => [id, kind, field, after])).toEqual(
      [
        ['1', 'created', undefined, undefined],
        ['2', 'linked', 'links', 'blocks 4'],
        ['3', 'linked', 'links', 'is dependency of 5'],
        ['4', 'linked', 'links', 'relates to 2'],
        ['5', 'changed', 'title', 'Base, new'],
        ['6', 'commented', 'comments', '1'],
        ['7', 'changed', 'priority', 0],
      ],
    );
    // what version 2 has written can be taken back as well, each by itself
    await tracker.undo('6', '3');
    expect((await tracker.getIssue('6')).state).toBe('open');
    await turn();
    const db = new DatabaseSync(path);
    const checks = ['integrity_check', 'foreign_key_check', 'user_version'].map((name) =>
      db.prepare(`PRAGMA ${name}`).all(),
    );
    db.close();
    expect(checks).toEqual([[{ integrity_check: 'ok' }], [], [{ user_version: 4 }]]);
  });

  test('a deleted issue leaves nobody waiting', async () => {
    const { tracker, path } = raisedFrom2();
    await tracker.createIssue({ title: 'Child', body: '', parent: '4' });
    await turn();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA foreign_keys = ON; DELETE FROM issue WHERE number = 3; DELETE FROM issue WHERE number = 7');
    const rows = db.prepare('SELECT number, waits, below FROM issue WHERE number IN (4, 5) ORDER BY number').all();
    db.close();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { number: 4, waits: 0, below: 0 },
      { number: 5, waits: 0, below: 0 },
    ]);
  });
});
