import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeState } from '../../../src/gate/state/merge.ts';
import { beginRecord, endRecord, journalHeader, readJournal, replayed } from '../../../src/sync/journal.ts';
import { joined } from '../../../src/sync/lines.ts';
import { mergedJournal, mergedStateFile } from '../../../src/sync/merge-state.ts';
import type { Intent, Pair, SyncState } from '../../../src/sync/pair.ts';
import { type JournalMark, NO_REST, readStateFile, stateFileBytes } from '../../../src/sync/state-file.ts';
import { turnedPair, turnedState } from '../../../src/sync/turned.ts';
import { anyState, conflict, ENDS, pair, stateOf } from './states.support.ts';

const bytesOf = (state: SyncState, journal?: JournalMark) => stateFileBytes({ state, rest: NO_REST, journal });
const read = (bytes: Buffer | undefined) => readStateFile(bytes ?? Buffer.alloc(0), 'x');
const comments = (...ids: string[]) => ids.map((id) => ({ a: id, b: `b${id}` }));

function merged(base: SyncState | undefined, mine: SyncState, theirs: SyncState): SyncState {
  const versions = { base: base && bytesOf(base), mine: bytesOf(mine), theirs: bytesOf(theirs) };
  const { content, isReplaced } = mergedStateFile(versions);
  expect(isReplaced).toBe(false);
  return read(content).state;
}

const mergedPairs = (base: readonly Pair[], mine: readonly Pair[], theirs: readonly Pair[]) => [
  ...merged(stateOf(base), stateOf(mine), stateOf(theirs)).pairs.values(),
];
/** Without what tells when it was looked at last. */
const unseen = ({ a, b, ...others }: Pair): Pair => ({ ...others, a: plain(a), b: plain(b) });
const plain = ({ id, key, url }: Pair['a']) => ({ id, key, url });

test('what each run alone has made, changed or taken away is so in both', () => {
  const changed = pair('2', { comments: comments('1') });
  const gone = pair('3', { orphan: { side: 'b', why: 'gone', at: 1 } });
  const pairs = mergedPairs(
    [pair('1'), pair('2'), pair('3'), pair('4')],
    [pair('1'), changed, pair('3'), pair('5')],
    [pair('1'), pair('2'), gone, pair('4'), pair('6')],
  );
  expect(pairs).toEqual([pair('1'), changed, gone, pair('5'), pair('6')]);
});

test('a pair that one has taken away stays so, whatever the other one has written of it', () => {
  const changed = pair('1', { comments: comments('1') });
  expect(mergedPairs([pair('1')], [], [changed])).toEqual([]);
  expect(mergedPairs([pair('1')], [changed], [])).toEqual([]);
});

