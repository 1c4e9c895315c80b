/** `pace validate`: the configuration with every platform's section, and the plan. Throws `ConfigError` with every mistake. */
import { PaceError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { loadPlan } from '../../core/plan/read-plan.ts';
import type { World } from '../../core/world.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Validate } from './options.ts';
import { loadWithPairs } from './sync/load-pairs.ts';

/** What is valid. */
export interface Validated {
  readonly loaded: LoadedConfig;
  /** `undefined`: there is none. */
  readonly plan: Plan | undefined;
}

export async function validate(world: World, options: Validate): Promise<Validated> {
  const loaded = await loadWithPairs(world, {
    everyPlatform: true,
    ...(options.config ? { path: options.config } : {}),
  });
  if (loaded.missing) throw new PaceError({ kind: 'configuration', message: loaded.missing, remedy: '' });
  return { loaded, plan: await loadPlan(world, loaded.config.sprint.plan) };
}
