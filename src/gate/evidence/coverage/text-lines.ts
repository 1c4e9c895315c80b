/** A report of lines of text, line by line. */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { textPieces } from '../files/read-text.ts';

const MAX_LINE = 64 * 1024;

/** Calls `take` with every line, without its end, and its number; gives the number of lines. Throws an `EvidenceFault`. */
export async function eachLine(
  file: EvidenceFile,
  take: (line: string, number: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  let number = 0;
  let rest = '';
  for await (const piece of textPieces(file, signal)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) {
      const line = number + lines.length + 1;
      throw new EvidenceFault('This line is far too long for a report of coverage.', { file: file.path, line });
    }
    for (const line of lines) {
      number += 1;
      take(line.endsWith('\r') ? line.slice(0, -1) : line, number);
    }
  }
  number += 1;
  take(rest.endsWith('\r') ? rest.slice(0, -1) : rest, number);
  return number;
}
