/** A file of evidence line by line, for formats that know no longer unit. */
import type { EvidenceFile } from './files.ts';
import { textPieces } from './read-text.ts';

/**
 * Tells every line without its end, numbered from 1; the last one also where no line break ends it. Throws an `EvidenceFault`.
 * @returns how many there were
 */
export async function eachLine(
  file: EvidenceFile,
  tell: (line: string, number: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  /** The line that is not over yet; joined only when it is, so that one endless line costs no more than many. */
  const begun: string[] = [];
  let number = 0;
  const end = (last: string) => {
    const line = begun.length === 0 ? last : begun.join('') + last;
    begun.length = 0;
    number += 1;
    tell(line.endsWith('\r') ? line.slice(0, -1) : line, number);
  };
  for await (const piece of textPieces(file, signal)) {
    let start = 0;
    for (let stop = piece.indexOf('\n'); stop >= 0; stop = piece.indexOf('\n', start)) {
      end(piece.slice(start, stop));
      start = stop + 1;
    }
    if (start < piece.length) begun.push(piece.slice(start));
  }
  if (begun.length > 0) end('');
  return number;
}
