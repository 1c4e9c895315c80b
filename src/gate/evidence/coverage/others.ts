/** What files are that people give as coverage and that are none that is read, and what to give in their place. Pure. */
import { isRecord } from '../../../../core/record.ts';

export const FORMATS =
  'lcov, Cobertura, JaCoCo, Clover, SonarQube’s generic coverage, Istanbul’s JSON, the JSON of coverage.py, gcov and gcovr, and Go’s cover profile';

interface Other {
  readonly is: string;
  readonly instead: string;
}

const READS = `PACE reads ${FORMATS}.`;
const junit = { is: 'JUnit XML, a report of tests', instead: 'PACE reads it with `type: junit`.' };
const sarif = { is: 'SARIF, a report of a scanner', instead: 'PACE reads it with `type: sarif`.' };
const emma = { is: 'EMMA’s XML', instead: 'PACE reads that of JaCoCo, which came after it.' };
const tests = (of: string) => ({ is: `${of}, a report of tests and not of coverage`, instead: READS });
const converted = (is: string) => ({
  is,
  instead: 'PACE reads Cobertura: have it converted, by ReportGenerator for example.',
});

const roots = new Map<string, Other>([
  ['testsuites', junit],
  ['testsuite', junit],
  ['TestRun', tests('TRX')],
  ['test-run', tests('NUnit’s XML')],
  ['test-results', tests('NUnit’s XML')],
  ['assemblies', tests('xUnit.net’s XML')],
  ['testng-results', tests('TestNG’s own XML')],
  ['robot', tests('Robot Framework’s output')],
  ['testExecutions', tests('SonarQube’s generic test execution')],
  ['unitTest', tests('SonarQube’s generic test execution')],
  ['CoverageSession', converted('OpenCover’s XML')],
  [
    'results modules',
    { is: 'Visual Studio’s coverage XML', instead: 'PACE reads Cobertura: `dotnet-coverage merge -f cobertura`.' },
  ],
  ['Root', converted('dotCover’s XML')],
  ['coverageReport', converted('NCover’s XML')],
  ['report stats', emma],
  ['report data', emma],
  ['phpunit', { is: 'PHPUnit’s own coverage XML', instead: 'PACE reads Clover: `--coverage-clover`.' }],
  ['BullseyeCoverage', converted('BullseyeCoverage’s XML')],
  ['html', { is: 'a page of HTML', instead: READS }],
]);

/** A sentence about XML with this root element, and this one as the first in it. */
export function otherXml(root: string, child: string): string {
  const known = roots.get(root) ?? roots.get(`${root} ${child}`);
  return known ? sentence(known) : `Its root element is <${root.slice(0, 60)}>, which is no coverage. ${READS}`;
}

export function otherJson(report: unknown): string {
  if (!isRecord(report)) return `It is not a JSON object. ${READS}`;
  const known = jsons.find(({ fits }) => fits(report));
  if (known) return sentence(known);
  const keys = Object.keys(report)
    .slice(0, 5)
    .map((key) => `\`${key.slice(0, 40)}\``);
  return `This is JSON with ${keys.join(', ')}, which is no coverage. ${READS}`;
}

const jsons: readonly (Other & { fits(report: Readonly<Record<string, unknown>>): boolean })[] = [
  {
    fits: ({ type }) => type === 'llvm.coverage.json.export',
    is: 'llvm-cov’s JSON',
    instead: 'PACE reads lcov: `llvm-cov export -format=lcov`, `cargo llvm-cov --lcov`.',
  },
  {
    fits: ({ result }) => Array.isArray(result) && result.some((entry) => isRecord(entry) && 'scriptId' in entry),
    is: 'V8’s raw coverage',
    instead: 'PACE reads lcov: `c8 report --reporter=lcov`.',
  },
  { fits: ({ version, runs }) => version === '2.1.0' && Array.isArray(runs), ...sarif },
  { fits: (report) => 'numTotalTests' in report && 'testResults' in report, ...tests('the JSON of jest or vitest') },
  { fits: ({ stats, tests: all }) => isRecord(stats) && Array.isArray(all), ...tests('mocha’s JSON') },
  { fits: ({ results }) => isRecord(results) && 'tests' in results && 'tool' in results, ...tests('CTRF') },
  {
    fits: (report) => Object.values(report).some((entry) => isRecord(entry) && isRecord(entry['coverage'])),
    is: 'SimpleCov’s result set',
    instead: 'PACE reads lcov and Cobertura: the gems simplecov-lcov and simplecov-cobertura write them.',
  },
];

/** The same about a file of many documents, which is known by its first line. */
export function otherJsonLines(line: string): string | undefined {
  return /^\{"(?:Time|Action|ImportPath)":"/.test(line) ? sentence(tests('`go test -json`')) : undefined;
}

/** @param line the first one that says something */
export function otherText(line: string): string {
  if (/^(?:TAP version \d+|1\.\.\d+|(?:not )?ok \d+\b)/.test(line)) return sentence(tests('TAP'));
  if (/^\s*-:\s*0:/.test(line)) {
    return sentence({ is: 'gcov’s text', instead: 'PACE reads `gcov --json-format`, lcov and what gcovr writes.' });
  }
  return `This is not a line of an lcov tracefile, nor of a Go cover profile. ${READS}`;
}

function sentence({ is, instead }: Other): string {
  return `This is ${is}. ${instead}`;
}
