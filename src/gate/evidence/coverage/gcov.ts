/**
 * The JSON of `gcov --json-format` and of `gcovr --json`, and gcovr's summary.
 * https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html, https://gcovr.com/en/stable/output/json.html
 */
import { EvidenceFault } from '../files/fault.ts';
import { indexOf, objects, stringOf } from '../json.ts';
import { addWay, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf } from './numbers.ts';
import type { PathOf } from './paths.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A line of a template is told once per instance: it ran when one of them did. */
export function readGcov(document: Entry, pathOf: PathOf): CoverageReport {
  const report = newReport();
  const folder = stringOf(document['current_working_directory']);
  for (const entry of objects(document['files'])) {
    const path = stringOf(entry['file']);
    if (path === undefined || !Array.isArray(entry['lines']))
      throw new EvidenceFault('A file lacks `file` or `lines`.');
    const file = fileIn(report, pathOf(path, folder === undefined ? [] : [folder]));
    for (const line of objects(entry['lines'])) if (!isLeftOut(line)) addLine(file, line, path);
  }
  return report;
}

/** By a mark in the source, or because it holds no code. */
function isLeftOut(line: Entry): boolean {
  return line['gcovr/excluded'] === true || line['gcovr/noncode'] === true;
}

function addLine(file: FileCoverage, line: Entry, path: string): void {
  const number = indexOf(line['line_number']);
  const counter = line['count'];
  if (number === undefined || typeof counter !== 'number') {
    throw new EvidenceFault(`A line of \`${path.slice(0, 100)}\` lacks \`line_number\` or \`count\`.`);
  }
  file.lines.add(number, counter > 0);
  for (const [index, way] of objects(line['branches']).entries()) {
    if (!isLeftOut(way)) addWay(file, `${number}:${index}`, Number(way['count']) > 0);
  }
}

export function readGcovrSummary(document: Entry, pathOf: PathOf): CoverageReport {
  const report = newReport();
  for (const entry of objects(document['files'])) {
    const path = stringOf(entry['filename']);
    const sums = countedOf(indexOf(entry['line_covered']), indexOf(entry['line_total']));
    if (path === undefined || sums === undefined) {
      throw new EvidenceFault('A file lacks `filename`, `line_covered` or `line_total`.');
    }
    const file = fileIn(report, pathOf(path));
    file.sums = sums;
    const branches = countedOf(indexOf(entry['branch_covered']), indexOf(entry['branch_total']), 'branches');
    if (branches && branches.total > 0) file.branchSums = branches;
  }
  return report;
}
