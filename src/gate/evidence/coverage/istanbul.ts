/**
 * Istanbul's JSON, which nyc, c8, jest and vitest write too: `coverage-summary.json` (reporter `json-summary`) with sums, and
 * `coverage-final.json` (reporter `json`) with every statement. https://istanbul.js.org/docs/advanced/alternative-reporters/
 */

import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import { indexOf } from '../json.ts';
import {
  addWay,
  branchesOf,
  type Counted,
  type CoverageReport,
  type FileCoverage,
  fileIn,
  linesOf,
  newReport,
  summed,
} from './model.ts';
import type { PathOf } from './paths.ts';

type Entry = Readonly<Record<string, unknown>>;

/** Its keys are paths, and `total`. */
export function readIstanbul(summary: Entry, pathOf: PathOf): CoverageReport {
  const report = newReport();
  for (const [path, entry] of Object.entries(summary)) {
    if (!isRecord(entry)) throw lacking(path, '`lines.total` and `lines.covered`');
    if (path === 'total') continue;
    const file = fileIn(report, pathOf(path));
    if (isDetailed(entry)) readDetailed(detailsOf(entry), path, file);
    else readSums(entry, path, file);
  }
  if (isRecord(summary['total'])) settle(report, summary['total']);
  return report;
}

function isDetailed(entry: Entry): boolean {
  return 'statementMap' in detailsOf(entry);
}

/** Maps of a coverage object may stand one floor lower. */
function detailsOf(entry: Entry): Entry {
  return isRecord(entry['data']) ? entry['data'] : entry;
}

/** A line ran when a statement that begins on it did, as Istanbul itself has it. */
function readDetailed(entry: Entry, path: string, file: FileCoverage): void {
  const { statementMap, s, branchMap, b } = entry;
  if (!isRecord(statementMap) || !isRecord(s)) throw lacking(path, '`statementMap` and `s`');
  for (const [id, place] of Object.entries(statementMap)) {
    const line = isRecord(place) && isRecord(place['start']) ? indexOf(place['start']['line']) : undefined;
    const counter = s[id];
    if (line === undefined || typeof counter !== 'number') throw lacking(path, '`statementMap` and `s`');
    file.lines.add(line, counter > 0);
  }
  if (!isRecord(branchMap) || !isRecord(b)) return;
  for (const id of Object.keys(branchMap)) {
    const ways = b[id];
    if (!Array.isArray(ways)) throw lacking(path, '`branchMap` and `b`');
    for (const [index, counter] of ways.entries()) addWay(file, `${id}:${index}`, Number(counter) > 0);
  }
}

function readSums(entry: Entry, path: string, file: FileCoverage): void {
  file.sums = linesIn(entry, path);
  const branches = countedIn(entry['branches']);
  if (branches && branches.total > 0) file.branchSums = branches;
}

/** `total` counts where the files are left out, or do not add up to it. */
function settle(report: CoverageReport, total: Entry): void {
  const files = [...report.files.values()];
  const lines = linesIn(total, 'total');
  if (differs(lines, summed(files.flatMap((file) => linesOf(file) ?? [])))) report.whole.lines = lines;
  const branches = countedIn(total['branches']);
  const ofFiles = summed(files.flatMap((file) => branchesOf(file) ?? []));
  if (branches && branches.total > 0 && differs(branches, ofFiles)) report.whole.branches = branches;
}

function differs(one: Counted, other: Counted | undefined): boolean {
  return one.total !== other?.total || one.covered !== other.covered;
}

function linesIn(entry: Entry, path: string): Counted {
  const lines = countedIn(entry['lines']);
  if (lines === undefined) throw lacking(path, '`lines.total` and `lines.covered`');
  return lines;
}

function countedIn(value: unknown): Counted | undefined {
  if (!isRecord(value)) return undefined;
  const counted = { covered: indexOf(value['covered']) ?? -1, total: indexOf(value['total']) ?? -1 };
  return counted.covered < 0 || counted.covered > counted.total ? undefined : counted;
}

function lacking(path: string, what: string): EvidenceFault {
  return new EvidenceFault(`\`${path.slice(0, 100)}\` lacks a usable ${what}.`);
}
