/** `pace sprint start`: files the days of the sprint that is over, and begins the next one. */
import { gateFolder } from '../../../core/adapters/state-folder.ts';
import { PaceError } from '../../../core/errors.ts';
import { readRegular } from '../../../core/files/read-regular.ts';
import { workspacePath } from '../../../core/files/workspace-path.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import { loadPlan } from '../../../core/plan/read-plan.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';
import { withValue } from '../../config/edit.ts';
import { checkConfig } from '../../config/load.ts';
import { idOfSprint } from '../../gate/identity/prepare.ts';
import { fileEarlierSprints } from '../../gate/state/sprint-files.ts';
import { createState } from '../../gate/state/state.ts';
import { sprintTimeZone } from '../../gate/which-day.ts';
import { calendarDate } from '../../plan/calendar.ts';
import { needsKept, onState } from '../on-state.ts';
import type { SprintStart } from './options.ts';

export interface StartedSprint {
  readonly gate: string;
  /** The id of the sprint that begins, and of the one that is over. */
  readonly sprint: string;
  readonly before: string;
  /** Date of day 1. */
  readonly startDate: string;
  /** How many days were filed. */
  readonly filed: number;
  /** The configuration, which was changed. */
  readonly file: string;
}

/** The configuration is checked as it will be before anything is moved, and written last. */
export function startSprint(outer: World, options: SprintStart, signal?: AbortSignal): Promise<StartedSprint> {
  return onState(outer, options.config, signal, async ({ loaded, gate, faults, world, kept }) => {
    needsKept(kept);
    const { config, file = '' } = loaded;
    const plan = await loadPlan(world, config.sprint.plan);
    const before = idOfSprint(config, plan);
    const startDate = options.date || calendarDate(world.now(), sprintTimeZone(config));
    const name = options.name || undefined;
    if (!name && config.sprint.name !== undefined) throw needsName(config.sprint.name);
    const sprint = name ?? startDate;
    if (sprint === before) throw isThisOne(sprint);
    const path = await workspacePath(world.cwd, file);
    const text = (await readRegular(path, MAX_BYTES)).toString('utf8');
    const edited = changed(text, file, { startDate, name });
    await checkConfig(world, parseYaml(file, edited));
    const state = createState(world, { folder: gateFolder(gate), sprint, faults });
    const filed = await fileEarlierSprints(state, sprint, before);
    await writeWhole(path, edited);
    return { gate, sprint, before, startDate, filed: filed.days, file };
  });
}

/** Larger ones are no configuration, and were not loaded. */
const MAX_BYTES = 1024 * 1024;

function changed(
  text: string,
  file: string,
  { startDate, name }: { startDate: string; name: string | undefined },
): string {
  const dated = withValue(text, ['sprint', 'start_date'], startDate, file);
  return name === undefined ? dated : withValue(dated, ['sprint', 'name'], name, file);
}

function needsName(present: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The sprint has a name in the configuration (${plainLine(present, 60)}), and the next one needs another.`,
    remedy: 'Please pass --name "…".',
  });
}

function isThisOne(sprint: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The sprint ${plainLine(sprint, 60)} is the present one.`,
    remedy: 'Please give the new one another name (--name) or another date of day 1 (--date).',
  });
}
