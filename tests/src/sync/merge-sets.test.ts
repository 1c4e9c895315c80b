import { describe, expect, test, vi } from 'vitest';
import { mergeSets, type SetSide } from '../../../src/sync/merge-sets.ts';
import { type Flow, type Preference, rulesOf } from '../../../src/sync/rules.ts';
import type { Sides } from '../../../src/sync/values.ts';

type Held = SetSide['held'];

const words = (text: string) => text.split(' ').filter(Boolean);
const all: Held = (elements) => elements;
const without =
  (...dropped: string[]): Held =>
  (elements) =>
    elements.filter((element) => !dropped.includes(element));

interface Given {
  readonly base?: string;
  readonly now: string;
  readonly held?: Held;
}

function side({ base, now, held = all }: Given): SetSide {
  return { base: base === undefined ? undefined : words(base), now: words(now), held };
}

interface Way {
  readonly flow?: Flow;
  readonly prefer?: Preference;
  readonly force?: boolean;
}

/** In short: what is written, as `b+x` and `a-y`; the base, where it moves; the conflict. */
function merged(a: Given, b: Given, { flow = 'both', prefer = 'ask', force = false }: Way = {}) {
  const outcome = mergeSets({ a: side(a), b: side(b) }, rulesOf(flow, prefer, force), (text) => text.toLowerCase());
  const { write, base, conflict } = outcome;
  const changes = (['a', 'b'] as const).flatMap((name) => [
    ...(write?.[name]?.add ?? []).map((element) => `${name}+${element}`),
    ...(write?.[name]?.remove ?? []).map((element) => `${name}-${element}`),
  ]);
  return {
    write: changes.join(' '),
    ...(base && { a: base.a.join(' '), b: base.b.join(' ') }),
    ...(conflict && { conflict: conflict.winner ?? 'open' }),
  };
}

/** Both had `k x`. */
function changed(a: string, b: string, way: Way = {}) {
  return merged({ base: 'k x', now: a }, { base: 'k x', now: b }, way);
}

describe('both may be written', () => {
  test.each<[what: string, a: string, b: string, outcome: object]>([
    ['nothing has changed', 'k x', 'k x', { write: '' }],
    ['a has added', 'k n x', 'k x', { write: 'b+n', a: 'k n x', b: 'k n x' }],
    ['b has added', 'k x', 'k n x', { write: 'a+n', a: 'k n x', b: 'k n x' }],
    ['a has removed', 'k', 'k x', { write: 'b-x', a: 'k', b: 'k' }],
    ['b has removed', 'k x', 'k', { write: 'a-x', a: 'k', b: 'k' }],
    ['both have added', 'k m x', 'k n x', { write: 'a+n b+m', a: 'k m n x', b: 'k m n x' }],
    ['both have added the same', 'k n x', 'k n x', { write: '', a: 'k n x', b: 'k n x' }],
    ['both have removed the same', 'k', 'k', { write: '', a: 'k', b: 'k' }],
    ['both have removed', 'x', 'k', { write: 'a-x b-k', a: '', b: '' }],
    ['one has added, one has removed', 'k n x', 'k', { write: 'a-x b+n', a: 'k n', b: 'k n' }],
    ['a has replaced', 'k n', 'k x', { write: 'b+n b-x', a: 'k n', b: 'k n' }],
    ['several come in their order', 'k x', 'c b a k x', { write: 'a+a a+b a+c', a: 'a b c k x', b: 'a b c k x' }],
    ['in another spelling nothing has changed', 'K x', 'k X', { write: '' }],
    ['and what is gone goes in the spelling that is there', 'K', 'k X', { write: 'b-X', a: 'K', b: 'k' }],
    ['what is there already is not added in another spelling', 'k N x', 'k n x', { write: '', a: 'N k x', b: 'k n x' }],
    ['of two spellings both go', 'k', 'X k x', { write: 'b-X b-x', a: 'k', b: 'k' }],
    ['and one comes', 'N k n x', 'k x', { write: 'b+N', a: 'N k n x', b: 'N k x' }],
  ])('%s', (_, a, b, outcome) => {
    expect(changed(a, b)).toEqual(outcome);
    for (const prefer of ['a', 'b'] as const) expect(changed(a, b, { prefer })).toEqual(outcome);
  });
});

