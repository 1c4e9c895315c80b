/** What can be begun in beads, what waits, and what is put off: in few runs of the program. */
import { describe, expect, test } from 'vitest';
import type { RunProgram } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

const VERSIONS: readonly BdVersion[] = ['0.47.1', '0.49.1', '1.0.5'];
const DAY = 86_400_000;

function bench(version: BdVersion) {
  const state = newBd(version, { numbered: true });
  const calls: string[] = [];
  const world = testWorld({ cwd: import.meta.dirname });
  const run: RunProgram = async (args, input) => {
    calls.push(args.filter((arg) => arg !== '--json').join(' '));
    return bd(state, args, {}, () => input ?? '');
  };
  const driver = createTracker(world, { actor: 'ann' }, run);
  const tracker = completeTracker({ driver, name: 'beads', world });
  const create = async (title: string, more: object = {}) => {
    state.ahead += 1000;
    return (await tracker.createIssue({ title, body: '', ...more })).key;
  };
  return { state, calls, world, tracker, create };
}

describe.each(VERSIONS)('bd %s', (version) => {
  test('tells what can be begun and what waits from its lists', async () => {
    const { state, calls, world, tracker, create } = bench(version);
    const [open, blocker, waits, mine, off, epic] = [
      await create('Open', { labels: ['a'] }),
      await create('Blocker', { priority: 0 }),
      await create('Waits'),
      await create('Claimed'),
      await create('Put off', { deferUntil: world.now() + 400 * DAY }),
      await create('Epic', { type: 'epic' }),
    ];
    const child = await create('Child', { parent: epic, priority: 1 });
    const done = await create('Done');
    await tracker.createLink(waits, { type: 'is blocked by', target: blocker });
    await tracker.createLink(open, { type: 'is blocked by', target: done });
    await tracker.transitionIssue(done, 'done');
    await tracker.claim(mine, { agent: 'ben', forMs: 60_000 });
    bd(state, ['update', child, '--status=open']);
    calls.length = 0;
    const keys = async (list: AsyncIterable<{ key: string }>) => (await collect(list)).map(({ key }) => key);
    expect(await keys(tracker.listReady())).toEqual([blocker, child, open]);
    expect(calls.filter((call) => !call.includes('--help')).length, calls.join('\n')).toBeLessThanOrEqual(
      version === '1.0.5' ? 2 : 4,
    );
    expect(await keys(tracker.listReady({ labels: ['a'] }))).toEqual([open]);
    const [blocked, ...others] = await collect(tracker.listBlocked());
    expect(others).toEqual([]);
    expect([blocked?.key, blocked?.blockedBy]).toEqual([waits, [{ key: blocker, title: 'Blocker', state: 'open' }]]);
    expect((await tracker.getIssue(off)).deferUntil).toBe(world.now() + 400 * DAY);
  });

  test('keeps until when an issue is put off, and brings it back', async () => {
    const { state, world, tracker, create } = bench(version);
    const key = await create('One');
    const until = Math.ceil(Date.now() / 1000) * 1000 + DAY;
    const off = await tracker.updateIssue(key, { deferUntil: until });
    expect([off.deferUntil, off.state]).toEqual([until, 'open']);
    expect(state.issues[0]?.defer_until).toBe(new Date(until).toISOString());
    const back = await tracker.updateIssue(key, { deferUntil: null });
    expect([back.deferUntil, back.stateName]).toEqual([undefined, 'open']);
    expect((await tracker.updateIssue(key, { deferUntil: world.now() + 1 })).deferUntil).toBe(
      Math.ceil((world.now() + 1) / 1000) * 1000,
    );
  });

  test('moves nothing that is under way when it is put off', async () => {
    const { tracker, create } = bench(version);
    const key = await create('One');
    await tracker.transitionIssue(key, 'in_progress');
    const off = await tracker.updateIssue(key, { deferUntil: Date.now() + DAY });
    expect(off.stateName).toBe('in_progress');
    await tracker.transitionIssue(key, 'done');
    expect((await tracker.updateIssue(key, { deferUntil: Date.now() + DAY })).state).toBe('done');
  });

  test('has issues that are put off for good', async () => {
    const { state, tracker, create } = bench(version);
    const key = await create('One');
    bd(state, ['update', key, '--status=deferred']);
    expect((await tracker.getIssue(key)).deferUntil).toBe(Date.UTC(9999, 11, 31));
    expect(await collect(tracker.listReady())).toEqual([]);
    const back = await tracker.updateIssue(key, { deferUntil: null });
    expect([back.deferUntil, back.stateName]).toEqual([undefined, 'open']);
    expect(await collect(tracker.listReady())).toHaveLength(1);
  });

  test('links what was found at work to where it was found', async () => {
    const { state, tracker, create } = bench(version);
    const [work, found] = [await create('Work'), await create('Found')];
    await tracker.createLink(found, { type: 'discovered from', target: work });
    expect(state.dependencies).toMatchObject([{ issue_id: found, depends_on_id: work, type: 'discovered-from' }]);
    expect(await tracker.getIssueLinks(work)).toEqual([{ type: 'led to', target: found }]);
    await tracker.deleteLink(work, { type: 'led to', target: found });
    expect(state.dependencies).toEqual([]);
  });
});
