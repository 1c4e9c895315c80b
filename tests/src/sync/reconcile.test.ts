import { describe, expect, test, vi } from 'vitest';
import { type Flow, type Preference, type Reconciling, reconcile } from '../../../src/sync/reconcile.ts';
import { type Agreed, FIELDS, type Values } from '../../../src/sync/values.ts';
import { agreed, FLOWS, holding, NOTHING, PREFERENCES, side, VALUES } from './reconcile.support.ts';

/** Rules that come to the same: flow, preference, force. */
type Column = 'ask' | 'a' | 'b' | 'to-b open' | 'to-b a' | 'to-a open' | 'to-a b' | 'to-b force' | 'to-a force';

function columnOf(flow: Flow, prefer: Preference, force: boolean): Column {
  if (flow === 'both') return prefer;
  if (force) return `${flow} force`;
  if (flow === 'to-b') return prefer === 'a' ? 'to-b a' : 'to-b open';
  return prefer === 'b' ? 'to-a b' : 'to-a open';
}

/**
 * `-` nothing at all · `=` the base moves · `>` what a has goes to b · `<` what b has goes to a · `!` and what it replaces has lost ·
 * `?` both stay, somebody has to decide.
 */
type Outcome = '-' | '=' | '>' | '<' | '>!' | '<!' | '?';

const COLUMNS: readonly Column[] = [
  ...(['ask', 'a', 'b', 'to-b open', 'to-b a', 'to-a open', 'to-a b', 'to-b force', 'to-a force'] as const),
];

/** Of `b0 a1 b1` and so on: what both had is 0, what they have is 1; `.` is nothing, `none` no base. */
const MATRIX: readonly (readonly [what: string, base: string, now: string, outcomes: string])[] = [
  // what                                base    now     ask a  b  to-b open, a  to-a open, b  force to-b, to-a
  ['neither has changed', 'x x', 'x x', '-  -  -  -  -  -  -  -  -'],
  ['neither has changed, both hold nothing', '. .', '. .', '-  -  -  -  -  -  -  -  -'],
  ['neither has changed, and they are apart', 'x y', 'x y', '-  -  -  -  -  -  -  >! <!'],
  ['neither has changed, and b has nothing', 'x .', 'x .', '-  -  -  -  -  -  -  >  <!'],
  ['neither has changed, and a has nothing', '. x', '. x', '-  -  -  -  -  -  -  >! <'],
  ['a has changed', 'x x', 'y x', '>  >  >  >  >  -  -  >  <!'],
  ['a has removed', 'x x', '. x', '>  >  >  >  >  -  -  >  <!'],
  ['a has added', '. .', 'y .', '>  >  >  >  >  -  -  >  <!'],
  ['a has changed to what b has', 'x y', 'y y', '=  =  =  =  =  =  =  =  ='],
  ['b has changed', 'x x', 'x y', '<  <  <  -  -  <  <  >! <'],
  ['b has removed', 'x x', 'x .', '<  <  <  -  -  <  <  >! <'],
  ['b has added', '. .', '. y', '<  <  <  -  -  <  <  >! <'],
  ['b has changed to what a has', 'x y', 'x x', '=  =  =  =  =  =  =  =  ='],
  ['both have changed alike', 'x x', 'y y', '=  =  =  =  =  =  =  =  ='],
  ['both have removed', 'x x', '. .', '=  =  =  =  =  =  =  =  ='],
  ['both have changed apart', 'x x', 'y z', '?  >! <! ?  >! ?  <! >! <!'],
  ['a has changed, b has removed', 'x x', 'y .', '?  >! <! ?  >! ?  <! >! <!'],
  ['a has removed, b has changed', 'x x', '. y', '?  >! <! ?  >! ?  <! >! <!'],
  ['both are new, and the same', 'none', 'x x', '=  =  =  =  =  =  =  =  ='],
  ['both are new, with nothing', 'none', '. .', '=  =  =  =  =  =  =  =  ='],
  ['both are new, b has nothing', 'none', 'x .', '>  >  >  >  >  -  -  >  <!'],
  ['both are new, a has nothing', 'none', '. x', '<  <  <  -  -  <  <  >! <'],
  ['both are new, and apart', 'none', 'x y', '?  >! <! ?  >! ?  <! >! <!'],
];

type Scalar = 'title' | 'body' | 'state' | 'type' | 'milestone' | 'storyPoints' | 'dueDate' | 'priority' | 'parent';

