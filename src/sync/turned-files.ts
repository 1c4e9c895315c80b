/** A file of two trackers, and its journal, with the ends named the other way round. Pure. */
import { beginRecord, endRecord, type Journal, journalHeader, readJournal } from './journal.ts';
import { joined } from './lines.ts';
import type { SyncState } from './pair.ts';
import { readStateFile, type StateFile } from './state-file.ts';
import { turnedConflict, turnedIntent, turnedPair, turnedState } from './turned.ts';
import type { Sides } from './values.ts';

type Ends = SyncState['ends'];

/** Whether these are the same two trackers, and which way round; `undefined` where they are not. */
export function facingOf(ends: Sides<Pick<Ends['a'], 'id'>>, other: Ends): 'same' | 'turned' | undefined {
  if (ends.a.id === other.a.id && ends.b.id === other.b.id) return 'same';
  return ends.a.id === other.b.id && ends.b.id === other.a.id ? 'turned' : undefined;
}

export function turnedFile(file: StateFile): StateFile {
  return { ...file, state: turnedState(file.state) };
}

export function endsIn(bytes: Buffer): Ends {
  return readStateFile(bytes, '').state.ends;
}

/** Its id and its lines stay, so that a file which has taken it over knows it still; what cannot be read comes last. */
export function turnedJournalBytes({ id, ends, entries, unreadable }: Journal): Buffer {
  const lines = entries.flatMap((entry) => {
    if (!entry) return [];
    if ('begin' in entry) return [JSON.stringify(beginRecord(turnedIntent(entry.begin)))];
    const { pair, conflict } = entry.end;
    const now = {
      ...entry.end,
      ...(pair && { pair: turnedPair(pair) }),
      ...(conflict && { conflict: turnedConflict(conflict) }),
    };
    return [JSON.stringify(endRecord(now))];
  });
  return joined([JSON.stringify(journalHeader(id, { a: ends.b, b: ends.a })), ...lines, ...unreadable]);
}

/** Facing as these ends do. Of other trackers it stays what it is. */
export function journalFacing(bytes: Buffer, ends: Ends, file: string): Buffer {
  const journal = readJournal(bytes, file);
  return journal && facingOf(ends, journal.ends) === 'turned' ? turnedJournalBytes(journal) : bytes;
}
