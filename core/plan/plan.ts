/** The plan of a sprint: what each day is for. */
import { plainLine } from '../text/untrusted-text.ts';
import { ConfigError } from '../yaml/problems.ts';

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
