/** The file of two trackers and its journal, as one run has them in hand. */
import { PaceError } from '../../core/errors.ts';
import { MAX_KEPT_BYTES } from '../../core/kept/open-kept.ts';
import type { Kept, Refusal } from '../../core/kept.ts';
import type { World } from '../../core/world.ts';
import { beginRecord, type Ended, endRecord, type Journal, journalHeader, readJournal, replayed } from './journal.ts';
import { joined } from './lines.ts';
import type { End, Intent, SyncState } from './pair.ts';
import { type Found, journalPathOf, pathOf, shown } from './pair-files.ts';
import { type Double, doublesIn, type SetAside } from './set-aside.ts';
import { type JournalMark, NO_REST, readStateFile, type StateFile, stateFileBytes } from './state-file.ts';
import { createTexts } from './texts.ts';
import { journalFacing } from './turned-files.ts';
import { bytesOf } from './twins.ts';
import type { Sides } from './values.ts';

export interface OpenPairFile {
  readonly state: SyncState;
  readonly open: readonly Intent[];
  readonly aside: readonly SetAside[];
  readonly doubles: readonly Double[];
  begin(intent: Intent): void;
  end(ended: Ended): void;
  save(state: SyncState): boolean;
}

export interface Opening extends Found {
  readonly world: Pick<World, 'redact' | 'log'>;
  readonly kept: Kept;
  /** As they are called now. */
  readonly ends: Sides<End>;
  readonly onlyReads: boolean;
}

/** A longer journal is taken over into the file: else it would take its time to read, and outgrow what is read at all. */
const LONG_JOURNAL = 4 * 1024 * 1024;

/** Throws a `PaceError` where the file, or its journal, cannot be used. */
export function openPairFile({ world, kept, stem, isTurned, twins, ends: given, onlyReads }: Opening): OpenPairFile {
  const [path, journalPath] = [pathOf(stem), journalPathOf(stem)];
  const { file: bytes, journal: journalBytes } = bytesOf(kept, { stem, twins });
  const now = isTurned ? { a: given.b, b: given.a } : given;
  const file = bytes ? readStateFile(bytes, shown(kept, path)) : emptyFile(now);
  const ends = { a: { ...file.state.ends.a, ...now.a }, b: { ...file.state.ends.b, ...now.b } };
  const journal = journalOf({ world, kept, onlyReads }, journalBytes, journalPath, file.state.ends);
  const textOf = createTexts(world, file.lines);
  const start = replayed(file, journal ?? { id: '', entries: [] });
  const { rest } = start;
  const state: SyncState = { ...start.state, ends };
  /** What the file says, in our own form. */
  let saved: Pick<StateFile, 'state' | 'rest' | 'journal'> = file;
  let current = state;
  let pairs = new Map(state.pairs);
  const conflicts = new Map(state.conflicts.map((one) => [one.id, one]));
  const open = new Map(start.open.map((intent) => [intent.id, intent]));
  let log: Log | undefined = journal && logOf(journal, kept.read(journalPath));
  let unreadable = journal?.unreadable ?? [];

  function line(record: object): Buffer {
    return joined([textOf(record, () => record)]);
  }

  function append(record: object): void {
    refuse();
    const added = line(record);
    if (log) appendTo(log, added);
    else startJournal([added]);
  }

  function appendTo({ id, lines, size, torn }: Log, added: Buffer): void {
    if (torn) kept.write(journalPath, Buffer.concat([torn, added]));
    else kept.append(journalPath, added);
    // where something stands in the way since, it was kept in memory only
    refuse();
    log = { id, lines: lines + 1, size: size + added.length };
  }

  /** A clock and a seed that two runs share would give one id to two journals. */
  function startJournal(lines: readonly Buffer[]): void {
    const id = crypto.randomUUID();
    const content = Buffer.concat([line(journalHeader(id, ends)), ...lines]);
    kept.write(journalPath, content);
    refuse();
    log = { id, lines: lines.length, size: content.length };
  }

  function refuse(): void {
    if (onlyReads) throw onlyRead();
    if (kept.refusal) throw forgets(kept.refusal);
  }

  function save(next: SyncState): boolean {
    refuse();
    current = next;
    pairs = new Map(next.pairs);
    conflicts.clear();
    for (const one of next.conflicts) conflicts.set(one.id, one);
    const isWritten = write(next);
    return foldJournal() || isWritten;
  }

  /** What a tracker is called, and what opens it, is no reason to write. */
  function write(next: SyncState): boolean {
    const before = stateFileBytes(saved, textOf);
    const asNamed = { ...next, ends: saved.state.ends };
    if (stateFileBytes({ state: asNamed, rest, journal: saved.journal }, textOf).equals(before)) return false;
    const mark: JournalMark | undefined = log ? { id: log.id, lines: log.lines } : saved.journal;
    const wanted = { state: { ...next, ends }, rest, journal: mark };
    const content = stateFileBytes(wanted, textOf);
    if (content.length > MAX_KEPT_BYTES) throw tooLarge(shown(kept, path));
    kept.write(path, content);
    refuse();
    saved = wanted;
    return true;
  }

  /** What has no end yet stays in it. */
  function foldJournal(): boolean {
    if (!log || (open.size > 0 && open.size === log.lines && unreadable.length === 0)) return false;
    if (unreadable.length > 0) kept.keepAside(journalPath, joined(unreadable).toString('utf8'));
    unreadable = [];
    if (open.size > 0) startJournal([...open.values()].map((intent) => line(beginRecord(intent))));
    else kept.remove(journalPath);
    if (open.size === 0) log = undefined;
    return true;
  }

  return {
    ...{ state, open: start.open, save },
    aside: [...file.aside, ...(journal?.aside ?? [])],
    doubles: doublesIn(state.pairs.values()),
    begin: (intent) => {
      append(beginRecord(intent));
      open.set(intent.id, intent);
    },
    end: (ended) => {
      append(endRecord(ended));
      open.delete(ended.intent);
      if (ended.pair) pairs.set(ended.pair.id, ended.pair);
      if (ended.conflict) conflicts.set(ended.conflict.id, ended.conflict);
      if (log && log.size > LONG_JOURNAL) save({ ...current, pairs, conflicts: [...conflicts.values()] });
    },
  };
}

