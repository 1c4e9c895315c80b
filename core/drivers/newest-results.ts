/** Runs of one kind that have run again and again on a commit: the newest one tells, and what it has not run is told by one before it. */
import type { Check, CheckState } from '../ports/index.ts';

/** Nothing came of it in this run. A run that goes on will tell by itself. */
const UNTOLD: readonly CheckState[] = ['skipped', 'cancelled', 'blocked', 'waiting'];

/** How many runs are looked through. */
const MOST_RUNS = 20;

export interface RepeatedRuns<Run, Entry> {
  /** The newest first. */
  readonly runs: readonly Run[];
  /** Something of it may have failed: without such a run before it, what the newest one has not run hides nothing. */
  readonly mayHaveFailed: (run: Run) => boolean;
  readonly read: (run: Run) => Promise<readonly Entry[]>;
  readonly checkOf: (entry: Entry) => Pick<Check, 'name' | 'state'>;
}

/** All of the newest run, and of those before it what no later one has told. */
export async function newestResults<Run, Entry>(repeated: RepeatedRuns<Run, Entry>): Promise<Entry[]> {
  const { mayHaveFailed, read, checkOf } = repeated;
  const runs = repeated.runs.slice(0, MOST_RUNS);
  const [newest, ...earlier] = runs;
  if (newest === undefined) return [];
  const entries = [...(await read(newest))];
  let untold = namesWithout(entries.map(checkOf));
  for (const run of earlier.slice(0, earlier.findLastIndex(mayHaveFailed) + 1)) {
    if (untold.size === 0) break;
    const found = (await read(run)).filter((entry) => untold.has(checkOf(entry).name));
    entries.push(...found);
    const told = new Set(
      found
        .map(checkOf)
        .filter(isTold)
        .map(({ name }) => name),
    );
    untold = new Set([...untold].filter((name) => !told.has(name)));
  }
  return entries;
}

function namesWithout(checks: readonly Pick<Check, 'name' | 'state'>[]): Set<string> {
  return new Set(checks.filter((check) => !isTold(check)).map(({ name }) => name));
}

function isTold({ state }: Pick<Check, 'state'>): boolean {
  return !UNTOLD.includes(state);
}
