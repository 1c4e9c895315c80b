/** What every reader of files does around its own parser. */

import { defined } from '../../../../core/defined.ts';
import type { Finding } from '../../finding.ts';
import type { EvidenceContext } from '../reader.ts';
import { EvidenceFault, faultFinding, missing, PRESENCE, type Source } from './fault.ts';
import { type EvidenceFile, findFiles } from './files.ts';

export interface ParsedFiles<T> {
  /** What the parser made of each file that could be read, in the order of their paths. */
  readonly read: readonly { readonly file: EvidenceFile; readonly value: T }[];
  /** Findings for what is missing or cannot be used; empty when every file could be read. */
  readonly problems: readonly Finding[];
}

/**
 * Parses every file that the pattern means, one after the other. A parser throws `EvidenceFault` for what is wrong with the
 * file; any other exception is PACE's own and goes up.
 */
export async function readEach<T>(
  source: Source,
  { path, maxBytes }: { path: string; maxBytes?: number },
  context: EvidenceContext,
  parse: (file: EvidenceFile) => Promise<T>,
): Promise<ParsedFiles<T>> {
  const found = await findFiles(path, { name: source.name, ...defined({ maxBytes }) }, context);
  const problems = found.faults.map((fault) => faultFinding(source, fault));
  if (found.files.length === 0 && problems.length === 0) {
    return { read: [], problems: [missing(source, PRESENCE, nothing(found.pattern, found.leftOut))] };
  }
  const read: { file: EvidenceFile; value: T }[] = [];
  for (const file of found.files) {
    try {
      read.push({ file, value: await parse(file) });
    } catch (error) {
      problems.push(faultFinding(source, asFault(error, file)));
    }
  }
  return { read, problems };
}

function asFault(error: unknown, file: EvidenceFile): EvidenceFault {
  const place = { file: file.path };
  // a stack or a string that overflows is the doing of the file: it must not pass for trouble of PACE's own
  if (error instanceof RangeError)
    return new EvidenceFault(`It is too large or too deep to be read: ${error.message}.`, place);
  if (!(error instanceof EvidenceFault)) throw error;
  return error.place.file === undefined ? new EvidenceFault(error.message, place) : error;
}

function nothing(pattern: string, leftOut: readonly string[]): string {
  const links = leftOut.length === 0 ? '' : ` Links out of the workspace were not followed: ${leftOut.join(', ')}.`;
  return `No file matches \`${pattern}\`.${links} Produce it before the gate runs, correct \`path\`, or set \`on_missing\`.`;
}
