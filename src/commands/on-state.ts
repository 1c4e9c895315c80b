/** What the verbs share that look at a gate's state, or change it, without a run. */
import { checkoutUser } from '../../core/drivers/checkout.ts';
import { PaceError } from '../../core/errors.ts';
import { createFaults, type Faults } from '../../core/faults.ts';
import { openKept } from '../../core/kept/open-kept.ts';
import type { Kept } from '../../core/kept.ts';
import type { World } from '../../core/world.ts';
import type { LoadedConfig } from '../config/load.ts';
import { gateOf } from '../gate/identity/gate-name.ts';
import { type Keeping, keepingState } from '../gate/state/keep.ts';
import { gateConfig, pushRemedy } from './gate.ts';

export interface OnState {
  readonly loaded: LoadedConfig;
  /** The gate's name. */
  readonly gate: string;
  /** The world with what is kept in it. */
  readonly world: World;
  readonly kept: Kept;
  readonly faults: Faults;
}

/**
 * Does the work under the lock, on the state as all runs see it, and keeps what it has changed there. Throws `PaceError` when
 * the state could not be brought here or kept: a person must know.
 */
export async function onState<T>(
  outer: World,
  config: string | undefined,
  signal: AbortSignal | undefined,
  work: (on: OnState) => Promise<T>,
): Promise<T> {
  const kept = openKept(outer);
  const world = { ...outer, kept };
  const loaded = await gateConfig(world, config);
  const faults = createFaults(world);
  const gate = gateOf(world, loaded);
  const keeping = { world, config: loaded.config, kept, faults, dryRun: false, signal };
  return onWholeState({ ...keeping, pushRemedy: pushRemedy(loaded) }, () =>
    work({ loaded, gate, world, kept, faults }),
  );
}

/** Throws `PaceError` when the state could not be brought here or kept. */
export async function onWholeState<T>(keeping: Keeping, work: () => Promise<T>): Promise<T> {
  const { faults } = keeping;
  const result = await keepingState(keeping, async () => {
    throwFirst(faults, ['restoreState', 'takeLock']);
    return work();
  });
  throwFirst(faults, ['saveState']);
  return result;
}

/** Throws where nothing would be kept of what a person wants to be. */
export function needsKept({ refusal }: Kept): void {
  if (refusal) throw new PaceError({ kind: 'configuration', ...refusal });
}

function throwFirst({ list }: Faults, operations: readonly string[]): void {
  const fault = list.find(({ operation }) => operations.includes(operation));
  if (!fault) return;
  const { operation, message, remedy } = fault;
  throw new PaceError({ kind: 'transient', operation, message, remedy });
}

/** Who does this: whom the CI job runs for, else git's user, else the machine's. */
export async function whoAmI(world: World): Promise<string> {
  const { GITHUB_ACTOR, GITLAB_USER_LOGIN } = world.env;
  return GITHUB_ACTOR || GITLAB_USER_LOGIN || (await checkoutUser(world)) || 'somebody';
}
