/** The beginning of a file, enough to tell what it is. */
import type { EvidenceFile } from './files.ts';
import { textPieces } from './read-text.ts';

const START = 64 * 1024;

/** Throws an `EvidenceFault` where it cannot be read, or is binary. */
export async function readStart(file: EvidenceFile, signal?: AbortSignal): Promise<string> {
  for await (const piece of textPieces(file, signal)) return piece.slice(0, START);
  return '';
}
