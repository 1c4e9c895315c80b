/** lcov tracefiles. https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1 ("TRACEFILE FORMAT") */

import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { addWay, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, hasRun, wholeNumber } from './numbers.ts';
import type { PathOf } from './paths.ts';
import { eachLine } from './text-lines.ts';

const LCOV_RECORD = /^(?:[A-Z][A-Z0-9]{0,9}:|#|end_of_record\s*$)/;

/** `LF`, `LH`, `BRF`, `BRH`: of several sections of one file the largest. */
type Sums = Partial<Record<string, number>>;

/**
 * A file that several sections (of several test runs) speak of is counted once; a line is covered when any of them ran it. As with
 * lcov itself the lines are the proof, and the sums under them stand in only where a tool leaves the lines out. Throws an
 * `EvidenceFault` with the line.
 */
export async function parseLcov(file: EvidenceFile, pathOf: PathOf, signal?: AbortSignal): Promise<CoverageReport> {
  const report = newReport();
  const sums = new Map<FileCoverage, Sums>();
  let current: FileCoverage | undefined;
  const fault = (line: number, message: string) => new EvidenceFault(message, { file: file.path, line });

  function take(line: string, number: number): void {
    // nearly all lines are of this kind
    if (current && line.startsWith('DA:') && addLine(line.trimEnd(), current)) return;
    if (line.trim() === '') return;
    if (!LCOV_RECORD.test(line)) throw fault(number, 'This is not a line of an lcov tracefile.');
    if (line.startsWith('SF:')) current = fileIn(report, pathOf(line.slice(3).trim()));
    else if (line.startsWith('end_of_record')) current = undefined;
    else if (/^(?:DA|LF|LH|BRDA|BRF|BRH):/.test(line)) {
      if (current === undefined) throw fault(number, 'A number is outside any file (`SF:`).');
      if (!measure(line.trimEnd(), current)) throw fault(number, 'Its numbers cannot be read.');
    }
  }

  function measure(line: string, section: FileCoverage): boolean {
    if (line.startsWith('DA:')) return addLine(line, section);
    if (line.startsWith('BRDA:')) return addBranch(line, section);
    const [kind = '', value = ''] = line.split(':', 2);
    const number = wholeNumber(value);
    if (number === undefined) return false;
    const known = sums.get(section) ?? {};
    known[kind] = Math.max(known[kind] ?? 0, number);
    sums.set(section, known);
    return true;
  }

  const last = await eachLine(file, take, signal);
  if (current !== undefined) throw fault(last, 'It breaks off: the last file has no `end_of_record`.');
  if (report.files.size === 0) throw fault(1, 'It names no file (`SF:`).');
  for (const [section, known] of sums) addSums(section, known);
  return report;
}

function addLine(line: string, section: FileCoverage): boolean {
  const end = line.indexOf(',');
  const next = line.indexOf(',', end + 1);
  const at = wholeNumber(line.slice(3, end));
  const ran = end < 0 ? undefined : hasRun(line.slice(end + 1, next < 0 ? line.length : next));
  if (at === undefined || ran === undefined) return false;
  section.lines.add(at, ran);
  return true;
}

/** `BRDA:line,block,way,taken`; the name of a way may hold commas, and what was never come to is taken `-` times. */
function addBranch(line: string, section: FileCoverage): boolean {
  const end = line.lastIndexOf(',');
  if (end < 0) return false;
  addWay(section, line.slice(5, end), hasRun(line.slice(end + 1)) ?? false);
  return true;
}

function addSums(section: FileCoverage, { LF, LH, BRF, BRH }: Sums): void {
  const lines = section.lines.size > 0 ? undefined : countedOf(LH ?? 0, LF ?? 0);
  const branches = section.ways.size > 0 ? undefined : countedOf(BRH ?? 0, BRF ?? 0, 'branches');
  if (lines) section.sums = lines;
  if (branches && branches.total > 0) section.branchSums = branches;
}
