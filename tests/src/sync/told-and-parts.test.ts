/** What the caller of a run says beside its request: which issues it is about, which are one, and what comes before the first write. */
import { describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import type { SyncReport } from '../../../src/sync/engine.ts';
import { syncBench } from '../../support/sync-bench.ts';

describe('before the first write', () => {
  test('all of it is told once, and nothing is written when that is refused', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: '' });
    const heard: SyncReport[] = [];
    const refused = bench.run({
      flow: 'to-b',
      before: async (planned) => {
        heard.push(planned);
        throw new Error('no');
      },
    });
    await expect(refused).rejects.toThrow('no');
    expect(heard.map(({ written }) => written)).toEqual([
      [{ kind: 'create', side: 'b', key: '', other: '1', title: 'One' }],
    ]);
    expect(await collect(b.listIssues({ state: 'all' }))).toEqual([]);
  });

  test('is never reached where nothing is to be written, or in a dry run', async () => {
    const bench = syncBench();
    await bench.trackers.a.createIssue({ title: 'One', body: '' });
    const before = async () => {
      throw new Error('no');
    };
    await bench.run({ flow: 'to-b', dryRun: true, before });
    await bench.run({ flow: 'to-b' });
    const second = await bench.run({ flow: 'to-b', before });
    expect(second.inStep).toBe(true);
  });
});

describe('issues that are told to be one', () => {
  test('become a pair in which the side counts that is only read', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Ours', body: 'Text', labels: ['ui'] });
    await b.createIssue({ title: 'Theirs', body: 'Other' });
    const request = { flow: 'to-b', told: [{ a: '1', b: '1', isMeant: true }] } as const;
    const report = await bench.run(request);
    expect(report.left).toEqual([]);
    expect(report.counts).toMatchObject({ pairs: 1, b: { created: 0, changed: 1 } });
    expect(await b.getIssue('1')).toMatchObject({ title: 'Ours', body: 'Text', labels: ['ui'] });
    expect(await a.getIssue('1')).toMatchObject({ title: 'Ours' });
    expect((await bench.run(request)).written).toEqual([]);
    // from now on a change of the other side alone is not written over
    bench.world.advance(60_000);
    await b.updateIssue('1', { title: 'Theirs again' });
    expect((await bench.run(request)).written).toEqual([]);
  });

  test('are decided by nobody where only a text says so and they differ', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Ours', body: 'Text' });
    await b.createIssue({ title: 'Theirs', body: 'Text' });
    const report = await bench.run({ flow: 'to-b', told: [{ a: '1', b: '1', isMeant: false }] });
    expect(report.left).toMatchObject([{ kind: 'conflict', field: 'title', before: 'Ours', after: 'Theirs' }]);
    expect(await b.getIssue('1')).toMatchObject({ title: 'Theirs' });
  });

  test('are left where one of them is not there, or has another one', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: '' });
    await a.createIssue({ title: 'Two', body: '' });
    await b.createIssue({ title: 'First', body: '' });
    await bench.run({ flow: 'to-b', told: [{ a: '1', b: '1', isMeant: true }], only: { copies: () => [] } });
    const told = [
      { a: '2', b: '1', isMeant: true },
      { a: '2', b: '77', isMeant: true },
    ];
    const report = await bench.run({ flow: 'to-b', told });
    expect(report.written).toEqual([]);
    expect(report.left).toMatchObject([
      { kind: 'double', key: '2', other: '1', message: '1 is in step with 1, so 2 is not linked with it.' },
      { kind: 'failed', side: 'b', key: '77' },
    ]);
    expect(await collect(b.listIssues({ state: 'all' }))).toHaveLength(1);
  });
});

describe('a run about some issues', () => {
  test('leaves the others to the next one, which looks at all again', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    for (const title of ['One', 'Two']) await a.createIssue({ title, body: '' });
    await bench.run({ flow: 'to-b' });
    bench.world.advance(60 * 60_000);
    await a.updateIssue('1', { title: 'One, better' });
    await a.addComment('2', 'Of two');
    await a.createIssue({ title: 'Three', body: '' });
    bench.world.advance(60 * 60_000);
    const part = await bench.run({ flow: 'to-b', only: { copies: () => [], pair: (pair) => pair.a.key === '1' } });
    expect(part.written).toMatchObject([{ kind: 'update', key: '1' }]);
    const whole = await bench.run({ flow: 'to-b' });
    expect(whole.written.map(({ kind, other }) => [kind, other])).toEqual([
      ['comment', '2'],
      ['create', '3'],
    ]);
    expect((await bench.run({ flow: 'to-b' })).written).toEqual([]);
    expect(await collect(b.listIssues({ state: 'all' }))).toHaveLength(3);
  });

  test('does not read what is only written to, but for what it is about', async () => {
    const bench = syncBench();
    const { a } = bench.trackers;
    for (let number = 1; number <= 30; number += 1) await a.createIssue({ title: `Number ${number}`, body: '' });
    await bench.run({ flow: 'to-b' });
    bench.world.advance(60 * 60_000);
    await a.updateIssue('7', { title: 'Number seven' });
    bench.world.advance(60 * 60_000);
    const before = bench.drivers.b.requests().all;
    const part = await bench.run({ flow: 'to-b', only: { copies: () => [], pair: (pair) => pair.a.key === '7' } });
    expect(part.written).toMatchObject([{ kind: 'update', key: '7' }]);
    // the issue, its change, and what tells whether that is all
    expect(bench.drivers.b.requests().all - before).toBeLessThan(10);
  });

  test('of an issue’s children copies what stands below a pair', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    await b.createIssue({ title: 'Epic', body: '' });
    await bench.run({ flow: 'to-a' });
    await b.createIssue({ title: 'Story', body: '', parent: '1' });
    await b.createIssue({ title: 'Elsewhere', body: '' });
    await bench.run({
      flow: 'to-a',
      only: {
        copies: (fresh, isInStep) => fresh.filter(({ issue: { parent } }) => parent && isInStep('b', parent)),
      },
    });
    expect((await collect(a.listIssues({ state: 'all' }))).map(({ title }) => title).sort()).toEqual(['Epic', 'Story']);
  });
});
