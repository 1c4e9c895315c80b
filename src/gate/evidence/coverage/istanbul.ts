/** Istanbul's `coverage-summary.json` (reporter `json-summary`). https://istanbul.js.org/docs/advanced/alternative-reporters/ */

import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { indexOf, parseJson } from '../json.ts';
import type { LineCoverage } from './line-coverage.ts';

/** From `total`, else the sum over its files. Throws an `EvidenceFault`. */
export async function parseIstanbul(file: EvidenceFile, signal?: AbortSignal): Promise<LineCoverage> {
  const summary = await parseJson(file, signal);
  if (!isRecord(summary)) throw fault(file, 'It is not a JSON object.');
  if (Object.hasOwn(summary, 'total')) return linesOf(summary.total, 'total', file);
  const entries = Object.entries(summary);
  if (entries.some(([, entry]) => isRecord(entry) && 'statementMap' in entry)) {
    throw fault(file, 'It is the detailed report.');
  }
  let covered = 0;
  let total = 0;
  for (const [name, entry] of entries) {
    const lines = linesOf(entry, name, file);
    covered += lines.covered;
    total += lines.total;
  }
  return { covered, total };
}

function linesOf(entry: unknown, name: string, file: EvidenceFile): { covered: number; total: number } {
  const lines = isRecord(entry) && isRecord(entry.lines) ? entry.lines : {};
  const total = indexOf(lines.total);
  const covered = indexOf(lines.covered);
  if (total === undefined || covered === undefined || covered > total) {
    throw fault(file, `\`${name.slice(0, 100)}\` lacks a usable \`lines.total\` and \`lines.covered\`.`);
  }
  return { covered, total };
}

function fault(file: EvidenceFile, message: string): EvidenceFault {
  return new EvidenceFault(`${message} PACE reads Istanbul's coverage-summary.json (reporter \`json-summary\`).`, {
    file: file.path,
  });
}
