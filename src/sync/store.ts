/**
 * Where sync keeps what it remembers: a file per pair of trackers under `.pace/sync/`, with a journal beside it; see `pair.ts` for the
 * shapes, `state-file.ts` and `journal.ts` for how they are written.
 */
import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { type LockWords, takeLock } from '../../core/kept/lock.ts';
import { keptOf } from '../../core/kept/open-kept.ts';
import type { Kept } from '../../core/kept.ts';
import type { World } from '../../core/world.ts';
import { forgets, type OpenPairFile, openPairFile } from './open-pair-file.ts';
import type { End, Intent, KeptConflict, Pair, SyncState } from './pair.ts';
import { type Found, findPairFile, foundFiles, lockPathOf, pairFiles, pathOf, shown } from './pair-files.ts';
import type { Double, SetAside } from './set-aside.ts';
import { foldTwins } from './twins.ts';
import type { SideName, Sides } from './values.ts';

export interface SyncStore {
  /**
   * As it was saved last, with what the journal adds. An empty one for two ends that are new. Sides are as they were at first:
   * `isTurned`. Takes the lock of this file. Throws a `PaceError`: when another run has it, and when the file cannot be used.
   */
  load(ends: Sides<End>): Promise<LoadedState>;
  /** Of all files that are kept here and can be read, as they were called when each was saved: nothing else of a file is read. */
  known(): Sides<End>[];
  /** All that is kept here, by name, to be looked at: no lock is taken. */
  list(): ListedState[];
}

/** Of one file, as far as it can be read. */
export interface ListedState {
  /** For people: `.pace/sync/github-octo-repo--jira-PROJ.jsonl`. */
  readonly file: string;
  /** Absent where the file cannot be used: `error` says why. */
  readonly loaded?: Pick<LoadedState, 'state' | 'open' | 'aside' | 'doubles'>;
  readonly error?: PaceError;
}

export interface LoadedState {
  /** For people. */
  readonly file: string;
  readonly state: SyncState;
  /** The ends were named the other way round when the file was made: a of the file is the second one. */
  readonly isTurned: boolean;
  /** Intents without an answer: nobody knows whether they were done. */
  readonly open: readonly Intent[];
  /** Lines that cannot be used. They stay in the file. */
  readonly aside: readonly SetAside[];
  /** Issues that stand in several pairs. */
  readonly doubles: readonly Double[];
  /** Whether this issue stands in a line that cannot be used, or in several: nothing may be written to it, nor for it. */
  isAside(side: SideName, id: string): boolean;
  /** Before a write is sent; on the disk on return. Throws a `PaceError`: then it must not be sent. */
  begin(intent: Intent): void;
  /** After its answer: the pair is this now. */
  end(intent: string, pair: Pair | undefined, conflict?: KeptConflict): void;
  /**
   * Whole, and only where something changed; then the journal is removed, but for intents that are still open. Says whether a byte
   * was written. A name of a tracker that alone has changed is written with the next change.
   */
  save(state: SyncState): boolean;
  /** Ends the lock. */
  close(): Promise<void>;
}

