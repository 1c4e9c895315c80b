/** Cobertura XML. https://github.com/cobertura/cobertura/blob/master/cobertura/src/test/resources/dtds/coverage-04.dtd */

import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { type Attributes, parseXml } from '../xml/xml.ts';
import type { LineCoverage } from './line-coverage.ts';

/** From the report's own sums, else from its lines, else from its rate. Throws an `EvidenceFault` with line and column. */
export async function parseCobertura(file: EvidenceFile, signal?: AbortSignal): Promise<LineCoverage> {
  let root: Attributes = {};
  let methodDepth = 0;
  let covered = 0;
  let total = 0;
  await parseXml(
    file,
    {
      open(name, attributes, depth) {
        if (depth === 1) {
          checkRoot(name);
          root = attributes;
        }
        if (name === 'methods' && methodDepth === 0) methodDepth = depth;
        // the lines of methods are listed once more with their class
        if (name !== 'line' || methodDepth > 0) return;
        const hits = numberOf(attributes, 'hits');
        if (hits === undefined) return;
        total += 1;
        if (hits > 0) covered += 1;
      },
      close(_name, depth) {
        if (depth === methodDepth) methodDepth = 0;
      },
    },
    signal,
  );
  return result(file, root, { covered, total });
}

function checkRoot(name: string): void {
  if (name === 'coverage') return;
  const known = name === 'report' ? ' It looks like JaCoCo; have it converted to Cobertura or lcov.' : '';
  throw new EvidenceFault(`Its root element is <${name.slice(0, 60)}>; Cobertura has <coverage>.${known}`);
}

function result(file: EvidenceFile, root: Attributes, counted: { covered: number; total: number }): LineCoverage {
  const valid = numberOf(root, 'lines-valid');
  const covered = numberOf(root, 'lines-covered');
  if (valid !== undefined && covered !== undefined && valid > 0) {
    if (covered <= valid) return { covered, total: valid };
    throw new EvidenceFault('It counts more covered lines than lines.', { file: file.path });
  }
  if (counted.total > 0) return counted;
  const rate = numberOf(root, 'line-rate');
  // no line at all, and a tool's way to say so is a rate of 0 or 1
  if (valid === 0 || rate === undefined) return { covered: 0, total: 0 };
  if (rate <= 1) return { rate };
  throw new EvidenceFault('Its line-rate is more than 1.', { file: file.path });
}

function numberOf(attributes: Attributes, name: string): number | undefined {
  const text = attributes[name]?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,15}(?:\.\d{1,20})?(?:[eE]-?\d{1,3})?$/.test(text)) return Number(text);
  throw new EvidenceFault(`\`${name}\` is not a number.`);
}