describe('one is only read', () => {
  test.each<[what: string, a: string, b: string, outcome: object]>([
    ['nothing has changed', 'k x', 'k x', { write: '' }],
    ['it has added', 'k n x', 'k x', { write: 'b+n', a: 'k n x', b: 'k n x' }],
    ['it has removed', 'k', 'k x', { write: 'b-x', a: 'k', b: 'k' }],
    ['what the other one has added waits', 'k x', 'k n x', { write: '' }],
    ['what the other one has removed waits', 'k x', 'k', { write: '' }],
    ['what both have added moves the base', 'k n x', 'k n x', { write: '', a: 'k n x', b: 'k n x' }],
    ['what both have removed, too', 'k', 'k', { write: '', a: 'k', b: 'k' }],
    ['each element by itself', 'k m', 'n x', { write: 'b+m b-x', a: 'k m', b: 'k m' }],
  ])('%s', (_, a, b, outcome) => {
    const turned = JSON.parse(JSON.stringify(outcome).replaceAll('b+', 'a+').replaceAll('b-', 'a-'));
    for (const prefer of ['a', 'b', 'ask'] as const) {
      expect(changed(a, b, { flow: 'to-b', prefer })).toEqual(outcome);
      expect(changed(b, a, { flow: 'to-a', prefer })).toEqual(turned);
    }
  });
});

describe('by force', () => {
  test.each<[what: string, a: string, b: string, outcome: object]>([
    ['nothing has changed', 'k x', 'k x', { write: '' }],
    ['a has added', 'k n x', 'k x', { write: 'b+n', a: 'k n x', b: 'k n x' }],
    ['a has removed', 'k', 'k x', { write: 'b-x', a: 'k', b: 'k' }],
    ['b has added', 'k x', 'k n x', { write: 'b-n', conflict: 'a' }],
    ['b has removed', 'k x', 'k', { write: 'b+x', conflict: 'a' }],
    ['both have changed', 'k m', 'n x', { write: 'b+k b+m b-n b-x', a: 'k m', b: 'k m', conflict: 'a' }],
    ['both have changed alike', 'k n', 'k n', { write: '', a: 'k n', b: 'k n' }],
    ['a has replaced', 'k n', 'k x', { write: 'b+n b-x', a: 'k n', b: 'k n' }],
  ])('%s', (_, a, b, outcome) => {
    expect(changed(a, b, { flow: 'to-b', force: true })).toEqual(outcome);
    const turned = JSON.parse(
      JSON.stringify(outcome)
        .replace(/b([+-])/g, 'a$1')
        .replace('"conflict":"a"', '"conflict":"b"'),
    );
    expect(changed(b, a, { flow: 'to-a', force: true })).toEqual(turned);
    expect(changed(a, b, { force: true })).toEqual(changed(a, b));
  });

  test('what was apart becomes the same, and what goes is kept', () => {
    const way = { flow: 'to-b', force: true } as const;
    expect(merged({ base: 'k', now: 'k' }, { base: 'k x', now: 'k x' }, way)).toEqual({
      write: 'b-x',
      ...{ a: 'k', b: 'k' },
      conflict: 'a',
    });
    expect(merged({ base: 'k x', now: 'k x' }, { base: 'k', now: 'k' }, way)).toEqual({
      write: 'b+x',
      ...{ a: 'k x', b: 'k x' },
    });
  });

  test('what goes has not lost where the other one has removed it, unless it was put there anew', () => {
    const way = { flow: 'to-b', force: true } as const;
    expect(merged({ base: 'k x', now: 'k' }, { base: 'k', now: 'k x' }, way)).toEqual({
      write: 'b-x',
      ...{ a: 'k', b: 'k' },
      conflict: 'a',
    });
  });

  test('what the read side could never hold stays', () => {
    const a = { base: 'k', now: 'k n', held: without('only-b') };
    expect(merged(a, { base: 'k only-b', now: 'k only-b' }, { flow: 'to-b', force: true })).toEqual({
      write: 'b+n',
      ...{ a: 'k n', b: 'k n only-b' },
    });
  });

  test('what the other one cannot hold is not asked of it', () => {
    const b = { base: 'k', now: 'k', held: without('only-a') };
    expect(merged({ base: 'k', now: 'k only-a' }, b, { flow: 'to-b', force: true })).toEqual({
      write: '',
      ...{ a: 'k only-a', b: 'k' },
    });
  });
});