/** Each field with a value for x, y and z, and what it has where it has nothing. */
const FIELDS_OF_ONE_VALUE: { readonly [Field in Scalar]: readonly [...Values[Field][]] } = {
  title: ['Hats', 'Caps', 'Bonnets'],
  body: ['Hats are worn.', 'Caps are worn.', 'Bonnets are worn.', ''],
  state: ['open', 'done', 'canceled'],
  type: ['bug', 'story', 'epic', null],
  priority: [1, 2, 3, null],
  milestone: ['1.0', '2.0', '3.0', null],
  parent: ['pair-1', 'pair-2', 'pair-3', null],
  storyPoints: [1, 0, 8, null],
  dueDate: ['2026-03-01', '2026-03-02', '2026-03-03', null],
};

function valuesOf(field: Scalar, letters: string): { a: Partial<Values>; b: Partial<Values> } {
  const [a, b] = letters.split(' ').map((letter) => ({ [field]: FIELDS_OF_ONE_VALUE[field]['xyz.'.indexOf(letter)] }));
  return { a: a ?? {}, b: b ?? {} };
}

describe.each(Object.keys(FIELDS_OF_ONE_VALUE) as Scalar[])('%s', (field) => {
  const rows = MATRIX.filter(
    ([, base, now]) => FIELDS_OF_ONE_VALUE[field].length > 3 || !`${base} ${now}`.includes('.'),
  );

  test.each(rows)('%s: %s → %s', (_, base, now, outcomes) => {
    const before = base === 'none' ? undefined : valuesOf(field, base);
    const after = valuesOf(field, now);
    const rest: Agreed = { ...VALUES };
    if (!before) delete rest[field];
    const bases = { a: { ...rest, ...before?.a }, b: { ...rest, ...before?.b } };
    const sides = { a: side(after.a, bases.a), b: side(after.b, bases.b) };
    for (const [flow, prefer, force] of allRules()) {
      const column = columnOf(flow, prefer, force);
      const outcome = outcomes.split(/ +/)[COLUMNS.indexOf(column)] as Outcome;
      const [value, winner] = outcome.startsWith('>') ? [after.a, 'a'] : [after.b, 'b'];
      const isWritten = /[<>]/.test(outcome);
      const settled = isWritten ? { a: value, b: value } : outcome === '=' ? after : { a: {}, b: {} };
      const conflict = { field, base: bases.b[field] === undefined ? undefined : bases.a[field] };
      const values = { a: sides.a.now[field], b: sides.b.now[field] };
      expect(reconcile({ ...sides, flow, prefer, force }), `${flow}, ${prefer}, ${force ? 'forced' : ''}`).toEqual({
        changes: {
          a: outcome.startsWith('<') ? { set: value, sets: {} } : NOTHING,
          b: outcome.startsWith('>') ? { set: value, sets: {} } : NOTHING,
        },
        base: { a: { ...bases.a, ...settled.a }, b: { ...bases.b, ...settled.b } },
        conflicts: [
          ...(outcome.endsWith('!') ? [{ ...conflict, ...values, winner }] : []),
          ...(outcome === '?' ? [{ ...conflict, ...values }] : []),
        ],
      });
    }
  });

  test('is left alone, with its base, where a side lacks it', () => {
    const [x, y] = [valuesOf(field, 'x y').a, valuesOf(field, 'x y').b];
    const bases = { a: agreed(x), b: agreed(x) };
    const without = new Set([field]);
    for (const [flow, prefer, force] of allRules()) {
      const input = { a: side(y, bases.a), b: side(x, bases.b), flow, prefer, force, without };
      expect(reconcile(input)).toEqual({ changes: { a: NOTHING, b: NOTHING }, base: bases, conflicts: [] });
    }
  });
});

function allRules(): (readonly [Flow, Preference, boolean])[] {
  return FLOWS.flatMap((flow) =>
    PREFERENCES.flatMap((prefer) => [false, true].map((force) => [flow, prefer, force] as const)),
  );
}

function inBoth(input: Pick<Reconciling, 'a' | 'b'>, more: Partial<Reconciling> = {}) {
  return reconcile({ flow: 'both', prefer: 'ask', ...input, ...more });
}

