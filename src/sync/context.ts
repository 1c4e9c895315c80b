/** What a run has in hand while it writes, and the notes that it makes of each write. */
import type { SyncLine, SyncRequest } from './engine.ts';
import type { Intent, KeptConflict, Pair, Retry } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { unsettled } from './planning.ts';
import type { Side } from './side.ts';
import type { View } from './snapshot.ts';
import type { LoadedState } from './store.ts';
import type { FieldName, SideName, Sides } from './values.ts';

export interface Applying {
  readonly sides: Sides<Side>;
  readonly views: Sides<View>;
  readonly pairs: Pairs;
  readonly journal: Pick<LoadedState, 'begin' | 'end'>;
  readonly request: Pick<SyncRequest, 'flow' | 'force' | 'origin' | 'isPrivateCopied'>;
  readonly without: ReadonlySet<FieldName>;
  readonly conflicts: { all: readonly KeptConflict[] };
  readonly by: KeptConflict['by'];
  /** Milestones that are known to be there, in lower case. */
  readonly milestones: Sides<Set<string>>;
  /** How many comments the issues have that were written to; see `settling.ts`. */
  readonly tally: Map<string, Partial<Sides<number>>>;
  now(): number;
  newId(): string;
  /** What is to be looked at again by the next run, though its issue was written. */
  readonly again: Retry[];
  /** Hears of each thing that was written, or left. */
  tell(line: SyncLine): void;
}

export function emptyMilestones(): Applying['milestones'] {
  return { a: new Set(), b: new Set() };
}

export function begin(context: Pick<Applying, 'newId' | 'journal' | 'now'>, intent: Omit<Intent, 'id' | 'at'>): string {
  const id = context.newId();
  context.journal.begin({ id, at: context.now(), ...intent });
  return id;
}

/** If the run ends here, the next one looks at all of the pair: only a whole run knows that nothing is left to do. */
export function unlooked(pair: Pair): Pair {
  return { ...pair, a: unsettled(pair.a), b: unsettled(pair.b) };
}

export function countOneMore({ tally }: Applying, id: string, side: SideName): void {
  const known = tally.get(id)?.[side];
  if (known !== undefined) tally.set(id, { ...tally.get(id), [side]: known + 1 });
}
