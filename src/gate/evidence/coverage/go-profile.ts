/** Cover profiles of Go (`go test -coverprofile`). https://pkg.go.dev/golang.org/x/tools/cover */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { addBlock, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { hasRun } from './numbers.ts';
import type { PathOf } from './paths.ts';
import { eachLine } from './text-lines.ts';

const BLOCK = /^(.+):((\d{1,9})\.\d{1,9},(\d{1,9})\.\d{1,9}) (\d{1,9}) (\S{1,60})$/;

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
  let [known, current] = ['', undefined as FileCoverage | undefined];
  await eachLine(
    file,
    (line, number) => {
      // profiles that were simply written one after the other begin anew
      if (line.trim() === '' || /^mode: (?:set|count|atomic)\s*$/.test(line)) return;
      const [, path = '', place = '', from, to, statements, counter = ''] = BLOCK.exec(line.trimEnd()) ?? [];
      const ran = hasRun(counter);
      if (ran === undefined || Number(to) < Number(from)) {
        throw new EvidenceFault('This is not a line of a Go cover profile.', { file: file.path, line: number });
      }
      const block = { from: Number(from), to: Number(to), statements: Number(statements), ran };
      if (current === undefined || path !== known) [known, current] = [path, fileIn(report, pathOf(path))];
      addBlock(current, place, block);
    },
    signal,
  );
  return report;
}
