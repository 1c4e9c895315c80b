/**
 * The decision of sync, for one pair: what both sides had when they last agreed, and what they have now, become the changes that bring
 * them together again, and the conflicts that somebody has to decide. Nothing here knows a clock or a tracker. Pure.
 */
import { mergeScalar } from './merge-scalar.ts';
import { mergeSets, type SetChange } from './merge-sets.ts';
import { mergeTexts } from './merge-text.ts';
import { type Flow, type MergedField, type Preference, type Rules, rulesOf } from './rules.ts';
import {
  type Agreed,
  type FieldName,
  SCALARS,
  type ScalarName,
  SETS,
  type SetName,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from './values.ts';

export type { Flow, Preference } from './rules.ts';

export interface SideInput {
  /** When both last agreed; a pair that was just linked has none. */
  readonly base: Agreed | undefined;
  readonly now: Values;
  /** What this side can hold of a value: of a state that it does not have the nearest one, `null` for a field that it lacks. */
  readonly held: <Field extends FieldName>(field: Field, value: Values[Field]) => Values[Field];
  /** The normal form of a text: this side would tell a text for any other that has the same one. */
  readonly normalText: (markdown: string) => string;
}

export interface Reconciling extends Sides<SideInput> {
  readonly flow: Flow;
  readonly prefer: Preference;
  /** The side that may be read only wins everywhere, also over what only the other one changed. Not with `both`. */
  readonly force?: boolean;
  /** Fields that are not kept in step in this pair: one side lacks them. */
  readonly without?: ReadonlySet<FieldName>;
}

export type ScalarChanges = { readonly [Field in ScalarName]?: Values[Field] };
export type SetChanges = { readonly [Field in SetName]?: SetChange };

/** What is to be written to one side. */
export interface Changes {
  readonly set: ScalarChanges;
  readonly sets: SetChanges;
}

export interface Conflict {
  /** A set only where it was forced, or where a side has room for one of two elements. */
  readonly field: FieldName;
  /** Where the sides did not hold the same, that of a; `undefined`: nothing was agreed. */
  readonly base: unknown;
  readonly a: unknown;
  readonly b: unknown;
  /** Whose value is kept; absent: both stay. */
  readonly winner?: SideName;
}

export interface Reconciled {
  readonly changes: Sides<Changes>;
  /**
   * What both have when the changes are made; a field in conflict stays as it was in the base. Where nothing moves, the very object that
   * came in.
   */
  readonly base: Sides<Agreed>;
  readonly conflicts: readonly Conflict[];
}

export function reconcile(input: Reconciling): Reconciled {
  const rules = rulesOf(input.flow, input.prefer, input.force === true);
  const changes = sidesOf(() => ({ set: {} as Writable<ScalarChanges>, sets: {} as Writable<SetChanges> }));
  const moved: Writable<Sides<Writable<Agreed>>> = { a: input.a.base ?? {}, b: input.b.base ?? {} };
  const conflicts: Conflict[] = [];

  function settle<Field extends FieldName>(field: Field, merged: MergedField<Values[Field], unknown>): void {
    for (const side of ['a', 'b'] as const) {
      if (!merged.base) continue;
      if (moved[side] === input[side].base) moved[side] = { ...moved[side] };
      moved[side][field] = merged.base[side];
    }
    if (!merged.conflict) return;
    const base = input.b.base?.[field] === undefined ? undefined : input.a.base?.[field];
    conflicts.push({ field, base, a: input.a.now[field], b: input.b.now[field], ...merged.conflict });
  }

  function settleScalar<Field extends ScalarName>(field: Field, merged: MergedField<Values[Field]>): void {
    for (const side of ['a', 'b'] as const) {
      const value = merged.write?.[side];
      if (value !== undefined) changes[side].set[field] = value;
    }
    settle(field, merged);
  }

  function settleSet(field: SetName): void {
    const merged = mergedSet(field, input, rules);
    for (const side of ['a', 'b'] as const) {
      const change = merged.write?.[side];
      if (change) changes[side].sets[field] = change;
    }
    settle(field, merged);
  }

  for (const field of SCALARS) {
    if (input.without?.has(field)) continue;
    settleScalar(field, field === 'body' ? mergedBody(input, rules) : mergedScalar(field, input, rules));
  }
  for (const field of SETS) if (!input.without?.has(field)) settleSet(field);
  return { changes, base: moved, conflicts };
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

function mergedScalar<Field extends ScalarName>(field: Field, sides: Sides<SideInput>, rules: Rules) {
  const fields = sidesOf((side) => {
    const { base, now, held } = sides[side];
    return {
      base: base?.[field],
      now: now[field],
      held: (value: Values[Field]) => held(field, value),
      isSame: Object.is,
    };
  });
  return mergeScalar<Values[Field]>(fields, rules);
}

function mergedBody(sides: Sides<SideInput>, rules: Rules): MergedField<string> {
  const fields = sidesOf((side) => {
    const { base, now, held, normalText } = sides[side];
    const isSame = (one: string, other: string) => one === other || normalText(one) === normalText(other);
    return { base: base?.body, now: now.body, held: (body: string) => held('body', body), isSame };
  });
  return mergeScalar(fields, rules, (base, now) =>
    mergeTexts(sidesOf((side) => ({ base: base[side], now: now[side], normalText: sides[side].normalText }))),
  );
}

function mergedSet(field: SetName, sides: Sides<SideInput>, rules: Rules): MergedField<readonly string[], SetChange> {
  const fields = sidesOf((side) => {
    const { base, now, held } = sides[side];
    return { base: base?.[field], now: now[field], held: (elements: readonly string[]) => held(field, elements) };
  });
  return mergeSets(fields, rules, field === 'labels' ? (label) => label.toLowerCase() : (element) => element);
}
