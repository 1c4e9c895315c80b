/**
 * What holds for any two trackers, whatever people do: two sides that can hold different things are edited and brought in step, again and
 * again, by changing rules.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Changes,
  type Reconciled,
  type Reconciling,
  reconcile,
  type SideInput,
} from '../../../src/sync/reconcile.ts';
import {
  type Agreed,
  otherSide,
  SCALARS,
  SETS,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from '../../../src/sync/values.ts';
import { everything, FLOWS, holding, NOTHING, nextInput, PREFERENCES, VALUES } from './reconcile.support.ts';

const NAMES = ['a', 'b'] as const;

/** A tracker: what it can hold beside what it has, and how it tells a text that was written. */
interface Tracker {
  readonly held: (now: Values) => SideInput['held'];
  readonly normalText: (text: string) => string;
  readonly told: (text: string) => string;
}

const trimmed = (text: string) => text.trim();
const plain: Tracker = { held: () => everything, normalText: trimmed, told: (text) => text };

const dashes = (text: string) =>
  text
    .trim()
    .replaceAll('*', '-')
    .replace(/\n{3,}/g, '\n\n');
/** Rewrites lists, as Linear does, and knows neither milestones nor most states. */
const folding: Tracker = {
  held: (now) =>
    holding({
      title: (title) => title.slice(0, 4),
      state: (state) => (['done', 'canceled'].includes(state) ? 'done' : 'open'),
      type: (type) => (type === 'epic' ? now.type : type),
      milestone: () => null,
      labels: (labels) => labels.filter((label) => !label.startsWith('x')),
      links: (links) => [...new Set(links.map((link) => link.replace(/^\w+/, 'relates')))],
    }),
  normalText: dashes,
  told: (text) => `${dashes(text)}\n`,
};

/** Has other words for being closed, and room for one person. */
const narrow: Tracker = {
  held: (now) =>
    holding({
      state: (state) => (state === 'done' ? 'canceled' : state),
      parent: (parent) => (parent === 'pair-2' ? null : parent),
      labels: (labels) => labels.filter((label) => label.toLowerCase() !== 'bug'),
      assignees: (names) => {
        const there = names.filter((name) => now.assignees.includes(name));
        return (there.length > 0 ? there : names).slice(0, 1);
      },
    }),
  normalText: (text) => text.trim().toLowerCase(),
  told: (text) => text,
};

const subset = (...elements: string[]) => fc.subarray(elements).map((some) => some.toSorted());
const paragraphs = fc
  .subarray(['one', 'Two', '* three', '- three', '# four', '```\nfive\n```'])
  .map((all) => all.join('\n\n'));

const anyValues: { readonly [Field in keyof Values]: fc.Arbitrary<Values[Field]> } = {
  title: fc.constantFrom('Hats', 'Hats!', 'Caps'),
  body: paragraphs,
  state: fc.constantFrom('open', 'in_progress', 'done', 'canceled'),
  type: fc.constantFrom(null, 'bug', 'epic'),
  priority: fc.constantFrom(null, 1, 2),
  milestone: fc.constantFrom(null, '1.0', '2.0'),
  parent: fc.constantFrom(null, 'pair-1', 'pair-2'),
  storyPoints: fc.constantFrom(null, 0, 3),
  dueDate: fc.constantFrom(null, '2026-03-01'),
  labels: subset('Bug', 'bug', 'ui', 'x1', 'x2'),
  assignees: subset('ann', 'bob', 'carl'),
  links: subset('blocks pair-1', 'relates pair-1', 'relates pair-2'),
};

const anyEdit = fc.record(anyValues, { requiredKeys: [] });
const anyRules = fc.record({
  flow: fc.constantFrom(...FLOWS),
  prefer: fc.constantFrom(...PREFERENCES),
  force: fc.boolean(),
});
const anyStep = fc.record({ a: anyEdit, b: anyEdit, rules: anyRules });
const anyTracker = fc.constantFrom(plain, folding, narrow);
const anyHistory = fc.record({
  trackers: fc.record({ a: anyTracker, b: anyTracker }),
  start: fc.record({ a: anyEdit, b: anyEdit }),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 4 }),
});
type History = typeof anyHistory extends fc.Arbitrary<infer Value> ? Value : never;

/** What a tracker has after somebody has written that to it. */
function kept(tracker: Tracker, now: Values, edit: Partial<Values>): Values {
  const held = tracker.held(now);
  const after = { ...now, ...edit };
  const all = { ...after, body: held('body', after.body) };
  for (const field of SCALARS) if (field in edit) Object.assign(all, { [field]: held(field, after[field]) });
  for (const field of SETS) if (field in edit) Object.assign(all, { [field]: held(field, after[field]) });
  return all;
}

