/** Says of a file that was refused what it is: scanners have formats of their own, and most write SARIF only when they are told to. */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readStart } from '../files/read-start.ts';
import { notRead, recognise } from '../files/recognise.ts';

/** The better fault where the file is something else that is known, else the one that its parser had. */
export async function refused(file: EvidenceFile, fault: EvidenceFault, signal?: AbortSignal): Promise<EvidenceFault> {
  const start = await readStart(file, signal);
  const found = recognise(file.path, start);
  if (found.format === 'sarif' && found.begin > 0) {
    const why = 'Other text stands before the log. Have the scanner write its log to a file of its own.';
    return new EvidenceFault(why, { file: file.path, line: 1, column: 1 });
  }
  // some programs that have nothing to write write this
  const isNothing = start.trim() === 'null';
  return isNothing || found.format === 'sarif' || found.format === 'json'
    ? fault
    : notRead(found, 'sarif', file.path, start);
}
