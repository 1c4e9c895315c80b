/** `link`, `unlink` and `resolve` of the real engine, over two trackers in memory. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { markOf } from '../../../src/sync/mark.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const notesOn = async (bench: SyncBench, side: 'a' | 'b') =>
  (await collect(bench.trackers[side].listComments('1'))).map(({ body }) => body);

/** One pair, of which these fields were changed apart. */
async function contested(...fields: ('title' | 'body' | 'state')[]) {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Old', body: 'Old words', state: 'open' });
  await bench.run();
  await bench.run();
  await bench.world.sleep(60_000);
  const of = (side: string, state: 'in_progress' | 'in_review') => ({
    ...(fields.includes('title') && { title: `Title of ${side}` }),
    ...(fields.includes('state') && { state }),
  });
  await a.updateIssue('1', of('a', 'in_progress'));
  await b.updateIssue('1', of('b', 'in_review'));
  if (fields.includes('body')) {
    await a.updateIssue('1', { body: 'Words of a' });
    await b.updateIssue('1', { body: 'Words of b' });
  }
  const { left } = await bench.run();
  const idOf = (field: string) => left.find((line) => line.field === field)?.id ?? '';
  return { bench, a, b, idOf };
}

describe('a decision', () => {
  test('for another text keeps both values, and tells each on its issue', async () => {
    const { bench, a, b, idOf } = await contested('title');
    const id = idOf('title');
    const report = await bench.resolve({ id, decision: { text: 'Title of both' } });
    expect([report.inStep, report.left]).toEqual([true, []]);
    expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Title of both', 'Title of both']);
    expect(bench.state().conflicts).toMatchObject([
      { id, a: 'Title of a', b: 'Title of b', winner: 'neither', text: 'Title of both', by: 'person' },
    ]);
    for (const side of ['a', 'b'] as const)
      expect(await notesOn(bench, side)).toEqual([
        expect.stringMatching(
          new RegExp(`another text\\. What stood here:[^]*Title of ${side}[^]*Title of both[^]*conflict ${id}\\.$`),
        ),
      ]);
    expect(await bench.run({ full: true })).toMatchObject({ inStep: true, written: [], left: [] });
  });

  test('for the value of one side leaves what else is open as it was, and says that it is left', async () => {
    for (const decision of [{ take: 'a' }, { text: 'Given' }] as const) {
      const { bench, b, idOf } = await contested('title', 'state');
      const report = await bench.resolve({ id: idOf('title'), decision });
      expect([report.inStep, report.left]).toEqual([
        false,
        [expect.objectContaining({ kind: 'conflict', field: 'state', id: idOf('state') })],
      ]);
      expect((await b.getIssue('1')).state).toBe('in_review');
      expect((await bench.run()).left).toEqual([expect.objectContaining({ field: 'state', id: idOf('state') })]);
    }
  });

  test('leaves what else is new to the next run', async () => {
    const { bench, a, b, idOf } = await contested('title');
    await bench.world.sleep(60_000);
    await a.addComment('1', 'Written meanwhile');
    await a.updateIssue('1', { addAssignees: ['ann'], addLabels: ['new'] });
    await bench.resolve({ id: idOf('title'), decision: { take: 'a' } });
    await bench.run();
    expect((await b.getIssue('1')).labels).toEqual(['new']);
    expect(await notesOn(bench, 'b')).toContainEqual(expect.stringContaining('Written meanwhile'));
  });

  test('that needs no write any more leaves a new comment to the next run, too', async () => {
    const { bench, a, b, idOf } = await contested('title');
    await bench.world.sleep(60_000);
    await a.addComment('1', 'Written meanwhile');
    await b.updateIssue('1', { title: 'Title of a' });
    const decided = await bench.resolve({ id: idOf('title'), decision: { take: 'a' } });
    expect([decided.inStep, decided.written, bench.state().conflicts]).toEqual([true, [], []]);
    await bench.run();
    expect(await notesOn(bench, 'b')).toEqual([expect.stringContaining('Written meanwhile')]);
  });

  test('goes by the maps of the two, so that it is in the words of every other run', async () => {
    const bench = syncBench();
    const { a, b } = bench.trackers;
    const maps = { states: { Review: 'Doing' }, types: {}, labels: {}, people: {} };
    await a.createIssue({ title: 'One', body: '' });
    await bench.run({ maps });
    await bench.world.sleep(60_000);
    await a.transitionIssue('1', 'Review');
    await b.transitionIssue('1', 'On hold');
    const { left } = await bench.run({ maps });
    const [{ id = '' } = {}] = left;
    const report = await bench.resolve({ id, decision: { take: 'a' }, maps });
    expect([report.left, (await b.getIssue('1')).stateName]).toEqual([[], 'Doing']);
    expect(bench.state().conflicts).toMatchObject([{ id, winner: 'a', by: 'person' }]);
    expect(await bench.run({ maps, full: true })).toMatchObject({ inStep: true, written: [], left: [] });
  });

  test('of a field that is not kept in step any more, for a title of two lines, or a text for a state is refused', async () => {
    const { bench, idOf } = await contested('title', 'state');
    const before = bench.state();
    const id = idOf('title');
    await expect(bench.resolve({ id, decision: { take: 'a' }, fields: ['body'] })).rejects.toThrow('not kept in step');
    await expect(bench.resolve({ id, decision: { text: 'Two\nlines' } })).rejects.toThrow('one line');
    await expect(bench.resolve({ id: idOf('state'), decision: { text: 'done' } })).rejects.toThrow('has no text');
    expect([bench.state(), await notesOn(bench, 'a'), await notesOn(bench, 'b')]).toEqual([before, [], []]);
  });

  test('that a tracker refuses is on the list of what every run tries again', async () => {
    const bench = syncBench({ b: { silentComments: true } });
    const { a, b } = bench.trackers;
    await a.createIssue({ title: 'One', body: '' });
    await bench.run();
    await bench.world.sleep(60_000);
    await a.updateIssue('1', { state: 'done' });
    await b.updateIssue('1', { state: 'in_review' });
    const [{ id = '' } = {}] = (await bench.run()).left;
    await bench.world.sleep(3_600_000);
    await a.createIssue({ title: 'Two', body: 'So that the first is not listed any more' });
    await bench.run();
    const { updateIssue } = b;
    Object.assign(b, {
      updateIssue: async () => {
        throw new PaceError({ kind: 'validation', message: 'Not so.', remedy: 'Please try again.' });
      },
    });
    await bench.world.sleep(3_600_000);
    expect((await bench.resolve({ id, decision: { take: 'a' } })).left).toMatchObject([{ field: 'state' }]);
    Object.assign(b, { updateIssue });
    await bench.world.sleep(3_600_000);
    await bench.run({ prefer: 'a' });
    expect([(await b.getIssue('1')).state, bench.state().retries]).toEqual(['done', []]);
    expect(await notesOn(bench, 'b')).toHaveLength(1);
  });

  test('never writes to the side that the configuration has only read', async () => {
    const { bench, a, b, idOf } = await contested('title');
    const id = idOf('title');
    for (const decision of [{ take: 'b' }, { text: 'Other' }] as const)
      await expect(bench.resolve({ id, decision, flow: 'to-b' })).rejects.toThrow('Nothing may be written to memory');
    expect(await notesOn(bench, 'a')).toEqual([]);
    expect((await bench.resolve({ id, decision: { take: 'a' }, flow: 'to-b' })).inStep).toBe(true);
    expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Title of a', 'Title of a']);
  });

  test('for a value that has gone back meanwhile is refused where the other side keeps what it has', async () => {
    const { bench, a, b, idOf } = await contested('title');
    await a.updateIssue('1', { title: 'Old' });
    const id = idOf('title');
    await expect(bench.resolve({ id, decision: { take: 'a' }, flow: 'to-b' })).rejects.toThrow('was changed since');
    expect((await b.getIssue('1')).title).toBe('Title of b');
    await b.updateIssue('1', { title: 'Old' });
    expect((await bench.resolve({ id, decision: { take: 'a' }, flow: 'to-b' })).left).toEqual([]);
  });

  test('about values that nobody has any more is refused', async () => {
    const { bench, b, a, idOf } = await contested('title');
    await b.updateIssue('1', { title: 'Old' });
    const decided = bench.resolve({ id: idOf('title'), decision: { take: 'b' } });
    await expect(decided).rejects.toThrow('was changed since');
    expect((await a.getIssue('1')).title).toBe('Title of a');
  });
});

