/** Numbers of covered lines, added up over reports. */
import { count, grouped } from '../finding-text.ts';

/** What one report measured. `rate` (0 to 1) stands alone where a report gives no numbers of lines. */
export type LineCoverage = { readonly covered: number; readonly total: number } | { readonly rate: number };

export interface Percent {
  readonly value: number;
  /** ` (7 of 10 lines)`, where known. */
  readonly lines: string;
}

/** Nothing where no line was measured, or where a report's weight is not known. */
export function total(reports: readonly LineCoverage[]): Percent | undefined {
  const [only] = reports;
  if (reports.length === 1 && only !== undefined && 'rate' in only) return { value: only.rate * 100, lines: '' };
  let covered = 0;
  let all = 0;
  for (const report of reports) {
    // a rate without lines has no weight beside the other reports
    if ('rate' in report) return undefined;
    covered += report.covered;
    all += report.total;
  }
  if (all === 0) return undefined;
  return { value: (covered / all) * 100, lines: ` (${grouped(covered)} of ${count(all, 'line')})` };
}
