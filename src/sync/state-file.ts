/**
 * The file of two trackers, from bytes to what they mean and back: a header, then a pair a line, by id, then the conflicts. What this
 * PACE does not know, and what nobody can read, is in it again when it is written. Pure.
 */
import { PaceError } from '../../core/errors.ts';
import { joined, type Line, linesOf } from './lines.ts';
import type { KeptConflict, Pair, SyncState } from './pair.ts';
import { CONFLICT, compare, conflictLine, conflictOf, conflictRecord, HEADER, type HeaderLine, headerLine, headerOf, headerRecord, PAIR, pairLine, pairOf, pairRecord } from './records.ts'; // biome-ignore format: one thought
import { type Rest, restOf, withRest } from './rest.ts';
import { problemOf, type SetAside, setAside } from './set-aside.ts';

/** The newest format that is understood. */
export const VERSION = 1;

/** What of the file is not in the state, and is written again with it. */
export interface FileRest {
  readonly header: Rest | undefined;
  readonly pairs: ReadonlyMap<string, Rest>;
  readonly conflicts: ReadonlyMap<string, Rest>;
  /** Lines of kinds that a newer PACE has. */
  readonly others: readonly Buffer[];
  /** Lines that cannot be used. */
  readonly aside: readonly Buffer[];
}

/** How much of a journal is in the file already: so many lines of the one with this id. */
export type JournalMark = NonNullable<HeaderLine['journal']>;

export interface StateFile {
  readonly state: SyncState;
  readonly rest: FileRest;
  readonly aside: readonly SetAside[];
  readonly journal: JournalMark | undefined;
  /** How the pairs and the conflicts stand there: one that is as it was is written so again. */
  readonly lines: ReadonlyMap<object, Buffer>;
}

export const NO_REST: FileRest = { header: undefined, pairs: new Map(), conflicts: new Map(), others: [], aside: [] };

/**
 * @param file for messages
 * Throws a `PaceError` when the header cannot be used: then nothing of the file can.
 */
export function readStateFile(bytes: Buffer, file: string): StateFile {
  const lines = linesOf(bytes);
  const first: Line | undefined = lines.next().value ?? undefined;
  const header = readHeader(first, file);
  const body = readBody(lines, file);
  const { pairs, conflicts, rest, aside, lines: asTheyStand } = body;
  return {
    state: { ...headerOf(header), pairs, conflicts },
    rest: { ...rest, header: restOf(first?.record, HEADER) },
    aside,
    lines: asTheyStand,
    journal: header.journal && { id: header.journal.id, lines: header.journal.lines },
  };
}

/** The header alone, which tells whose file it is. Throws a `PaceError`. */
export function readHeaderOf(bytes: Buffer, file: string): HeaderLine {
  return readHeader(linesOf(bytes).next().value ?? undefined, file);
}

function readHeader(line: Line | undefined, file: string): HeaderLine {
  const version = line?.record?.['kind'] === 'sync' ? line.record['version'] : undefined;
  if (typeof version === 'number' && version > VERSION) throw newer(file, version);
  const read = headerLine.safeParse(line?.record);
  if (read.success) return read.data;
  const why = line?.record ? problemOf(read.error.issues) : 'it is not JSON, or was cut off';
  throw new PaceError({
    kind: 'validation',
    operation: 'readSyncState',
    message: `The first line of ${file} cannot be read (${why}): nothing of the file is used, and nothing is written to its trackers.`,
    remedy: `Please put ${file} back from a copy, or mend the line. Without any copy move it away: sync then finds the pairs that it has made by the marks in their issues.`,
  });
}

export function newer(file: string, version: number): PaceError {
  return new PaceError({
    kind: 'unsupported',
    operation: 'readSyncState',
    message: `${file} was written by a newer PACE (format ${version}, this one knows ${VERSION}): nothing of it is used or changed.`,
    remedy: 'Please use the same version of PACE everywhere, the newest one.',
  });
}

interface Body {
  readonly pairs: Map<string, Pair>;
  readonly conflicts: KeptConflict[];
  readonly rest: { pairs: Map<string, Rest>; conflicts: Map<string, Rest>; others: Buffer[]; aside: Buffer[] };
  readonly aside: SetAside[];
  readonly lines: Map<object, Buffer>;
}