describe('a pair that both have changed is looked at again, and keeps', () => {
  const { base: _, ...fresh } = pair('1');
  const base = pair('1').base;

  test('the base, where one has none', () => {
    const mine = { ...fresh, comments: comments('1', '2') };
    expect(mergedPairs([], [mine], [pair('1')])).toEqual([unseen(pair('1', { comments: comments('1', '2') }))]);
    expect(mergedPairs([], [pair('1')], [mine])).toEqual([unseen(pair('1', { comments: comments('1', '2') }))]);
  });

  test('that its body has a line, which one run alone may know', () => {
    const mine = pair('1', { comments: comments('1'), b: { ...pair('1').b, hasLine: true } });
    const theirs = pair('1', { comments: comments('2') });
    for (const [one, other] of [
      [mine, theirs],
      [theirs, mine],
    ] as const)
      expect(mergedPairs([pair('1')], [one], [other]).map(({ a, b }) => [a.hasLine, b.hasLine])).toEqual([
        [undefined, true],
      ]);
  });

  test('all comments of both', () => {
    const mine = pair('1', { comments: comments('1') });
    const theirs = pair('1', { comments: comments('2', '3') });
    const known = unseen(pair('1', { comments: comments('2', '3', '1') }));
    expect(mergedPairs([], [mine], [theirs])).toEqual([known]);
    expect(mergedPairs([], [theirs], [mine])).toEqual([known]);
  });

  test('what each run alone has brought into step, field by field', () => {
    const before = { title: 'Old', labels: ['x'], state: 'open' } as const;
    const [titled, labelled] = [
      { ...before, title: 'New' },
      { ...before, labels: ['x', 'y'] },
    ];
    const mine = pair('1', { base: { a: titled, b: { ...titled, title: 'New, cut' } }, comments: comments('1') });
    const theirs = pair('1', { base: { a: labelled, b: labelled } });
    const known = unseen({
      ...pair('1', { comments: comments('1') }),
      base: { a: { ...titled, labels: ['x', 'y'] }, b: { ...titled, title: 'New, cut', labels: ['x', 'y'] } },
    });
    const old = pair('1', { base: { a: before, b: before } });
    expect(mergedPairs([old], [mine], [theirs])).toEqual([known]);
    expect(mergedPairs([old], [theirs], [mine])).toEqual([known]);
  });

  test('no base of a field that both have moved apart: what both sides have now tells', () => {
    const [theirs, mine] = ['Theirs', 'Mine'].map((title) =>
      pair('1', { base: { a: { title, body: '' }, b: { title, body: '' } } }),
    ) as [Pair, Pair];
    const rest = unseen(pair('1', { base: { a: { body: '' }, b: { body: '' } } }));
    expect(mergedPairs([pair('1')], [mine], [theirs])).toEqual([rest]);
    // where nobody knows what both began from, either may be the older one
    expect(mergedPairs([], [mine], [theirs])).toEqual([rest]);
  });

  test('what one of them alone has found out: that it is gone, which files were told', () => {
    const before = pair('1', { attachments: { a: ['1'] } });
    const mine = { ...before, comments: comments('1'), attachments: { a: ['1', '2'], b: ['9'] } };
    const theirs = { ...before, attachments: { a: ['1', '3'] }, orphan: { side: 'a', why: 'gone', at: 7 } } as const;
    expect(mergedPairs([before], [mine], [theirs])).toEqual([
      unseen({
        ...mine,
        base: base ?? { a: {}, b: {} },
        attachments: { a: ['1', '3', '2'], b: ['9'] },
        orphan: theirs.orphan,
      }),
    ]);
  });
});

describe('how far a side was read', () => {
  const at = (seen: number, scope = 's') => ({ a: { seen, scope } });
  test.each([
    ['one has moved', at(1), at(1), at(5), at(5)],
    ['the other one has', at(1), at(5), at(1), at(5)],
    ['both have: no further than what both have seen', at(1), at(7), at(5), at(5)],
    ['both have begun', {}, at(5), at(7), at(5)],
    ['one has begun anew', at(9), {}, at(9), {}],
    ['both have asked for other things', at(1), at(5, 'x'), at(7, 'y'), {}],
    ['one asks for other things', at(1), at(1), at(2, 'y'), at(2, 'y')],
  ])('%s', (_, base, mine, theirs, expected) => {
    const of = (watermarks: SyncState['watermarks']) => stateOf([], { watermarks });
    expect(merged(of(base), of(mine), of(theirs)).watermarks).toEqual(expected);
    expect(merged(of(base), of(theirs), of(mine)).watermarks).toEqual(expected);
  });
});

test('what is to be tried again, what was said and the conflicts are united, without what one has done with', () => {
  const retry = (key: string, tries: number) => ({ side: 'a', key, why: 'x', tries }) as const;
  const of = (retries: SyncState['retries'], said: string[], ...conflicts: SyncState['conflicts']) =>
    stateOf([], { retries, said, conflicts });
  const decided = conflict('c1', { winner: 'a', by: 'person' });
  const base = of([retry('1', 1), retry('2', 1), retry('3', 1)], ['x', 'y'], conflict('c1'), conflict('c2'));
  const mine = of([retry('2', 2), retry('4', 1)], ['x', 'y', 'm'], conflict('c1'), conflict('c3', { at: 2e12 }));
  const theirs = of([retry('1', 2), retry('2', 3), retry('3', 1), retry('5', 1)], ['x', 't'], decided, conflict('c2'));
  for (const [one, other] of [
    [mine, theirs],
    [theirs, mine],
  ] as const) {
    // biome-ignore format: both ways
    const { retries, said, conflicts } = merged(base, one, other);
    expect(retries.map(({ key, tries }) => [key, tries])).toEqual([['1', 2], ['2', 3], ['4', 1], ['5', 1]]); // biome-ignore format: a row each
    expect(said).toEqual(['m', 't', 'x']);
    expect(conflicts).toEqual([decided, conflict('c3', { at: 2e12 })]);
  }
});

