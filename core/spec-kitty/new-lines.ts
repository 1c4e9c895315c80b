/** Lines that are put at the end of a mission's log: never before its last line, never in the future, each one whole. Pure. */
import { PaceError } from '../errors.ts';
import { type Log, momentOf } from './events.ts';
import { byCodePoints, jsonLine } from './json-text.ts';
import type { Lane } from './lanes.ts';
import { nextUlid } from './ulid.ts';

export interface NewMove {
  readonly workPackage: string;
  readonly from: Lane;
  readonly to: Lane;
  readonly reason: string;
  readonly force?: boolean;
}

export interface NewNote {
  readonly workPackage: string;
  /** Who says it, where that is not the writer. */
  readonly actor?: string;
  /** By its names in the log. */
  readonly delta: Readonly<Record<string, unknown>>;
}

export interface Writer {
  readonly now: number;
  random(): number;
  readonly actor: string;
  readonly mission: { readonly slug: string; readonly id?: string };
}

export interface NewLines {
  /** Each with its line end. */
  readonly text: string;
  /** The ids, in the order of the entries. */
  readonly ids: readonly string[];
}

/** Throws where the log's last line is of a time that is not there yet: what came after it would have no effect. */
export function newLines(log: Log, entries: readonly (NewMove | NewNote)[], writer: Writer): NewLines {
  const ids: string[] = [];
  const lines: string[] = [];
  let latest = log.latest;
  let greatest: Iterable<string> = log.ids;
  for (const entry of entries) {
    const at = nextTime(latest, writer.now);
    const id = nextUlid(greatest, writer.now, writer.random);
    lines.push(
      `${jsonLine('delta' in entry ? noteOf(entry, { at, id }, writer) : moveOf(entry, { at, id }, writer))}\n`,
    );
    ids.push(id);
    latest = at;
    greatest = [id];
  }
  return { text: lines.join(''), ids };
}

interface Stamped {
  readonly at: string;
  readonly id: string;
}

function moveOf({ workPackage, from, to, reason, force = false }: NewMove, { at, id }: Stamped, writer: Writer) {
  const { actor, mission } = writer;
  return {
    ...{ actor, at, event_id: id, evidence: null, execution_mode: 'direct_repo', force, from_lane: from },
    ...(mission.id !== undefined && { mission_id: mission.id }),
    ...{ mission_slug: mission.slug, policy_metadata: null, reason },
    // only what a person has canceled counts as a good end
    ...(to === 'canceled' && { reason_source: 'operator' }),
    ...{ review_ref: isSentBack(from, to) ? FORCED : null, to_lane: to, wp_id: workPackage },
  };
}

/** The program's own word for a review that was passed over. Without one, it takes such a line for a mistake, forced or not. */
const FORCED = 'force-override';

function isSentBack(from: Lane, to: Lane): boolean {
  return ['for_review', 'in_review', 'approved'].includes(from) && (to === 'in_progress' || to === 'planned');
}

function noteOf({ workPackage, actor, delta }: NewNote, { at, id }: Stamped, writer: Writer) {
  return { actor: actor ?? writer.actor, at, delta, event_id: id, kind: 'annotation', wp_id: workPackage };
}

/** The clock tells milliseconds, the log microseconds: those within one are free. */
function nextTime(latest: string | undefined, now: number): string {
  const time = isoOf(now, 0);
  if (latest === undefined || isAfter(time, latest)) return time;
  const behind = Math.round((momentOf(latest) - now) * 1000) + 1;
  const next = isoOf(now, Math.max(0, behind));
  if (behind < 1000 && isAfter(next, latest)) return next;
  throw new PaceError({
    kind: 'conflict',
    message: `The last line of the log is of ${latest.slice(0, 40)}, and now it is ${time}: what is written after it would have no effect.`,
    remedy: 'Please look at the clocks of the machines that write this log, and wait until that time is over.',
  });
}

/** As time, and as the text by which the log is ordered. */
function isAfter(time: string, latest: string): boolean {
  return momentOf(time) > momentOf(latest) && byCodePoints(time, latest) > 0;
}

function isoOf(milliseconds: number, microseconds: number): string {
  const iso = new Date(milliseconds + Math.floor(microseconds / 1000)).toISOString();
  return `${iso.slice(0, -1)}${String(microseconds % 1000).padStart(3, '0')}+00:00`;
}
