/** What a report tells about coverage, in one shape for all formats, and how several reports become one. */
import { type Blocks, createBlocks } from './blocks.ts';
import { createLines, type Lines } from './lines.ts';

export interface Counted {
  readonly covered: number;
  readonly total: number;
}

export interface FileCoverage {
  readonly lines: Lines;
  /** Of a Go profile. */
  blocks?: Blocks;
  /** Where neither lines nor blocks are listed. */
  sums?: Counted;
  /** Whether a way was taken, by a name that is the same in every report of the tool. */
  readonly ways: Map<string, boolean>;
  /** Where a format counts the ways of a line and does not name them. */
  readonly branches: Map<number, Counted>;
  /** Where it tells only how many there are in the file. */
  branchSums?: Counted;
}

export interface CoverageReport {
  /** By a path that is the same in every report: see `paths.ts`. */
  readonly files: Map<string, FileCoverage>;
  /** What counts in place of the files, where these do not list everything that the report has counted. */
  readonly whole: Measures<Counted>;
  /** From 0 to 1; what is left where a report counts nothing. */
  readonly rates: Measures<number>;
}

export interface Measures<T> {
  lines?: T;
  branches?: T;
}

export function newReport(): CoverageReport {
  return { files: new Map(), whole: {}, rates: {} };
}

export function fileIn(report: CoverageReport, path: string): FileCoverage {
  const known = report.files.get(path);
  if (known) return known;
  const file: FileCoverage = { lines: createLines(), ways: new Map(), branches: new Map() };
  report.files.set(path, file);
  return file;
}

export function blocksOf(file: FileCoverage): Blocks {
  file.blocks ??= createBlocks();
  return file.blocks;
}

/** A way that is told twice counts once, and was taken when any of them tells so. */
export function addWay(file: FileCoverage, way: string, taken: boolean): void {
  if (taken || !file.ways.has(way)) file.ways.set(way, taken);
}

export function addBranches(file: FileCoverage, line: number, counted: Counted): void {
  file.branches.set(line, larger(file.branches.get(line), counted));
}

/**
 * Of two sums of the same thing: what is covered for sure. Which of it both mean, sums do not tell, so the union is not less than
 * the larger one, and nothing more is known.
 */
export function larger(one: Counted | undefined, other: Counted): Counted {
  return {
    covered: Math.max(one?.covered ?? 0, other.covered),
    total: Math.max(one?.total ?? 0, other.total),
  };
}

/** Takes a later report's word on a file into an earlier one's. */
export function addFile(file: FileCoverage, other: FileCoverage): void {
  for (const [line, ran] of other.lines) file.lines.add(line, ran);
  if (other.blocks) blocksOf(file).addAll(other.blocks);
  for (const [way, taken] of other.ways) addWay(file, way, taken);
  for (const [line, counted] of other.branches) addBranches(file, line, counted);
  if (other.sums) file.sums = larger(file.sums, other.sums);
  if (other.branchSums) file.branchSums = larger(file.branchSums, other.branchSums);
}

/** Lines or, of a Go profile, statements. */
export function linesOf({ lines, blocks, sums }: FileCoverage): Counted | undefined {
  return largest([lines.size > 0 ? { covered: lines.covered, total: lines.size } : undefined, blocks?.counted(), sums]);
}

export function branchesOf({ ways, branches, branchSums }: FileCoverage): Counted | undefined {
  return largest([ofWays(ways), summed(branches.values()), branchSums]);
}

function largest(told: readonly (Counted | undefined)[]): Counted | undefined {
  return told.reduce((known, counted) => (counted === undefined ? known : larger(known, counted)), undefined);
}

function ofWays(told: ReadonlyMap<string, boolean>): Counted | undefined {
  if (told.size === 0) return undefined;
  let covered = 0;
  for (const ran of told.values()) if (ran) covered += 1;
  return { covered, total: told.size };
}

/** Nothing of nothing: a report that lists none does not tell that there is none. */
export function summed(all: Iterable<Counted>): Counted | undefined {
  let sum: Counted | undefined;
  for (const { covered, total } of all) {
    sum = { covered: (sum?.covered ?? 0) + covered, total: (sum?.total ?? 0) + total };
  }
  return sum;
}