test('a name is that of who has seen the change', () => {
  const named = (name: string) => stateOf([], { ends: { a: { ...ENDS.a, name }, b: ENDS.b } });
  expect(merged(named('old'), named('old'), named('new')).ends.a.name).toBe('new');
  expect(merged(named('old'), named('new'), named('old')).ends.a.name).toBe('new');
});

test('a version of a normal form that both have changed is the older one: texts are compared once more', () => {
  const of = (a: number) => stateOf([], { normalForms: { a, b: 1 } });
  expect(merged(of(1), of(3), of(2)).normalForms).toEqual({ a: 2, b: 1 });
  expect(merged(of(1), of(3), of(1)).normalForms).toEqual({ a: 3, b: 1 });
  expect(merged(stateOf([]), stateOf([]), stateOf([])).normalForms).toBeUndefined();
});

test('who has changed nothing changes nothing, and whose change it is makes no difference', () => {
  fc.assert(
    fc.property(anyState, anyState, (base, { ends: _, ...news }) => {
      const other: SyncState = { ends: base.ends, ...news };
      expect(merged(base, base, other)).toEqual(other);
      expect(merged(base, other, base)).toEqual(other);
      expect(merged(undefined, other, other)).toEqual(other);
    }),
  );
});

test('of two runs that have touched different pairs it makes no difference who comes second', () => {
  fc.assert(
    fc.property(anyState, anyState, anyState, (base, one, other) => {
      // two pairs of the same two issues are one: see below
      const ofRun = (prefix: string, { id, a, ...each }: Pair) =>
        [`${prefix} ${id}`, { ...each, id: `${prefix} ${id}`, a: { ...a, id: `${prefix} ${a.id}` } }] as const;
      const news = (prefix: string, { pairs, conflicts }: SyncState): SyncState => ({
        ...base,
        pairs: new Map([...base.pairs, ...[...pairs.values()].map((each) => ofRun(prefix, each))]),
        conflicts: [...base.conflicts, ...conflicts.map((each) => ({ ...each, id: `${prefix} ${each.id}` }))],
      });
      const [mine, theirs] = [news('mine', one), news('theirs', other)];
      const both = merged(base, mine, theirs);
      expect(both).toEqual(merged(base, theirs, mine));
      expect(both.pairs.size).toBe(base.pairs.size + one.pairs.size + other.pairs.size);
      expect(both.conflicts).toHaveLength(base.conflicts.length + one.conflicts.length + other.conflicts.length);
    }),
  );
});

test('unknown keys and lines of both are there', () => {
  const line = (more: object) => JSON.stringify({ ...JSON.parse(bytesOf(stateOf([pair('1')])).toString().split('\n')[1] ?? ''), ...more }); // biome-ignore format: one thought
  const header = bytesOf(stateOf([])).toString();
  const [mine, theirs] = [`${header}${line({ m: 1 })}\n{"kind":"m"}\n`, `${header}${line({ t: 2 })}\n{"kind":"t"}\n`];
  const { content } = mergedStateFile({ base: undefined, mine: Buffer.from(mine), theirs: Buffer.from(theirs) });
  const [, merge, ...others] = String(content).trimEnd().split('\n');
  expect(JSON.parse(merge ?? '')).toMatchObject({ id: '1', m: 1, t: 2 });
  expect(others).toEqual(['{"kind":"t"}', '{"kind":"m"}']);
});