async function twoIssues(options: Parameters<typeof syncBench>[0] = {}) {
  const bench = syncBench(options);
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Same', body: 'Words', metadata: { ticket: 7 } });
  await b.createIssue({ title: 'Same', body: 'Words', metadata: { ticket: 7 } });
  return { bench, a, b };
}

const marks = async ({ trackers, state }: SyncBench) => {
  const { ends } = state();
  const [a, b] = [await trackers.a.getIssue('1'), await trackers.b.getIssue('1')];
  return [markOf(a, ends.b)?.key, markOf(b, ends.a)?.key];
};

describe('issues that were in both before', () => {
  test('are known again by their marks where the file is lost, linked or adopted', async () => {
    for (const begun of [
      (bench: SyncBench) => bench.link({ a: '1', b: '1' }),
      (bench: SyncBench) => bench.run({ adopt: 'ticket' }),
    ]) {
      const { bench } = await twoIssues();
      expect((await begun(bench)).left).toEqual([]);
      expect([await marks(bench), bench.open()]).toEqual([['1', '1'], []]);
      expect(bench.journal().filter((line) => line.startsWith('mark'))).toEqual(['mark a', 'mark b']);
      bench.forget();
      const report = await bench.run();
      expect([report.counts.a.created, report.counts.b.created, report.counts.pairs]).toEqual([0, 0, 1]);
      expect([report.written, report.left]).toEqual([[], []]);
    }
  });

  test('are looked at no more after the run that adopts them', async () => {
    const { bench } = await twoIssues();
    await bench.run({ adopt: 'ticket' });
    const saves = bench.saves();
    expect(await bench.run()).toMatchObject({ inStep: true, written: [] });
    expect(bench.saves()).toBe(saves);
  });

  test('get a mark only where the flow may write', async () => {
    const { bench } = await twoIssues();
    await bench.run({ adopt: 'ticket', flow: 'to-b' });
    expect(await marks(bench)).toEqual([undefined, '1']);
    const linked = await twoIssues();
    await linked.bench.link({ a: '1', b: '1' }, { flow: 'to-a' });
    expect(await marks(linked.bench)).toEqual(['1', undefined]);
  });

  test('that cannot be marked are told', async () => {
    const lacks = { metadata: 'It has none.' };
    const bench = syncBench({ a: { lacks }, b: { lacks } });
    for (const side of ['a', 'b'] as const) await bench.trackers[side].createIssue({ title: 'Same', body: 'Words' });
    await bench.link({ a: '1', b: '1' });
    expect(bench.world.lines.join('\n')).toContain('please keep .pace/sync');
  });

  test('are marked by the next run, or the next link, where the mark did not come through', async () => {
    for (const begun of [
      (bench: SyncBench) => bench.link({ a: '1', b: '1' }),
      (bench: SyncBench) => bench.run({ adopt: 'ticket' }),
    ]) {
      const { bench, a } = await twoIssues();
      const { updateIssue } = bench.drivers.a;
      bench.drivers.a.updateIssue = async () => {
        throw new PaceError({ kind: 'transient', message: 'It is away.', remedy: '' });
      };
      await begun(bench).catch(() => undefined);
      expect((await a.getIssue('1')).metadata['pace_sync']).toBeUndefined();
      bench.drivers.a.updateIssue = updateIssue;
      await begun(bench);
      expect(await marks(bench)).toEqual(['1', '1']);
    }
  });

  test('that differ are linked only with a word whose values count', async () => {
    const { bench, b } = await twoIssues();
    await b.updateIssue('1', { title: 'Other' });
    await expect(bench.link({ a: '1', b: '1' })).rejects.toThrow('1 and 1 differ in title');
    await expect(bench.link({ a: '1', b: '1' }, { flow: 'to-b', prefer: 'b' })).rejects.toThrow('Nothing may be');
    await bench.link({ a: '1', b: '1' }, { prefer: 'a' });
    expect([(await b.getIssue('1')).title, await notesOn(bench, 'b')]).toEqual([
      'Same',
      [expect.stringContaining('Other')],
    ]);
  });
});

