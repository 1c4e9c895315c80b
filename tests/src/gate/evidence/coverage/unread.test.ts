import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import { configOf, contextIn, workspace } from '../workspace.support.ts';

const READS =
  'PACE reads coverage reports (lcov, Cobertura, JaCoCo, Clover, SonarQube, Istanbul, coverage.py, gcov, gcovr, Go’s cover profile) here.';
const CONVERTED = 'Turn it into Cobertura XML (`reportgenerator -reporttypes:Cobertura`).';
const JUNIT = 'Give it a source of `type: junit`.';
const CHECK = 'Check `path`, and which report the tool writes.';
const PHP = 'Run `phpunit --coverage-clover FILE`, or `phpunit --coverage-cobertura FILE`.';
const LLVM = 'Have it write lcov: `llvm-cov export -format=lcov`, `cargo llvm-cov --lcov`.';
const RUBY = 'Have it write lcov or Cobertura XML, with the gems simplecov-lcov or simplecov-cobertura.';
const TAP = `Write JUnit XML instead (\`node --test-reporter=junit\`, \`prove --formatter TAP::Formatter::JUnit\`), or turn it into that. Then use a source of \`type: junit\`.`;

async function told(text: string) {
  const config = configOf({ type: 'coverage', path: 'r', minimum: 0 });
  const { findings } = await readCoverage(config, contextIn(workspace({ r: text })));
  return findings.map(({ check, result, evidence }) => [check, result, evidence]);
}

describe('what is not coverage is named, with what to do', () => {
  it.each([
    ['<testsuites><testsuite/></testsuites>', '1:1', 'JUnit XML', JUNIT],
    ['<?xml version="1.0"?>\n<testsuite name="a">', '2:1', 'JUnit XML', JUNIT],
    ['<TestRun xmlns="x"/>', '1:1', 'TRX', JUNIT],
    ['<test-run/>', '1:1', 'NUnit 3 XML', JUNIT],
    ['<assemblies/>', '1:1', 'xUnit.net XML', JUNIT],
    ['<test-results/>', '1:1', 'NUnit 2 XML', 'Have NUnit write version 3: with nunit3-console leave `format=nunit2` away. Then use a source of `type: junit`.'],
    ['<testExecutions version="1"/>', '1:1', "SonarQube's generic test report", 'Have the tests write JUnit XML. Then use a source of `type: junit`.'],
    ['<CoverageSession/>', '1:1', "OpenCover's XML", CONVERTED],
    ['<Root CoveredStatements="1"/>', '1:1', "dotCover's XML", CONVERTED],
    ['<coverageReport/>', '1:1', "NCover's XML", CONVERTED],
    ['<BullseyeCoverage/>', '1:1', "BullseyeCoverage's XML", 'Turn it into Cobertura XML.'],
    ['<results><modules/></results>', '1:1', "Visual Studio's coverage XML", 'Turn it into Cobertura XML (`dotnet-coverage merge -f cobertura -o FILE`).'],
    ['<results><error/></results>', '1:1', 'XML of a kind that PACE does not know (its root element is <results>)', CHECK],
    ['<report><stats/></report>', '1:1', "EMMA's XML", 'Use JaCoCo, which came after EMMA, and its XML report.'],
    ['<phpunit xmlns="https://schema.phpunit.de/coverage/1.0"/>', '1:1', "PHPUnit's coverage XML", PHP],
    ['<html/>', '1:1', 'HTML', 'Use the report that the same tool writes for machines.'],
    ['{"data":[{"files":[{"filename":"a.c","segments":[]}],"totals":{}}],"type":"llvm.coverage.json.export"}', '1:1', "llvm-cov's JSON", LLVM],
    ['{"result":[{"scriptId":"1","url":"file:///a.js","functions":[]}]}', '1:1', "V8's raw coverage", 'Have c8 write lcov from it: `c8 report --reporter=lcov`.'],
    ['{"RSpec":{"coverage":{"/a.rb":{"lines":[1]}},"timestamp":1}}', '1:1', "SimpleCov's own JSON", RUBY],
    ['{"version":"2.1.0","runs":[]}', '1:1', 'SARIF', 'Give it a source of `type: sarif`.'],
    ['{"results":{"tool":{},"tests":[]}}', '1:1', 'CTRF', JUNIT],
    ['{"Time":"2026","Action":"start"}\n{"Time":"2026","Action":"pass"}', '1:1', 'the output of `go test -json`', JUNIT],
    ['{"SchemaVersion":2,"ArtifactName":"x"}', '1:1', "Trivy's JSON", 'Run `trivy --format sarif` and give it a source of `type: sarif`.'],
    ['{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}', '1:1', 'JSON of a kind that PACE does not know (its keys are `a`, `b`, `c`, `d`, `e`, …)', CHECK],
    [`{"${'x'.repeat(50)}":{"y":1}}`, '1:1', `JSON of a kind that PACE does not know (its keys are \`${'x'.repeat(40)}\`)`, CHECK],
    ['{"a":1,"b":2,"c":3,"d":4,"e":5}', '1:1', 'JSON of a kind that PACE does not know (its keys are `a`, `b`, `c`, `d`, `e`)', CHECK],
    ['[]', '1:1', 'JSON of a kind that PACE does not know', CHECK],
    ['TAP version 13\n1..1\n', '1:1', 'TAP', TAP],
    ['        -:    0:Source:a.c\n', '1:1', "gcov's text", 'Run `gcov --json-format --stdout`, or have gcovr or lcov write the report.'],
    ['\n  hello\n', '1:1', 'text, neither XML nor JSON', CHECK],
    ['okay then\n', '1:1', 'text, neither XML nor JSON', CHECK],
  ])('%s', async (text, place, what, remedy) => {
    expect(await told(text)).toEqual([['reading r', 'FAIL', `r:${place}: This is ${what}, and ${READS} ${remedy}`]]);
  }); // biome-ignore format: a table

  it('also by what stands far behind its beginning', async () => {
    const first = JSON.stringify({ filler: 'x'.repeat(70_000) }).slice(1, -1);
    expect(await told(`{${first},"bomFormat":"CycloneDX"}`)).toEqual([
      [
        'reading r',
        'FAIL',
        `r:1:1: This is a bill of materials (CycloneDX), and ${READS} Have a scanner read it that writes SARIF. Then use a source of \`type: sarif\`.`,
      ],
    ]);
  });

  it('and not where a log stands before it', async () => {
    expect(await told('npm warn x\n<coverage><packages/></coverage>')).toEqual([
      [
        'reading r',
        'FAIL',
        'r:2:1: Other output stands before the Cobertura XML. Have the tool write the report to a file of its own, not to its output.',
      ],
    ]);
  });
});

describe('coverage is told by what stands far behind its beginning', () => {
  it.each([
    ['gcov', { padding: 'x'.repeat(70_000), files: [{ file: 'a.c', lines: [{ line_number: 1, count: 1 }] }], gcc_version: '12' }],
    ['Istanbul', { total: { padding: 'x'.repeat(70_000), lines: { total: 1, covered: 1, pct: 100 } } }],
    ['coverage.py', { meta: { padding: 'x'.repeat(70_000) }, files: { 'a.py': { executed_lines: [1], missing_lines: [] } } }],
  ])('%s', async (_, report) => {
    expect(await told(JSON.stringify(report))).toEqual([
      ['line coverage', 'PASS', 'Line coverage is 100.00 % (1 of 1 line); the minimum is 0 %.'],
    ]);
  }); // biome-ignore format: a table
});
