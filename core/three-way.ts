/** Two versions of one thing, and what both began from. */
export interface Versions<T> {
  /** As far as it is known. */
  readonly base: T;
  /** This run's; the newest. */
  readonly mine: T;
  readonly theirs: T;
}

/** What either has, without what one of them has taken away: theirs first, then what only mine has. */
export function union<T>({ base, mine, theirs }: Versions<readonly T[]>, key: (entry: T) => string): T[] {
  const keys = (entries: readonly T[]) => new Set(entries.map(key));
  const [inBase, inMine, inTheirs] = [keys(base), keys(mine), keys(theirs)];
  return [
    ...theirs.filter((entry) => inMine.has(key(entry)) || !inBase.has(key(entry))),
    ...mine.filter((entry) => !inTheirs.has(key(entry)) && !inBase.has(key(entry))),
  ];
}