function readBody(lines: Iterable<Line>, file: string): Body {
  const body: Body = {
    ...{ pairs: new Map(), conflicts: [], aside: [], lines: new Map() },
    rest: { pairs: new Map(), conflicts: new Map(), others: [], aside: [] },
  };
  const seen = new Map<string, Line>();
  for (const line of lines) {
    const why = readLine(body, line, seen, file);
    if (why === undefined) continue;
    body.aside.push(setAside(file, line, why));
    body.rest.aside.push(line.bytes);
  }
  return body;
}

/** Says why it cannot be used. */
function readLine(body: Body, line: Line, seen: Map<string, Line>, file: string): string | undefined {
  const kind = line.record?.['kind'];
  if (kind === 'pair') return readPair(body, line, seen, file);
  if (kind === 'conflict') return readConflict(body, line, seen);
  if (!line.record) return 'this is not JSON, or was cut off';
  if (typeof kind !== 'string') return 'nobody knows of what kind this is (`kind`)';
  if (kind === 'sync') return 'this is a second header';
  body.rest.others.push(line.bytes);
  return undefined;
}

/** Of two pairs with one id both are set aside: nobody can tell which is right. */
function readPair(
  { pairs, rest, aside, lines }: Body,
  line: Line,
  seen: Map<string, Line>,
  file: string,
): string | undefined {
  const read = pairLine.safeParse(line.record);
  if (!read.success) return `this pair cannot be read (${problemOf(read.error.issues)})`;
  const { id } = read.data;
  const other = seen.get(`pair ${id}`);
  if (other?.bytes.equals(line.bytes)) return undefined;
  if (other) {
    if (pairs.delete(id)) {
      rest.pairs.delete(id);
      rest.aside.push(other.bytes);
      aside.push(setAside(file, other, `two lines tell of one pair, the other one is line ${line.number}`));
    }
    return `two lines tell of one pair, the other one is line ${other.number}`;
  }
  seen.set(`pair ${id}`, line);
  const pair = pairOf(read.data);
  pairs.set(id, pair);
  lines.set(pair, line.bytes);
  const left = restOf(line.record, PAIR);
  if (left) rest.pairs.set(id, left);
  return undefined;
}

function readConflict({ conflicts, rest, lines }: Body, line: Line, seen: Map<string, Line>): string | undefined {
  const read = conflictLine.safeParse(line.record);
  if (!read.success) return `this conflict cannot be read (${problemOf(read.error.issues)})`;
  const { kind: _kind, id } = read.data;
  const other = seen.get(`conflict ${id}`);
  if (other?.bytes.equals(line.bytes)) return undefined;
  if (other) return `line ${other.number} tells of the same conflict`;
  seen.set(`conflict ${id}`, line);
  const conflict = conflictOf(read.data);
  conflicts.push(conflict);
  lines.set(conflict, line.bytes);
  const left = restOf(line.record, CONFLICT);
  if (left) rest.conflicts.set(id, left);
  return undefined;
}

/** The line of a record. What it is made from does not change, and is asked for again and again. */
export type TextOf = (from: object, record: () => object) => string | Buffer;

const plainText: TextOf = (_, record) => JSON.stringify(record());

/** The same state is the same bytes. */
export function stateFileBytes(
  { state, rest, journal }: Pick<StateFile, 'state' | 'rest' | 'journal'>,
  textOf: TextOf = plainText,
): Buffer {
  const pairs = [...state.pairs.values()].sort((one, other) => compare(one.id, other.id));
  const conflicts = [...state.conflicts].sort((one, other) => one.at - other.at || compare(one.id, other.id));
  const header = headerRecord(state, VERSION, journal);
  return joined([
    textOf(header, () => withRest(header, rest.header, HEADER)),
    ...pairs.map((pair) => textOf(pair, () => withRest(pairRecord(pair), rest.pairs.get(pair.id), PAIR))),
    ...conflicts.map((one) => textOf(one, () => withRest(conflictRecord(one), rest.conflicts.get(one.id), CONFLICT))),
    ...rest.others,
    ...rest.aside,
  ]);
}
