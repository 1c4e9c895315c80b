/**
 * What becomes of a field that is a set: what either side has added is added to the other, what either has removed is removed there. An
 * element that a side tells otherwise, as a link of another type, is one with it. Pure.
 */
import type { MergedField, Rules } from './rules.ts';
import { type Elements, type SetWords, setWords } from './set-words.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

export interface SetChange {
  readonly add: Elements;
  readonly remove: Elements;
}

export interface SetSide {
  /** Absent: nothing is known of it yet. */
  readonly base: Elements | undefined;
  readonly now: Elements;
  readonly held: (elements: Elements) => Elements;
}

type MergedSet = MergedField<Elements, SetChange>;

/** Both sets, and what changed in them. */
interface Sets {
  readonly base: Sides<Elements>;
  readonly now: Sides<Elements>;
  readonly added: Sides<Elements>;
  readonly removed: Sides<Elements>;
  readonly words: SetWords;
}

/** `keyOf`: elements with the same key are one, and the spelling that is there stays. */
export function mergeSets(sides: Sides<SetSide>, rules: Rules, keyOf: (element: string) => string): MergedSet {
  const bases = basesOf(sides);
  const now = sidesOf((side) => sides[side].now);
  if (bases && !rules.forcing && isUntouched(bases.a, now.a) && isUntouched(bases.b, now.b)) return {};
  const words = setWords({ a: sides.a.held, b: sides.b.held }, keyOf);
  const base = bases ?? { a: [], b: [] };
  const added = sidesOf((side) => words.without(now[side], base[side]));
  const removed = sidesOf((side) => words.without(base[side], now[side]));
  const sets = { base, now, added, removed, words };
  const merged = rules.forcing ? forced(sets, rules.forcing) : united(sets, rules);
  return !bases || hasMoved(merged, sets) ? merged : withoutBase(merged);
}

function basesOf({ a, b }: Sides<SetSide>): Sides<Elements> | undefined {
  return a.base === undefined || b.base === undefined ? undefined : { a: a.base, b: b.base };
}

function isUntouched(base: Elements, now: Elements): boolean {
  return base.length === now.length && now.every((element, at) => element === base[at]);
}

/** A spelling that has changed, and nothing else, moves no base. */
function hasMoved({ base: moved }: MergedSet, { base, words }: Sets): boolean {
  if (!moved) return false;
  return (['a', 'b'] as const).some(
    (side) => words.without(moved[side], base[side]).length + words.without(base[side], moved[side]).length > 0,
  );
}

function withoutBase({ base: _, ...rest }: MergedSet): MergedSet {
  return rest;
}

/** What is on its way to one side. */
interface Incoming {
  readonly add: Elements;
  readonly remove: Elements;
  /** What it could hold, and has no room for beside what it keeps. */
  readonly left: Elements;
}

function united(sets: Sets, rules: Rules): MergedSet {
  const incoming = sidesOf((side) => incomingOf(sets, side));
  if (isCrowded(sets, incoming, rules)) return contested(sets, rules);
  const write: { a?: SetChange; b?: SetChange } = {};
  for (const side of ['a', 'b'] as const) {
    const { add, remove } = incoming[side];
    if (!rules.mayWrite[side] || add.length + remove.length === 0) continue;
    write[side] = { add: [...add].sort(), remove };
  }
  return { write, base: sidesOf((side) => movedBase(sets, side, write[side], waitingIn(sets, side, incoming, rules))) };
}

/** What has changed on a side and may not go over: it is a change still when it may. */
function waitingIn({ added, removed, words }: Sets, side: SideName, incoming: Sides<Incoming>, rules: Rules): Elements {
  const other = otherSide(side);
  if (rules.mayWrite[other]) return [];
  const { add, remove } = incoming[other];
  return [...words.like(other, add, added[side]), ...words.like(other, remove, removed[side])];
}

function movedBase({ base, now, words }: Sets, side: SideName, change: SetChange | undefined, waiting: Elements) {
  const after = change ? [...words.without(now[side], change.remove), ...change.add] : now[side];
  const still = words.without(base[side], words.without(base[side], waiting));
  return [...words.without(after, waiting), ...still].sort();
}

function incomingOf({ base, now, added, removed, words }: Sets, side: SideName): Incoming {
  const other = otherSide(side);
  const gone = words.without(words.like(other, removed[other], now[side]), added[side]);
  // another element there may stand for the same one here
  const remove = words.without(gone, words.like(other, now[other], gone));
  const kept = words.without(now[side], remove);
  const fresh = words.without(added[other], words.like(side, now[side], added[other]));
  // where something goes there may be room for what had none
  const known = remove.length > 0 ? words.without(now[other], added[other]) : [];
  const waiting = words.without(known, words.like(side, [...now[side], ...base[side]], known));
  const offered = toldOf(words, side, fresh);
  const add = words.fitting(side, kept, [...offered, ...toldOf(words, side, waiting)]);
  return { add, remove, left: words.without(offered, [...kept, ...add]) };
}

function toldOf(words: SetWords, side: SideName, elements: Elements): Elements {
  return elements.flatMap((element) => words.told(side, element) ?? []);
}

/** A side that has room for less than all: what it has added itself keeps out what the other one has added, and does not reach it. */
function isCrowded({ now, added, words }: Sets, incoming: Sides<Incoming>, { mayWrite }: Rules): boolean {
  return (['a', 'b'] as const).some((side) => {
    const other = otherSide(side);
    if (incoming[side].left.length === 0) return false;
    const arriving = mayWrite[other] ? incoming[other].add : [];
    return words.without(added[side], words.like(other, [...now[other], ...arriving], added[side])).length > 0;
  });
}

function contested(sets: Sets, { winner }: Rules): MergedSet {
  return winner ? { ...written(sets, winner), conflict: { winner } } : { conflict: {} };
}

function forced(sets: Sets, winner: SideName): MergedSet {
  const loser = otherSide(winner);
  const { now, added, removed, words } = sets;
  if (words.isTold(winner, now[winner], now[loser])) return { base: now };
  const merged = written(sets, winner);
  const change = merged.write?.[loser];
  if (!change) return merged;
  const wanted = words.without(words.like(winner, removed[winner], change.remove), added[loser]);
  const isLost =
    words.without(change.remove, wanted).length > 0 ||
    words.without(change.add, removed[loser]).length < change.add.length;
  return isLost ? { ...merged, conflict: { winner } } : merged;
}

/** The loser gets what the winner has, as far as it can; what the winner could never have, stays. */
function written({ now, words }: Sets, winner: SideName): MergedSet {
  const loser = otherSide(winner);
  const own = now[loser];
  const shared = words.like(winner, now[winner], own);
  const missing = words.without(now[winner], words.like(loser, own, now[winner]));
  const foreign = own.filter((element) => words.told(winner, element) === undefined);
  const target = words.fitting(loser, [], [...shared, ...toldOf(words, loser, missing), ...foreign]);
  const change = { add: [...words.without(target, own)].sort(), remove: words.without(own, target) };
  const base = { [winner]: now[winner], [loser]: [...target].sort() } as Sides<Elements>;
  return change.add.length + change.remove.length > 0 ? { write: { [loser]: change }, base } : { base };
}
