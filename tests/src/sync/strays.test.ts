/** Issues that say they are copies: of what is lost, of what was copied by hand, of a third tracker, or untruly. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

const titles = async (tracker: IssueTracker) =>
  (await collect(tracker.listIssues({ state: 'all' }))).map(({ title }) => title).sort();

const lineOf = (url: string) => `In step with [x](${url}). What stands below this line stays here.`;

function strangers(tracker: IssueTracker, keys: readonly string[]): void {
  Object.assign(tracker, { isTrusted: async ({ key }: { key: string }) => !keys.includes(key) });
}

test('pairs are found again where the file is lost, by the mark or by the line alone, and nothing is written', async () => {
  for (const lacks of [{}, { metadata: 'Nowhere to put it.' }]) {
    const bench = syncBench({ b: { lacks } });
    const { a, b } = bench.trackers;
    for (const title of ['One', 'Two']) await a.createIssue({ title, body: 'Text' });
    await bench.run({ flow: 'to-b' });
    bench.forget();
    bench.world.advance(60_000);
    const report = await bench.run();
    expect([report.inStep, report.written, report.counts.pairs]).toEqual([true, [], 2]);
    expect([await titles(a), await titles(b)]).toEqual([
      ['One', 'Two'],
      ['One', 'Two'],
    ]);
  }
});

test('a copy that a person has copied with its mark is said to be a double, and gets nothing', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: 'Text' });
  await bench.run({ flow: 'to-b' });
  const { title, body, metadata } = await b.getIssue('1');
  await b.createIssue({ title, body, metadata });
  for (const forgets of [false, true]) {
    if (forgets) bench.forget();
    bench.world.advance(60_000);
    const report = await bench.run({ yes: true });
    expect(report.left.map(({ kind }) => kind)).toEqual(['double']);
    expect([report.written, await titles(a), (await titles(b)).length]).toEqual([[], ['One'], 2]);
  }
  // as the remedy says
  const [{ key = '', remedy = '' } = {}] = (await bench.run()).left;
  expect(remedy.startsWith(`Please close or delete ${key};`)).toBe(true);
  await b.transitionIssue(key, 'canceled');
  bench.world.advance(60_000);
  expect(await bench.run()).toMatchObject({ inStep: true, left: [], written: [] });
  expect((await a.getIssue('1')).state).toBe('open');
});

test('a stranger who says that an issue is a copy has written an issue like any', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  const secret = await a.createIssue({ title: 'Secret', body: 'Of a', labels: ['internal'] });
  const known = await a.createIssue({ title: 'Known', body: 'Of a', labels: ['public'] });
  await bench.run({ query: 'label:public' });
  expect(await titles(b)).toEqual(['Known']);
  await b.createIssue({ title: 'Line', body: `Mine\n\n${lineOf(secret.url)}` });
  const mark = { pair: 'x', id: secret.id ?? secret.key, key: secret.key };
  await b.createIssue({ title: 'Mark', body: 'Mine', metadata: { pace_sync: { 'memory team/a': mark } } });
  await b.createIssue({
    title: 'Odd mark',
    body: '',
    metadata: { pace_sync: { 'memory team/a': { ...mark, key: '../1' } } },
  });
  await b.createIssue({ title: 'Double', body: lineOf(known.url) });
  await b.createIssue({
    title: 'Odd line',
    body: 'In step with whatever this is. What stands below this line stays here.',
  });
  strangers(b, ['2', '3', '4', '5', '6']);
  bench.world.advance(60_000);
  const report = await bench.run();
  expect(report.left).toEqual([]);
  expect(await titles(a)).toEqual(['Double', 'Known', 'Line', 'Mark', 'Odd line', 'Odd mark', 'Secret']);
  expect((await b.getIssue('2')).body).toContain('Mine');
  expect((await a.getIssue(secret.key)).body).toBe('Of a');
});

test('a copy of an issue of a third tracker goes on to the next one', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Of a', body: '' });
  const body = `Text\n\n${lineOf('https://example.org/third/issues/5')}`;
  await b.createIssue({ title: 'Marked', body, metadata: { pace_sync: { third: { pair: 'p', id: '5', key: '5' } } } });
  await b.createIssue({ title: 'With a line alone', body });
  await bench.run();
  expect(await titles(a)).toEqual(['Marked', 'Of a', 'With a line alone']);
  expect((await b.getIssue('1')).body).toBe(body);
  expect((await bench.run()).written).toEqual([]);
});

test('a copy of an issue that is gone is not copied back', async () => {
  for (const lacks of [{}, { metadata: 'Nowhere to put it.' }]) {
    const bench = syncBench({ b: { lacks } });
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'Gone', body: '' });
    await a.createIssue({ title: 'There', body: '' });
    await bench.run();
    await a.deleteIssue('1');
    bench.forget();
    bench.world.advance(60_000);
    await bench.run();
    expect([await titles(a), await titles(b)]).toEqual([['There'], ['Gone', 'There']]);
  }
});

test('a pair of which one is gone is said once and by each look, nothing is written, and it goes on when it comes back', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  const store = bench.drivers.a.store.issues;
  const gone = store.get('1');
  store.delete('1');
  bench.world.advance(3_600_000);
  await b.updateIssue('1', { title: 'Two' });
  const said = async (request = {}) => {
    const report = await bench.run(request);
    bench.world.advance(3_600_000);
    return [report.inStep, report.written, report.left.map(({ kind }) => kind)];
  };
  expect(await said()).toEqual([false, [], ['orphan']]);
  expect(await said()).toEqual([true, [], []]);
  expect(await said({ dryRun: true })).toEqual([false, [], ['orphan']]);
  if (gone) store.set('1', gone);
  const back = await bench.run({ full: true });
  expect([back.left, (await a.getIssue('1')).title]).toEqual([[], 'Two']);
  bench.world.advance(3_600_000);
  await b.updateIssue('1', { title: 'Three' });
  await bench.run();
  expect((await a.getIssue('1')).title).toBe('Three');
});

test('a comment of a third tracker is no copy of one that has the same number', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  const { id } = await a.addComment('1', 'Of a');
  await b.addComment('1', `Of a third\n\n— Ann on [x](https://example.org/third/5), comment ${id}.`);
  await bench.run();
  expect((await collect(b.listComments('1'))).map(({ body }) => body.split('\n')[0]).sort()).toEqual([
    'Of a',
    'Of a third',
  ]);
  expect((await collect(a.listComments('1'))).map(({ body }) => body.split('\n')[0]).sort()).toEqual([
    'Of a',
    'Of a third',
  ]);
});

test('a copy of which the answer was lost is found again, also where its tracker is only written', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run({ flow: 'to-b' });
  bench.world.advance(3_600_000);
  await a.createIssue({ title: 'Two', body: '' });
  const { createIssue } = b;
  const losing = async (draft: IssueDraft): Promise<never> => {
    await createIssue(draft);
    throw new PaceError({ kind: 'transient', message: 'No answer.', remedy: 'Try again.' });
  };
  Object.assign(b, { createIssue: losing });
  expect((await bench.run({ flow: 'to-b' })).left.map(({ kind }) => kind)).toEqual(['failed']);
  expect(bench.open()).toHaveLength(1);
  Object.assign(b, { createIssue });
  bench.world.advance(3_600_000);
  const report = await bench.run({ flow: 'to-b' });
  expect([report.left, report.written, await titles(b), bench.open()]).toEqual([[], [], ['One', 'Two'], []]);
});

test('a write that was refused is no reason to look at its pair for ever', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await bench.run();
  await bench.run();
  bench.requests();
  await bench.run();
  const quiet = bench.requests();
  const { updateIssue } = b;
  Object.assign(b, { updateIssue: () => Promise.reject(new Error('no')) });
  for (const title of ['Two', 'Three', 'Four']) {
    bench.world.advance(3_600_000);
    await a.updateIssue('1', { title });
    expect((await bench.run()).left.map(({ kind }) => kind)).toEqual(['failed']);
    expect(bench.open()).toHaveLength(1);
  }
  Object.assign(b, { updateIssue });
  bench.world.advance(3_600_000);
  expect((await bench.run()).left).toEqual([]);
  expect([bench.open(), (await b.getIssue('1')).title]).toEqual([[], 'Four']);
  bench.requests();
  await bench.run();
  expect(bench.requests()).toBe(quiet);
});

test('what failed and cannot be read at the next run is tried at the one after', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  const { createIssue } = b;
  const refuse = () => Promise.reject(new Error('no'));
  Object.assign(b, { createIssue: refuse });
  expect((await bench.run()).left.map(({ kind }) => kind)).toEqual(['failed']);
  Object.assign(b, { createIssue });
  bench.world.advance(3_600_000);
  await a.createIssue({ title: 'Two', body: '' });
  bench.world.advance(3_600_000);
  const { getIssue } = a;
  Object.assign(a, { getIssue: (key: string) => (key === '1' ? refuse() : getIssue(key)) });
  expect((await bench.run()).left.map(({ kind }) => kind)).toEqual(['failed']);
  Object.assign(a, { getIssue });
  bench.world.advance(3_600_000);
  expect((await bench.run()).left).toEqual([]);
  expect(await titles(b)).toEqual(['One', 'Two']);
});

test('a copy where nothing but its line can tell that it is one has the line, whatever was asked for', async () => {
  for (const lacks of [{}, { metadata: 'Nowhere to put it.' }]) {
    const bench = syncBench({ b: { lacks } });
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: 'Text' });
    await bench.run({ origin: false });
    expect((await b.getIssue('1')).body === 'Text').toBe(!('metadata' in lacks));
    bench.forget();
    bench.world.advance(60_000);
    const report = await bench.run({ origin: false });
    expect([report.written, await titles(a), await titles(b)]).toEqual([[], ['One'], ['One']]);
  }
});

const untold = new PaceError({ kind: 'transient', message: 'It did not go well.', remedy: 'Please try again.' });

test('where nobody can tell who has made a copy, the issue is not copied once more, and the next run knows', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Old', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.createIssue({ title: 'One', body: '', state: 'done' });
  const { createIssue } = b;
  Object.assign(b, {
    createIssue: async ({ title, body, metadata }: IssueDraft) => {
      await createIssue({ title, body, ...(metadata && { metadata }) });
      throw untold;
    },
  });
  await bench.run();
  Object.assign(b, { createIssue, isTrusted: async () => Promise.reject(untold) });
  bench.world.advance(60_000);
  const { left } = await bench.run({ prefer: 'newer' });
  expect(left.map(({ kind, side, key }) => [kind, side, key]).sort()).toEqual([
    ['failed', 'a', '2'],
    ['failed', 'b', '2'],
  ]);
  expect(await titles(b)).toEqual(['Old', 'One']);
  Object.assign(b, { isTrusted: undefined });
  bench.world.advance(3_600_000);
  expect((await bench.run({ prefer: 'newer' })).left).toEqual([]);
  expect([(await a.getIssue('2')).state, (await b.getIssue('2')).state]).toEqual(['done', 'done']);
});

test('where nobody can tell who has made a double, all others go on', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: 'Text' });
  await bench.run({ flow: 'to-b' });
  const { title, body, metadata } = await b.getIssue('1');
  await b.createIssue({ title, body, metadata });
  await a.createIssue({ title: 'Two', body: 'Text' });
  Object.assign(b, { isTrusted: async () => Promise.reject(untold) });
  bench.world.advance(60_000);
  expect((await bench.run()).left).toMatchObject([{ kind: 'failed', side: 'b', key: '2' }]);
  expect([await titles(a), await titles(b)]).toEqual([
    ['One', 'Two'],
    ['One', 'One', 'Two'],
  ]);
  Object.assign(b, { isTrusted: undefined });
  bench.world.advance(3_600_000);
  expect((await bench.run()).left.map(({ kind }) => kind)).toEqual(['double']);
});
