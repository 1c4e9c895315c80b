/** Changes of a text that leave all other bytes as they are. Pure. */

/** What stands from `start` up to `end` becomes `text`; where both are the same, it is put in. Offsets count as those of strings do. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in any order; of those at one place the first comes first. Throws where two of them overlap: a mistake of ours. */
export function edited(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let done = 0;
  for (const { start, end, text: put } of ordered) {
    if (start < done || end < start || end > text.length) throw new RangeError(`An edit at ${start}–${end} overlaps.`);
    result += text.slice(done, start) + put;
    done = end;
  }
  return result + text.slice(done);
}
