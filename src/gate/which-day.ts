/** Which day this run is about, and what the plan says of it. */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Plan, PlanDay } from '../../core/plan/plan.ts';
import type { World } from '../../core/world.ts';
import type { PaceConfig } from '../config/schema.ts';
import { type Calendar, calendarDate, dateOfDay, gateDayAt, missedDays } from '../plan/calendar.ts';
import { parseDay } from '../plan/day-number.ts';
import type { State } from './state/state.ts';

export interface GateDay {
  readonly day: number;
  /** Today in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** Why there is nothing to judge today: the sprint has not begun. */
  readonly outside?: string;
  /** Said of a day that the plan lacks, or that is beyond the sprint: it is judged all the same. */
  readonly unplanned?: string;
  readonly target: string;
  readonly contextNote: string;
  readonly humanGate: boolean;
  /** The last human-gate day before this one. */
  readonly lastHumanGate?: number;
  /** The issue that the plan names for this day. */
  readonly planIssue?: string;
  readonly totalDays: number;
  /** Date of day 1, `''` when the sprint has none. */
  readonly startDate: string;
  readonly targets: ReadonlyMap<number, string>;
  /** What the plan says of every day; absent where there is no plan. */
  readonly planned?: readonly PlanDay[];
  readonly notes: readonly string[];
}

interface Chosen {
  readonly day: number;
  readonly outside?: string;
  readonly notes: readonly string[];
}

/**
 * @param given the day as a person or a variable names it; without it the calendar decides
 * Throws `PaceError` for what is not a day, or that nothing tells.
 */
export async function whichDay(options: {
  world: World;
  config: PaceConfig;
  plan: Plan | undefined;
  state: Pick<State, 'decidedDays'>;
  given?: { readonly text: string; readonly source: string } | undefined;
  /** The day where nothing tells one; else that is an error. */
  otherwise?: number | undefined;
}): Promise<GateDay> {
  const { world, config, plan, state, given, otherwise } = options;
  const calendar = calendarOf(config, plan);
  const totalDays = plan ? Math.max(0, ...plan.days.map(({ day }) => day)) : config.sprint.duration_days;
  const chosen = given
    ? { day: namedDay(given), notes: [] }
    : await byCalendar({ calendar, now: world.now(), state, otherwise });
  const unplanned = chosen.outside === undefined ? unplannedNote(chosen.day, plan, totalDays) : undefined;
  return {
    ...chosen,
    ...(unplanned === undefined ? {} : { unplanned, notes: [...chosen.notes, unplanned] }),
    ...plannedFor(chosen.day, plan),
    date: calendarDate(world.now(), calendar?.timeZone ?? sprintTimeZone(config)),
    totalDays,
    startDate: calendar ? dateOfDay(calendar, 1) : '',
  };
}

/** The time zone of days, freezes and waivers. */
export function sprintTimeZone({ sprint, reporter }: PaceConfig): string {
  return sprint.timezone ?? reporter.timezone;
}

/** Date of the first day, as far as configuration or plan tell it. */
export function sprintStartDate({ sprint }: PaceConfig, plan: Plan | undefined): string | undefined {
  return sprint.start_date ?? plan?.startDate;
}

function calendarOf(config: PaceConfig, plan: Plan | undefined): Calendar | undefined {
  const { sprint } = config;
  const startDate = sprintStartDate(config, plan);
  if (startDate === undefined) return undefined;
  return { startDate, timeZone: sprintTimeZone(config), workingDays: sprint.working_days, holidays: sprint.holidays };
}

function namedDay(given: { text: string; source: string }): number {
  const parsed = parseDay(given.text, given.source);
  if (parsed.kind !== 'day') throw wrongDay(parsed.message, '');
  return parsed.day;
}

/** Such a day is judged all the same: a commit does not ask whether it was planned. Without a plan days count on for ever. */
function unplannedNote(day: number, plan: Plan | undefined, totalDays: number): string | undefined {
  if (!plan || plan.days.some((planned) => planned.day === day)) return undefined;
  if (day > totalDays) return `The sprint ended with day ${totalDays}: day ${day} is judged without a story.`;
  return `Day ${day} is not in ${plan.file}: it is judged without a story.`;
}

async function byCalendar(options: {
  calendar: Calendar | undefined;
  now: number;
  state: Pick<State, 'decidedDays'>;
  otherwise: number | undefined;
}): Promise<Chosen> {
  const { calendar, state, otherwise } = options;
  if (!calendar) {
    if (otherwise !== undefined) return { day: otherwise, notes: [] };
    const remedy =
      'Please pass --day N (or the input `day`, or PACE_DAY), or set `sprint.start_date` for the calendar to tell.';
    throw wrongDay('Nothing tells which day it is.', remedy);
  }
  const found = gateDayAt(calendar, options.now);
  if (found.kind === 'before-start') return { day: 0, outside: found.message, notes: [] };
  const missed = missedNote(await state.decidedDays(), found.day);
  return { day: found.day, notes: [found.note, missed].filter((note) => note !== undefined) };
}

/** Said only where earlier runs are known: a runner that forgets everything has missed nothing that it could name. */
function missedNote(decided: readonly number[], day: number): string | undefined {
  const last = decided.filter((known) => known < day).at(-1);
  if (last === undefined) return undefined;
  const missed = missedDays(last, day);
  if (missed.length === 0) return undefined;
  const which = missed.length === 1 ? `Day ${missed[0]} was` : `Days ${missed[0]}–${missed.at(-1)} were`;
  return `${which} not judged: no run is known between day ${last} and today.`;
}

function plannedFor(day: number, plan: Plan | undefined) {
  const planned = plan?.days.find((candidate) => candidate.day === day);
  const gates = (plan?.days ?? [])
    .filter((candidate) => candidate.humanGate && candidate.day < day)
    .map((gate) => gate.day);
  const lastHumanGate = gates.length > 0 ? Math.max(...gates) : undefined;
  return {
    target: planned?.target ?? '',
    contextNote: planned?.notes ?? '',
    humanGate: planned?.humanGate ?? false,
    ...defined({ lastHumanGate, planIssue: planned?.issue, planned: plan?.days }),
    targets: new Map((plan?.days ?? []).map((candidate) => [candidate.day, candidate.target])),
  };
}

function wrongDay(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
