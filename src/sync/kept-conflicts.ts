/** Values that lost, and those that nobody has decided about: kept whole. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { KeptConflict } from './pair.ts';
import type { Conflict } from './reconcile.ts';
import type { FieldName, SideName } from './values.ts';

export interface Keeping {
  readonly kept: readonly KeptConflict[];
  readonly pair: string;
  readonly found: readonly Conflict[];
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
  const now = news.map(({ winner, ...conflict }): KeptConflict => {
    const before = open.find(({ field }) => field === conflict.field);
    const isSame = before && isDeepStrictEqual([before.a, before.b], [conflict.a, conflict.b]);
    const record = isSame ? before : { ...before, id: before?.id ?? newId(), pair, ...conflict, at };
    return winner === undefined ? record : { ...record, winner, at, ...(by && { by }) };
  });
  return {
    conflicts: [...kept.filter((one) => !isOpen(one)), ...now],
    decided: now.filter(({ winner }) => winner !== undefined),
  };
}

/** By what both had before as well: the same two values may come to stand against each other once more. */
function isDecidedAs(kept: KeptConflict, { field, winner, base, a, b }: Conflict): boolean {
  const before = [kept.field, kept.winner, kept.base, kept.a, kept.b];
  return winner !== undefined && isDeepStrictEqual(before, [field, winner, base, a, b]);
}

export function loserOf({ winner }: KeptConflict): SideName | undefined {
  if (winner === undefined) return undefined;
  return winner === 'a' ? 'b' : 'a';
}
