import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import { configOf, contextIn, workspace } from '../workspace.support.ts';

const READS =
  'PACE reads lcov, Cobertura, JaCoCo, Clover, SonarQube’s generic coverage, Istanbul’s JSON, the JSON of coverage.py, gcov and gcovr, and Go’s cover profile.';
const CONVERTED = 'PACE reads Cobertura: have it converted, by ReportGenerator for example.';
const JUNIT = 'This is JUnit XML, a report of tests. PACE reads it with `type: junit`.';

describe('what is no coverage is named, with what is read instead', () => {
  it.each([
    ['<testsuites><testsuite/></testsuites>', `r:1:13: ${JUNIT}`],
    ['<?xml version="1.0"?>\n<testsuite name="a">', `r:2:21: ${JUNIT}`],
    ['<TestRun xmlns="x"/>', `r:1:21: This is TRX, a report of tests and not of coverage. ${READS}`],
    ['<test-run/>', `r:1:12: This is NUnit’s XML, a report of tests and not of coverage. ${READS}`],
    ['<test-results/>', `r:1:16: This is NUnit’s XML, a report of tests and not of coverage. ${READS}`],
    ['<assemblies/>', `r:1:14: This is xUnit.net’s XML, a report of tests and not of coverage. ${READS}`],
    ['<testng-results/>', `r:1:18: This is TestNG’s own XML, a report of tests and not of coverage. ${READS}`],
    ['<robot/>', `r:1:9: This is Robot Framework’s output, a report of tests and not of coverage. ${READS}`],
    ['<testExecutions version="1"/>', `r:1:30: This is SonarQube’s generic test execution, a report of tests and not of coverage. ${READS}`],
    ['<unitTest version="1"/>', `r:1:24: This is SonarQube’s generic test execution, a report of tests and not of coverage. ${READS}`],
    ['<CoverageSession/>', `r:1:19: This is OpenCover’s XML. ${CONVERTED}`],
    ['<Root CoveredStatements="1"/>', `r:1:30: This is dotCover’s XML. ${CONVERTED}`],
    ['<coverageReport/>', `r:1:18: This is NCover’s XML. ${CONVERTED}`],
    ['<BullseyeCoverage/>', `r:1:20: This is BullseyeCoverage’s XML. ${CONVERTED}`],
    ['<results><modules/></results>', 'r:1:20: This is Visual Studio’s coverage XML. PACE reads Cobertura: `dotnet-coverage merge -f cobertura`.'],
    ['<results><error/></results>', `r:1:18: Its root element is <results>, which is no coverage. ${READS}`],
    ['<results/>', `r:1:11: Its root element is <results>, which is no coverage. ${READS}`],
    ['<report><stats/></report>', 'r:1:17: This is EMMA’s XML. PACE reads that of JaCoCo, which came after it.'],
    ['<report><data/></report>', 'r:1:16: This is EMMA’s XML. PACE reads that of JaCoCo, which came after it.'],
    ['<report><page/></report>', `r:1:16: Its root element is <report>, which is no coverage. ${READS}`],
    ['<phpunit xmlns="x"/>', 'r:1:21: This is PHPUnit’s own coverage XML. PACE reads Clover: `--coverage-clover`.'],
    ['<html/>', `r:1:8: This is a page of HTML. ${READS}`],
    [`<${'x'.repeat(100)}/>`, `r:1:104: Its root element is <${'x'.repeat(60)}>, which is no coverage. ${READS}`],
    ['{"type":"llvm.coverage.json.export","version":"2.0.1","data":[]}', 'r: This is llvm-cov’s JSON. PACE reads lcov: `llvm-cov export -format=lcov`, `cargo llvm-cov --lcov`.'],
    ['{"result":[{"scriptId":"1","url":"file:///a.js","functions":[]}]}', 'r: This is V8’s raw coverage. PACE reads lcov: `c8 report --reporter=lcov`.'],
    ['{"version":"2.1.0","runs":[]}', 'r: This is SARIF, a report of a scanner. PACE reads it with `type: sarif`.'],
    ['{"numTotalTests":1,"testResults":[]}', `r: This is the JSON of jest or vitest, a report of tests and not of coverage. ${READS}`],
    ['{"stats":{},"tests":[]}', `r: This is mocha’s JSON, a report of tests and not of coverage. ${READS}`],
    ['{"results":{"tool":{},"tests":[]}}', `r: This is CTRF, a report of tests and not of coverage. ${READS}`],
    ['{"Time":"2026","Action":"start"}\n{"Time":"2026","Action":"pass"}', `r:1: This is \`go test -json\`, a report of tests and not of coverage. ${READS}`],
    ['{"RSpec":{"coverage":{"/a.rb":{"lines":[1]}},"timestamp":1}}', 'r: This is SimpleCov’s result set. PACE reads lcov and Cobertura: the gems simplecov-lcov and simplecov-cobertura write them.'],
    ['{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}', `r: This is JSON with \`a\`, \`b\`, \`c\`, \`d\`, \`e\`, which is no coverage. ${READS}`],
    ['[]', `r: It is not a JSON object. ${READS}`],
    ['TAP version 13\n1..1\n', `r:1: This is TAP, a report of tests and not of coverage. ${READS}`],
    ['ok 12 - adds\n', `r:1: This is TAP, a report of tests and not of coverage. ${READS}`],
    ['okay then\n', `r:1: This is not a line of an lcov tracefile, nor of a Go cover profile. ${READS}`],
    ['not ok 1 - adds\n', `r:1: This is TAP, a report of tests and not of coverage. ${READS}`],
    ['\n\n1..3\n', `r:3: This is TAP, a report of tests and not of coverage. ${READS}`],
    ['        -:    0:Source:a.c\n', 'r:1: This is gcov’s text. PACE reads `gcov --json-format`, lcov and what gcovr writes.'],
    ['\n  hello\n', `r:2: This is not a line of an lcov tracefile, nor of a Go cover profile. ${READS}`],
  ])('%s', async (text, expected) => {
    const config = configOf({ type: 'coverage', path: 'r', minimum: 0 });
    const { findings } = await readCoverage(config, contextIn(workspace({ r: text })));
    expect(findings.map(({ check, result, evidence }) => [check, result, evidence])).toEqual([
      ['reading r', 'FAIL', expected],
    ]);
  }); // biome-ignore format: a table
});
