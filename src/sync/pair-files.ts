/** The files of `.pace/sync/`: whose each is, and what a new one is called. One is found by the ids in it, whatever it is called. */
import { basename } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import type { Kept } from '../../core/kept.ts';
import { readJournal } from './journal.ts';
import type { End } from './pair.ts';
import { endsOf } from './records.ts';
import { readHeaderOf } from './state-file.ts';
import { facingOf } from './turned-files.ts';
import type { Sides } from './values.ts';

export const FOLDER = 'sync';

/** Of two trackers, without the endings of its names. */
export interface PairFile {
  readonly stem: string;
  /** Absent where they cannot be read. */
  readonly ends?: Sides<End>;
  /** Why it cannot be used. */
  readonly error?: PaceError;
}

export function pathOf(stem: string): string {
  return `${FOLDER}/${stem}.jsonl`;
}

export function journalPathOf(stem: string): string {
  return `${FOLDER}/${stem}.journal.jsonl`;
}

export function lockPathOf(stem: string): string {
  return `${FOLDER}/${stem}.lock`;
}

/** As people know it. */
export function shown({ root }: Pick<Kept, 'root'>, path: string): string {
  return `${basename(root)}/${path}`;
}

const NAME = /^([\w-]+?)(?:\.journal)?\.jsonl$/;

/** By name. A journal whose file was never saved counts, too: a first run may have been killed. */
export function pairFiles(kept: Kept): PairFile[] {
  const stems = kept.names(FOLDER).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  return [...new Set(stems)].sort().flatMap((stem) => pairFile(kept, stem) ?? []);
}

function pairFile(kept: Kept, stem: string): PairFile | undefined {
  try {
    const ends = endsIn(kept, stem);
    return ends && { stem, ends };
  } catch (error) {
    if (error instanceof PaceError) return { stem, error };
    throw error;
  }
}

/** `undefined` where nothing was written yet. */
function endsIn(kept: Kept, stem: string): Sides<End> | undefined {
  const bytes = kept.read(pathOf(stem));
  if (bytes) return endsOf(readHeaderOf(bytes, shown(kept, pathOf(stem))).ends);
  const journal = kept.read(journalPathOf(stem));
  return journal && readJournal(journal, shown(kept, journalPathOf(stem)))?.ends;
}

export interface Found {
  readonly stem: string;
  /** The file has them the other way round. */
  readonly isTurned: boolean;
  /** Other files of the same two: what they know belongs to this one, too. */
  readonly twins: readonly string[];
}

/**
 * The file of two trackers, or what a new one is called: after them. Throws a `PaceError` where one that cannot be read may be theirs: what is taken for two new trackers is doubled.
 */
export function findPairFile(kept: Kept, ends: Sides<End>): Found {
  const files = pairFiles(kept);
  const found = files.flatMap(({ stem, ends: its }) => {
    const facing = its && facingOf(ends, its);
    return facing ? [{ stem, isTurned: facing === 'turned' }] : [];
  });
  const [first, ...twins] = found;
  if (first) return { ...first, twins: twins.map(({ stem }) => stem) };
  const unread = files.find(({ error }) => error)?.error;
  if (unread) throw unread;
  return {
    stem: freeStem(kept, stemOf(ends)),
    ...{ isTurned: false, twins: [] },
  };
}

/** Of each two trackers one, with its ends as they stand in it. */
export function foundFiles(kept: Kept): (PairFile & Pick<Found, 'twins'>)[] {
  const files = pairFiles(kept);
  const isOf = (ends: Sides<End>) => (file: PairFile) => file.ends && facingOf(ends, file.ends) !== undefined;
  return files.flatMap((file, index) => {
    const { ends } = file;
    if (!ends) return [{ ...file, twins: [] }];
    if (files.slice(0, index).some(isOf(ends))) return [];
    return [
      {
        ...file,
        twins: files
          .slice(index + 1)
          .filter(isOf(ends))
          .map(({ stem }) => stem),
      },
    ];
  });
}

/** The same whichever is named first: two machines make one file, which the state branch merges. */
function stemOf({ a, b }: Sides<End>): string {
  const order = ({ name, id }: End) => `${name.toLowerCase()} ${id}`;
  return (order(a) <= order(b) ? [a, b] : [b, a]).map(({ name }) => slug(name)).join('--');
}

const LONGEST = 60;

/** Readable, and free also on a disk that takes upper and lower case for the same. */
function freeStem(kept: Kept, wanted: string): string {
  // a lock alone belongs to a run that is about to make this file: it is waited for
  const files = kept.names(FOLDER).filter((name) => !/\.lock(?:\.removing)?$/.test(name));
  const taken = new Set(files.map((name) => name.toLowerCase().split('.')[0]));
  let stem = wanted;
  for (let n = 2; taken.has(stem.toLowerCase()); n += 1) stem = `${wanted}-${n}`;
  return stem;
}

function slug(name: string): string {
  const plain = name
    .replace(/\W+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'tracker' : plain;
}
