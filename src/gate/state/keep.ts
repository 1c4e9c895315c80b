/** What surrounds a run: one at a time in a checkout, and nothing of its state lost. */

import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import type { Faults } from '../../../core/faults.ts';
import { isDraft, removeDrafts } from '../../../core/files/write-whole.ts';
import { type LockWords, takeLock } from '../../../core/kept/lock.ts';
import { trackedPaths } from '../../../core/kept/tracked.ts';
import type { Kept } from '../../../core/kept.ts';
import type { World } from '../../../core/world.ts';
import type { PaceConfig } from '../../config/schema.ts';

export interface Keeping {
  readonly world: World;
  readonly config: PaceConfig;
  readonly kept: Kept;
  readonly faults: Faults;
  /** What lets git push to the code repository, in words. */
  readonly pushRemedy: string;
  /** Neither locks nor fetches nor saves: it changes nothing. */
  readonly dryRun: boolean;
  /** It only looks: what the branch has is brought here, and nothing is saved there. */
  readonly onlyReads?: boolean;
  /** What the lock is about; a gate run unless said otherwise. */
  readonly words?: LockWords;
  readonly signal?: AbortSignal | undefined;
}

/** Does the work under the lock. Throws a `PaceError` when another run keeps the checkout for too long. */
export async function keepingState<T>(keeping: Keeping, work: () => Promise<T>): Promise<T> {
  const { kept, dryRun } = keeping;
  kept.examine();
  if (dryRun) {
    if (keeping.config.state.persist === 'branch') {
      keeping.world.log.info(
        `A dry run does not read the branch ${keeping.config.state.branch}: it judges by what is here.`,
      );
    }
    return work();
  }
  const release = await lock(keeping);
  try {
    await keeping.faults.caught('removeDrafts', undefined, () => tidy(keeping));
    return await withBranch(keeping, work);
  } finally {
    await keeping.faults.caught('releaseLock', undefined, release);
  }
}

/** Half-written files of runs that were killed. */
async function tidy({ world, kept }: Keeping): Promise<void> {
  if (kept.refusal) return;
  const now = world.now();
  await removeDrafts(kept.root, { now, deep: true, isOurs: (path) => !kept.isTracked(path) });
  // where drafts lie at all
  let tracked: readonly string[] | undefined;
  await removeDrafts(world.cwd, {
    now,
    isOurs: (name) => {
      tracked ??= trackedPaths(world, world.cwd, isDraft);
      return tracked !== undefined && !tracked.includes(name);
    },
  });
}

async function withBranch<T>(keeping: Keeping, work: () => Promise<T>): Promise<T> {
  const { world, config, kept, faults } = keeping;
  if (config.state.persist !== 'branch') return work();
  const { createStateBranch } = await import('./branch.ts');
  const { branch, remote } = config.state;
  const onBranch = createStateBranch({ world, kept, branch, remote, pushRemedy: keeping.pushRemedy });
  await faults.caught('restoreState', undefined, onBranch.restore);
  try {
    return await work();
  } finally {
    // also what a run that was interrupted has done
    if (!keeping.onlyReads) await faults.caught('saveState', undefined, onBranch.save);
  }
}

/** A checkout that cannot be written to is judged all the same. */
async function lock({ world, config, kept, faults, words, signal }: Keeping): Promise<() => Promise<void>> {
  const waitSeconds = config.state.lock_wait_seconds;
  // what keeps nothing disturbs nobody
  if (kept.refusal) return async () => undefined;
  try {
    return await takeLock(world, { dir: kept.root, waitSeconds, ...defined({ words, signal }) });
  } catch (error) {
    if (signal?.aborted || !(error instanceof PaceError) || error.kind === 'conflict') throw error;
    faults.add('takeLock', error);
    return async () => undefined;
  }
}
