/** What the verbs share that look at a gate's state, or change it, without a run. */
import { join } from 'node:path';
import { gateFolder } from '../../core/adapters/state-folder.ts';
import { checkoutUser } from '../../core/drivers/checkout.ts';
import { PaceError } from '../../core/errors.ts';
import { createFaults, type Faults } from '../../core/faults.ts';
import { workspacePath } from '../../core/files/workspace-path.ts';
import type { World } from '../../core/world.ts';
import type { LoadedConfig } from '../config/load.ts';
import { gateOf } from '../gate/identity/gate-name.ts';
import { keepingState } from '../gate/state/keep.ts';
import { gateConfig, pushRemedy } from './gate.ts';

export interface OnState {
  readonly loaded: LoadedConfig;
  /** The gate's name. */
  readonly gate: string;
  /** Absolute path of `.pace`. */
  readonly root: string;
  readonly faults: Faults;
}

/**
 * Does the work under the lock, on the state as all runs see it, and keeps what it has changed there. Throws `PaceError` when
 * the state could not be brought here or kept: a person must know.
 */
export async function onState<T>(
  world: World,
  config: string | undefined,
  signal: AbortSignal | undefined,
  work: (on: OnState) => Promise<T>,
): Promise<T> {
  const loaded = await gateConfig(world, config);
  const faults = createFaults(world);
  const root = join(world.cwd, '.pace');
  const gate = gateOf(world, loaded);
  // whoever may change the repository could else make PACE write elsewhere
  await workspacePath(world.cwd, join(root, gateFolder(gate)));
  const keeping = { world, config: loaded.config, state: { root }, faults, dryRun: false, signal };
  const result = await keepingState({ ...keeping, pushRemedy: pushRemedy(loaded) }, async () => {
    throwFirst(faults, ['restoreState', 'takeLock']);
    return work({ loaded, gate, root, faults });
  });
  throwFirst(faults, ['saveState']);
  return result;
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
