/** The plan of a sprint: what each day is for. Reads every shape that PACE plans have had. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inside } from '../../platforms/inside.ts';
import { plainLine } from '../../platforms/untrusted-text.ts';
import type { World } from '../../platforms/world.ts';
import { ConfigError } from '../config/problems.ts';
import { readYamlFile, type YamlFile } from '../config/yaml-file.ts';
import { readPlan } from './plan-shapes.ts';

export interface PlanDay {
  readonly day: number;
  /** What shall be done; `''` when the plan does not say. */
  readonly target: string;
  /** The day ends with a review request that a person decides. */
  readonly humanGate: boolean;
  readonly gateCriterion?: string;
  readonly notes?: string;
  /** Reference of the issue that planned the day, without `#`. */
  readonly issue?: string;
  readonly storyBranch?: string;
  readonly acceptance?: readonly string[];
  /** Declared as not part of the day. */
  readonly outOfScope?: readonly string[];
  readonly week?: number;
  readonly weekLabel?: string;
}

export interface Plan {
  /** As shown in messages. */
  readonly file: string;
  readonly startDate?: string;
  /** What the sprint is for, in one sentence. */
  readonly goal?: string;
  /** In order; at least one. */
  readonly days: readonly PlanDay[];
}

/** Looked at in this order, below the workspace. */
export const planPaths = ['pace/plan.yaml', '.pace/plan.yaml', 'plan.yaml'] as const;

/**
 * The plan, or `undefined` when there is none. `path` is `sprint.plan` of the configuration: a file named there must exist.
 * Throws `ConfigError` with every mistake and its place.
 */
export async function loadPlan(world: Pick<World, 'cwd'>, path?: string): Promise<Plan | undefined> {
  const found = path ?? (await firstExisting(world.cwd));
  if (found === undefined) return undefined;
  await inside(world.cwd, found);
  return parsePlan(await readYamlFile(world.cwd, found));
}

/** The same from parsed YAML. */
export function parsePlan(yaml: YamlFile): Plan {
  const { plan, problems } = readPlan(yaml);
  if (!plan || problems.length > 0) throw new ConfigError(problems);
  return { file: yaml.file, ...plan };
}

/** Day N of the plan. Throws `ConfigError` when there is no such day. */
export function planDay(plan: Plan, day: number): PlanDay {
  const found = plan.days.find((candidate) => candidate.day === day);
  if (found) return found;
  const message = `Day ${day} is not in the plan. It has ${daysOf(plan)}. Please add the day, or judge one of these with --day.`;
  throw new ConfigError([{ file: plan.file, line: 1, column: 1, message }]);
}

/** `the days 1–8, 10`. */
function daysOf({ days }: Plan): string {
  const runs: [number, number][] = [];
  for (const { day } of days) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === day) last[1] = day;
    else runs.push([day, day]);
  }
  const text = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  return plainLine(days.length === 1 ? `only day ${text}` : `the days ${text}`, 200);
}

async function firstExisting(cwd: string): Promise<string | undefined> {
  for (const path of planPaths) {
    const there = await stat(join(cwd, path)).then(
      () => true,
      (error: unknown) => !(error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code))),
    );
    if (there) return path;
  }
  return undefined;
}
