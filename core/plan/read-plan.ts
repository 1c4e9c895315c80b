/** Finds and reads the plan of a sprint, in every shape that PACE plans have had. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import { workspacePath } from '../files/workspace-path.ts';
import type { World } from '../world.ts';
import { ConfigError, sortProblems } from '../yaml/problems.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import type { Plan } from './plan.ts';
import { readPlan } from './plan-shapes.ts';

/** Looked at in this order, below the workspace. */
export const planPaths = ['pace/plan.yaml', '.pace/plan.yaml', 'plan.yaml'] as const;

/**
 * The plan, or `undefined` when there is none. `path` is `sprint.plan` of the configuration: a file named there must exist.
 * Throws `ConfigError` with every mistake and its place.
 */
export async function loadPlan(world: Pick<World, 'cwd'>, path?: string): Promise<Plan | undefined> {
  const found = path ?? (await firstExisting(world.cwd));
  if (found === undefined) return undefined;
  await workspacePath(world.cwd, found);
  return parsePlan(await readYamlFile(world.cwd, found));
}

/** The same from parsed YAML. */
export function parsePlan(yaml: YamlFile): Plan {
  const { plan, problems } = readPlan(yaml);
  if (!plan || problems.length > 0) throw new ConfigError(sortProblems(problems));
  return { file: yaml.file, ...plan };
}

async function firstExisting(cwd: string): Promise<string | undefined> {
  for (const path of planPaths) {
    const there = await stat(join(cwd, path)).then(
      () => true,
      (error: unknown) => !/^(ENOENT|ENOTDIR)$/.test(errorCode(error)),
    );
    if (there) return path;
  }
  return undefined;
}