test('a pair whose line was damaged on one machine was not taken away there', () => {
  const base = bytesOf(stateOf([pair('1'), pair('2')]));
  const theirs = bytesOf(stateOf([pair('1', { comments: comments('1') }), pair('2')]));
  const lines = base.toString().split('\n');
  for (const length of [5, 60]) {
    const broken = lines[1]?.slice(0, length) ?? '';
    const { content } = mergedStateFile({
      base,
      mine: Buffer.from([lines[0], broken, ...lines.slice(2)].join('\n')),
      theirs,
    });
    const { state, aside } = read(content);
    expect([[...state.pairs.keys()], state.pairs.get('1')?.comments]).toEqual([['1', '2'], comments('1')]);
    expect([aside.length, String(content).includes(`${broken}\n`)]).toEqual([1, true]);
  }
});

describe('two machines that have each begun on their own', () => {
  const ends = { a: ENDS.b, b: ENDS.a };
  const mine = stateOf([pair('1')]);

  test('become one, also where the other one has named the ends the other way round', () => {
    const theirs = turnedState(stateOf([pair('2')], { conflicts: [conflict('c', { pair: '2', winner: 'a' })] }));
    expect(theirs.ends).toEqual(ends);
    const { ends: now, pairs, conflicts } = merged(undefined, mine, theirs);
    expect([now, [...pairs.values()], conflicts]).toEqual([
      ENDS,
      [pair('1'), pair('2')],
      [conflict('c', { pair: '2', winner: 'a' })],
    ]);
  });

  test('and have paired the same two issues have one pair, under one id, whoever comes second', () => {
    const theirs = stateOf([{ ...pair('1'), id: '0' }], { conflicts: [conflict('c', { pair: '0' })] });
    for (const [one, other] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const { pairs, conflicts } = merged(undefined, one, other);
      expect([[...pairs.keys()], conflicts.map((of) => of.pair)]).toEqual([['0'], ['0']]);
      expect(pairs.get('0')?.base).toEqual(pair('1').base);
    }
  });

  test('the journal of the one that was killed counts for the file of the other one', () => {
    const begun: Intent = { id: 'i', pair: '2', side: 'b', kind: 'create', at: 1, about: {} };
    const records = (of: SyncState['ends'], ...lines: object[]) =>
      joined([journalHeader('k', of), ...lines].map((one) => JSON.stringify(one)));
    const theirs = records(ends, beginRecord(begun), endRecord({ intent: 'j', pair: turnedPair(pair('3')) }));
    const { content } = mergedJournal({ base: undefined, mine: records(ENDS), theirs });
    const journal = readJournal(content ?? Buffer.alloc(0), 'x');
    expect([journal?.ends, journal?.entries]).toEqual([
      ENDS,
      [{ begin: { ...begun, side: 'a' } }, { end: { intent: 'j', pair: pair('3') } }],
    ]);
  });
});

describe('what cannot become one', () => {
  const [mine, theirs] = [bytesOf(stateOf([pair('1')])), bytesOf(stateOf([pair('2')]))];
  const newer = Buffer.from(theirs.toString().replace('"version":1', '"version":2'));
  const others = bytesOf(stateOf([], { ends: { a: ENDS.b, b: { id: 'z', name: 'z' } } }));
  test.each([
    ['is that which can be read', { mine: Buffer.from('{'), theirs }, theirs, false],
    ['is that which can be read', { mine, theirs: Buffer.from('{') }, mine, true],
    ['is left to a newer PACE', { mine, theirs: newer }, newer, false],
    ['is this run’s, where both tell of other trackers', { mine, theirs: others }, mine, true],
  ])('%s', (_, sides, content, isReplaced) => {
    expect(mergedStateFile({ base: undefined, ...sides })).toEqual({ content, isReplaced });
  });
});