describe('a side that can hold less', () => {
  const folded = holding({
    state: (state) => (state === 'done' || state === 'canceled' ? 'done' : 'open'),
    milestone: () => null,
    title: (title) => title.slice(0, 4),
  });

  test('gets what it can hold, and the base has what each of them has', () => {
    const a = side({ state: 'canceled', title: 'Bonnets' }, agreed());
    const b = side({}, agreed(), { held: folded });
    expect(inBoth({ a, b })).toEqual({
      changes: { a: NOTHING, b: { set: { title: 'Bonn', state: 'done' }, sets: {} } },
      base: { a: agreed({ state: 'canceled', title: 'Bonnets' }), b: agreed({ state: 'done', title: 'Bonn' }) },
      conflicts: [],
    });
  });

  test('never looks changed by that', () => {
    const a = side({ state: 'in_review', milestone: '1.0' }, agreed({ state: 'in_review', milestone: '1.0' }));
    const b = side({}, agreed(), { held: folded });
    for (const [flow, prefer, force] of allRules()) {
      const { changes, base, conflicts } = reconcile({ a, b, flow, prefer, force });
      expect([changes, conflicts]).toEqual([{ a: NOTHING, b: NOTHING }, []]);
      expect(base.a).toBe(a.base);
      expect(base.b).toBe(b.base);
    }
  });

  test('has what it was told already where it can tell no difference: only the base moves', () => {
    const a = side({ state: 'in_review', milestone: '2.0' }, agreed({ milestone: '1.0' }));
    const b = side({}, agreed(), { held: folded });
    expect(inBoth({ a, b }, { flow: 'to-a' })).toEqual({
      changes: { a: NOTHING, b: NOTHING },
      base: { a: agreed({ state: 'in_review', milestone: '2.0' }), b: agreed() },
      conflicts: [],
    });
  });

  test.each(['a', 'b'] as const)('both changed to the same where %s tells it otherwise', (name) => {
    const canceled = side({ state: 'canceled' }, agreed());
    const done = side({ state: 'done' }, agreed(), { held: folded });
    const input = name === 'a' ? { a: done, b: canceled } : { a: canceled, b: done };
    expect(inBoth(input)).toEqual({
      changes: { a: NOTHING, b: NOTHING },
      base: { a: input.a.now, b: input.b.now },
      conflicts: [],
    });
  });

  test('takes nothing from the other one that it could never have told it, not even by force', () => {
    const a = side({}, agreed(), { held: folded });
    const b = side({ milestone: '2.0', state: 'in_review' }, agreed({ milestone: '1.0', state: 'blocked' }));
    expect(inBoth({ a, b }, { flow: 'to-b', force: true })).toEqual({
      changes: { a: NOTHING, b: NOTHING },
      base: { a: agreed(), b: agreed({ milestone: '2.0', state: 'in_review' }) },
      conflicts: [],
    });
  });

  test('a winner gives what the other one can hold', () => {
    const a = side({ title: 'Bonnets' }, agreed());
    const b = side({ title: 'Caps' }, agreed(), { held: folded });
    expect(inBoth({ a, b }, { prefer: 'a' })).toEqual({
      changes: { a: NOTHING, b: { set: { title: 'Bonn' }, sets: {} } },
      base: { a: agreed({ title: 'Bonnets' }), b: agreed({ title: 'Bonn' }) },
      conflicts: [{ field: 'title', base: 'Hats', a: 'Bonnets', b: 'Caps', winner: 'a' }],
    });
  });

  test('what a new pair has on one side alone is filled as far as it can be held', () => {
    const a = side({ milestone: '1.0', dueDate: '2026-03-01' });
    const b = side({}, undefined, { held: folded });
    expect(inBoth({ a, b })).toEqual({
      changes: { a: NOTHING, b: { set: { dueDate: '2026-03-01' }, sets: {} } },
      base: { a: a.now, b: agreed({ dueDate: '2026-03-01' }) },
      conflicts: [],
    });
  });
});

test('the two bases of a conflict may differ: that of a is told', () => {
  const a = side({ title: 'Bonnets' }, agreed({ title: 'Hats, long' }));
  const b = side({ title: 'Caps' }, agreed({ title: 'Hats' }));
  expect(inBoth({ a, b }).conflicts).toEqual([{ field: 'title', base: 'Hats, long', a: 'Bonnets', b: 'Caps' }]);
});

test('a base that one side lacks is no base', () => {
  const { title: _, ...rest } = agreed();
  const a = side({ title: 'Bonnets' }, agreed());
  const b = side({ title: 'Hats' }, rest);
  expect(inBoth({ a, b })).toEqual({
    changes: { a: NOTHING, b: NOTHING },
    base: { a: a.base, b: rest },
    conflicts: [{ field: 'title', base: undefined, a: 'Bonnets', b: 'Hats' }],
  });
});

test('and then it does not count which side has changed', () => {
  const a = side({}, agreed());
  const b = side({ title: 'Bonnets' });
  const conflicts = [{ field: 'title', base: undefined, a: 'Hats', b: 'Bonnets' }];
  expect(inBoth({ a, b }).conflicts).toEqual(conflicts);
  const turned = [{ field: 'title', base: undefined, a: 'Bonnets', b: 'Hats' }];
  expect(inBoth({ a: b, b: a }).conflicts).toEqual(turned);
});

