/** A text that a person gives both issues: each hears once of what it had, and nothing is written that a run would hold back. */
import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { createRedactor } from '../../../core/text/redact.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { noteOf } from '../../../src/sync/footers.ts';
import { STRANGERS } from '../../support/canaries.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const [SECRET] = STRANGERS as [string, ...string[]];
const TEXT = { text: 'Of both' };

const lost = () => new PaceError({ kind: 'transient', message: 'It did not go well.', remedy: 'Please try again.' });

const notesOn = async (bench: SyncBench, side: 'a' | 'b') =>
  (await collect(bench.trackers[side].listComments('1'))).map(({ body }) => body).filter((body) => noteOf(body));

const idIn = ({ left }: Awaited<ReturnType<SyncBench['run']>>) =>
  left.find(({ kind }) => kind === 'conflict')?.id ?? '';

async function contested(field: 'title' | 'body') {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Old', body: 'Old' });
  await bench.run();
  bench.world.advance(60_000);
  const { body } = await b.getIssue('1');
  await a.updateIssue('1', { [field]: 'Of a' });
  await b.updateIssue('1', field === 'title' ? { title: 'Of b' } : { body: body.replace('Old', 'Of b') });
  const id = idIn(await bench.run());
  bench.world.advance(60_000);
  return { bench, a, b, id };
}

test.each([true, false])(
  'where the second note has no answer, neither is said again; was it written: %s',
  async (isWritten) => {
    const { bench, a, b, id } = await contested('title');
    const { addComment } = b;
    Object.assign(b, {
      addComment: async (key: string, text: string) => {
        if (isWritten) await addComment(key, text);
        throw lost();
      },
    });
    await expect(bench.resolve({ id, decision: TEXT })).rejects.toThrow('did not go well');
    expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Of a', 'Of b']);
    Object.assign(b, { addComment });
    bench.world.advance(60_000);
    const again = idIn(await bench.run());
    expect((await bench.resolve({ id: again, decision: TEXT })).left).toEqual([]);
    expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Of both', 'Of both']);
    expect([(await notesOn(bench, 'a')).length, (await notesOn(bench, 'b')).length]).toEqual([1, 1]);
    expect(bench.state().conflicts).toMatchObject([{ a: 'Of a', b: 'Of b', winner: 'neither', text: 'Of both' }]);
    expect(await bench.run({ full: true })).toMatchObject({ inStep: true, written: [] });
  },
);

test('where it is another text the second time, or the value is another one, that is said', async () => {
  const { bench, a, b, id } = await contested('title');
  const { addComment } = b;
  Object.assign(b, { addComment: async () => Promise.reject(lost()) });
  await expect(bench.resolve({ id, decision: TEXT })).rejects.toThrow('did not go well');
  Object.assign(b, { addComment });
  bench.world.advance(60_000);
  await a.updateIssue('1', { title: 'Of a, newer' });
  const again = idIn(await bench.run());
  await bench.resolve({ id: again, decision: TEXT });
  expect(await notesOn(bench, 'a')).toEqual([
    expect.stringContaining('Of a\n'),
    expect.stringContaining('Of a, newer\n'),
  ]);
  expect(await notesOn(bench, 'b')).toHaveLength(1);
});

test('an issue hears nothing where somebody has changed the other one meanwhile', async () => {
  const { bench, b, id } = await contested('title');
  bench.meanwhile(async () => {
    bench.world.advance(60_000);
    await b.updateIssue('1', { title: 'Of b, newer' });
  });
  await expect(bench.resolve({ id, decision: TEXT })).rejects.toThrow('was changed');
  expect([await notesOn(bench, 'a'), await notesOn(bench, 'b')]).toEqual([[], []]);
  expect(bench.state().conflicts).toMatchObject([{ id }]);
  expect(bench.state().conflicts[0]?.winner).toBeUndefined();
});

test('an issue that has the text already hears nothing', async () => {
  const { bench, id } = await contested('body');
  await bench.resolve({ id, decision: { text: 'Of a\n' } });
  expect([(await notesOn(bench, 'a')).length, (await notesOn(bench, 'b')).length]).toEqual([0, 1]);
});

test('a body whose line is gone is written over by nobody', async () => {
  const { bench, a, b, id } = await contested('body');
  await b.updateIssue('1', { body: 'Of b\n\nOur own notes' });
  bench.world.advance(60_000);
  for (const decision of [TEXT, { take: 'a' }] as const)
    await expect(bench.resolve({ id, decision })).rejects.toThrow('The line that ends what is kept in step is gone');
  expect([(await a.getIssue('1')).body, (await b.getIssue('1')).body]).toEqual(['Of a', 'Of b\n\nOur own notes']);
  expect((await bench.run()).left.map(({ kind, id: of }) => [kind, of])).toContainEqual(['conflict', id]);
});

test('a text with a credential in it is written over by nobody', async () => {
  const { bench, a, id } = await contested('body');
  Object.assign(bench.world, createRedactor({}));
  await a.updateIssue('1', { body: `The token is ${SECRET}` });
  bench.world.advance(60_000);
  for (const decision of [TEXT, { take: 'b' }] as const)
    await expect(bench.resolve({ id, decision })).rejects.toThrow('what looks like a credential');
  expect((await a.getIssue('1')).body).toBe(`The token is ${SECRET}`);
  expect([await notesOn(bench, 'a'), await notesOn(bench, 'b')]).toEqual([[], []]);
});

test('an issue that not everybody can see any more gives and gets nothing', async () => {
  const { bench, a, b, id } = await contested('title');
  const { store } = bench.drivers.a;
  store.issues.set('1', { ...store.issue('1'), isPrivate: true });
  for (const decision of [TEXT, { take: 'a' }, { take: 'b' }] as const)
    await expect(bench.resolve({ id, decision })).rejects.toThrow('Not everybody can see 1');
  expect([(await a.getIssue('1')).title, (await b.getIssue('1')).title]).toEqual(['Of a', 'Of b']);
  expect((await bench.resolve({ id, decision: TEXT, isPrivateCopied: true })).left).toEqual([]);
});
