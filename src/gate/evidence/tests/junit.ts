/**
 * JUnit XML. There is no one standard; what is read here is what Surefire, Gradle, pytest, jest-junit, gotestsum, GoogleTest
 * and CTest write. https://github.com/testmoapp/junitxml
 */

import { defined } from '../../../../core/defined.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { saysNothing } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { reportedPath } from '../files/workspace.ts';
import { checkText, count, grouped, proofText } from '../finding-text.ts';
import type { EvidenceContext } from '../reader.ts';
import { parseXml } from '../xml/xml.ts';
import { createJunitHandler } from './junit-report.ts';
import type { JunitReport, TestCase } from './junit-tally.ts';

const LISTED = 50;

/**
 * One FAIL per failing test, one ADVISORY per flaky one (50 of each, the rest in one finding), or one PASS. No test executed
 * is a FAIL: a suite that never ran must not look like one that passed.
 */
export async function readJunit(config: EvidenceOf<'junit'>, context: EvidenceContext): Promise<EvidenceReading> {
  const { read, problems } = await readEach(config, config, context, (file) => parse(file, context));
  const total = add(read.map(({ value }) => value));
  const findings = [...problems];
  const suites = total.broken.map((suite) => ({ ...suite, name: `${suite.name} (suite)` }));
  const lists: List[] = [
    { result: 'FAIL', cases: total.failed, total: total.failures, words: 'failing tests' },
    { result: 'ADVISORY', cases: total.flaky, total: total.flakes, words: 'flaky tests' },
    { result: 'FAIL', cases: suites, total: total.brokenSuites, words: 'failing suites' },
  ];
  findings.push(...lists.flatMap((list) => listed(config.name, list, context)));
  if (read.length > 0) findings.push(...verdict(config.name, total, problems.length > 0));
  return {
    source: config.name,
    findings,
    complete: problems.length === 0 && total.executed > 0 && total.brokenSuites === 0 && total.flakes <= LISTED,
    standing: true,
    saysNothing: saysNothing(config, total.executed > 0),
  };
}

async function parse(file: EvidenceFile, { signal }: EvidenceContext): Promise<JunitReport> {
  const { handler, report } = createJunitHandler();
  await parseXml(file, handler, signal);
  return report();
}

function add(reports: readonly JunitReport[]): JunitReport {
  const sum = (of: (report: JunitReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  return {
    executed: sum((report) => report.executed),
    skipped: sum((report) => report.skipped),
    failures: sum((report) => report.failures),
    flakes: sum((report) => report.flakes),
    failed: reports.flatMap((report) => report.failed),
    flaky: reports.flatMap((report) => report.flaky),
    brokenSuites: sum((report) => report.brokenSuites),
    broken: reports.flatMap((report) => report.broken),
  };
}

interface List {
  readonly result: 'FAIL' | 'ADVISORY';
  /** As many as are kept. */
  readonly cases: readonly TestCase[];
  readonly total: number;
  readonly words: string;
}

function listed(source: string, { result, cases, total, words }: List, { world }: EvidenceContext): Finding[] {
  const findings = cases.slice(0, LISTED).map((test): Finding => {
    const file = test.file === undefined ? undefined : reportedPath(test.file, world.cwd);
    const prefix = result === 'ADVISORY' ? 'Passed only when it was run again. ' : '';
    return {
      source,
      check: checkText(test.name),
      result,
      evidence: proofText(`${prefix}${test.message || 'no message'}`),
      ...(file === undefined ? {} : { file, ...defined({ line: test.line }) }),
    };
  });
  if (total <= findings.length) return findings;
  return [
    ...findings,
    {
      source,
      check: `further ${words}`,
      result,
      evidence: `and ${grouped(total - findings.length)} more`,
    },
  ];
}

function verdict(source: string, report: JunitReport, partial: boolean): Finding[] {
  const { executed, skipped, failures, brokenSuites } = report;
  if (executed === 0) {
    const evidence =
      skipped > 0 ? `No test was executed: ${count(skipped, 'test')} skipped.` : 'The reports hold no test.';
    return [{ source, check: 'tests were executed', result: 'FAIL', evidence }];
  }
  if (failures > 0 || brokenSuites > 0) return [];
  const passed = `${count(executed, 'test')} passed${skipped > 0 ? `, ${grouped(skipped)} skipped` : ''}`;
  return [{ source, check: partial ? 'tests in the readable reports' : 'all tests', result: 'PASS', evidence: passed }];
}
