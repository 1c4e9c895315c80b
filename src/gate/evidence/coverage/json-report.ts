/** Coverage in JSON. */
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { parseJson } from '../json.ts';
import { jsonFormat } from './formats.ts';
import type { CoverageReport } from './model.ts';
import { otherJson } from './others.ts';
import type { PathOf } from './paths.ts';

/** Throws an `EvidenceFault`. */
export async function parseJsonReport(
  file: EvidenceFile,
  pathOf: PathOf,
  signal?: AbortSignal,
): Promise<CoverageReport> {
  const report = await parseJson(file, signal);
  const read = isRecord(report) ? jsonFormat(report) : undefined;
  if (isRecord(report) && read) return read(report, pathOf);
  throw new EvidenceFault(otherJson(report), { file: file.path });
}
