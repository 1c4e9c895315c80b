/** What every reader of files does around its own parser. */

import { millisecondsOf } from '../../../config/values.ts';
import type { Finding } from '../../finding.ts';
import type { EvidenceContext } from '../reader.ts';
import { EvidenceFault, faultFinding, missing, PRESENCE, type Source } from './fault.ts';
import { type EvidenceFile, findFiles, type Wanted } from './files.ts';

export interface ParsedFiles<T> {
  /** What the parser made of each file that could be read, in the order of their paths. */
  readonly read: readonly { readonly file: EvidenceFile; readonly value: T }[];
  /** Findings for what is missing or cannot be used; empty when every file could be read. */
  readonly problems: readonly Finding[];
  /** All that was asked for could be read, but for what may be missing. */
  readonly isWhole: boolean;
}

/** Of which files, and how old they may be. */
export interface WantedFiles extends Wanted {
  readonly max_age?: string | undefined;
}

/**
 * Parses every file that the patterns mean, one after the other. A parser throws `EvidenceFault` for what is wrong with the
 * file; any other exception is PACE's own and goes up.
 */
export async function readEach<T>(
  source: Source,
  wanted: WantedFiles,
  context: EvidenceContext,
  parse: (file: EvidenceFile) => Promise<T>,
): Promise<ParsedFiles<T>> {
  const found = await findFiles(wanted, source.name, context);
  const problems = found.faults.map((fault) => faultFinding(source, fault));
  if (found.files.length === 0 && problems.length === 0) {
    const none = missing(source, PRESENCE, nothing(found.patterns, found.leftOut));
    return { read: [], problems: [none], isWhole: false };
  }
  for (const pattern of found.unmatched) {
    problems.push(missing(source, `${PRESENCE} of ${pattern}`, nothing([pattern], found.leftOut)));
  }
  const read: { file: EvidenceFile; value: T }[] = [];
  for (const file of found.files) {
    const tooOld = ageObjection(file, wanted, context);
    if (tooOld) problems.push(missing(source, `${PRESENCE} of ${file.path}`, tooOld));
    else await parseOne(file);
  }
  const isWhole = read.length > 0 && problems.every(({ result }) => result === 'PASS');
  return { read, problems, isWhole };

  async function parseOne(file: EvidenceFile): Promise<void> {
    try {
      read.push({ file, value: await parse(file) });
    } catch (error) {
      problems.push(faultFinding(source, asFault(error, file)));
    }
  }
}

function ageObjection(file: EvidenceFile, { max_age }: WantedFiles, { world }: EvidenceContext): string | undefined {
  if (max_age === undefined || world.now() - file.writtenAt <= millisecondsOf(max_age)) return undefined;
  return `${file.path} was written at ${new Date(file.writtenAt).toISOString()}, longer ago than \`max_age\` ${max_age}.`;
}

function asFault(error: unknown, file: EvidenceFile): EvidenceFault {
  const place = { file: file.path };
  // a stack or a string that overflows is the doing of the file: it must not pass for trouble of PACE's own
  if (error instanceof RangeError)
    return new EvidenceFault(`It is too large or too deep to be read: ${error.message}.`, place);
  if (!(error instanceof EvidenceFault)) throw error;
  return error.place.file === undefined ? new EvidenceFault(error.message, place) : error;
}

function nothing(patterns: readonly string[], leftOut: readonly string[]): string {
  const links = leftOut.length === 0 ? '' : ` Links out of the workspace were not followed: ${leftOut.join(', ')}.`;
  const names = patterns.map((pattern) => `\`${pattern}\``).join(' or ');
  return `No file matches ${names}.${links} Produce it before the gate runs, correct \`path\`, or set \`on_missing\`.`;
}
