import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '../../../src/sync/pair.ts';
import { doublesIn } from '../../../src/sync/set-aside.ts';
import { NO_REST, readStateFile, stateFileBytes } from '../../../src/sync/state-file.ts';
import { anyState, conflict, ENDS, pair, stateOf, unknownKeys, VALUES } from './states.support.ts';

const bytesOf = (state: SyncState) => stateFileBytes({ state, rest: NO_REST, journal: undefined });
const textOf = (state: SyncState) => bytesOf(state).toString();
const linesOf = (text: string) => text.split('\n').slice(0, -1);
const read = (text: string | Buffer) => readStateFile(Buffer.from(text), '.pace/sync/a--b.jsonl');
const again = (text: string | Buffer) => stateFileBytes(read(text)).toString();
const HEADER = linesOf(textOf(stateOf([])))[0] ?? '';

test('a header, a line per pair by id, a line per conflict', () => {
  const state = stateOf([pair('2', { comments: [{ a: '1', b: '9' }] }), pair('10')], {
    watermarks: { a: { seen: 5, scope: 'all' } },
    conflicts: [conflict('c1')],
  });
  const lines = linesOf(textOf(state)).map((line) => JSON.parse(line));
  expect(lines.map(({ kind, id }) => [kind, id])).toEqual([
    ['sync', undefined],
    ['pair', '10'],
    ['pair', '2'],
    ['conflict', 'c1'],
  ]);
  expect(lines[0]).toEqual({
    ...{ kind: 'sync', version: 1, ends: ENDS, watermarks: { a: { seen: 5, scope: 'all' } } },
    ...{ retries: [], said: [] },
  });
});

test('a base has what both sides have once, and of b only what differs', () => {
  const { parent: _, ...lacking } = { ...VALUES, body: 'Some text.', type: null };
  const base = { a: { ...VALUES, storyPoints: 3 }, b: { ...lacking, storyPoints: 3 } };
  const text = textOf(stateOf([pair('1', { base })]));
  const written = JSON.parse(linesOf(text)[1] ?? '').base;
  expect(written).toEqual({ a: base.a, b: { body: 'Some text.', type: null }, onlyA: ['parent'] });
  expect(read(text).state.pairs.get('1')?.base).toEqual(base);
});

test('any state comes back as it was, and the same state is the same bytes', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const bytes = bytesOf(state);
      const file = read(bytes);
      expect(file.state).toEqual(state);
      expect([file.rest, file.aside, file.journal]).toEqual([NO_REST, [], undefined]);
      expect(stateFileBytes(file).equals(bytes)).toBe(true);
      const shuffled = {
        ...state,
        pairs: new Map([...state.pairs].reverse()),
        conflicts: [...state.conflicts].reverse(),
      };
      expect(bytesOf({ ...shuffled, said: [...state.said].reverse() }).equals(bytes)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** Gives every object of a record, and those below it that have keys of their own, unknown keys. */
function sprinkled(value: unknown, more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => sprinkled(item, more));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sprinkled(item, more)] as const);
  return Object.fromEntries([...entries, ...Object.entries(more)]);
}

test('keys that nobody knows here survive in every place, and are in the way of nothing', () => {
  fc.assert(
    fc.property(anyState, unknownKeys, (given, more) => {
      // what a conflict is about is one value, in which every key is known
      const state = { ...given, conflicts: given.conflicts.map((one) => ({ ...one, base: 1, a: 2, b: 3 })) };
      const text = linesOf(textOf(state))
        .map((line) => `${JSON.stringify(sprinkled(JSON.parse(line), more))}\n`)
        .join('');
      const file = read(text);
      expect([file.state, file.aside]).toEqual([state, []]);
      const written = stateFileBytes(file).toString();
      expect(linesOf(written).map((line) => JSON.parse(line))).toEqual(linesOf(text).map((line) => JSON.parse(line)));
      expect(again(written)).toBe(written);
    }),
    { numRuns: 200 },
  );
});

test('unknown keys of a pair stay when the pair changes, and go with what they belonged to', () => {
  const state = stateOf([pair('1', { comments: [{ a: '1', b: '2' }, { a: '3', b: '4' }], orphan: { side: 'a', why: 'gone', at: 1 } })]); // biome-ignore format: one thought
  const [, line = ''] = linesOf(textOf(state));
  const file = read(`${HEADER}\n${JSON.stringify(sprinkled(JSON.parse(line), { later: true }))}\n`);
  const { orphan: _, ...changed } = pair('1', {
    comments: [
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ],
  });
  const written = stateFileBytes({ ...file, state: stateOf([changed]) }).toString();
  expect(JSON.parse(linesOf(written)[1] ?? '')).toMatchObject({
    ...{ later: true, a: { later: true }, base: { later: true, a: { later: true }, b: { later: true } } },
    comments: [{ a: '3', b: '4', later: true }, { a: '5', b: '6' }], // biome-ignore format: one thought
  });
  expect(written).not.toContain('orphan');
});

test('lines of kinds that nobody knows here survive, byte for byte', () => {
  const other = '{"kind": "milestone",  "id":"m1"}';
  const text = `${textOf(stateOf([pair('1')]))}${other}\n`;
  expect([read(text).aside, again(text)]).toEqual([[], text]);
});