test('of a new pair all that agrees is agreed, in the order of the fields, and what does not is absent', () => {
  const { base, conflicts } = inBoth({ a: side({ title: 'Hats' }), b: side({ title: 'Caps' }) });
  const { title: _, ...rest } = agreed();
  expect(base).toEqual({ a: rest, b: rest });
  expect(Object.keys(base.a)).toEqual(FIELDS.filter((field) => field !== 'title'));
  expect(conflicts).toEqual([{ field: 'title', base: undefined, a: 'Hats', b: 'Caps' }]);
});

test('where a base moves, the one that came in stays as it was', () => {
  const bases = { a: agreed(), b: agreed() };
  const result = inBoth({ a: side({ title: 'Caps' }, bases.a), b: side({}, bases.b) });
  expect(result.base).toEqual({ a: agreed({ title: 'Caps' }), b: agreed({ title: 'Caps' }) });
  expect(bases).toEqual({ a: agreed(), b: agreed() });
});

test('where nothing has changed, nothing is asked of a side, and no text is put into its form', () => {
  const spy = { held: vi.fn((_, value) => value), normalText: vi.fn((text: string) => text) };
  const full = { labels: ['a', 'b'], assignees: ['ann'], links: ['blocks pair-2'] };
  const a = side(full, agreed(full), spy);
  const b = side(full, agreed(full), spy);
  const { base } = inBoth({ a, b });
  expect([spy.held.mock.calls, spy.normalText.mock.calls]).toEqual([[], []]);
  expect([base.a === a.base, base.b === b.base]).toEqual([true, true]);
});

