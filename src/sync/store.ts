/** Where sync keeps what it remembers; see `pair.ts` for the shapes. */
import type { End, Intent, KeptConflict, Pair, SyncState } from './pair.ts';
import type { Sides } from './values.ts';

export interface SyncStore {
  /** As it was saved last, with what the journal adds. An empty one for two ends that are new. Sides are as they were at first: `isTurned`. */
  load(ends: Sides<End>): Promise<LoadedState>;
}

export interface LoadedState {
  readonly state: SyncState;
  /** The ends were named the other way round when the file was made: a of the file is the second one. */
  readonly isTurned: boolean;
  /** Intents without an answer: nobody knows whether they were done. */
  readonly open: readonly Intent[];
  /** Before a write is sent; on the disk on return. */
  begin(intent: Intent): void;
  /** After its answer: the pair is this now. */
  end(intent: string, pair: Pair | undefined, conflict?: KeptConflict): void;
  /** Whole, and only where something changed; then the journal is removed. Says whether a byte was written. */
  save(state: SyncState): boolean;
  /** Ends the lock. */
  close(): Promise<void>;
}
