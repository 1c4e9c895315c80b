/** Cobertura XML. https://github.com/cobertura/cobertura/blob/master/cobertura/src/test/resources/dtds/coverage-04.dtd */

import { EvidenceFault } from '../files/fault.ts';
import type { Attributes } from '../xml/xml.ts';
import { addBranches, type Counted, type CoverageReport, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, countIn, hasRun, notNumber, wholeUnlessListed } from './numbers.ts';
import type { About, XmlFormat } from './xml-format.ts';

/** From its lines, which several classes of one file may share; from its own sums where it lists less, else from its rate. */
export function cobertura({ pathOf, file }: About): XmlFormat {
  const report = newReport();
  const sources: string[] = [];
  /** Holds the lines of no file, or without a number; no other report has a file of this name. */
  const nowhere = `\0${file.path.replaceAll('/', '\0')}`;
  const listed = { lines: 0, branches: 0 };
  let root: Attributes = {};
  let methodDepth = 0;
  let source: string | undefined;
  let current: FileCoverage | undefined;

  function addLine(attributes: Attributes): void {
    const hits = attributes['hits']?.trim();
    if (hits === undefined || hits === '') return;
    const ran = hasRun(hits) ?? notNumber('hits');
    const number = countIn(attributes, 'number');
    const branches = branchesOn(attributes);
    listed.lines += 1;
    listed.branches += branches?.total ?? 0;
    const place = number === undefined ? undefined : current;
    const owner = place ?? fileIn(report, nowhere);
    const key = place === undefined || number === undefined ? -listed.lines : number;
    owner.lines.add(key, ran);
    if (branches) addBranches(owner, key, branches);
  }

  return {
    open(name, attributes, depth) {
      if (depth === 1) root = attributes;
      else if (name === 'source') source = '';
      else if (name === 'class') current = fileOfClass(attributes);
      // the lines of methods are listed once more with their class
      else if (name === 'methods' && methodDepth === 0) methodDepth = depth;
      else if (name === 'line' && methodDepth === 0) addLine(attributes);
    },
    close(name, depth) {
      if (depth === methodDepth) methodDepth = 0;
      if (name === 'class') current = undefined;
      if (name !== 'source' || source === undefined) return;
      if (source.trim() !== '') sources.push(source.trim());
      source = undefined;
    },
    wantsText: () => source !== undefined,
    text: (text) => {
      source += text;
    },
    report: () => {
      settle(report, root, listed);
      return report;
    },
  };

  function fileOfClass({ filename }: Attributes): FileCoverage | undefined {
    return filename ? fileIn(report, pathOf(filename, sources)) : undefined;
  }
}

/** `condition-coverage="50% (1/2)"` */
function branchesOn(attributes: Attributes): Counted | undefined {
  const conditions = attributes['condition-coverage'];
  if (conditions === undefined) return undefined;
  const [, covered, total] = /\((\d{1,9})\/(\d{1,9})\)/.exec(conditions) ?? [];
  return total === undefined ? undefined : countedOf(Number(covered), Number(total), 'branches');
}

function settle(
  report: CoverageReport,
  root: Attributes,
  listed: { readonly lines: number; readonly branches: number },
): void {
  const lines = countedOf(countIn(root, 'lines-covered'), countIn(root, 'lines-valid'));
  const branches = countedOf(countIn(root, 'branches-covered'), countIn(root, 'branches-valid'), 'branches');
  wholeUnlessListed(report, 'lines', listed.lines, lines);
  wholeUnlessListed(report, 'branches', listed.branches, branches);
  // no line at all, and a tool's way to say so is a rate of 0 or 1
  if (listed.lines > 0 || lines) return;
  const rate = rateIn(root, 'line-rate');
  if (rate === undefined) return;
  report.rates.lines = rate;
  const branchRate = listed.branches > 0 || branches ? undefined : rateIn(root, 'branch-rate');
  if (branchRate !== undefined) report.rates.branches = branchRate;
}

function rateIn(root: Attributes, name: string): number | undefined {
  const text = root[name]?.trim();
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}(?:\.\d{1,20})?(?:[eE]-?\d{1,3})?$/.test(text)) notNumber(name);
  if (Number(text) > 1) throw new EvidenceFault(`Its ${name} is more than 1.`);
  return Number(text);
}
