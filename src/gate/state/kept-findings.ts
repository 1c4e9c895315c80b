/** The findings of a kept decision, as far as each is one: whoever could write the file may have written anything. Pure. */
import { isRecord } from '../../../core/record.ts';
import { type Finding, RESULTS } from '../finding.ts';

/** As many as a table shows, and more. */
const MOST = 1000;

export function keptFindings(findings: unknown): Finding[] {
  return Array.isArray(findings) ? findings.slice(0, MOST).filter(isFinding) : [];
}

function isFinding(value: unknown): value is Finding {
  if (!isRecord(value)) return false;
  const { source, check, result, evidence, url, file, line, column, waiver } = value;
  return (
    [source, check, evidence].every(isText) &&
    RESULTS.some((known) => known === result) &&
    [url, file].every((one) => one === undefined || isText(one)) &&
    [line, column].every((one) => one === undefined || typeof one === 'number') &&
    (waiver === undefined || isWaiver(waiver))
  );
}

function isWaiver(value: unknown): boolean {
  return isRecord(value) && [value['reason'], value['owner'], value['expires']].every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
