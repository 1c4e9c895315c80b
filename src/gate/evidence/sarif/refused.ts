/** Says of a file that was refused what it is: scanners have formats of their own, and most write SARIF only when they are told to. */
import type { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readStart } from '../files/read-start.ts';
import { mixed, notRead, recognise } from '../files/recognise.ts';

/** The better fault where the file is something else that is known, else the one that its parser had. */
export async function refused(file: EvidenceFile, fault: EvidenceFault, signal?: AbortSignal): Promise<EvidenceFault> {
  const start = await readStart(file, signal);
  const found = recognise(file.path, start);
  // some programs that have nothing to write write this
  const isNothing = start.trim() === 'null';
  if (found.format === 'sarif') return mixed(found, file.path, start) ?? fault;
  return isNothing || found.format === 'json' ? fault : notRead(found, 'sarif', file.path, start);
}
