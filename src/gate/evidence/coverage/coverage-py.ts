/** The JSON of coverage.py (`coverage json`). https://coverage.readthedocs.io/en/latest/commands/cmd_reporting.html#json-reporting-coverage-json */
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import { indexOf } from '../json.ts';
import { addRun, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, wholeUnlessListed } from './numbers.ts';
import type { PathOf } from './paths.ts';

type Entry = Readonly<Record<string, unknown>>;

export function isCoveragePy({ meta, files }: Entry): boolean {
  return isRecord(meta) && isRecord(files) && 'version' in meta;
}

export function readCoveragePy({ files, totals }: Entry, pathOf: PathOf): CoverageReport {
  const report = newReport();
  let listed = 0;
  for (const [path, entry] of Object.entries(isRecord(files) ? files : {})) {
    const file = fileIn(report, pathOf(path));
    if (!isRecord(entry)) throw lacking(path);
    addLines(file, numbersIn(entry['executed_lines'], path), true);
    addLines(file, numbersIn(entry['missing_lines'], path), false);
    addWays(file, entry['executed_branches'], true);
    addWays(file, entry['missing_branches'], false);
    listed += file.lines.size;
  }
  if (!isRecord(totals)) return report;
  wholeUnlessListed(
    report,
    'lines',
    listed,
    countedOf(indexOf(totals['covered_lines']), indexOf(totals['num_statements'])),
  );
  return report;
}

function addLines(file: FileCoverage, numbers: readonly number[], ran: boolean): void {
  for (const number of numbers) addRun(file.lines, number, ran);
}

function addWays(file: FileCoverage, ways: unknown, taken: boolean): void {
  if (!Array.isArray(ways)) return;
  for (const way of ways) addRun(file.ways, String(way), taken);
}

function numbersIn(value: unknown, path: string): readonly number[] {
  const numbers = Array.isArray(value) ? value.map(indexOf) : [undefined];
  if (numbers.every((number) => number !== undefined)) return numbers;
  throw lacking(path);
}

function lacking(path: string): EvidenceFault {
  return new EvidenceFault(`\`${path.slice(0, 100)}\` lacks usable \`executed_lines\` and \`missing_lines\`.`);
}
