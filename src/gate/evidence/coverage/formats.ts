/** The formats of coverage that are read, and how each is known by its content. */
import type { EvidenceFile } from '../files/files.ts';
import type { Attributes } from '../xml/xml.ts';
import { clover } from './clover.ts';
import { cobertura } from './cobertura.ts';
import { isCoveragePy, readCoveragePy } from './coverage-py.ts';
import { isGcov, isGcovrSummary, readGcov, readGcovrSummary } from './gcov.ts';
import { parseGoProfile } from './go-profile.ts';
import { isIstanbul, readIstanbul } from './istanbul.ts';
import { jacoco } from './jacoco.ts';
import { LCOV_RECORD, parseLcov } from './lcov.ts';
import type { CoverageReport } from './model.ts';
import type { PathOf } from './paths.ts';
import { sonar } from './sonar.ts';
import type { MakeXml } from './xml-format.ts';

/** Four of them have the root `<coverage>` or `<report>`; the first element in it tells them apart. */
export function xmlFormat(root: string, attributes: Attributes, child: string): MakeXml | undefined {
  if (root === 'report') return ['', 'sessioninfo', 'group', 'package', 'counter'].includes(child) ? jacoco : undefined;
  if (root !== 'coverage') return undefined;
  if (child === 'project' || child === 'testproject') return clover;
  if (child === 'file') return sonar;
  const isEmptyClover = child === '' && ('clover' in attributes || 'generated' in attributes);
  return isEmptyClover ? clover : cobertura;
}

interface JsonFormat {
  fits(report: Readonly<Record<string, unknown>>): boolean;
  read(report: Readonly<Record<string, unknown>>, pathOf: PathOf): CoverageReport;
}

const jsonFormats: readonly JsonFormat[] = [
  { fits: isGcovrSummary, read: readGcovrSummary },
  { fits: isGcov, read: readGcov },
  { fits: isCoveragePy, read: readCoveragePy },
  // last: its keys are the paths of files
  { fits: isIstanbul, read: readIstanbul },
];

export function jsonFormat(report: Readonly<Record<string, unknown>>): JsonFormat['read'] | undefined {
  return jsonFormats.find(({ fits }) => fits(report))?.read;
}

type ParseText = (file: EvidenceFile, pathOf: PathOf, signal?: AbortSignal) => Promise<CoverageReport>;

/** @param line the first one that says something */
export function textFormat(line: string): ParseText | undefined {
  if (/^mode: /.test(line)) return parseGoProfile;
  return LCOV_RECORD.test(line) ? parseLcov : undefined;
}
