/** `pace validate`: the configuration with every platform's section, and the plan. Throws `ConfigError` with every mistake. */

import { PaceError } from '../../core/errors.ts';
import { loadPlan } from '../../core/plan/read-plan.ts';
import type { World } from '../../core/world.ts';
import { formatProblem } from '../../core/yaml/problems.ts';
import { loadConfig } from '../config/load.ts';

export async function validate(world: World, options: { config?: string | undefined }): Promise<string> {
  const loaded = await loadConfig(world, { everyPlatform: true, ...(options.config ? { path: options.config } : {}) });
  if (loaded.missing) throw new PaceError({ kind: 'configuration', message: loaded.missing, remedy: '' });
  const plan = await loadPlan(world, loaded.config.sprint.plan);
  const lines = [
    ...loaded.warnings.map((warning) => `Warning: ${formatProblem(warning)}`),
    `${loaded.file} is valid.`,
    loaded.sides.because,
    plan
      ? `${plan.file} is valid: ${plan.days.length} days.`
      : 'There is no plan; days are counted by the calendar or named with --day.',
    `Evidence: ${loaded.config.evidence.map(({ name }) => name).join(', ') || 'the commit CI only'}.`,
  ];
  return `${lines.join('\n')}\n`;
}