describe('journals', () => {
  const intent = (id: string): Intent => ({ id, pair: id, side: 'a', kind: 'create', at: 1, about: {} });
  const begin = (id: string) => beginRecord(intent(id));
  const end = (id: string) => endRecord({ intent: id, pair: pair(id) });
  const journal = (id: string, ...records: object[]) => joined([journalHeader(id, ENDS), ...records].map((one) => JSON.stringify(one))); // biome-ignore format: one thought
  function told(content: Buffer | undefined, mark?: JournalMark) {
    const read = readJournal(content ?? Buffer.alloc(0), 'x');
    const file = { state: stateOf([]), rest: NO_REST, journal: mark };
    const { state, open } = replayed(file, read ?? { id: '', entries: [] });
    return [[...state.pairs.keys()], open.map(({ id }) => id), read?.aside];
  }

  test('of two runs tell what both have done, in the order of each, and no file has any of it yet', () => {
    const base = journal('j', begin('1'));
    const mine = journal('j', begin('1'), begin('m'), end('m'));
    const theirs = journal('j', begin('1'), end('1'), begin('t'));
    const { content, isReplaced } = mergedJournal({ base, mine, theirs });
    expect(isReplaced).toBe(false);
    expect(told(content, { id: 'j', lines: 9 })).toEqual([['1', 'm'], ['t'], []]);
  });

  test('what one has ended and taken over is not begun again', () => {
    const base = journal('j', begin('1'));
    const { content } = mergedJournal({
      base,
      mine: journal('k', begin('m')),
      theirs: journal('j', begin('1'), begin('t')),
    });
    expect(told(content)).toEqual([[], ['t', 'm'], []]);
  });

  test('half a line of a run that was killed is nothing', () => {
    const torn = journal('j', begin('1'), begin('2')).subarray(0, -9);
    const { content } = mergedJournal({ base: undefined, mine: torn, theirs: journal('k', begin('t')) });
    expect(told(content)).toEqual([[], ['t', '1'], []]);
  });

  test('one of other trackers, or one that cannot be read, is no part of it', () => {
    const mine = journal('j', begin('1'));
    const broken = Buffer.from('{}\n');
    const foreign = joined([JSON.stringify(journalHeader('k', { a: ENDS.b, b: { id: 'z', name: 'z' } }))]);
    expect(mergedJournal({ base: undefined, mine, theirs: broken })).toEqual({ content: mine, isReplaced: true });
    expect(mergedJournal({ base: undefined, mine: broken, theirs: mine })).toEqual({
      content: mine,
      isReplaced: false,
    });
    expect(mergedJournal({ base: undefined, mine, theirs: foreign })).toEqual({ content: mine, isReplaced: true });
  });

  test('where both files have taken over another one, all of a journal is told anew', () => {
    const [mine, theirs] = [bytesOf(stateOf([pair('1')]), { id: 'j', lines: 4 }), bytesOf(stateOf([pair('2')]))];
    expect(read(mergedStateFile({ base: undefined, mine, theirs }).content).journal).toBeUndefined();
    const same = bytesOf(stateOf([pair('2')]), { id: 'j', lines: 4 });
    expect(read(mergedStateFile({ base: undefined, mine, theirs: same }).content).journal).toEqual({
      id: 'j',
      lines: 4,
    });
  });
});

test('the state branch merges these files so', () => {
  const files = (one: Buffer, other: Buffer) => new Map([['sync/a--b.jsonl', one], ['sync/a--b.journal.jsonl', other]]); // biome-ignore format: one thought
  const header = joined([JSON.stringify(journalHeader('j', ENDS))]);
  const mine = files(bytesOf(stateOf([pair('1')])), header);
  const theirs = files(bytesOf(stateOf([pair('2')])), Buffer.concat([header, Buffer.from('\n')]));
  const { files: both, replaced } = mergeState({ base: new Map(), mine, theirs });
  expect([...read(both.get('sync/a--b.jsonl')).state.pairs.keys()]).toEqual(['1', '2']);
  expect([readJournal(both.get('sync/a--b.journal.jsonl') ?? Buffer.alloc(0), 'x')?.id, replaced]).toEqual(['j+j', []]);
});
