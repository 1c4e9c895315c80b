/** The log of the embedded tracker: every change, who made it, and what was there before. */
import { defined } from '../../core/defined.ts';
import { isRecord } from '../../core/record.ts';
import type { Connection, Row } from './connection.ts';
import { text } from './wire.ts';

/** Who writes, and when (milliseconds since 1970). */
export interface Stamp {
  readonly at: number;
  readonly actor: string | undefined;
}

export const EVENT_KINDS = [
  'created',
  'updated',
  'moved',
  'deleted',
  'commented',
  'comment edited',
  'comment deleted',
  'linked',
  'unlinked',
  'claimed',
  'released',
  'label created',
  'label edited',
  'label deleted',
  'milestone created',
  'milestone edited',
  'milestone deleted',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface TrackerEvent {
  /** Counts the changes of this issue. */
  readonly id: number;
  /** The key; absent for a change of what many issues share. */
  readonly key?: string;
  readonly at: number;
  readonly actor?: string;
  /** One of `EVENT_KINDS`, or a word of a newer PACE. */
  readonly kind: string;
  /** What of it: a comment's id, a link (`blocks 12`), an agent, the name of a label or a milestone. */
  readonly subject?: string;
  /** The changed members as they were; what was not set is `null`. */
  readonly before: Readonly<Record<string, unknown>>;
  /** The same for all that one act has changed. */
  readonly act?: number;
}

/** Of one issue, or of all; oldest first. */
export function findEvents(db: Connection, number?: number): TrackerEvent[] {
  const rows =
    number === undefined
      ? db.all('SELECT * FROM event ORDER BY at, number, id')
      : db.all('SELECT * FROM event WHERE number = :number ORDER BY id', { number });
  return rows.map(toEvent);
}

/** Who has moved the issue last; `undefined` where nobody has, or nobody could tell who it was. */
export function lastMover(db: Connection, number: number): string | undefined {
  const [row] = db.all("SELECT actor FROM change WHERE number = :number AND kind = 'moved' ORDER BY id DESC LIMIT 1", {
    number,
  });
  return row && text(row['actor']);
}

export interface Change {
  /** That an issue was created, the issue itself tells. */
  readonly kind: Exclude<EventKind, 'created'>;
  /** Absent for a change of what many issues share. */
  readonly number?: number;
  readonly subject?: string;
  readonly before?: object;
}

/** To be called in the transaction of the change itself. */
export function record(db: Connection, stamp: Stamp, { kind, number, subject, before = {} }: Change): void {
  const { at, actor } = stamp;
  db.run(
    `INSERT INTO change (number, id, at, actor, kind, subject, before, act)
     VALUES (:number, (SELECT coalesce(max(id), 1) + 1 FROM change WHERE number = :number), :at, :actor, :kind, :subject, :before, :act)`,
    {
      number: number ?? SHARED,
      at,
      actor: actor ?? null,
      kind,
      subject: subject ?? null,
      before: JSON.stringify(before),
      act: actOf(db, stamp),
    },
  );
}

/** Every transaction has a stamp of its own: what is recorded with the same one was one act. */
function actOf(db: Connection, stamp: Stamp): number {
  const known = acts.get(stamp);
  if (known !== undefined) return known;
  const act = Number(db.get('SELECT coalesce(max(seq), 0) + 1 AS act FROM change')?.['act']);
  acts.set(stamp, act);
  return act;
}

const acts = new WeakMap<Stamp, number>();

/** No issue has this number. */
const SHARED = 0;

function toEvent({ id, number, at, actor, kind, subject, before, act }: Row): TrackerEvent {
  const parsed: unknown = JSON.parse(String(before));
  return {
    id: Number(id),
    ...(number === SHARED ? {} : { key: String(number) }),
    at: Number(at),
    ...defined({ actor: text(actor) }),
    kind: String(kind),
    ...defined({ subject: text(subject) }),
    before: isRecord(parsed) ? { ...parsed } : {},
    ...(typeof act === 'number' ? { act } : {}),
  };
}
