/** What leads to an issue that is gone on one side. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

/** A parent, its child, and an issue that the child blocks, in step on both sides. */
async function family() {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  const parent = await a.createIssue({ title: 'Parent', body: '', type: 'epic' });
  const other = await a.createIssue({ title: 'Other', body: '' });
  const child = await a.createIssue({ title: 'Child', body: '', parent: parent.key });
  await a.createLink(child.key, { type: 'blocks', target: other.key });
  await bench.run();
  bench.world.advance(3_600_000);
  const keys = [...bench.state().pairs.values()];
  const onB = (key: string) => keys.find((pair) => pair.a.key === key)?.b.key ?? '';
  const copies = { parent: onB(parent.key), other: onB(other.key), child: onB(child.key) };
  const led = async () => ({
    a: [(await a.getIssue(child.key)).parent, await a.getIssueLinks(child.key)],
    b: [(await b.getIssue(copies.child)).parent, await b.getIssueLinks(copies.child)],
  });
  return { bench, other, child, copies, led };
}

/** Both still stand where they stood, but nobody can read one of them on b. */
function hide({ drivers }: SyncBench, hidden: readonly string[]): void {
  const { getIssue, listIssues } = drivers.b;
  drivers.b.getIssue = async (key) => {
    if (hidden.includes(key)) throw new PaceError({ kind: 'not-found', message: `${key} is gone.`, remedy: 'None.' });
    return getIssue(key);
  };
  drivers.b.listIssues = async function* (filter) {
    for await (const issue of listIssues(filter)) if (!hidden.includes(issue.key)) yield issue;
  };
}

describe.each([{ prefer: 'ask' }, { prefer: 'a' }, { prefer: 'b' }, { flow: 'to-b', force: true }] as const)(
  'with %j',
  (asked) => {
    test('that both still lead to it is no conflict, and nothing is removed', async () => {
      const { bench, child, copies, led } = await family();
      const before = await led();
      hide(bench, [copies.parent, copies.other]);
      const found = await bench.run({ ...asked, full: true });
      expect(found.left.map(({ kind }) => kind)).toEqual(['orphan', 'orphan']);
      bench.world.advance(3_600_000);
      await bench.trackers.a.updateIssue(child.key, { title: 'Child, renamed' });
      const report = await bench.run(asked);
      expect(report.left.filter(({ kind }) => kind !== 'orphan')).toEqual([]);
      expect((await bench.drivers.b.getIssue(copies.child)).title).toBe('Child, renamed');
      expect(await led()).toEqual(before);
      expect(bench.state().conflicts).toEqual([]);
      const saves = bench.saves();
      bench.world.advance(3_600_000);
      for (const full of [false, true]) expect((await bench.run({ ...asked, full })).written).toEqual([]);
      expect(bench.saves()).toBe(saves);
    });

    test('that the tracker itself leads there no more removes nothing on the other side', async () => {
      const { bench, child, copies, led } = await family();
      const before = await led();
      await bench.drivers.b.updateIssue(copies.child, { parent: null });
      await bench.drivers.b.deleteLink?.(copies.child, { type: 'blocks', target: copies.other });
      for (const key of [copies.parent, copies.other]) await bench.drivers.b.deleteIssue?.(key);
      // a list of changes tells that the child has changed, and nothing of those that are gone
      for (const full of [false, true]) {
        bench.world.advance(3_600_000);
        await bench.trackers.a.updateIssue(child.key, { title: `Child, ${full}` });
        const report = await bench.run({ ...asked, full });
        expect(report.left).toMatchObject(full ? [] : [{ kind: 'orphan' }, { kind: 'orphan' }]);
        expect((await led()).a).toEqual(before.a);
        expect(bench.state().conflicts).toEqual([]);
      }
    });
  },
);

test('what leads elsewhere now leads there on both sides', async () => {
  const { bench, child, other, copies, led } = await family();
  hide(bench, [copies.parent]);
  await bench.run({ full: true });
  bench.world.advance(3_600_000);
  await bench.trackers.a.updateIssue(child.key, { parent: other.key });
  expect((await bench.run()).left.filter(({ kind }) => kind !== 'orphan')).toEqual([]);
  expect((await led()).b[0]).toBe(copies.other);
});

test('where nobody can tell whether it is gone, nothing is written, and the next run tries again', async () => {
  const { bench, child, copies, led } = await family();
  const before = await led();
  const { getIssue } = bench.drivers.b;
  bench.drivers.b.getIssue = async (key) => {
    if (key === copies.parent) throw new PaceError({ kind: 'permission', message: 'Not now.', remedy: 'Wait.' });
    return getIssue(key);
  };
  await bench.drivers.b.updateIssue(copies.child, { parent: null });
  expect((await bench.run()).left).toMatchObject([{ kind: 'failed', key: child.key, message: 'Not now.' }]);
  expect((await led()).a).toEqual(before.a);
  bench.drivers.b.getIssue = getIssue;
  bench.world.advance(3_600_000);
  expect((await bench.run()).left).toEqual([]);
  // it is there, so that somebody has taken the child away from it
  expect((await led()).a[0]).toBeUndefined();
});
