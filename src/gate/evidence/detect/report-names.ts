/** What reports are called. A name decides what is opened; what it is, its content tells. Pure. */

/** Files of these endings are opened. */
const ENDINGS = /\.(?:xml|json|jsonl|ndjson|sarif|info|lcov|trx|tap|out|cov|coverprofile|ctrf)$/i;

/** Whoever calls a file so means a report, also where it is empty or broken. */
const TELLING = [
  /(?:^|[-_.])junit(?:[-_.][^/]*)?\.xml$/i,
  /^TEST-[^/]*\.xml$/,
  /\.sarif(?:\.json)?$/i,
  /^lcov\.info$|\.lcov$/i,
  /^(?:cobertura|jacoco|clover)[^/]*\.xml$/i,
  /^coverage(?:[-_.][^/]*)?\.(?:xml|json|out)$/i,
  /\.(?:trx|tap|coverprofile|ctrf)$/i,
  /^ctrf-report\.json$/i,
  /^(?:test|e2e|unit)[-_]?(?:results?|reports?)\.(?:xml|json)$/i,
];

export type ReportName = 'telling' | 'possible' | 'none';

export function reportName(path: string): ReportName {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (TELLING.some((pattern) => pattern.test(name))) return 'telling';
  return ENDINGS.test(name) ? 'possible' : 'none';
}
