/** What becomes of a field that has one value, where two sides had it in common once. Pure. */
import type { MergedField, Rules } from './rules.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface ScalarSide<Value> {
  /** Absent: nothing is known of it yet. */
  readonly base: Value | undefined;
  readonly now: Value;
  readonly held: (value: Value) => Value;
  readonly isSame: (one: Value, other: Value) => boolean;
}

/** Both changes in one, each side in its own words; absent: they touch each other. */
export type Merge<Value> = (base: Sides<Value>, now: Sides<Value>) => Sides<Value> | undefined;

type Both<Value> = Sides<ScalarSide<Value>>;

export function mergeScalar<Value>(sides: Both<Value>, rules: Rules, merge?: Merge<Value>): MergedField<Value> {
  const bases = basesOf(sides);
  const isChanged = sidesOf((side) => !bases || !sides[side].isSame(bases[side], sides[side].now));
  const { forcing } = rules;
  const nothing = !isChanged.a && !isChanged.b;
  if (nothing && !forcing) return {};
  if (bases && isChanged.a !== isChanged.b) {
    const from = isChanged.a ? 'a' : 'b';
    if (!forcing || from === forcing) return handedOn(sides, bases[from], from, rules, merge);
  }
  if (isAgreed(sides)) return nothing ? {} : { base: nowOf(sides) };
  if (forcing) return forced(sides, forcing, bases && isChanged);
  if (bases) return merged(sides, bases, rules, merge) ?? contested(sides, rules);
  return filled(sides, rules) ?? contested(sides, rules);
}

function basesOf<Value>({ a, b }: Both<Value>): Sides<Value> | undefined {
  return a.base === undefined || b.base === undefined ? undefined : { a: a.base, b: b.base };
}

function nowOf<Value>({ a, b }: Both<Value>): Sides<Value> {
  return { a: a.now, b: b.now };
}

/** One of them would tell the other one's value as it tells its own. */
function isAgreed<Value>({ a, b }: Both<Value>): boolean {
  return b.isSame(b.now, b.held(a.now)) || a.isSame(a.now, a.held(b.now));
}

function handedOn<Value>(
  sides: Both<Value>,
  base: Value,
  from: SideName,
  rules: Rules,
  merge: Merge<Value> | undefined,
): MergedField<Value> {
  const to = otherSide(from);
  const { now } = sides[from];
  // what the other side has not changed stays in its own words
  const told = merge?.(both(from, base, sides[to].now), nowOf(sides));
  const want = sides[to].held(told ? told[to] : now);
  if (sides[to].isSame(sides[to].now, want)) return { base: nowOf(sides) };
  if (!rules.mayWrite[to]) return {};
  return { write: { [to]: want }, base: both(from, now, want) };
}

function written<Value>(sides: Both<Value>, from: SideName): MergedField<Value> {
  const to = otherSide(from);
  const want = sides[to].held(sides[from].now);
  return { write: { [to]: want }, base: both(from, sides[from].now, want) };
}

/** Both values differ here, whoever changed. Where nothing of the other side is lost, nobody has to be told. */
function forced<Value>(
  sides: Both<Value>,
  winner: SideName,
  isChanged: Sides<boolean> | undefined,
): MergedField<Value> {
  const loser = otherSide(winner);
  const isLost = isChanged?.[loser] || !isEmpty(sides[loser].now);
  return { ...written(sides, winner), ...(isLost && { conflict: { winner } }) };
}

function contested<Value>(sides: Both<Value>, { winner }: Rules): MergedField<Value> {
  return winner ? { ...written(sides, winner), conflict: { winner } } : { conflict: {} };
}

/** Of two that were just linked, one has nothing there: it takes what the other one has. */
function filled<Value>(sides: Both<Value>, rules: Rules): MergedField<Value> | undefined {
  const isFrom = sidesOf((side) => !isEmpty(sides[side].now));
  if (isFrom.a === isFrom.b) return undefined;
  const from = isFrom.a ? 'a' : 'b';
  return rules.mayWrite[otherSide(from)] ? written(sides, from) : {};
}

function merged<Value>(
  sides: Both<Value>,
  bases: Sides<Value>,
  { mayWrite }: Rules,
  merge: Merge<Value> | undefined,
): MergedField<Value> | undefined {
  const one = merge?.(bases, nowOf(sides));
  if (!merge || !one) return undefined;
  const want = sidesOf((side) => sides[side].held(one[side]));
  const isTold = sidesOf((side) => !sides[side].isSame(sides[side].now, want[side]));
  const write = sidesOf((side) => mayWrite[side] && isTold[side]);
  const closed = (['a', 'b'] as const).find((side) => isTold[side] && !mayWrite[side]);
  const after = sidesOf((side) => (write[side] ? want[side] : sides[side].now));
  return {
    write: { ...(write.a && { a: want.a }), ...(write.b && { b: want.b }) },
    ...optionalBase(closed ? halfMoved(sides, bases, closed, merge) : after),
  };
}

/** The base where only one side's part has reached the other: what that other one changed is still a change of its own. */
function halfMoved<Value>(
  sides: Both<Value>,
  bases: Sides<Value>,
  closed: SideName,
  merge: Merge<Value>,
): Sides<Value> | undefined {
  const open = otherSide(closed);
  const one = merge(bases, both(closed, sides[closed].now, bases[open]));
  return one && both(closed, sides[closed].now, sides[open].held(one[open]));
}

function optionalBase<Value>(base: Sides<Value> | undefined): { readonly base?: Sides<Value> } {
  return base ? { base } : {};
}

function both<Value>(side: SideName, own: Value, others: Value): Sides<Value> {
  return side === 'a' ? { a: own, b: others } : { a: others, b: own };
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