describe('of a new pair', () => {
  test.each<[what: string, a: string, b: string, way: Way, outcome: object]>([
    ['nothing', '', '', {}, { write: '', a: '', b: '' }],
    ['the same', 'k x', 'k x', {}, { write: '', a: 'k x', b: 'k x' }],
    ['all of both', 'k m', 'k n', {}, { write: 'a+n b+m', a: 'k m n', b: 'k m n' }],
    ['all of one', 'k m', '', {}, { write: 'b+k b+m', a: 'k m', b: 'k m' }],
    ['what the read side has; the rest waits', 'k m', 'k n', { flow: 'to-b' }, { write: 'b+m', a: 'k m', b: 'k m' }],
    ['what the read side has, turned', 'k m', 'k n', { flow: 'to-a' }, { write: 'a+n', a: 'k n', b: 'k n' }],
    [
      'by force, what the read side has alone',
      ...(['k m', 'k n', { flow: 'to-b', force: true }] as const),
      { write: 'b+m b-n', a: 'k m', b: 'k m', conflict: 'a' },
    ],
    [
      'by force, into nothing, with no loss',
      ...(['k m', '', { flow: 'to-b', force: true }] as const),
      { write: 'b+k b+m', a: 'k m', b: 'k m' },
    ],
  ])('%s', (_, a, b, way, outcome) => {
    expect(merged({ now: a }, { now: b }, way)).toEqual(outcome);
    expect(merged({ now: a, base: 'k' }, { now: b }, way)).toEqual(outcome);
    expect(merged({ now: a }, { now: b, base: 'k' }, way)).toEqual(outcome);
  });
});

describe('what a side cannot hold', () => {
  const narrow = without('only-a');

  test('is not asked of it, and no removal of it later', () => {
    const b = { base: 'k', now: 'k', held: narrow };
    expect(merged({ base: 'k', now: 'k only-a' }, b)).toEqual({ write: '', a: 'k only-a', b: 'k' });
    expect(merged({ base: 'k only-a', now: 'k only-a' }, { ...b, now: 'k n' })).toEqual({
      write: 'a+n',
      ...{ a: 'k n only-a', b: 'k n' },
    });
    expect(merged({ base: 'k only-a', now: 'k' }, b)).toEqual({ write: '', a: 'k', b: 'k' });
  });

  test('does not wait where that side is only read', () => {
    expect(merged({ base: 'k', now: 'k', held: narrow }, { base: 'k', now: 'k only-a' }, { flow: 'to-b' })).toEqual({
      write: '',
      ...{ a: 'k', b: 'k only-a' },
    });
  });

  test('and has nevertheless stays, whatever comes', () => {
    const b = { base: 'k only-a', now: 'k only-a', held: narrow };
    expect(merged({ base: 'k', now: 'k m n' }, b)).toEqual({ write: 'b+m b+n', a: 'k m n', b: 'k m n only-a' });
  });

  test('is asked of it once it can, if it was told in the meantime', () => {
    expect(merged({ base: 'k x', now: 'k x' }, { base: 'k', now: 'k x' })).toEqual({ write: '', a: 'k x', b: 'k x' });
  });
});

