/** What `pace init` writes: short, working, with what can be seen in the workspace. */
import { basename } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { loadPlan } from '../../core/plan/read-plan.ts';
import type { Platform } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';
import { calendarDate } from '../plan/calendar.ts';
import { detectSides } from './detect.ts';
import { initialText, type ProposedEvidence } from './initial-text.ts';

export interface InitialConfig {
  /** The text of the file. */
  readonly text: string;
  /** What was found, in a few sentences. */
  readonly because: string;
}

/** Looks round the workspace; writes nothing. `evidence`: for the reports that lie there. */
export async function initialConfig(world: World, evidence: readonly ProposedEvidence[]): Promise<InitialConfig> {
  const [sides, plan, product] = await Promise.all([
    detectSides(world, { ci: 'auto', tracker: 'auto' }),
    // a broken plan is the business of `pace validate`
    loadPlan(world).catch(() => undefined),
    productName(world),
  ]);
  const [problem] = sides.problems;
  if (problem) throw cannotStart(problem.message);
  const startDate = plan?.startDate === undefined ? { startDate: calendarDate(world.now(), 'UTC') } : {};
  const found =
    evidence.length > 0
      ? `Evidence found: ${evidence.flatMap(({ path }) => path).join(', ')}.`
      : 'No reports were found yet.';
  return {
    text: initialText({ product, ci: lasting(sides.ci), tracker: lasting(sides.tracker), ...startDate, evidence }),
    because: `${sides.because} ${found}`,
  };
}

function cannotStart(message: string): PaceError {
  const remedy = 'Please write `platform` in pace.config.yaml by hand: docs/configuration.md tells how.';
  return new PaceError({ kind: 'configuration', message, remedy });
}

// what was found for want of anything better may be another platform once the repository has a remote
function lasting({ name, fallback }: Platform): string {
  return fallback ? 'auto' : name;
}

/** The last part of the git remote, else of the folder. */
async function productName(world: World): Promise<string> {
  const remote = await gitOr(world, ['remote', 'get-url', 'origin']);
  const name = /([^/:\\]+?)(?:\.git)?\/?$/.exec(remote ?? '')?.[1];
  return name ?? basename(world.cwd);
}
