/**
 * What is written down before each write of sync, and after its answer: so that a run which is killed anywhere is finished by the next
 * one. A line is `begin` with what is about to be sent, or `end` with what the pair is then. The file of the two trackers takes it over
 * when it is saved, and says how much of the journal it has. Pure.
 */
import { PaceError } from '../../core/errors.ts';
import { type Line, linesOf } from './lines.ts';
import type { End, Intent, KeptConflict, Pair, SyncState } from './pair.ts';
import { beginLine, CONFLICT, conflictOf, conflictRecord, endLine, intentOf, journalLine, PAIR, pairOf, pairRecord } from './records.ts'; // biome-ignore format: one thought
import { type Rest, restOf, withRest } from './rest.ts';
import { problemOf, type SetAside, setAside } from './set-aside.ts';
import { type FileRest, type JournalMark, newer, VERSION } from './state-file.ts';
import type { Sides } from './values.ts';

export interface Ended {
  readonly intent: string;
  readonly pair?: Pair;
  readonly conflict?: KeptConflict;
  /** What a newer PACE has written besides. */
  readonly rest?: { readonly pair?: Rest; readonly conflict?: Rest };
}

export type Entry = { readonly begin: Intent } | { readonly end: Ended };

export interface Journal {
  readonly id: string;
  readonly ends: Sides<End>;
  /** A line each; `undefined` for one that cannot be used. */
  readonly entries: readonly (Entry | undefined)[];
  readonly aside: readonly SetAside[];
  /** The lines that cannot be used. */
  readonly unreadable: readonly Buffer[];
  /** All of it up to a line end: behind that the next line can be added. */
  readonly whole: Buffer;
}

/**
 * `undefined` where there is nothing of it: also its first line was cut off. The last line counts only when it is whole, as the run
 * that wrote it has not gone on before.
 * @param file for messages
 * Throws a `PaceError` when nobody can tell whose journal it is.
 */
export function readJournal(bytes: Buffer, file: string): Journal | undefined {
  const [first, ...others] = linesOf(bytes);
  if (!first || (!first.record && !first.isWhole)) return undefined;
  const header = readHeader(first, file);
  const last = others.at(-1) ?? first;
  const whole = others.filter(({ record, isWhole }) => record || isWhole);
  const read = whole.map((line) => readLine(line));
  const bad = whole.flatMap((line, index) => (typeof read[index] === 'string' ? [{ line, why: read[index] }] : []));
  return {
    id: header.id,
    ends: {
      a: { id: header.ends.a.id, name: header.ends.a.name },
      b: { id: header.ends.b.id, name: header.ends.b.name },
    },
    entries: read.map((one) => (typeof one === 'string' ? undefined : one)),
    aside: bad.map(({ line, why }) => setAside(file, line, why)),
    unreadable: bad.map(({ line }) => line.bytes),
    whole: last.isWhole ? bytes : wholeOf(bytes, last),
  };
}

