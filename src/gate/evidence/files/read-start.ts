/** The beginning of a file, enough to tell what it is. */
import type { EvidenceFile } from './files.ts';
import { textPieces } from './read-text.ts';

const START = 64 * 1024;

/** Throws an `EvidenceFault` where it cannot be read, or is binary from the first. */
export async function readStart(file: EvidenceFile, signal?: AbortSignal): Promise<string> {
  let start = '';
  try {
    for await (const piece of textPieces(file, signal)) {
      start += piece;
      if (start.length >= START) break;
    }
  } catch (error) {
    // the parser of a document that has begun tells what stands in it, and comes to this by itself
    if (!/^\s*[<{[]/.test(start)) throw error;
  }
  return start.slice(0, START);
}