describe('issues that are parted', () => {
  test('lose their marks through the journal, and are not copied', async () => {
    const { bench } = await twoIssues();
    await bench.link({ a: '1', b: '1' });
    await bench.unlink({ a: '1' });
    expect([await marks(bench), bench.open()]).toEqual([[undefined, undefined], []]);
    expect(bench.journal().slice(2)).toEqual(['mark a', 'mark b']);
    expect(await bench.run()).toMatchObject({ written: [], counts: { pairs: 0 } });
  });

  test('are left out where one of them is parted from another one', async () => {
    const { bench, b } = await twoIssues();
    await b.createIssue({ title: 'Same', body: 'Words' });
    await bench.link({ a: '1', b: '1' });
    await bench.unlink({ a: '1' });
    await bench.link({ a: '1', b: '2' });
    expect((await bench.unlink({ a: '1' })).keys).toEqual({ a: '1', b: '2' });
    await expect(bench.unlink({ a: '1' })).rejects.toThrow('1 is not in step');
    expect([...bench.state().pairs.values()].map(({ isApart }) => isApart)).toEqual([true, true]);
  });

  test('can be linked again', async () => {
    const { bench } = await twoIssues();
    await bench.link({ a: '1', b: '1' });
    await bench.unlink({ b: '#1' });
    await bench.link({ a: '1', b: '1' });
    expect(await bench.run()).toMatchObject({ inStep: true, counts: { pairs: 1 } });
  });
});
