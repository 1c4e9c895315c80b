/** Chooses the parser for a report of coverage by what is in it: names and extensions are the project's own. */

import type { EvidenceFile } from '../files/files.ts';
import type { Format } from '../files/known-formats.ts';
import { readStart } from '../files/read-start.ts';
import { mixed, notRead, recognise } from '../files/recognise.ts';
import { clover } from './clover.ts';
import { cobertura } from './cobertura.ts';
import { parseGoProfile } from './go-profile.ts';
import { jacoco } from './jacoco.ts';
import { isReadAsJson, parseJsonReport } from './json-report.ts';
import { parseLcov } from './lcov.ts';
import type { CoverageReport } from './model.ts';
import type { PathOf } from './paths.ts';
import { sonar } from './sonar.ts';
import { parserOf } from './xml-format.ts';

export type ParseCoverage = (file: EvidenceFile, pathOf: PathOf, signal?: AbortSignal) => Promise<CoverageReport>;

const parsers: Partial<Record<Format, ParseCoverage>> = {
  lcov: parseLcov,
  'go-cover': parseGoProfile,
  cobertura: parserOf(cobertura),
  jacoco: parserOf(jacoco),
  clover: parserOf(clover),
  'sonarqube-coverage': parserOf(sonar),
};

/** Reads a report of any format that PACE knows; the `EvidenceFault` for another file says what it is. */
export const parseCoverage: ParseCoverage = async (file, pathOf, signal) => {
  const start = await readStart(file, signal);
  const found = recognise(file.path, start);
  const parse = parsers[found.format];
  if (!parse && !isReadAsJson(found.format)) throw notRead(found, 'coverage', file.path, start);
  const fault = mixed(found, file.path, start);
  if (fault !== undefined) throw fault;
  return parse ? parse(file, pathOf, signal) : parseJsonReport(file, { found, start, pathOf }, signal);
};