interface Log {
  readonly id: string;
  readonly lines: number;
  /** In bytes. */
  readonly size: number;
  /** What of it is whole, where a run that was killed has left half a line. */
  readonly torn?: Buffer;
}

function logOf({ id, entries, whole }: Journal, bytes: Buffer | undefined): Log {
  const log = { id, lines: entries.length, size: whole.length };
  return bytes?.equals(whole) ? log : { ...log, torn: whole };
}

/** One of other trackers, which somebody has put there, is none. */
function journalOf(
  { world, kept, onlyReads }: Pick<Opening, 'world' | 'kept' | 'onlyReads'>,
  bytes: Buffer | undefined,
  path: string,
  ends: Sides<End>,
): Journal | undefined {
  // that of another machine may have come along without its file
  const journal = bytes && readJournal(journalFacing(bytes, ends, shown(kept, path)), shown(kept, path));
  if (!journal || (journal.ends.a.id === ends.a.id && journal.ends.b.id === ends.b.id)) return journal;
  const name = onlyReads ? undefined : kept.setAside(path);
  const where = name ? `is kept as ${name}` : 'stays there';
  world.log.warn(
    `${shown(kept, path)} tells of other trackers (${journal.ends.a.name} and ${journal.ends.b.name}) than the file beside it: it is not used, and ${where}.`,
  );
  return undefined;
}

function emptyFile(ends: Sides<End>): StateFile {
  const state = { ends, watermarks: {}, pairs: new Map(), retries: [], conflicts: [], said: [] };
  return { state, rest: NO_REST, aside: [], journal: undefined, lines: new Map() };
}

/** Nothing is written elsewhere that would not be remembered here. */
export function forgets({ message, remedy }: Refusal): PaceError {
  return new PaceError({
    kind: 'configuration',
    operation: 'keepSyncState',
    message: `Sync would not remember what it does. ${message}`,
    remedy,
  });
}

function onlyRead(): PaceError {
  return new PaceError({
    kind: 'unexpected',
    operation: 'keepSyncState',
    message: 'What sync remembers was opened to be read only, and was to be written.',
    remedy: 'This looks like a defect of PACE. Please report it with the log of this run.',
  });
}

function tooLarge(file: string): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'keepSyncState',
    message: `${file} would grow beyond ${MAX_KEPT_BYTES / 1024 / 1024} MB, and could not be read again: it stays as it is, with the journal beside it.`,
    remedy: 'Please sync fewer issues with one pair of trackers: name a query as its scope.',
  });
}