describe('an element that both tell otherwise', () => {
  /** Has one kind of link for all. */
  const relates: Held = (links) => [...new Set(links.map((link) => link.replace(/^\w+/, 'relates')))];
  const link = (text: string) => text.replaceAll(':', ' ');

  function linked(a: Given, b: Given, way: Way = {}) {
    return merged({ ...a, held: a.held ?? all }, b, way);
  }

  test('is added as that side tells it', () => {
    expect(linked({ base: '', now: 'blocks-1' }, { base: '', now: '', held: toRelates })).toEqual({
      write: 'b+relates-1',
      ...{ a: 'blocks-1', b: 'relates-1' },
    });
    expect(relates([link('blocks:1')])).toEqual(['relates 1']);
  });

  const toRelates: Held = (links) => [...new Set(links.map((one) => one.replace(/^[a-z]+-/, 'relates-')))];
  const b = { base: 'relates-1', now: 'relates-1', held: toRelates };

  test('goes with the one it stands for', () => {
    expect(linked({ base: 'blocks-1', now: '' }, b)).toEqual({ write: 'b-relates-1', a: '', b: '' });
    expect(linked({ base: 'blocks-1', now: 'blocks-1' }, { ...b, now: '' })).toEqual({
      write: 'a-blocks-1',
      a: '',
      b: '',
    });
  });

  test('stays while another one stands for it', () => {
    expect(linked({ base: 'blocks-1 relates-1', now: 'relates-1' }, b)).toEqual({
      write: '',
      ...{ a: 'relates-1', b: 'relates-1' },
    });
  });

  test('is there already where it becomes another one that is told alike', () => {
    expect(linked({ base: 'relates-1', now: 'blocks-1' }, b)).toEqual({ write: '', a: 'blocks-1', b: 'relates-1' });
  });

  test('waits where the other side is only read', () => {
    const one = { base: 'blocks-1', now: 'blocks-1' };
    expect(linked(one, { ...b, now: '' }, { flow: 'to-b' })).toEqual({ write: '' });
    expect(linked({ base: '', now: '', held: toRelates }, { base: '', now: 'blocks-1' }, { flow: 'to-b' })).toEqual({
      write: '',
    });
  });

  test('is told by force as far as it can be', () => {
    expect(linked({ base: '', now: 'blocks-1 blocks-2' }, b, { flow: 'to-b', force: true })).toEqual({
      write: 'b+relates-2',
      ...{ a: 'blocks-1 blocks-2', b: 'relates-1 relates-2' },
    });
    expect(linked({ ...b, now: '' }, { base: 'blocks-1', now: 'blocks-1' }, { flow: 'to-b', force: true })).toEqual({
      write: 'b-blocks-1',
      ...{ a: '', b: '' },
    });
  });
});

