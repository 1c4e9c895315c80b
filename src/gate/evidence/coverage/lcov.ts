/** lcov tracefiles. https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1 ("TRACEFILE FORMAT") */

import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { textPieces } from '../files/read-text.ts';
import type { LineCoverage } from './line-coverage.ts';

const RECORD = /^(?:[A-Z][A-Z0-9]{0,9}:|#|end_of_record\s*$)/;

const MAX_LINE = 64 * 1024;

interface Section {
  readonly lines: Map<number, boolean>;
  found: number;
  hit: number;
}

/**
 * A file that several sections (of several test runs) speak of is counted once; a line is covered when any of them ran it.
 * Throws an `EvidenceFault` with the line.
 */
export async function parseLcov(file: EvidenceFile, signal?: AbortSignal): Promise<LineCoverage> {
  const sections = new Map<string, Section>();
  let current: Section | undefined;
  let number = 0;

  function take(line: string): void {
    number += 1;
    if (line.trim() === '') return;
    if (!RECORD.test(line)) throw fault(file, number, 'This is not a line of an lcov tracefile.');
    if (line.startsWith('SF:')) current = sectionOf(sections, line.slice(3));
    else if (line.startsWith('end_of_record')) current = undefined;
    else if (/^(?:DA|LF|LH):/.test(line)) measure(line, current);
  }

  function measure(line: string, section: Section | undefined): void {
    if (section === undefined) throw fault(file, number, 'A number is outside any file (`SF:`).');
    const [, kind, first = '', second] = /^(DA|LF|LH):(\d{1,15})(?:,(-?\d{1,15}))?(?:,.*)?\s*$/.exec(line) ?? [];
    if (kind === undefined || (kind === 'DA') === (second === undefined)) {
      throw fault(file, number, 'Its numbers cannot be read.');
    }
    if (kind === 'LF') section.found = Math.max(section.found, Number(first));
    else if (kind === 'LH') section.hit = Math.max(section.hit, Number(first));
    else section.lines.set(Number(first), section.lines.get(Number(first)) === true || Number(second) > 0);
  }

  let rest = '';
  for await (const piece of textPieces(file, signal)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE)
      throw fault(file, number + lines.length + 1, 'This line is far too long for an lcov tracefile.');
    for (const line of lines) take(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
  take(rest);
  if (current !== undefined) throw fault(file, number, 'It breaks off: the last file has no `end_of_record`.');
  if (sections.size === 0) throw fault(file, 1, 'It names no file (`SF:`).');
  return add(file, [...sections.values()]);
}

function sectionOf(sections: Map<string, Section>, path: string): Section {
  const section = sections.get(path) ?? { lines: new Map(), found: 0, hit: 0 };
  sections.set(path, section);
  return section;
}

function add(file: EvidenceFile, sections: readonly Section[]): LineCoverage {
  let covered = 0;
  let total = 0;
  for (const { lines, found, hit } of sections) {
    // the lines themselves are the proof; the sums stand in only where a tool leaves them out
    const counted = lines.size > 0 ? [...lines.values()].filter((run) => run).length : hit;
    const all = lines.size > 0 ? lines.size : found;
    if (counted > all) throw new EvidenceFault('It counts more covered lines than lines.', { file: file.path });
    covered += counted;
    total += all;
  }
  return { covered, total };
}

function fault(file: EvidenceFile, line: number, message: string): EvidenceFault {
  return new EvidenceFault(`${message} Known formats: lcov, Cobertura XML, Istanbul's coverage-summary.json.`, {
    file: file.path,
    line,
  });
}
