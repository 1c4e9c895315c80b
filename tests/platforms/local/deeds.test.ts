import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft } from '../../../core/ports/index.ts';
import { INVERSE_LINK } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { readEvents } from '../../../platforms/local/log.ts';
import { refusal } from '../../contract/refusal.ts';
import { newBench, removeFolders } from './folders.ts';

const CLAIMER = fileURLToPath(new URL('claimer.ts', import.meta.url));
const BATCHER = fileURLToPath(new URL('batcher.ts', import.meta.url));

afterEach(removeFolders);

describe('a batch', () => {
  test('writes the good items and answers the bad ones, each in its place', async () => {
    const { driver, tracker } = newBench();
    const drafts: IssueDraft[] = [
      { title: 'One', body: '', labels: ['a'] },
      { title: '', body: '' },
      { title: 'No milestone', body: '', milestone: 'nowhere', labels: ['never'] },
      { title: 'No parent', body: '', parent: '99', assignees: ['never'] },
      { title: 'Two', body: '', parent: '1' },
    ];
    const answers = (await driver.batch?.create?.(drafts)) ?? [];
    const told = answers.map((one) => (one instanceof PaceError ? `${one.operation}: ${one.kind}` : one.key));
    const refused = 'createIssue: validation';
    expect(told).toEqual(['1', refused, refused, refused, '2']);
    expect((await collect(tracker.listLabels())).map(({ name }) => name)).toEqual(['a']);
    expect((await collect(tracker.listUsers())).map(({ id }) => id)).toEqual(['tester']);
    const changes = [
      { key: '1', patch: { state: 'done', parent: '2' } as const },
      { key: '7', patch: { title: 'x' } },
      { key: '2', patch: { title: 'Second', addLabels: ['b'] } },
    ];
    const changed = (await driver.batch?.update?.(changes)) ?? [];
    expect(changed.map((one) => (one instanceof PaceError ? one.kind : [one.title, one.state, one.labels]))).toEqual([
      'validation',
      'not-found',
      ['Second', 'open', ['b']],
    ]);
    expect((await driver.getIssue('1')).state).toBe('open');
  });

  test('of which the process is killed half-way is there whole or not at all', { timeout: 60_000 }, async () => {
    const { cwd, tracker, path } = newBench();
    for (const delay of [0, 40, 80]) {
      const child = spawn(process.execPath, [BATCHER, cwd, '1000'], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      setTimeout(() => child.kill('SIGKILL'), delay);
      await once(child, 'close');
      const all = await collect(tracker.listIssues());
      expect(all.length % 1000).toBe(0);
      await turn();
    }
    const db = new DatabaseSync(path);
    expect({ ...db.prepare('PRAGMA integrity_check').get() }).toEqual({ integrity_check: 'ok' });
    db.close();
  });
});

describe('a claim', () => {
  test('is never held by two processes', { timeout: 60_000 }, async () => {
    const { cwd, tracker } = newBench();
    await tracker.createIssue({ title: 'Wanted', body: '' });
    await turn();
    const output = join(cwd, 'claims.txt');
    const file = openSync(output, 'a');
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [CLAIMER, cwd, '10'], { stdio: ['ignore', file, 'inherit'] }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
    closeSync(file);
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    expect([codes, lines.length]).toEqual([[0, 0, 0, 0], 80]);
    // whoever has begun ends before another begins
    const overlaps = lines.filter((line, index) => index % 2 === 1 && line !== lines[index - 1]?.replace('+', '-'));
    expect(overlaps).toEqual([]);
    expect(new Set(lines).size).toBe(8);
  });

  test('ends by the clock, or by its agent alone', async () => {
    const { tracker, world } = newBench();
    await tracker.createIssue({ title: 'x', body: '' });
    const until = world.now() + 5000;
    expect(await tracker.claim('1', { agent: 'one', forMs: 5000 })).toEqual({ key: '1', agent: 'one', until });
    await refusal(() => tracker.claim('1', { agent: 'two', forMs: 1 }), { kinds: ['conflict'], operation: 'claim' });
    expect(await tracker.release('1', 'two')).toBe(false);
    world.advance(4999);
    expect((await tracker.currentClaim('1'))?.agent).toBe('one');
    world.advance(1);
    expect(await tracker.currentClaim('1')).toBeUndefined();
    expect((await tracker.claim('1', { agent: 'two', forMs: 1000 })).agent).toBe('two');
    expect((await tracker.claim('1', { agent: 'two', forMs: 9000 })).until).toBe(world.now() + 9000);
    expect([await tracker.release('1', 'one'), await tracker.release('1', 'two')]).toEqual([false, true]);
    expect(await tracker.currentClaim('1')).toBeUndefined();
  });
});

describe('a parent', () => {
  test('is never below its child', async () => {
    const { tracker } = newBench();
    await tracker.createIssue({ title: 'One', body: '' });
    for (const parent of ['1', '2', '3']) await tracker.createIssue({ title: 'Below', body: '', parent });
    for (const parent of ['1', '2', '4']) {
      const call = () => tracker.updateIssue('1', { parent, title: 'Never' });
      await refusal(call, { kinds: ['validation'], operation: 'updateIssue' });
    }
    expect((await tracker.getIssue('1')).title).toBe('One');
    expect((await tracker.updateIssue('4', { parent: '1' })).parent).toBe('1');
    expect((await tracker.getEpicChildren('1')).map(({ key }) => key)).toEqual(['4', '2']);
  });
});

test('a link is stored once, and read from both ends', async () => {
  const { tracker, path } = newBench();
  for (const title of ['One', 'Two']) await tracker.createIssue({ title, body: '' });
  // of these two, the other direction would close a circle
  const circular = new Set(['is blocked by', 'depends on']);
  const types = (await tracker.getLinkTypes()).filter((type) => !circular.has(type));
  for (const type of types) await tracker.createLink('1', { type, target: '2' });
  await tracker.createLink('2', { type: 'is blocked by', target: '1' });
  await tracker.createLink('2', { type: 'relates to', target: '1' });
  expect((await tracker.getIssueLinks('1')).length).toBe(9);
  expect((await tracker.getIssueLinks('1')).map(({ type }) => type).sort()).toEqual([...types].sort());
  expect((await tracker.getIssueLinks('2')).map(({ type }) => type).sort()).toEqual(
    types.map((type) => INVERSE_LINK[type]).sort(),
  );
  await turn();
  const db = new DatabaseSync(path);
  expect({ ...db.prepare('SELECT count(*) AS links FROM link').get() }).toEqual({ links: 9 });
  db.close();
  for (const type of await tracker.getLinkTypes()) await tracker.deleteLink('2', { type, target: '1' });
  expect('links' in (await tracker.getIssue('1'))).toBe(false);
});

test('every change is in the log, with what was there before', async () => {
  const { tracker, world } = newBench();
  await tracker.createMilestone({ title: 'M1' });
  await tracker.createIssue({ title: 'One', body: 'Text.' });
  await tracker.createIssue({ title: 'Two', body: '' });
  await tracker.updateIssue('1', {
    milestone: 'M1',
    priority: 2,
    assignees: ['anna'],
    type: 'bug',
    state: 'in_progress',
  });
  await tracker.updateIssue('1', { milestone: null, storyPoints: 3, parent: '2', dueDate: '2026-04-01' });
  await tracker.updateIssue('1', {});
  const { id } = await tracker.addComment('1', 'First.');
  await tracker.updateComment('1', id, 'Edited.');
  await tracker.deleteComment('1', id);
  await tracker.createLink('1', { type: 'blocks', target: '2' });
  await tracker.deleteLink('1', { type: 'blocks', target: '2' });
  const { until } = await tracker.claim('1', { agent: 'forge', forMs: 1000 });
  await tracker.release('1', 'forge');
  await tracker.updateIssue('2', { labels: ['a'] });
  await tracker.updateLabel('a', { name: 'b', color: 'ff0000' });
  await tracker.updateMilestone('m1', { state: 'closed' });
  await tracker.deleteLabel('B');
  await tracker.deleteMilestone('M1');
  const told = async (key?: string) =>
    (await readEvents(world, {}, key)).map(({ kind, subject, before }) => [kind, subject, before]);
  expect(await told('1')).toEqual([
    ['created', undefined, {}],
    ['updated', undefined, { type: null, priority: null, milestone: null, assignees: [] }],
    ['moved', undefined, { state: 'open' }],
    ['updated', undefined, { milestone: 'M1', parent: null, storyPoints: null, dueDate: null }],
    ['commented', '1', {}],
    ['comment edited', '1', { body: 'First.' }],
    ['comment deleted', '1', { body: 'Edited.', author: 'tester', createdAt: world.now() }],
    ['linked', 'blocks 2', {}],
    ['unlinked', 'blocks 2', {}],
    ['claimed', 'forge', {}],
    ['released', 'forge', { agent: 'forge', until }],
  ]);
  const shared = (await readEvents(world, {})).filter(({ key }) => key === undefined);
  expect(shared.map(({ kind, subject, before }) => [kind, subject, before])).toEqual([
    ['milestone created', 'M1', {}],
    ['label edited', 'b', { name: 'a' }],
    ['milestone edited', 'M1', { title: 'M1', state: 'open' }],
    ['label deleted', 'b', { name: 'b', color: 'ff0000', issues: [2] }],
    ['milestone deleted', 'M1', { title: 'M1', state: 'closed', issues: [] }],
  ]);
});

test('an order of numbers is an order of times, also by a clock that was set back', async () => {
  const { tracker, world } = newBench();
  const first = await tracker.createIssue({ title: 'One', body: '' });
  world.advance(-60_000);
  expect((await tracker.createIssue({ title: 'Two', body: '' })).createdAt).toBe(first.createdAt);
});
