/** `pace sprint show`: which sprint it is, and which ones are filed. */
import { gateFolder } from '../../../core/adapters/state-folder.ts';
import { loadPlan } from '../../../core/plan/read-plan.ts';
import type { World } from '../../../core/world.ts';
import { gateOf } from '../../gate/identity/gate-name.ts';
import { idOfSprint } from '../../gate/identity/prepare.ts';
import { createState } from '../../gate/state/state.ts';
import { whichDay } from '../../gate/which-day.ts';
import { MAX_DAY } from '../../plan/day-number.ts';
import { gateConfig } from '../gate.ts';
import type { SprintShow } from './options.ts';

export interface ShownSprint {
  readonly gate: string;
  /** Its id: the name, else the date of day 1; `''` where days count on for ever. */
  readonly sprint: string;
  /** Date of day 1; `''` when there is none. */
  readonly startDate: string;
  /** Today's day; `null` where no date tells, or before day 1. */
  readonly day: number | null;
  readonly totalDays: number;
  /** Days that have a decision. */
  readonly decided: readonly number[];
  /** What should be known of today: not begun, over, not in the plan. */
  readonly notes: readonly string[];
  /** The folders of sprints that are over. */
  readonly filed: readonly string[];
}

export async function showSprint(world: World, options: SprintShow): Promise<ShownSprint> {
  const loaded = await gateConfig(world, options.config);
  const { config } = loaded;
  const plan = await loadPlan(world, config.sprint.plan);
  const sprint = idOfSprint(config, plan);
  const gate = gateOf(world, loaded);
  const state = createState(world, { folder: gateFolder(gate), sprint, dryRun: true });
  const { day, startDate, totalDays, notes, outside } = await whichDay({
    ...{ world, config, plan, state, otherwise: MAX_DAY },
  });
  const isTold = startDate !== '' && outside === undefined;
  const filed = state.kept.names([state.ownFolder, 'sprints'].filter(Boolean).join('/'));
  return {
    ...{ gate, sprint, startDate, totalDays },
    day: isTold ? day : null,
    decided: await state.decidedDays(),
    notes: outside === undefined ? (isTold ? notes : []) : [outside],
    filed: filed.sort(),
  };
}
