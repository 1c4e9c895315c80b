/** The five numbers of a sprint, from what `.pace/` knows. */
import { listOf, readDayMap } from '../../../core/files/day-files.ts';
import type { State } from '../state/state.ts';

export interface SprintMetrics {
  readonly totalDays: number;
  /** Days that have shipped. */
  readonly daysComplete: number;
  readonly decided: number;
  readonly shipped: number;
  readonly held: number;
  readonly deferred: number;
  readonly openAdvisories: number;
}

export interface DayRecord {
  readonly day: number;
  readonly decision: string;
  readonly reason: string;
  readonly deferred: number;
}

/** Every decided day up to the given one, this run's own in place of what was stored. */
export async function dayRecords(
  state: State,
  present: { day: number; decision: string; holdReason: string },
): Promise<DayRecord[]> {
  const days = [...new Set([...(await state.decidedDays()), present.day])].sort((a, b) => a - b);
  return Promise.all(
    days.map(async (day) => {
      const known = day === present.day ? present : await state.decision(day);
      const gate = await readDayMap(state.agentsDir(day), 'gate');
      return {
        day,
        decision: String(known?.decision ?? 'UNKNOWN'),
        reason: String(known?.holdReason ?? ''),
        deferred: listOf(gate['deferred']).length,
      };
    }),
  );
}

export function sprintMetrics(records: readonly DayRecord[], totalDays: number, openAdvisories: number): SprintMetrics {
  const count = (decision: string) => records.filter((record) => record.decision === decision).length;
  const shipped = count('SHIP');
  const held = count('HOLD');
  return {
    totalDays,
    daysComplete: shipped,
    decided: shipped + held,
    shipped,
    held,
    deferred: records.reduce((sum, { deferred }) => sum + deferred, 0),
    openAdvisories,
  };
}