/** A run that was killed has left half a line, or a whole one without its end. */
function wholeOf(bytes: Buffer, last: Line): Buffer {
  if (last.record) return Buffer.concat([bytes, Buffer.from('\n')]);
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

function readHeader(line: Line, file: string) {
  const version = line.record?.['kind'] === 'journal' ? line.record['version'] : undefined;
  if (typeof version === 'number' && version > VERSION) throw newer(file, version);
  const read = journalLine.safeParse(line.record);
  if (read.success) return read.data;
  throw new PaceError({
    kind: 'validation',
    operation: 'readSyncState',
    message: `The first line of ${file} cannot be read (${problemOf(read.error.issues)}): nobody knows which writes an earlier run has not finished.`,
    remedy: `Please mend the line, or move ${file} away: what that run has made is found by the marks in its issues then, as far as they were written.`,
  });
}

/** The entry, or why it is none. Of two journals that became one, the second's header stands among the lines. */
function readLine(line: Line): Entry | string | undefined {
  const { record } = line;
  if (record?.['kind'] === 'journal') return undefined;
  if (record?.['kind'] === 'begin') {
    const read = beginLine.safeParse(record);
    return read.success
      ? { begin: intentOf(read.data) }
      : `this intent cannot be read (${problemOf(read.error.issues)})`;
  }
  if (record?.['kind'] !== 'end') return 'nobody knows what this line of a journal tells';
  const read = endLine.safeParse(record);
  if (!read.success) return `this end of a write cannot be read (${problemOf(read.error.issues)})`;
  const { intent, pair, conflict } = read.data;
  const rest = { pair: restOf(record['pair'], PAIR), conflict: restOf(record['conflict'], CONFLICT) };
  return {
    end: {
      intent,
      ...(pair && { pair: pairOf(pair) }),
      ...(conflict && { conflict: conflictOf(conflict) }),
      ...((rest.pair || rest.conflict) && {
        rest: { ...(rest.pair && { pair: rest.pair }), ...(rest.conflict && { conflict: rest.conflict }) },
      }),
    },
  };
}

export function journalHeader(id: string, { a, b }: Sides<End>): object {
  const end = (one: End) => ({ id: one.id, name: one.name });
  return { kind: 'journal', version: VERSION, id, ends: { a: end(a), b: end(b) } };
}

export function beginRecord(intent: Intent): object {
  const { id, pair, side, kind, at, about } = intent;
  return { kind: 'begin', intent: { id, pair, side, kind, at, about } };
}

export function endRecord({ intent, pair, conflict, rest }: Ended): object {
  return {
    ...{ kind: 'end', intent },
    ...(pair && { pair: withRest(pairRecord(pair), rest?.pair, PAIR) }),
    ...(conflict && { conflict: withRest(conflictRecord(conflict), rest?.conflict, CONFLICT) }),
  };
}

export interface Replayed {
  readonly state: SyncState;
  readonly rest: FileRest;
  /** Begun, and nobody knows how it ended; in the order in which they were begun. */
  readonly open: readonly Intent[];
}

/** The state after all that the journal tells. What the file has of it already is not done again: it may have gone on since. */
export function replayed(
  { state, rest, journal: mark }: { state: SyncState; rest: FileRest; journal: JournalMark | undefined },
  journal: Pick<Journal, 'id' | 'entries'>,
): Replayed {
  const done = mark?.id === journal.id ? mark.lines : 0;
  const open = new Map<string, Intent>();
  const ended = new Set<string>();
  const news: Ended[] = [];
  for (const [index, entry] of journal.entries.entries()) {
    if (!entry) continue;
    if ('begin' in entry) {
      // an id is given once: that of a write which has ended is an old line
      if (!ended.has(entry.begin.id)) open.set(entry.begin.id, entry.begin);
      continue;
    }
    ended.add(entry.end.intent);
    open.delete(entry.end.intent);
    if (index >= done) news.push(entry.end);
  }
  return { ...withNews(state, rest, news), open: [...open.values()] };
}

function withNews(state: SyncState, rest: FileRest, news: readonly Ended[]): Omit<Replayed, 'open'> {
  if (news.length === 0) return { state, rest };
  const pairs = new Map(state.pairs);
  const conflicts = new Map(state.conflicts.map((one) => [one.id, one]));
  const [ofPairs, ofConflicts] = [new Map(rest.pairs), new Map(rest.conflicts)];
  for (const { pair, conflict, rest: left } of news) {
    if (pair) pairs.set(pair.id, pair);
    if (conflict) conflicts.set(conflict.id, conflict);
    if (pair && left?.pair) ofPairs.set(pair.id, left.pair);
    if (conflict && left?.conflict) ofConflicts.set(conflict.id, left.conflict);
  }
  return {
    state: { ...state, pairs, conflicts: [...conflicts.values()] },
    rest: { ...rest, pairs: ofPairs, conflicts: ofConflicts },
  };
}
