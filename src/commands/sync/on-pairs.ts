/** Work with what sync remembers: below `.pace`, and on the state branch where that is on. */
import { createFaults } from '../../../core/faults.ts';
import type { LockWords } from '../../../core/kept/lock.ts';
import { openKept } from '../../../core/kept/open-kept.ts';
import type { World } from '../../../core/world.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { pushRemedy } from '../gate.ts';
import { needsKept, onWholeState } from '../on-state.ts';
import { loadWithPairs } from './load-pairs.ts';

/** The configuration; without a file its defaults. */
export function syncConfig(world: World, config: string | undefined): Promise<LoadedConfig> {
  return loadWithPairs(world, config ? { path: config } : {});
}

export interface OnPairs {
  readonly loaded: LoadedConfig;
  /** Nothing is written. What the state branch has is brought here all the same: a plan without it would make everything anew. */
  readonly onlyReads?: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Under the lock of the checkout: a gate run beside it would take what is written here meanwhile for forged, and undo it. Throws a
 * `PaceError` before the work where nothing would be remembered of it, or what earlier runs remember cannot be had: every issue would be made a second
 * time; after it, where it could not be kept.
 */
export async function onPairs<T>(
  outer: World,
  { loaded, onlyReads = false, signal }: OnPairs,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const kept = openKept(outer);
  const world = { ...outer, kept };
  kept.examine();
  needsKept(kept);
  const { config } = loaded;
  // who looks at nothing but this folder needs no lock
  const dryRun = onlyReads && config.state.persist !== 'branch';
  const keeping = { world, config, kept, faults: createFaults(world), dryRun, onlyReads, words: WORDS, signal };
  return onWholeState({ ...keeping, pushRemedy: pushRemedy(loaded) }, () => work(world));
}

const WORDS: LockWords = {
  held: 'Another run of PACE is under way in this checkout',
  undone: 'Nothing was synced.',
  remedy: 'Please let runs follow one another, or wait longer with `state.lock_wait_seconds`.',
};
