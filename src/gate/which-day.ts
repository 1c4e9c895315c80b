/** Which day this run is about, and what the plan says of it. */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { type Plan, planDay } from '../../core/plan/plan.ts';
import { loadPlan } from '../../core/plan/read-plan.ts';
import type { World } from '../../core/world.ts';
import type { PaceConfig } from '../config/schema.ts';
import { type Calendar, calendarDate, dateOfDay, gateDayAt, missedDays } from '../plan/calendar.ts';
import { parseDay } from '../plan/day-number.ts';
import type { State } from './state/state.ts';

export interface GateDay {
  readonly day: number;
  /** Today in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** Why there is nothing to judge today: the sprint has not begun, or is over. */
  readonly outside?: string;
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
  readonly notes: readonly string[];
}

interface Chosen {
  readonly day: number;
  readonly outside?: string;
  readonly notes: readonly string[];
}

/**
 * @param given the day as a person or a variable names it; without it the calendar decides
 * Throws `PaceError` for what is not a day, that the plan does not know, or that nothing tells.
 */
export async function whichDay(options: {
  world: World;
  config: PaceConfig;
  state: State;
  given?: { readonly text: string; readonly source: string } | undefined;
}): Promise<GateDay> {
  const { world, config, state, given } = options;
  const plan = await loadPlan(world, config.sprint.plan);
  const calendar = calendarOf(config, plan);
  const timeZone = calendar?.timeZone ?? timeZoneOf(config);
  const totalDays = plan ? Math.max(0, ...plan.days.map(({ day }) => day)) : config.sprint.duration_days;
  const chosen = given
    ? { day: namedDay(given, plan, totalDays), notes: [] }
    : await byCalendar({ calendar, now: world.now(), plan, totalDays, state });
  return {
    ...chosen,
    ...plannedFor(chosen.day, plan),
    date: calendarDate(world.now(), timeZone),
    totalDays,
    startDate: calendar ? dateOfDay(calendar, 1) : '',
  };
}

function timeZoneOf({ sprint, reporter }: PaceConfig): string {
  return sprint.timezone ?? reporter.timezone;
}

function calendarOf(config: PaceConfig, plan: Plan | undefined): Calendar | undefined {
  const { sprint } = config;
  const startDate = sprint.start_date ?? plan?.startDate;
  if (startDate === undefined) return undefined;
  return { startDate, timeZone: timeZoneOf(config), workingDays: sprint.working_days, holidays: sprint.holidays };
}

function namedDay(given: { text: string; source: string }, plan: Plan | undefined, totalDays: number): number {
  const parsed = parseDay(given.text, given.source);
  if (parsed.kind !== 'day') throw wrongDay(parsed.message, '');
  if (plan) return planDay(plan, parsed.day).day;
  if (parsed.day > totalDays) {
    const remedy = 'Please name an earlier day, or set `sprint.duration_days` higher.';
    throw wrongDay(`Day ${parsed.day} is after the end of the sprint, which has ${totalDays} days.`, remedy);
  }
  return parsed.day;
}

async function byCalendar(options: {
  calendar: Calendar | undefined;
  now: number;
  plan: Plan | undefined;
  totalDays: number;
  state: State;
}): Promise<Chosen> {
  const { calendar, plan, totalDays, state } = options;
  if (!calendar) {
    const remedy =
      'Please pass --day N (or the input `day`, or PACE_DAY), or set `sprint.start_date` for the calendar to tell.';
    throw wrongDay('Nothing tells which day it is.', remedy);
  }
  const found = gateDayAt(calendar, options.now);
  if (found.kind === 'before-start') return { day: 0, outside: found.message, notes: [] };
  if (found.day > totalDays) {
    return {
      day: found.day,
      outside: `The sprint ended with day ${totalDays}; today would be day ${found.day}.`,
      notes: [],
    };
  }
  if (plan && !plan.days.some(({ day }) => day === found.day)) {
    return { day: found.day, outside: `Today is day ${found.day}, which is not in ${plan.file}.`, notes: [] };
  }
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
    ...defined({ lastHumanGate, planIssue: planned?.issue }),
    targets: new Map((plan?.days ?? []).map((candidate) => [candidate.day, candidate.target])),
  };
}

function wrongDay(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