describe('a line that cannot be used', () => {
  const [, one = '', two = ''] = linesOf(textOf(stateOf([pair('1'), pair('2')])));
  const shapeless = JSON.stringify({ ...JSON.parse(one), comments: 'none' });
  const unsorted = JSON.stringify({ a: { url: '', key: '', id: 'a-1' }, b: 7, id: '1', kind: 'pair' });

  test.each([
    ['cut off at its end', one.slice(0, -10), { pair: '1', ids: { a: 'a-1', b: 'b-1' } }],
    ['cut off within its second half', one.slice(0, one.indexOf('"b"') + 3), { pair: '1', ids: { a: 'a-1' } }],
    ['cut off early', one.slice(0, 12), { ids: {} }],
    ['of another shape', shapeless, { pair: '1', ids: { a: 'a-1', b: 'b-1' } }],
    ['of another shape and order', unsorted, { pair: '1', ids: { a: 'a-1' } }],
    ['no object', '[1]', { ids: {} }],
    ['of no kind', '{"id":"1"}', { ids: {} }],
    ['a conflict, which keeps no pair from being synced', '{"kind":"conflict","id":"c","pair":"1","at":', { ids: {} }],
  ])('%s: is told, kept, and the others count', (_, line, about) => {
    const text = `${HEADER}\n${line}\n${two}\n`;
    const { state, aside } = read(text);
    expect([...state.pairs.keys()]).toEqual(['2']);
    const [told] = aside;
    expect(aside).toMatchObject([about]);
    expect(told?.error.message).toMatch(/^\.pace\/sync\/a--b\.jsonl:2: .+ The line stays as it is/);
    expect(told?.error.remedy).toContain('mend the line');
    expect(linesOf(again(text))).toEqual([HEADER, two, line]);
    expect(again(again(text))).toBe(again(text));
  });

  test('that is no text at all is kept with every byte', () => {
    const broken = Buffer.concat([
      Buffer.from(one.slice(0, 30)),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from(one.slice(30)),
    ]);
    const bytes = Buffer.concat([Buffer.from(`${HEADER}\n`), broken, Buffer.from(`\n${two}\n`)]);
    const file = read(bytes);
    expect([...file.state.pairs.keys()]).toEqual(['2']);
    expect(stateFileBytes(file).includes(broken)).toBe(true);
  });

  test('that tells of a pair like another one: both are set aside, however many there are', () => {
    const other = textOf(stateOf([pair('1', { b: { id: 'b-3', key: 'PROJ-3', url: '' } })]));
    const second = linesOf(other)[1] ?? '';
    const third = second.replace('b-3', 'b-4');
    const text = `${HEADER}\n${one}\n${two}\n${second}\n${third}\n`;
    const { state, aside } = read(text);
    expect([...state.pairs.keys()]).toEqual(['2']);
    expect(aside.map(({ pair: of, ids }) => [of, ids.b])).toEqual([['1', 'b-1'], ['1', 'b-3'], ['1', 'b-4']]); // biome-ignore format: one thought
    expect(linesOf(again(text)).sort()).toEqual([HEADER, one, two, second, third].sort());
  });

  test('that stands twice, letter for letter, is one', () => {
    expect(linesOf(again(`${HEADER}\n${one}\n${one}\n`))).toEqual([HEADER, one]);
  });

  test('with a second conflict of one id: the first one counts', () => {
    const [, first = ''] = linesOf(textOf(stateOf([], { conflicts: [conflict('c1')] })));
    const text = `${HEADER}\n${first}\n${first.replace('"x"', '"w"')}\n`;
    expect(read(text).state.conflicts).toEqual([conflict('c1')]);
    expect(linesOf(again(text))).toHaveLength(3);
  });
});

describe('without a header that can be read nothing counts', () => {
  test.each([
    ['nothing at all', ''],
    ['half a line', HEADER.slice(0, 40)],
    ['a pair', linesOf(textOf(stateOf([pair('1')])))[1] ?? ''],
    ['ends that are missing', '{"kind":"sync","version":1}'],
    ['a version that is no number', HEADER.replace('"version":1', '"version":"one"')],
  ])('%s', (_, first) => {
    const others = first === '' ? '' : `\n${linesOf(textOf(stateOf([pair('1')])))[1]}\n`;
    expect(() => read(`${first}${others}`)).toThrow(
      expect.objectContaining({
        kind: 'validation',
        message: expect.stringContaining('The first line of .pace/sync/a--b.jsonl cannot be read'),
        remedy: expect.stringContaining('from a copy'),
      }),
    );
  });

  test('one of a newer PACE is left to that', () => {
    expect(() => read(HEADER.replace('"version":1', '"version":2'))).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining('a newer PACE (format 2') }),
    );
  });

  test('what an editor has added in front or at the ends of lines is in nobody’s way', () => {
    const text = `\uFEFF${textOf(stateOf([pair('1')])).replaceAll('\n', '\r\n')}\r\n`;
    expect(read(text).state).toEqual(stateOf([pair('1')]));
  });
});

test('issues that stand in several pairs are told, with all their pairs', () => {
  const half = { id: 'a-1', key: '1', url: '' };
  const pairs = [pair('1'), pair('2', { a: half }), pair('3'), pair('4', { b: half }), pair('5', { a: half })];
  expect(doublesIn(pairs)).toEqual([{ side: 'a', id: 'a-1', pairs: ['1', '2', '5'] }]);
});