interface Round {
  readonly input: Reconciling;
  readonly result: Reconciled;
  readonly trackers: Sides<Tracker>;
}

/** Every run of a history; each side tells a text that was written to it in its own way. */
function roundsOf({ trackers, start, steps }: History): Round[] {
  const rounds: Round[] = [];
  let now = sidesOf((side) => kept(trackers[side], VALUES, start[side]));
  let base: Sides<Agreed | undefined> = { a: undefined, b: undefined };
  for (const { rules, ...edits } of steps) {
    now = sidesOf((side) => kept(trackers[side], now[side], edits[side]));
    const input: Reconciling = {
      ...rules,
      a: inputOf(trackers.a, now.a, base.a),
      b: inputOf(trackers.b, now.b, base.b),
    };
    const result = reconcile(input);
    rounds.push({ input, result, trackers });
    now = after(rounds.at(-1) as Round);
    base = result.base;
  }
  return rounds;
}

function inputOf(tracker: Tracker, now: Values, base: Agreed | undefined): SideInput {
  return { now, base, held: tracker.held(now), normalText: tracker.normalText };
}

function after({ input, result, trackers }: Round): Sides<Values> {
  const next = nextInput(input, result);
  return sidesOf((side) => {
    const { body } = result.changes[side].set;
    return body === undefined ? next[side].now : { ...next[side].now, body: trackers[side].told(body) };
  });
}

function always(law: (round: Round) => void): void {
  fc.assert(
    fc.property(anyHistory, (history) => {
      for (const round of roundsOf(history)) law(round);
    }),
    { numRuns: 400 },
  );
}

function again(round: Round, more: Partial<Reconciling> = {}): Reconciling {
  const now = after(round);
  const { trackers, input, result } = round;
  return {
    ...input,
    a: inputOf(trackers.a, now.a, result.base.a),
    b: inputOf(trackers.b, now.b, result.base.b),
    ...more,
  };
}

const OPEN: Changes = NOTHING;

test('a second run writes nothing, moves no base, and leaves open what was left open', () => {
  always((round) => {
    const input = again(round);
    const second = reconcile(input);
    expect(second.changes).toEqual({ a: OPEN, b: OPEN });
    expect([second.base.a === input.a.base, second.base.b === input.b.base]).toEqual([true, true]);
    const open = round.result.conflicts.filter(({ winner }) => winner === undefined);
    expect(second.conflicts.map(({ field, winner }) => [field, winner])).toEqual(
      open.map(({ field }) => [field, undefined]),
    );
  });
});

test('what both may write and somebody decides is in step afterwards, as far as the sides can hold it', () => {
  always((round) => {
    const decided = again(round, { flow: 'both', prefer: 'a', force: false });
    const last = { ...round, input: decided, result: reconcile(decided) };
    const now = after(last);
    const { a, b } = sidesOf((side) => inputOf(round.trackers[side], now[side], undefined));
    for (const field of SCALARS) {
      if (field === 'body') continue;
      const isTold = a.held(field, b.now[field]) === a.now[field] || b.held(field, a.now[field]) === b.now[field];
      expect(isTold, `${field}: ${a.now[field]} and ${b.now[field]}`).toBe(true);
    }
    const forms = NAMES.map((side) => dashes(round.trackers[side].normalText(now[side].body)).toLowerCase());
    expect(forms[0]).toBe(forms[1]);
    for (const field of ['labels', 'links'] as const) {
      for (const side of NAMES) {
        const [own, other] = [now[side][field], now[otherSide(side)][field]];
        const held = round.trackers[otherSide(side)].held(now[otherSide(side)]);
        const back = round.trackers[side].held(now[side]);
        const there = [...other, ...back(field, other)].map((element) => element.toLowerCase());
        for (const element of own) {
          const [words] = held(field, [element]);
          const isThere = there.includes(element.toLowerCase()) || (words && there.includes(words.toLowerCase()));
          expect(words === undefined || isThere, `${field}: ${own} and ${other}`).toBe(true);
        }
      }
    }
  });
});

test('the other way round it is the same plan, turned', () => {
  const turns = { both: 'both', 'to-a': 'to-b', 'to-b': 'to-a', ask: 'ask', a: 'b', b: 'a' } as const;
  always(({ input, result }) => {
    const turned = reconcile({
      ...input,
      flow: turns[input.flow],
      prefer: turns[input.prefer],
      a: input.b,
      b: input.a,
    });
    expect(turned).toEqual({
      changes: { a: result.changes.b, b: result.changes.a },
      base: { a: result.base.b, b: result.base.a },
      conflicts: result.conflicts.map(({ field, base, a, b, winner }) => ({
        ...{ field, a: b, b: a },
        base: base === undefined ? undefined : input.b.base?.[field],
        ...(winner && { winner: otherSide(winner) }),
      })),
    });
  });
});

