/**
 * The decision of sync, for one pair: what both sides had when they last agreed, and what they have now, become the changes that bring
 * them together again, and the conflicts that somebody has to decide. Nothing here knows a clock or a tracker. Pure.
 */
import type { FieldName, ScalarName, SetName, SideName, Sides, Values } from './values.ts';

/** Which sides may be written. `to-b`: a is only read. */
export type Flow = 'both' | 'to-a' | 'to-b';

/** Who wins where both sides changed one field apart; `ask`: nobody, both stay as they are until a person decides. */
export type Preference = SideName | 'ask';

export interface SideInput {
  /** When both last agreed; a pair that was just linked has none. */
  readonly base: Values | undefined;
  readonly now: Values;
  /** What this side can hold of a value: of a state that it does not have the nearest one, `null` for a field that it lacks. */
  readonly held: <Field extends FieldName>(field: Field, value: Values[Field]) => Values[Field];
  /** Whether this side would tell the second text for the first: its normal form of both is the same. */
  readonly isSameText: (one: string, other: string) => boolean;
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
export type SetChanges = {
  readonly [Field in SetName]?: { readonly add: readonly string[]; readonly remove: readonly string[] };
};

/** What is to be written to one side. */
export interface Changes {
  readonly set: ScalarChanges;
  readonly sets: SetChanges;
}

export interface Conflict {
  readonly field: ScalarName;
  readonly base: unknown;
  readonly a: unknown;
  readonly b: unknown;
  /** Whose value is kept; absent: both stay. */
  readonly winner?: SideName;
}

export interface Reconciled {
  readonly changes: Sides<Changes>;
  /** What both have when the changes are made; a field in conflict stays as it was in the base. */
  readonly base: Sides<Values>;
  readonly conflicts: readonly Conflict[];
}

export declare function reconcile(input: Reconciling): Reconciled;
