/** Cover profiles of Go (`go test -coverprofile`). https://pkg.go.dev/golang.org/x/tools/cover */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import type { BlockNumbers, Blocks } from './blocks.ts';
import { blocksOf, type CoverageReport, fileIn, newReport } from './model.ts';
import { hasRun } from './numbers.ts';
import type { PathOf } from './paths.ts';
import { eachLine } from './text-lines.ts';

/** Profiles that were simply written one after the other begin anew. */
const MODE = /^mode: (?:set|count|atomic)\s*$/;

/**
 * Statements, as `go tool cover -func` counts them for its total: a profile has no lines, only blocks and how many statements are in
 * each. A block that merged profiles repeat counts once. Throws an `EvidenceFault` with the line.
 */
export async function parseGoProfile(
  file: EvidenceFile,
  pathOf: PathOf,
  signal?: AbortSignal,
): Promise<CoverageReport> {
  const report = newReport();
  // blocks of a file stand together
  let [known, current] = ['', undefined as Blocks | undefined];
  const numbers: BlockNumbers = [0, 0, 0, 0, 0];

  function take(line: string, number: number): void {
    const colon = line.lastIndexOf(':');
    const end = colon > 0 ? readNumbers(line, colon + 1, numbers) : -1;
    if (end < 0) {
      if (line.trim() === '' || MODE.test(line)) return;
      throw fault(number);
    }
    const ran = hasRun(line.slice(end).trimEnd());
    if (ran === undefined || numbers[2] < numbers[0]) throw fault(number);
    if (current === undefined || known.length !== colon || !line.startsWith(known)) {
      known = line.slice(0, colon);
      current = blocksOf(fileIn(report, pathOf(known)));
    }
    current.add(numbers, ran);
  }

  function fault(line: number): EvidenceFault {
    return new EvidenceFault('This is not a line of a Go cover profile.', { file: file.path, line });
  }

  await eachLine(file, take, signal);
  return report;
}

/** What stands behind each number of `line.column,line.column statements counter`. */
const BEHIND = '.,.  ';

/**
 * By hand: a pattern makes a list and six texts of each line.
 * @returns where the counter begins; -1 where these are not the numbers of a block
 */
function readNumbers(line: string, start: number, numbers: number[]): number {
  let at = start;
  for (let index = 0; index < BEHIND.length; index += 1) {
    const first = at;
    let number = 0;
    for (let digit = digitAt(line, at); digit >= 0 && digit <= 9; digit = digitAt(line, at)) {
      number = number * 10 + digit;
      at += 1;
    }
    if (at === first || at - first > 9 || line[at] !== BEHIND[index]) return -1;
    numbers[index] = number;
    at += 1;
  }
  return at;
}

/** Not a number where the line has ended. */
function digitAt(line: string, at: number): number {
  return line.charCodeAt(at) - 48;
}
