/** The JSON of coverage.py (`coverage json`). https://coverage.readthedocs.io/en/latest/commands/cmd_reporting.html#json-reporting-coverage-json */
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import { indexOf } from '../json.ts';
import { addWay, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, wholeUnlessListed } from './numbers.ts';
import type { PathOf } from './paths.ts';

type Entry = Readonly<Record<string, unknown>>;

export function readCoveragePy({ files, totals }: Entry, pathOf: PathOf): CoverageReport {
  const report = newReport();
  let listed = 0;
  for (const [path, entry] of Object.entries(isRecord(files) ? files : {})) {
    const file = fileIn(report, pathOf(path));
    if (!isRecord(entry)) throw lacking(path);
    if (!addLines(file, entry['executed_lines'], true)) throw lacking(path);
    if (!addLines(file, entry['missing_lines'], false)) throw lacking(path);
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

function addLines(file: FileCoverage, numbers: unknown, ran: boolean): boolean {
  if (!Array.isArray(numbers) || !areLines(numbers)) return false;
  file.lines.addAll(numbers, ran);
  return true;
}

function areLines(numbers: readonly unknown[]): numbers is readonly number[] {
  for (const number of numbers) {
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return false;
  }
  return true;
}

function addWays(file: FileCoverage, ways: unknown, taken: boolean): void {
  if (!Array.isArray(ways)) return;
  for (const way of ways) addWay(file, String(way), taken);
}

function lacking(path: string): EvidenceFault {
  return new EvidenceFault(`\`${path.slice(0, 100)}\` lacks usable \`executed_lines\` and \`missing_lines\`.`);
}