test('a side that is only read is never written', () => {
  always(({ input, result }) => {
    if (input.flow === 'to-a') expect(result.changes.b).toEqual(NOTHING);
    if (input.flow === 'to-b') expect(result.changes.a).toEqual(NOTHING);
  });
});

test('no field is written that neither side has changed', () => {
  always(({ input, result }) => {
    if (input.force && input.flow !== 'both') return;
    for (const side of NAMES) {
      const { set, sets } = result.changes[side];
      for (const field of [...SCALARS.filter((name) => name in set), ...SETS.filter((name) => name in sets)]) {
        const isNew = NAMES.some((name) => input[name].base?.[field] === undefined);
        const isChanged = NAMES.some(
          (name) => JSON.stringify(input[name].base?.[field]) !== JSON.stringify(input[name].now[field]),
        );
        expect(isNew || isChanged, field).toBe(true);
      }
    }
  });
});

test('no value is written to a side that has it, and none that it cannot hold', () => {
  always(({ input, result }) => {
    for (const side of NAMES) {
      const { now, held } = input[side];
      const { set, sets } = result.changes[side];
      for (const field of SCALARS) {
        if (!(field in set)) continue;
        expect(set[field]).not.toEqual(now[field]);
        expect(held(field, set[field] as never)).toEqual(set[field]);
      }
      for (const field of SETS) {
        const { add = [], remove = [] } = sets[field] ?? {};
        if (sets[field]) expect(add.length + remove.length).toBeGreaterThan(0);
        expect([add.filter((element) => now[field].includes(element)), add]).toEqual([[], add.toSorted()]);
        expect(remove.filter((element) => !now[field].includes(element))).toEqual([]);
      }
    }
  });
});

test('whatever is lost is a conflict with a winner', () => {
  always(({ input, result }) => {
    for (const side of NAMES) {
      const { now, base } = input[side];
      const { set, sets } = result.changes[side];
      const lost = result.conflicts.filter(({ winner }) => winner === otherSide(side));
      const isKept = (field: string) => lost.some((conflict) => conflict.field === field);
      for (const conflict of lost) expect(conflict[side]).toEqual(now[conflict.field]);
      for (const field of SCALARS) {
        if (!(field in set) || isKept(field) || field === 'body') continue;
        // it was the other one that has changed, or there was nothing
        expect(base?.[field] === now[field] || now[field] === null, field).toBe(true);
      }
      for (const field of SETS) {
        if (isKept(field)) continue;
        const removed = sets[field]?.remove ?? [];
        expect(base ? removed.filter((element) => !hasAny(base[field], element)) : removed, field).toEqual([]);
      }
    }
  });
});

test('no paragraph is lost that the other side has not changed itself', () => {
  always(({ input, result }) => {
    for (const side of NAMES) {
      const body = result.changes[side].set.body;
      if (body === undefined || result.conflicts.some(({ field }) => field === 'body')) continue;
      const other = input[otherSide(side)];
      for (const paragraph of piecesOf(input[side].now.body)) {
        const isAgreed = hasAny(piecesOf(other.base?.body ?? ''), paragraph);
        const isThere = hasAny(piecesOf(body), paragraph);
        expect(isThere || isAgreed, `${side}: ${paragraph}`).toBe(true);
      }
    }
  });
});

function piecesOf(body: string): string[] {
  return dashes(body).toLowerCase().split('\n\n').filter(Boolean);
}

function hasAny(elements: readonly string[] | undefined, element: string): boolean {
  return elements?.some((one) => one.toLowerCase() === element.toLowerCase()) ?? false;
}

test('two sides that can hold all are equal afterwards, but for what nobody has decided', () => {
  fc.assert(
    fc.property(anyHistory, fc.constantFrom<SideName>('a', 'b'), (history, prefer) => {
      const rounds = roundsOf({ ...history, trackers: { a: plain, b: plain } });
      const decided = again(rounds.at(-1) as Round, { flow: 'both', prefer, force: false });
      const result = reconcile(decided);
      const { a, b } = nextInput(decided, result);
      const lower = (values: Values) => ({
        ...values,
        labels: [...new Set(values.labels.map((label) => label.toLowerCase()))],
      });
      expect(lower(a.now)).toEqual(lower(b.now));
      expect(lower({ ...VALUES, ...result.base.a })).toEqual(lower(a.now));
    }),
  );
});
