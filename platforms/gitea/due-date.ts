/**
 * Days as the server's own pages show them: by their last second, in the zone of the server. Only what the server answers tells that
 * zone; the end of a day in UTC is the next day east of it.
 */
import type { Api } from './api.ts';
import { endOfDay } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

export interface DueDates {
  /** What to send for a day. Asks once where the server's zone is not known yet. */
  toSend(operation: Operation, day: string): Promise<string>;
  /** What to send once more, where the server shows another day than the one that was wanted: its summer may have another zone. */
  correction(day: string, told: string | null | undefined): string | undefined;
}

/** As far as it is read. */
interface WireRepository {
  readonly created_at?: string | null;
}

export function createDueDates(api: Api): DueDates {
  let offset: string | undefined;

  async function ask(operation: Operation): Promise<string> {
    const { created_at: time } = await api.call<WireRepository>(operation, { path: api.repo });
    return offsetOf(time) ?? 'Z';
  }

  return {
    toSend: async (operation, day) => {
      offset ??= await ask(operation);
      return endOfDay(day, offset);
    },
    correction: (day, told) => {
      const there = offsetOf(told);
      // a server that has kept no day has nothing to be corrected
      if (!told || there === undefined) return undefined;
      offset = there;
      const wanted = endOfDay(day, there);
      return told.slice(0, 10) === day || Date.parse(wanted) === Date.parse(told) ? undefined : wanted;
    },
  };
}

function offsetOf(time: string | null | undefined): string | undefined {
  return /(Z|[+-]\d\d:\d\d)$/.exec(time ?? '')?.[1];
}
