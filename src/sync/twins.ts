/** Several files of the same two trackers, as two machines may make them, become one. */
import { PaceError } from '../../core/errors.ts';
import type { Kept } from '../../core/kept.ts';
import { mergedJournal, mergedStateFile } from './merge-state.ts';
import { type Found, journalPathOf, pathOf, shown } from './pair-files.ts';
import { endsIn, journalFacing } from './turned-files.ts';

export interface PairBytes {
  readonly file: Buffer | undefined;
  readonly journal: Buffer | undefined;
}

/** What a file knows together with its twins; nothing is written. Throws a `PaceError` where they cannot become one. */
export function bytesOf(kept: Kept, { stem, twins }: Pick<Found, 'stem' | 'twins'>): PairBytes {
  return twins.reduce<PairBytes>(
    (known, twin) =>
      united(known, readBytes(kept, twin), [stem, twin].map((one) => shown(kept, pathOf(one))).join(' and ')),
    readBytes(kept, stem),
  );
}

/** The file first, then what it was made of goes: a run that is killed between the two does it again, to the same end. */
export function foldTwins(kept: Kept, { stem, twins }: Pick<Found, 'stem' | 'twins'>): void {
  if (twins.length === 0) return;
  const { file, journal } = bytesOf(kept, { stem, twins });
  if (file) kept.write(pathOf(stem), file);
  if (journal) kept.write(journalPathOf(stem), journal);
  if (kept.refusal) return;
  for (const twin of twins) for (const path of [journalPathOf(twin), pathOf(twin)]) kept.remove(path);
}

function readBytes(kept: Kept, stem: string): PairBytes {
  return { file: kept.read(pathOf(stem)), journal: kept.read(journalPathOf(stem)) };
}

function united(mine: PairBytes, theirs: PairBytes, files: string): PairBytes {
  const file = mine.file && theirs.file && mergedStateFile({ base: undefined, mine: mine.file, theirs: theirs.file });
  if (file?.isReplaced) throw apart(files);
  const now = file ? file.content : (mine.file ?? theirs.file);
  const ends = (now && endsIn(now)) ?? undefined;
  const facing = (bytes: Buffer | undefined) => (bytes && ends ? journalFacing(bytes, ends, files) : bytes);
  const [ours, other] = [facing(mine.journal), facing(theirs.journal)];
  const journal = ours && other && mergedJournal({ base: undefined, mine: ours, theirs: other });
  if (journal?.isReplaced) throw apart(files);
  return { file: now, journal: journal ? journal.content : (ours ?? other) };
}

function apart(files: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'readSyncState',
    message: `${files} are about the same two trackers, and cannot become one: nothing is synced.`,
    remedy:
      'Please keep the older one and move the other one away: pairs that only that one knows are found again by the marks in their issues.',
  });
}
