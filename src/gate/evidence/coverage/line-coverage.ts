/** What is covered over all reports: the union of what they tell of each file. */
import { count, grouped } from '../finding-text.ts';
import {
  addFile,
  branchesOf,
  type Counted,
  type CoverageReport,
  type FileCoverage,
  linesOf,
  type Measures,
  summed,
} from './model.ts';

export interface Percent {
  readonly value: number;
  /** ` (7 of 10 lines)`, where known. */
  readonly counted: string;
}

export interface Coverage {
  readonly files: ReadonlyMap<string, FileCoverage>;
  /** Nothing where nothing was measured, or where a report's weight is not known. */
  readonly lines?: Percent;
  readonly branches?: Percent;
  /** What a reader of the numbers should know. */
  readonly note: string;
}

/** The reports are used up: the first ones take in the later ones. */
export function total(reports: readonly CoverageReport[]): Coverage {
  const files = new Map<string, FileCoverage>();
  const counted = { lines: new Map<string, FileCoverage>(), branches: new Map<string, FileCoverage>() };
  const vague = new Set<string>();
  for (const report of reports) {
    for (const [path, file] of report.files) {
      const known = files.get(path);
      if (known && isVague(known, file)) vague.add(path);
      if (known) addFile(known, file);
      else files.set(path, file);
      const kept = known ?? file;
      if (!report.whole.lines) counted.lines.set(path, kept);
      if (!report.whole.branches) counted.branches.set(path, kept);
    }
  }
  const lines = percent(reports, 'lines', measured(counted.lines, linesOf), unit(counted.lines));
  const branches = percent(reports, 'branches', measured(counted.branches, branchesOf), ['branch', 'branches']);
  return {
    files,
    ...(lines && { lines }),
    ...(branches && { branches }),
    note: vague.size === 0 ? '' : noteOn(vague.size),
  };
}

function noteOn(files: number): string {
  return ` Of ${count(files, 'file')} that several reports tell of, one gives only sums: the highest counts.`;
}

/** Reports that tell the same file in ways that cannot be laid over each other. */
function isVague(one: FileCoverage, other: FileCoverage): boolean {
  return one.sums !== undefined || other.sums !== undefined;
}

function measured(
  files: ReadonlyMap<string, FileCoverage>,
  of: (file: FileCoverage) => Counted | undefined,
): Counted | undefined {
  return summed([...files.values()].flatMap((file) => of(file) ?? []));
}

function percent(
  reports: readonly CoverageReport[],
  what: keyof Measures<number>,
  ofFiles: Counted | undefined,
  [one, many]: readonly [string, string],
): Percent | undefined {
  const [only] = reports;
  const rate = only?.rates[what];
  if (reports.length === 1 && rate !== undefined) return { value: rate * 100, counted: '' };
  // a rate without lines has no weight beside the other reports
  if (reports.some(({ rates }) => rates[what] !== undefined)) return undefined;
  const all = summed([...(ofFiles ? [ofFiles] : []), ...reports.flatMap(({ whole }) => whole[what] ?? [])]);
  if (all === undefined || all.total === 0) return undefined;
  return {
    value: (all.covered / all.total) * 100,
    counted: ` (${grouped(all.covered)} of ${count(all.total, one, many)})`,
  };
}

function unit(files: ReadonlyMap<string, FileCoverage>): readonly [string, string] {
  const all = [...files.values()];
  const hasStatements = all.some(({ blocks }) => blocks !== undefined);
  const hasLines = all.some(({ lines, sums }) => lines.size > 0 || sums !== undefined);
  if (!hasStatements) return ['line', 'lines'];
  return hasLines ? ['line or statement', 'lines and statements'] : ['statement', 'statements'];
}
