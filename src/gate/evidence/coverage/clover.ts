/** Clover XML, as OpenClover, PHPUnit, Istanbul (jest's default) and gcovr write it. https://openclover.org/doc/manual/latest/ant--xml-report.html */
import type { Attributes } from '../xml/xml.ts';
import { type Counted, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, countIn, hasRun, notNumber } from './numbers.ts';
import type { About, XmlFormat } from './xml-format.ts';

/** `statements` and `conditionals` of a `<metrics>`. */
interface Metrics {
  lines: Counted | undefined;
  branches: Counted | undefined;
}

/**
 * Lines from its statements and conditions; the line of a method is no statement. Branches from the sums of each file: what
 * `truecount` and `falsecount` of a line mean, tools disagree about. Where no file is listed, the sums of the project.
 */
export function clover({ pathOf }: About): XmlFormat {
  const report = newReport();
  /** The elements around, for `<metrics>` belong to all kinds of them. */
  const around: string[] = [];
  let project: Metrics | undefined;
  let current: { file: FileCoverage; metrics?: Metrics } | undefined;

  return {
    open(name, attributes) {
      const parent = around.at(-1);
      around.push(name);
      if (name === 'file') {
        // OpenClover's `name` lacks the folder, PHPUnit's has all of it
        const path = attributes['path'] || attributes['name'] || '';
        current = { file: fileIn(report, pathOf(path)) };
      } else if (name === 'line' && current) addLine(current.file, attributes);
      else if (name === 'metrics' && parent === 'file' && current) current.metrics = metricsOf(attributes);
      else if (name === 'metrics' && parent === 'project') project = metricsOf(attributes);
    },
    close(name) {
      around.pop();
      if (name !== 'file' || current === undefined) return;
      const { file, metrics } = current;
      if (file.lines.size === 0 && metrics?.lines) file.sums = metrics.lines;
      if (metrics?.branches) file.branchSums = metrics.branches;
      current = undefined;
    },
    report: () => {
      if (report.files.size > 0) return report;
      if (project?.lines) report.whole.lines = project.lines;
      if (project?.branches) report.whole.branches = project.branches;
      return report;
    },
  };
}

function addLine(file: FileCoverage, attributes: Attributes): void {
  const kind = attributes['type'];
  const number = countIn(attributes, 'num');
  if (number === undefined || kind === 'method') return;
  const { count } = attributes;
  const ran = count === undefined && kind === 'cond' ? conditionRan(attributes) : counterRan(count);
  if (ran !== undefined) file.lines.add(number, ran);
}

function conditionRan({ truecount, falsecount }: Attributes): boolean | undefined {
  const [wasTrue, wasFalse] = [counterRan(truecount), counterRan(falsecount)];
  return wasTrue || wasFalse || (wasTrue ?? wasFalse);
}

function counterRan(counter: string | undefined): boolean | undefined {
  return counter === undefined ? undefined : (hasRun(counter) ?? notNumber('count'));
}

function metricsOf(attributes: Attributes): Metrics {
  const [covered, total] = [countIn(attributes, 'coveredconditionals'), countIn(attributes, 'conditionals')];
  return {
    lines: countedOf(countIn(attributes, 'coveredstatements'), countIn(attributes, 'statements')),
    branches: total === 0 ? undefined : countedOf(covered, total, 'branches'),
  };
}
