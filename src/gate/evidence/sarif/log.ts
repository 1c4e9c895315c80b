/** The log itself: which version it is, which runs it has, and whether a run holds its results. */
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { parseJson, stringOf } from '../json.ts';
import { refused } from './refused.ts';
import type { Json } from './rules.ts';

export interface Log {
  readonly runs: readonly Json[];
  /** §3.13.5: it keeps properties of its runs beside them. */
  readonly hasPropertiesBeside: boolean;
}

/** What a run may keep in other files and the gate has to know. */
const NEEDED = ['results', 'invocations', 'driver', 'extensions'];

/** Throws an `EvidenceFault` that names what the file is instead, where that is known. */
export async function readLog(file: EvidenceFile, signal?: AbortSignal): Promise<Log> {
  try {
    return logOf(await parseJson(file, signal), file);
  } catch (error) {
    throw error instanceof EvidenceFault ? await refused(file, error, signal) : error;
  }
}

function logOf(json: unknown, { path }: EvidenceFile): Log {
  if (!isRecord(json) || !Array.isArray(json.runs)) {
    throw new EvidenceFault('This is not SARIF: it has no `runs`.', { file: path, line: 1, column: 1 });
  }
  if (json.version === undefined)
    throw new EvidenceFault('It names no version of SARIF; have the scanner write 2.1.0.', { file: path });
  if (!stringOf(json.version)?.startsWith('2.1.')) {
    const version = JSON.stringify(json.version).slice(0, 40);
    const how = stringOf(json.version)?.startsWith('1.')
      ? ' (.NET: `<ErrorLog>scan.sarif,version=2.1</ErrorLog>`)'
      : '';
    throw new EvidenceFault(`SARIF version ${version} is not read; have the scanner write 2.1.0${how}.`, {
      file: path,
    });
  }
  if (!json.runs.every(isRecord)) throw new EvidenceFault('A run in it is not an object.', { file: path });
  const { inlineExternalProperties: beside } = json;
  return { runs: json.runs, hasPropertiesBeside: Array.isArray(beside) && beside.length > 0 };
}

/** What a run keeps elsewhere, in words; `undefined` when all that counts is in it. */
export function keptElsewhere({ externalPropertyFileReferences: elsewhere }: Json, log: Log): string | undefined {
  if (log.hasPropertiesBeside) return 'The log keeps parts of its runs in `inlineExternalProperties`';
  const kept = NEEDED.filter((name) => isRecord(elsewhere) && isThere(elsewhere[name]));
  return kept.length > 0 ? `It keeps its ${kept.join(' and ')} in other files` : undefined;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
