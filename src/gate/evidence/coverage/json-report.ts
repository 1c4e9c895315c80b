/** Coverage in JSON. */
import { isRecord } from '../../../../core/record.ts';
import type { EvidenceFile } from '../files/files.ts';
import type { Format } from '../files/known-formats.ts';
import { notRead, type Recognised, recogniseParsed } from '../files/recognise.ts';
import { parseJson } from '../json.ts';
import { readCoveragePy } from './coverage-py.ts';
import { readGcov, readGcovrSummary } from './gcov.ts';
import { readIstanbul } from './istanbul.ts';
import type { CoverageReport } from './model.ts';
import type { PathOf } from './paths.ts';

type Json = Readonly<Record<string, unknown>>;

const readers: Partial<Record<Format, (report: Json, pathOf: PathOf) => CoverageReport>> = {
  istanbul: readIstanbul,
  'istanbul-summary': readIstanbul,
  'coverage.py-json': readCoveragePy,
  'gcov-json': readGcov,
  'gcovr-json': readGcov,
  'gcovr-summary': readGcovrSummary,
};

/** Also where the beginning did not tell: then all of the document is asked. */
export function isReadAsJson(format: Format): boolean {
  return format === 'json' || readers[format] !== undefined;
}

interface About {
  readonly found: Recognised;
  readonly start: string;
  readonly pathOf: PathOf;
}

/** Throws an `EvidenceFault`. */
export async function parseJsonReport(
  file: EvidenceFile,
  { found, start, pathOf }: About,
  signal?: AbortSignal,
): Promise<CoverageReport> {
  const report = await parseJson(file, signal);
  // Istanbul, where nothing was loaded
  if (isRecord(report) && Object.keys(report).length === 0) return readIstanbul(report, pathOf);
  const known = found.format === 'json' ? recogniseParsed(found, file.path, report) : found;
  const read = readers[known.format];
  if (isRecord(report) && read) return read(report, pathOf);
  throw notRead(known, 'coverage', file.path, start);
}