describe('the body', () => {
  const starred = { normalText: (text: string) => text.trim().replaceAll('*', '-') };

  test('that a side tells in its own way has not changed', () => {
    const a = side({ body: '* one' }, agreed({ body: '* one' }));
    const b = side({ body: '- one\n' }, agreed({ body: '* one' }), starred);
    const { changes, base, conflicts } = inBoth({ a, b });
    expect([changes, conflicts]).toEqual([{ a: NOTHING, b: NOTHING }, []]);
    expect([base.a === a.base, base.b === b.base]).toEqual([true, true]);
  });

  test('that comes to what the other one has, in its own way, moves the base only', () => {
    const a = side({ body: '* two' }, agreed({ body: 'one' }));
    const b = side({ body: '- two' }, agreed({ body: 'two' }), starred);
    expect(inBoth({ a, b })).toEqual({
      changes: { a: NOTHING, b: NOTHING },
      base: { a: agreed({ body: '* two' }), b: agreed({ body: '- two' }) },
      conflicts: [],
    });
  });

  test('keeps the words of the side that has not changed, but for the paragraph that has', () => {
    const a = side({ body: '- list\n\nnew' }, agreed({ body: '- list\n\nold' }));
    const b = side({ body: '* list\n\nold\n' }, agreed({ body: '* list\n\nold\n' }), starred);
    expect(inBoth({ a, b })).toEqual({
      changes: { a: NOTHING, b: { set: { body: '* list\n\nnew\n' }, sets: {} } },
      base: { a: agreed({ body: '- list\n\nnew' }), b: agreed({ body: '* list\n\nnew\n' }) },
      conflicts: [],
    });
  });

  const CHANGED = {
    a: side({ body: 'One.\n\ntwo\n\nthree' }, agreed({ body: 'one\n\ntwo\n\nthree' })),
    b: side({ body: 'one\n\ntwo\n\nThree.' }, agreed({ body: 'one\n\ntwo\n\nthree' })),
  };
  const MERGED = 'One.\n\ntwo\n\nThree.';

  test('that both have changed in different places is merged, whoever is preferred', () => {
    for (const prefer of PREFERENCES) {
      expect(inBoth(CHANGED, { prefer })).toEqual({
        changes: { a: { set: { body: MERGED }, sets: {} }, b: { set: { body: MERGED }, sets: {} } },
        base: { a: agreed({ body: MERGED }), b: agreed({ body: MERGED }) },
        conflicts: [],
      });
    }
  });

  test('is merged into the side that may be written; what that one has changed is a change of its own still', () => {
    expect(inBoth(CHANGED, { flow: 'to-b' })).toEqual({
      changes: { a: NOTHING, b: { set: { body: MERGED }, sets: {} } },
      base: { a: agreed({ body: 'One.\n\ntwo\n\nthree' }), b: agreed({ body: 'One.\n\ntwo\n\nthree' }) },
      conflicts: [],
    });
    expect(inBoth(CHANGED, { flow: 'to-a' })).toEqual({
      changes: { a: { set: { body: MERGED }, sets: {} }, b: NOTHING },
      base: { a: agreed({ body: 'one\n\ntwo\n\nThree.' }), b: agreed({ body: 'one\n\ntwo\n\nThree.' }) },
      conflicts: [],
    });
  });

  test('has in the base what was sent of it', () => {
    const b = { ...CHANGED.b, held: holding({ body: (body) => body.replace('One', '1') }) };
    expect(inBoth({ a: CHANGED.a, b }, { flow: 'to-b' })).toEqual({
      changes: { a: NOTHING, b: { set: { body: '1.\n\ntwo\n\nThree.' }, sets: {} } },
      base: { a: agreed({ body: 'One.\n\ntwo\n\nthree' }), b: agreed({ body: '1.\n\ntwo\n\nthree' }) },
      conflicts: [],
    });
  });

  test('that has more of it than the other one needs no write there, and moves both bases', () => {
    const a = side({ body: MERGED }, agreed({ body: 'one\n\ntwo\n\nthree' }));
    expect(inBoth({ a, b: CHANGED.b }, { flow: 'to-b' })).toEqual({
      changes: { a: NOTHING, b: { set: { body: MERGED }, sets: {} } },
      base: { a: agreed({ body: MERGED }), b: agreed({ body: MERGED }) },
      conflicts: [],
    });
  });

  test('is not merged by force: the other side becomes what was read, and what it had is kept', () => {
    expect(inBoth(CHANGED, { flow: 'to-b', force: true })).toEqual({
      changes: { a: NOTHING, b: { set: { body: CHANGED.a.now.body }, sets: {} } },
      base: { a: CHANGED.a.now, b: CHANGED.a.now },
      conflicts: [
        {
          field: 'body',
          base: 'one\n\ntwo\n\nthree',
          a: CHANGED.a.now.body,
          b: CHANGED.b.now.body,
          winner: 'a',
        },
      ],
    });
  });

  test('of a new pair that is blank on one side is filled, and one that differs is no guess', () => {
    expect(inBoth({ a: side({ body: ' \n' }), b: side({ body: 'two' }) }).changes.a.set).toEqual({ body: 'two' });
    expect(inBoth({ a: side({ body: 'one' }), b: side({ body: 'one\n\ntwo' }) }).conflicts).toEqual([
      { field: 'body', base: undefined, a: 'one', b: 'one\n\ntwo' },
    ]);
  });

  test('goes over whole where it is too long to be compared', () => {
    const lines = (word: string) => Array.from({ length: 1_200 }, (_, at) => `${word} ${at}`).join('\n\n');
    const a = side({ body: lines('new') }, agreed({ body: lines('old') }));
    const b = side({ body: `${lines('old')}\n` }, agreed({ body: lines('old') }));
    expect(inBoth({ a, b }).changes).toEqual({ a: NOTHING, b: { set: { body: lines('new') }, sets: {} } });
  });
});

test('sets, texts and single values come to one plan', () => {
  const base = agreed({ labels: ['old'], body: 'one\n\ntwo' });
  const a = side({ labels: ['Old', 'a'], title: 'Caps', body: '1\n\ntwo' }, base);
  const b = side({ labels: ['b'], state: 'done', body: 'one\n\n2' }, base);
  const after = { title: 'Caps', state: 'done', body: '1\n\n2', labels: ['a', 'b'] };
  expect(inBoth({ a, b })).toEqual({
    changes: {
      a: { set: { body: '1\n\n2', state: 'done' }, sets: { labels: { add: ['b'], remove: ['Old'] } } },
      b: { set: { title: 'Caps', body: '1\n\n2' }, sets: { labels: { add: ['a'], remove: [] } } },
    },
    base: { a: agreed(after), b: agreed(after) },
    conflicts: [],
  });
});

test('a set is left alone where a side lacks it', () => {
  const a = side({ labels: ['a'], assignees: ['ann'] }, agreed());
  const b = side({}, agreed());
  expect(inBoth({ a, b }, { without: new Set(['labels']) })).toEqual({
    changes: { a: NOTHING, b: { set: {}, sets: { assignees: { add: ['ann'], remove: [] } } } },
    base: { a: agreed({ assignees: ['ann'] }), b: agreed({ assignees: ['ann'] }) },
    conflicts: [],
  });
});