describe('a side with room for one', () => {
  /** Keeps the one that is there. */
  const one =
    (there = ''): Held =>
    (names) =>
      names.includes(there) ? [there] : names.slice(0, 1);

  test('takes the new one when the old one goes', () => {
    expect(merged({ base: 'ann', now: 'bob' }, { base: 'ann', now: 'ann', held: one('ann') })).toEqual({
      write: 'b+bob b-ann',
      ...{ a: 'bob', b: 'bob' },
    });
  });

  test('keeps its own beside what it has no room for', () => {
    expect(merged({ base: 'ann', now: 'ann bob' }, { base: 'ann', now: 'ann', held: one('ann') })).toEqual({
      write: '',
      ...{ a: 'ann bob', b: 'ann' },
    });
    expect(merged({ base: 'ann', now: 'aaron ann' }, { base: 'ann', now: 'ann', held: one() })).toEqual({
      write: '',
      ...{ a: 'aaron ann', b: 'ann' },
    });
  });

  test('takes who had to wait when there is room again', () => {
    expect(merged({ base: 'ann bob', now: 'bob' }, { base: 'ann', now: 'ann', held: one('ann') })).toEqual({
      write: 'b+bob b-ann',
      ...{ a: 'bob', b: 'bob' },
    });
  });

  test('but not whom it has sent away itself', () => {
    const b = { base: 'ann bob', now: 'ann', held: one('ann') };
    expect(merged({ base: 'ann bob', now: 'bob' }, b, { flow: 'to-b' })).toEqual({
      write: 'b-ann',
      a: 'bob',
      b: 'bob',
    });
  });

  test('gives its own to the other one, which has room for all', () => {
    expect(merged({ base: 'ann', now: 'ann bob' }, { base: 'ann', now: 'carl', held: one('carl') })).toEqual({
      write: 'a+carl a-ann',
      ...{ a: 'bob carl', b: 'carl' },
    });
  });

  const a = { base: 'ann', now: 'bob', held: one('bob') };
  const b = { base: 'ann', now: 'carl', held: one('carl') };

  test('is in conflict with another such, as a field of one value is', () => {
    expect(merged(a, b)).toEqual({ write: '', conflict: 'open' });
    expect(merged(a, b, { prefer: 'a' })).toEqual({ write: 'b+bob b-carl', a: 'bob', b: 'bob', conflict: 'a' });
    expect(merged(a, b, { prefer: 'b' })).toEqual({ write: 'a+carl a-bob', a: 'carl', b: 'carl', conflict: 'b' });
    expect(merged(a, b, { prefer: 'b', flow: 'to-b' })).toEqual({ write: '', conflict: 'open' });
    expect(merged({ ...a, base: '' }, { ...b, base: '' })).toEqual({ write: '', conflict: 'open' });
    expect(merged({ now: 'bob', held: one('bob') }, { now: 'carl', held: one('carl') })).toEqual({
      write: '',
      conflict: 'open',
    });
  });

  test('is in conflict with one that is only read, and would take its own', () => {
    expect(merged({ base: 'ann', now: 'bob' }, b, { flow: 'to-b' })).toEqual({ write: '', conflict: 'open' });
    expect(merged({ base: 'ann', now: 'bob' }, b, { flow: 'to-b', prefer: 'a' })).toEqual({
      write: 'b+bob b-carl',
      ...{ a: 'bob', b: 'bob' },
      conflict: 'a',
    });
    expect(merged(b, { base: 'ann', now: 'bob' }, { flow: 'to-a' })).toEqual({ write: '', conflict: 'open' });
  });

  test('is in conflict where its own is nobody there', () => {
    expect(merged({ base: 'ann', now: 'bob', held: without('carl') }, b)).toEqual({ write: '', conflict: 'open' });
  });

  test('becomes by force what was read, and keeps the one who is in both', () => {
    const way = { flow: 'to-b', force: true } as const;
    expect(merged({ base: 'ann', now: 'bob' }, b, way)).toEqual({
      write: 'b+bob b-carl',
      ...{ a: 'bob', b: 'bob' },
      conflict: 'a',
    });
    expect(merged({ base: 'ann', now: 'ann carl' }, b, way)).toEqual({ write: '', a: 'ann carl', b: 'carl' });
  });

  test('that is read forces nobody out of one with room for all', () => {
    const way = { flow: 'to-b', force: true } as const;
    expect(merged({ base: 'bob', now: 'bob', held: one('bob') }, { base: 'bob carl', now: 'bob carl' }, way)).toEqual({
      write: '',
    });
  });
});

test('where nothing has changed, nothing is asked', () => {
  const held = vi.fn(all);
  const sides: Sides<SetSide> = {
    a: { base: ['a', 'b'], now: ['a', 'b'], held },
    b: { base: ['c'], now: ['c'], held },
  };
  expect(mergeSets(sides, rulesOf('both', 'ask', false), (text) => text)).toEqual({});
  expect(held).not.toHaveBeenCalled();
});

test('a side is always asked about elements in their order', () => {
  const asked: string[] = [];
  const held: Held = (elements) => {
    asked.push(elements.join(' '));
    return elements.filter((element) => element !== 'a');
  };
  expect(merged({ base: 'm', now: 'a c m z' }, { base: 'm', now: 'm', held })).toEqual({
    write: 'b+c b+z',
    ...{ a: 'a c m z', b: 'c m z' },
  });
  expect(asked).toEqual(asked.map((elements) => words(elements).sort().join(' ')));
  // one by one where not all of them were taken
  const two: Held = (elements) => (elements[0] === 'm' ? elements : elements.slice(0, 1));
  expect(merged({ base: 'm', now: 'c m z' }, { base: 'm', now: 'm', held: two })).toEqual({
    write: 'b+z',
    ...{ a: 'c m z', b: 'm z' },
  });
});

test('a thousand labels are asked about once each, and once together', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `label-${at}`).sort();
  const held = vi.fn(all);
  const merge = mergeSets(
    { a: { base: [], now: many, held: all }, b: { base: [], now: [], held } },
    rulesOf('both', 'ask', false),
    (text) => text,
  );
  expect(merge).toEqual({ write: { b: { add: many, remove: [] } }, base: { a: many, b: many } });
  expect(held.mock.calls.length).toBeLessThan(1_010);
});
