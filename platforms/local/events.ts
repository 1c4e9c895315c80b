/** The log of the embedded tracker: every change, who made it, and what was there before. */
import type { Connection, Row } from './connection.ts';

/** Who writes, and when (milliseconds since 1970). */
export interface Stamp {
  readonly at: number;
  readonly actor: string | undefined;
}

export const EVENT_KINDS = [
  'created',
  'updated',
  'moved',
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
  readonly id: number;
  /** The issue's key; absent for a change of what many issues share. */
  readonly key?: string;
  readonly at: number;
  readonly actor?: string;
  /** One of `EVENT_KINDS`, or a word of a newer PACE. */
  readonly kind: string;
  /** What of it: a comment's id, a link (`blocks 12`), an agent, the name of a label or a milestone. */
  readonly subject?: string;
  /** The changed members as they were; what was not set is `null`. */
  readonly before: Readonly<Record<string, unknown>>;
}

export interface EventQuery {
  /** Only of this issue. */
  readonly number?: number;
  /** Only later ones than this. */
  readonly after?: number;
  readonly limit?: number;
}

/** Oldest first. */
export function findEvents(db: Connection, { number, after = 0, limit = 1000 }: EventQuery): TrackerEvent[] {
  const ofIssue = number === undefined ? '' : 'number = :number AND';
  const sql = `SELECT * FROM event WHERE ${ofIssue} id > :after ORDER BY id LIMIT :limit`;
  return db.all(sql, { after, limit, ...(number === undefined ? {} : { number }) }).map(toEvent);
}

export interface Change {
  readonly kind: EventKind;
  /** Absent for a change of what many issues share. */
  readonly number?: number;
  readonly subject?: string;
  readonly before?: object;
}

/** To be called in the transaction of the change itself. */
export function record(db: Connection, { at, actor }: Stamp, { kind, number, subject, before = {} }: Change): void {
  db.run(
    'INSERT INTO event (number, at, actor, kind, subject, before) VALUES (:number, :at, :actor, :kind, :subject, :before)',
    {
      number: number ?? null,
      at,
      actor: actor ?? null,
      kind,
      subject: subject ?? null,
      before: JSON.stringify(before),
    },
  );
}

function toEvent({ id, number, at, actor, kind, subject, before }: Row): TrackerEvent {
  const parsed: unknown = JSON.parse(String(before));
  return {
    id: Number(id),
    ...(number === null ? {} : { key: String(number) }),
    at: Number(at),
    ...(typeof actor === 'string' ? { actor } : {}),
    kind: String(kind),
    ...(typeof subject === 'string' ? { subject } : {}),
    before: typeof parsed === 'object' && parsed !== null ? { ...parsed } : {},
  };
}
