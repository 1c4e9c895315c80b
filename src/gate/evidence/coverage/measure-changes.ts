/** Lays the changed lines over what the reports tell. Pure. */

import type { Blocks } from './blocks.ts';
import type { Changes } from './changed-lines.ts';
import type { Run } from './diff-lines.ts';
import type { FileCoverage } from './model.ts';
import { pathsAmong } from './same-path.ts';

export interface Measured {
  readonly covered: number;
  readonly total: number;
  /** Changed lines that did not run, the longest runs first. */
  readonly uncovered: readonly { readonly file: string; readonly run: Run }[];
  /** Changed files of a kind that is measured, and that no report tells lines of. */
  readonly untold: readonly string[];
  /** Whether the reports list any lines. */
  readonly listsLines: boolean;
  /** Whether any file of the reports is one of the commit. */
  readonly isPlaced: boolean;
}

export function measureChanges(files: ReadonlyMap<string, FileCoverage>, changes: Changes): Measured {
  const placed = placedFiles(files, changes.files);
  const kinds = new Set([...placed.keys()].map(endingOf));
  const untold = [...changes.lines.keys()].filter((path) => !placed.has(path) && kinds.has(endingOf(path)));
  const uncovered: { file: string; run: Run }[] = [];
  let [covered, total] = [0, 0];
  for (const [path, runs] of changes.lines) {
    const told = toldLines(placed.get(path) ?? [], runs);
    total += told.size;
    const missed = [...told].filter(([, ran]) => !ran).map(([line]) => line);
    covered += told.size - missed.length;
    for (const run of runsOf(missed, told)) uncovered.push({ file: path, run });
  }
  return {
    ...{ covered, total, untold },
    uncovered: uncovered.sort((one, other) => length(other.run) - length(one.run)),
    listsLines: [...files.values()].some(hasLines),
    isPlaced: placed.size > 0,
  };
}

function placedFiles(
  files: ReadonlyMap<string, FileCoverage>,
  known: readonly string[],
): ReadonlyMap<string, readonly FileCoverage[]> {
  const find = pathsAmong(known);
  const placed = new Map<string, FileCoverage[]>();
  for (const [name, file] of files) {
    const path = hasLines(file) ? find(name) : undefined;
    if (path === undefined) continue;
    const same = placed.get(path);
    if (same) same.push(file);
    else placed.set(path, [file]);
  }
  return placed;
}

function hasLines({ lines, blocks }: FileCoverage): boolean {
  return lines.size > 0 || blocks !== undefined;
}

/** `.ts`; of a name without ending the whole of it. */
function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(Math.max(name.lastIndexOf('.'), 0));
}

/** Which changed lines the reports tell of, in order, and whether they ran. */
function toldLines(files: readonly FileCoverage[], runs: readonly Run[]): ReadonlyMap<number, boolean> {
  const told = new Map<number, boolean>();
  const add = (line: number, ran: boolean) => told.set(line, told.get(line) === true || ran);
  for (const { lines, blocks } of files) {
    for (const { from, to } of runs) {
      for (let line = from; line <= to; line += 1) {
        const ran = lines.get(line);
        if (ran !== undefined) add(line, ran);
      }
    }
    if (blocks) for (const [line, ran] of linesInBlocks(blocks, runs)) add(line, ran);
  }
  return new Map([...told].sort(([one], [other]) => one - other));
}

/** A line is told of when a block lies on it, and ran when one of them did; blocks may lie within one another. */
function linesInBlocks(blocks: Blocks, runs: readonly Run[]): (readonly [number, boolean])[] {
  const changed = runs.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  // how many blocks, and how many that ran, begin at a changed line, less those that have ended before it
  const steps = changed.map(() => ({ told: 0, ran: 0 }));
  for (const { from, to, ran } of blocks) {
    const [first, end] = [steps[firstFrom(changed, from)], steps[firstFrom(changed, to + 1)]];
    for (const [step, by] of [
      [first, 1],
      [end, -1],
    ] as const) {
      if (step === undefined) continue;
      step.told += by;
      if (ran) step.ran += by;
    }
  }
  let [told, ran] = [0, 0];
  return steps.flatMap((step, index) => {
    told += step.told;
    ran += step.ran;
    return told > 0 ? [[changed[index] ?? 0, ran > 0] as const] : [];
  });
}

/** The index of the first number that is not less. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines that follow one another, those between them that cannot run left out of account. */
function runsOf(missed: readonly number[], told: ReadonlyMap<number, boolean>): Run[] {
  const runs: Run[] = [];
  let previous: number | undefined;
  const places = new Map([...told.keys()].map((line, index) => [line, index]));
  for (const line of missed) {
    const last = runs.at(-1);
    const follows = previous !== undefined && (places.get(line) ?? 0) === (places.get(previous) ?? 0) + 1;
    if (last && follows) runs[runs.length - 1] = { from: last.from, to: line };
    else runs.push({ from: line, to: line });
    previous = line;
  }
  return runs;
}

function length({ from, to }: Run): number {
  return to - from;
}