export interface SyncStoreOptions {
  /** For a look, or a dry run: no lock is taken, and what would write throws. */
  readonly onlyReads?: boolean;
  /** How long a run waits for another one that has the same file; not at all unless said otherwise. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
}

type StoreWorld = Pick<World, 'cwd' | 'env' | 'log' | 'redact' | 'kept' | 'now' | 'sleep' | 'self'>;

/** Throws a `PaceError` where nothing would be remembered: that is known before anything is asked of a tracker. */
export function openSyncStore(world: StoreWorld, options: SyncStoreOptions = {}): SyncStore {
  const kept = keptOf(world);
  kept.examine();
  if (kept.refusal) throw forgets(kept.refusal);
  const { onlyReads = false } = options;
  return {
    load: async (ends) => {
      refuseOneEnd(ends);
      if (onlyReads)
        return loaded({ world, kept, onlyReads, ends, ...findPairFile(kept, ends) }, async () => undefined);
      const { found, release } = await locked(world, kept, ends, options);
      try {
        await foldUnderLocks(world, kept, { found, ends });
        return loaded({ world, kept, onlyReads, ends, ...found, twins: [] }, release);
      } catch (error) {
        await release();
        throw error;
      }
    },
    known: () => pairFiles(kept).flatMap(({ ends }) => ends ?? []),
    list: () => foundFiles(kept).map((file) => listed(world, kept, file)),
  };
}

function loaded(opening: Parameters<typeof openPairFile>[0], close: () => Promise<void>): LoadedState {
  const { kept, stem, isTurned } = opening;
  const { end, ...file } = openPairFile(opening);
  return {
    ...{ ...file, file: shown(kept, pathOf(stem)), isTurned, close },
    isAside: isAsideOf(file),
    end: (intent, pair, conflict) => end({ intent, ...defined({ pair, conflict }) }),
  };
}

function isAsideOf({ aside, doubles }: Pick<OpenPairFile, 'aside' | 'doubles'>): LoadedState['isAside'] {
  const ids = { a: new Set<string>(), b: new Set<string>() };
  for (const { side, id } of doubles) ids[side].add(id);
  for (const { ids: told } of aside) {
    if (told.a !== undefined) ids.a.add(told.a);
    if (told.b !== undefined) ids.b.add(told.b);
  }
  return (side, id) => ids[side].has(id);
}

function listed(
  world: StoreWorld,
  kept: Kept,
  { stem, ends, error, twins }: ReturnType<typeof foundFiles>[number],
): ListedState {
  const file = shown(kept, pathOf(stem));
  if (!ends) return { file, ...defined({ error }) };
  try {
    const { state, open, aside, doubles } = openPairFile({
      ...{ world, kept, stem, ends, twins },
      ...{ isTurned: false, onlyReads: true },
    });
    return { file, loaded: { state, open, aside, doubles } };
  } catch (trouble) {
    if (trouble instanceof PaceError) return { file, error: trouble };
    throw trouble;
  }
}

/** As often as another run may make the file between our look and our lock. */
const LOOKS = 5;

async function locked(
  world: StoreWorld,
  kept: Kept,
  ends: Sides<End>,
  { waitSeconds = 0, signal }: SyncStoreOptions,
): Promise<{ found: Found; release: () => Promise<void> }> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const { stem } = findPairFile(kept, ends);
    const options = {
      dir: kept.root,
      file: lockPathOf(stem),
      waitSeconds,
      words: lockWords(ends),
      ...defined({ signal }),
    };
    const release = await takeLock(world, options);
    try {
      const found = findPairFile(kept, ends);
      if (found.stem === stem) return { found, release };
    } catch (error) {
      await release();
      throw error;
    }
    await release();
  }
  throw new PaceError({
    kind: 'transient',
    operation: 'readSyncState',
    message: `Other runs make files for ${ends.a.name} and ${ends.b.name} each time that this one wants to.`,
    remedy: 'Please let one run at a time sync two trackers.',
  });
}

/** Another run may have one of the twins still: it was there before the file was. */
async function foldUnderLocks(
  world: StoreWorld,
  kept: Kept,
  { found, ends }: { readonly found: Found; readonly ends: Sides<End> },
): Promise<void> {
  const held: (() => Promise<void>)[] = [];
  try {
    for (const twin of found.twins)
      held.push(
        await takeLock(world, { dir: kept.root, file: lockPathOf(twin), waitSeconds: 0, words: lockWords(ends) }),
      );
    foldTwins(kept, found);
  } finally {
    for (const release of held) await release();
  }
}

function lockWords({ a, b }: Sides<End>): LockWords {
  return {
    held: `Another run is syncing ${a.name} and ${b.name} in this folder`,
    undone: 'Nothing was synced.',
    remedy: 'Please start it again when that run has ended.',
  };
}

function refuseOneEnd({ a, b }: Sides<End>): void {
  if (a.id !== b.id) return;
  throw new PaceError({
    kind: 'validation',
    operation: 'readSyncState',
    message: `${a.name} and ${b.name} are one tracker.`,
    remedy: 'Please name two trackers: a tracker is not synced with itself.',
  });
}
