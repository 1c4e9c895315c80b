/** Two sides in memory, as `reconcile` sees them: what they have, what they can hold, and how they tell a text. */
import type { Changes, Flow, Preference, Reconciled, Reconciling, SideInput } from '../../../src/sync/reconcile.ts';
import { type Agreed, type FieldName, SETS, type Sides, sidesOf, type Values } from '../../../src/sync/values.ts';

export const VALUES: Values = {
  ...{
    title: 'Hats',
    body: 'Hats are worn.',
    state: 'open',
    type: null,
    priority: null,
    milestone: null,
    parent: null,
  },
  ...{ storyPoints: null, dueDate: null, labels: [], assignees: [], links: [] },
};

export const NOTHING: Changes = { set: {}, sets: {} };
export const FLOWS: readonly Flow[] = ['both', 'to-a', 'to-b'];
export const PREFERENCES: readonly Preference[] = ['ask', 'a', 'b'];

export type Held = SideInput['held'];

export function everything<Field extends FieldName>(_: Field, value: Values[Field]): Values[Field] {
  return value;
}

/** Holds as the given fields say, and all of the others. */
export function holding(holders: { readonly [Field in FieldName]?: (value: Values[Field]) => Values[Field] }): Held {
  return (field, value) => {
    const holder = holders[field];
    return holder ? holder(value) : value;
  };
}

export function side(now: Partial<Values>, base?: Agreed, more: Partial<SideInput> = {}): SideInput {
  return { now: { ...VALUES, ...now }, base, held: everything, normalText: (text) => text.trim(), ...more };
}

export function agreed(more: Partial<Values> = {}): Values {
  return { ...VALUES, ...more };
}

/** What the sides are when the changes are made. */
export function applied(input: Reconciling, { changes }: Reconciled): Sides<Values> {
  return sidesOf((name) => {
    const { now } = input[name];
    const { set, sets } = changes[name];
    const after = { ...now, ...set };
    for (const field of SETS) {
      const change = sets[field];
      if (!change) continue;
      after[field] = [...now[field].filter((element) => !change.remove.includes(element)), ...change.add].sort();
    }
    return after;
  });
}

/** The run after it, where nobody has done anything in between. */
export function nextInput(input: Reconciling, result: Reconciled): Reconciling {
  const now = applied(input, result);
  return {
    ...input,
    a: { ...input.a, now: now.a, base: result.base.a },
    b: { ...input.b, now: now.b, base: result.base.b },
  };
}
