/** The lines of a journal: what they may hold, and what is left to deliver after them. Pure, and linear in their number. */
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type Delivery, subjectOf } from './delivery.ts';
import { isDelivery } from './delivery-shape.ts';

export const VERSION = 1;

export type JournalLine = { readonly v: typeof VERSION; readonly id: string; readonly at: string } & (
  | { readonly intent: Delivery }
  | { readonly done: string }
  | { readonly failed: string }
  /** Later events have made it pointless, or it is not this gate's own. */
  | { readonly dropped: string }
);

export interface PendingDelivery {
  readonly id: string;
  readonly delivery: Delivery;
  /** Why it was not delivered; `''` when the run was cut off. */
  readonly reason: string;
  /** How often it was tried, and failed. */
  readonly tries: number;
}

/** A line that is longer is not PACE's. */
const LONGEST_LINE = 1_000_000;
/** So is a journal: it is shortened long before. */
const LONGEST_JOURNAL = 32_000_000;
/** So is what stands behind so many lines that are not. */
const MOST_UNREADABLE = 10_000;
const LONGEST_ID = 100;
const LONGEST_REASON = 500;

/** What has an intent and no end, from the lines in order; of one subject the last intent only. */
export function pendingIn(lines: readonly JournalLine[]): PendingDelivery[] {
  const pending = new Map<string, PendingDelivery>();
  const newest = new Map<string, string>();
  for (const line of lines) {
    const known = pending.get(line.id);
    if ('intent' in line) {
      const subject = subjectOf(line.intent);
      const before = newest.get(subject);
      if (before !== undefined) pending.delete(before);
      // an id that stands twice is about the later thing
      if (known) newest.delete(subjectOf(known.delivery));
      newest.set(subject, line.id);
      pending.set(line.id, { id: line.id, delivery: line.intent, reason: '', tries: 0 });
    } else if ('failed' in line) {
      if (known) pending.set(line.id, { ...known, reason: line.failed, tries: known.tries + 1 });
    } else if (known) {
      pending.delete(line.id);
      newest.delete(subjectOf(known.delivery));
    }
  }
  return [...pending.values()];
}

/** The lines that can be read, and those that cannot: torn by a crash, foreign, of a newer version, or far too long. */
export function readJournalLines(text: string): { lines: JournalLine[]; unreadable: string[] } {
  if (text.length > LONGEST_JOURNAL) return { lines: [], unreadable: [text] };
  const lines: JournalLine[] = [];
  const unreadable: string[] = [];
  for (const [raw, at] of linesOf(text)) {
    if (raw.trim() === '') continue;
    const line = parsed(raw);
    if (line) lines.push(line);
    else if (unreadable.length < MOST_UNREADABLE) unreadable.push(raw);
    else return { lines, unreadable: [...unreadable, text.slice(at)] };
  }
  return { lines, unreadable };
}

/** With where each begins. */
function* linesOf(text: string): Generator<readonly [line: string, at: number]> {
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end;
    yield [text.slice(at, next), at];
    at = next + 1;
  }
}

function parsed(raw: string): JournalLine | undefined {
  if (raw.length > LONGEST_LINE) return undefined;
  try {
    return asLine(JSON.parse(raw));
  } catch {
    return undefined;
  }
}

function asLine(data: unknown): JournalLine | undefined {
  if (!isRecord(data)) return undefined;
  const { v, id, at, intent, done, failed, dropped } = data;
  if (v !== VERSION || !isText(id) || !isText(at)) return undefined;
  const stamp = { v: VERSION, id, at } as const;
  if ('intent' in data) return isDelivery(intent) ? { ...stamp, intent } : undefined;
  if (typeof done === 'string') return { ...stamp, done };
  if (typeof failed === 'string') return { ...stamp, failed: plainLine(failed, LONGEST_REASON) };
  return typeof dropped === 'string' ? { ...stamp, dropped } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_ID;
}

/** What is worth keeping of a long journal: of what is pending all but its earlier failures, and the last lines. */
export function compacted(lines: readonly JournalLine[], last: number): JournalLine[] {
  const pending = new Set(pendingIn(lines).map(({ id }) => id));
  const failures = new Map<string, number>();
  lines.forEach((line, index) => {
    if ('failed' in line) failures.set(line.id, index);
  });
  return lines.filter((line, index) => {
    const isKept = pending.has(line.id) && (!('failed' in line) || failures.get(line.id) === index);
    return isKept || index >= lines.length - last;
  });
}
