/** Values that lost, and those that nobody has decided about: kept whole. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../core/defined.ts';
import type { KeptConflict } from './pair.ts';
import type { Conflict } from './reconcile.ts';
import { type FieldName, otherSide, type SideName } from './values.ts';

/** Also one that a person decides for neither value. */
export type FoundConflict = Omit<Conflict, 'winner'> & Pick<KeptConflict, 'winner' | 'text'>;

export interface Keeping {
  readonly kept: readonly KeptConflict[];
  readonly pair: string;
  readonly found: readonly FoundConflict[];
  /** Fields that nobody has looked at: what is open about them stays open. */
  readonly without: ReadonlySet<FieldName>;
  readonly by: KeptConflict['by'];
  readonly at: number;
  newId(): string;
}

export interface Kept {
  /** All of them, of other pairs too. */
  readonly conflicts: readonly KeptConflict[];
  /** Those of this pair that were decided just now: they are to be said before anything is overwritten. */
  readonly decided: readonly KeptConflict[];
}

/**
 * One that is open and has other values now takes these; one that is over by itself is no conflict any more. What was decided, and said,
 * is decided: until it is written, each run finds it again.
 */
export function keepConflicts({ kept, pair, found, without, by, at, newId }: Keeping): Kept {
  const isOpen = (one: KeptConflict) => one.pair === pair && one.winner === undefined && !without.has(one.field);
  const open = kept.filter(isOpen);
  const news = found.filter((one) => !kept.some((before) => before.pair === pair && isDecidedAs(before, one)));
  const now = news.map(({ winner, text, ...conflict }): KeptConflict => {
    const before = open.find(({ field }) => field === conflict.field);
    if (before && winner === undefined && hasSameValues(before, conflict)) return before;
    // what it told of another text, or of other values, is over
    const { text: _, ...known } = before ?? { id: newId(), text };
    return { ...known, pair, ...conflict, at, ...(winner !== undefined && { winner, ...defined({ text, by }) }) };
  });
  return {
    conflicts: [...kept.filter((one) => !isOpen(one)), ...now],
    decided: now.filter(({ winner }) => winner !== undefined),
  };
}

export function hasSameValues(one: Pick<KeptConflict, 'a' | 'b'>, other: Pick<KeptConflict, 'a' | 'b'>): boolean {
  return isDeepStrictEqual([one.a, one.b], [other.a, other.b]);
}

/** By what both had before as well: the same two values may come to stand against each other once more. */
function isDecidedAs(kept: KeptConflict, { field, winner, text, base, a, b }: FoundConflict): boolean {
  const before = [kept.field, kept.winner, kept.text, kept.base, kept.a, kept.b];
  return winner !== undefined && isDeepStrictEqual(before, [field, winner, text, base, a, b]);
}

/** The sides whose value does not stay. */
export function losersOf(conflict: Pick<FoundConflict, 'winner' | 'text' | 'a' | 'b'>): SideName[] {
  const { winner, text } = conflict;
  if (winner === undefined) return [];
  if (winner !== 'neither') return [otherSide(winner)];
  return (['a', 'b'] as const).filter((side) => conflict[side] !== text);
}
