/** Moments and spans as people write them: `2026-11-01`, `2026-11-01T10:00Z`, `7d`, `yesterday`. Days are those of UTC. Pure. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SPANS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** The forms, for messages and help. */
export const TIME_FORMS = '2026-11-01, 2026-11-01T10:00Z, 7d, 12h, today or yesterday';

/** Milliseconds since 1970; of a day the first moment, or with `until` the last. `undefined` when it is not a time. */
export function toMoment(text: string, edge: 'since' | 'until', now: number): number | undefined {
  const word = text.trim().toLowerCase();
  const span = toSpan(word);
  if (span !== undefined) return now - span;
  const day = word === 'today' ? now : word === 'yesterday' ? now - DAY : dayOf(word);
  if (day !== undefined) return Math.floor(day / DAY) * DAY + (edge === 'until' ? DAY - 1 : 0);
  if (!/^\d{4}-\d\d-\d\dt\d\d:\d\d/.test(word)) return undefined;
  const moment = Date.parse(/(z|[+-]\d\d:?\d\d)$/.test(word) ? word.toUpperCase() : `${word.toUpperCase()}Z`);
  return Number.isFinite(moment) && dayOf(word.slice(0, 10)) !== undefined ? moment : undefined;
}

/** The forms of a day to come, for messages and help. */
export const DAY_FORMS = '2026-12-24, today, tomorrow, yesterday, or 3d and 2w for so far from today';

/** `YYYY-MM-DD`; spans count from today on. `undefined` when it is not a day. */
export function toDay(text: string, now: number): string | undefined {
  const word = text.trim().toLowerCase();
  const span = /^\d+[dw]$/.test(word) ? toSpan(word) : undefined;
  const offset = { yesterday: -DAY, today: 0, tomorrow: DAY }[word] ?? span;
  if (offset !== undefined) return new Date(now + offset).toISOString().slice(0, 10);
  return isDay(word) ? word : undefined;
}

/** The forms of a moment to come. */
export const LATER_FORMS = '2026-12-24, 2026-12-24T10:00Z, tomorrow, or 3d, 12h and 2w for so long from now';

/** A moment to come, in milliseconds since 1970: of a day its first one, and spans count from now on. */
export function toLater(text: string, now: number): number | undefined {
  const word = text.trim().toLowerCase();
  const span = toSpan(word);
  if (span !== undefined) return now + span;
  return toMoment(word === 'tomorrow' ? (toDay(word, now) ?? '') : word, 'since', now);
}

/** `30m`, `2h`, `7d` in milliseconds; `undefined` when it is not one, or longer than anybody's patience. */
export function toSpan(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,5})([smhdw])$/.exec(text.trim().toLowerCase()) ?? [];
  const length = SPANS[unit];
  return length === undefined ? undefined : Number(count) * length;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return dayOf(text) !== undefined;
}

function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = Date.parse(text);
  // the 31st of a short month would be the first of the next
  return Number.isFinite(day) && new Date(day).toISOString().startsWith(text) ? day : undefined;
}
