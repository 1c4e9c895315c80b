import { describe, expect, it } from 'vitest';
import { EvidenceFault } from '../../../../../src/gate/evidence/files/fault.ts';
import { type Format, knownFormats, readBy } from '../../../../../src/gate/evidence/files/known-formats.ts';
import { notRead, recognise } from '../../../../../src/gate/evidence/files/recognise.ts';
import { fixture } from '../workspace.support.ts';

/** By format, the beginning of files of it. */
const samples: Record<Format, readonly string[]> = {
  junit: [
    '<testsuites>',
    '<?xml version="1.0"?>\n<!-- x --><testsuite name="a"/>',
    '<testsuite',
    '<testsuites xmlns="urn:x">',
  ],
  trx: ['<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><FailedTests>', '<TestRun id="x">'],
  nunit: ['<test-run id="2">'],
  'xunit.net': ['<assemblies>', '<assembly name="a.dll">'],
  ctrf: [
    '{"results":{"tool":{"name":"x"},"summary":{',
    '{"results":{"tool":{},"tests":[]}}',
    '{"reportFormat":"CTRF","specVersion":"0.0.0","resul',
  ],
  'go-test-json': [
    '{"Time":"2026","Action":"start","Package":"p"}\n{"Time"',
    'go: downloading x\n{"ImportPath":"p","Action":"build-fail"}',
    '{"Action":"run","Test":"TestA"}',
    '{"Time":"2026","Action":"start"}',
  ],
  sarif: [
    '{"runs":[{"tool":{',
    '{"$schema":"https://x/sarif.json","version":"2.1.0","runs":[',
    '{"version":"2.1.0","runs":[]}',
  ],
  lcov: [
    'TN:\nSF:a.ts\n',
    'SF:a.ts',
    'TN:a test\r\nSF:a.ts',
    '\n\n# a comment\r\n#\n\nSF:a.ts',
    'TN:\n',
    'DA:1,1\n',
    'building\nSF:a.ts\nend_of_record\n',
  ],
  cobertura: [
    '<coverage line-rate="0.5">',
    '<coverage><packages>',
    '<coverage version="1"><!-- a comment -->\n<sources>',
    '<coverage>',
    '<coverage version="1"/>',
    '<coverage><line hits="1"/><project/>',
  ],
  jacoco: [
    '<!DOCTYPE report PUBLIC "x" "report.dtd"><report>',
    '<report name="a"><group name="b">',
    '<report name="a"/>',
    '<report><sessioninfo id="a"/>',
    '<report><package name="a">',
    '<report><counter type="LINE"/>',
  ],
  clover: [
    '<coverage generated="1" clover="3.2.0">',
    '<coverage generated="1"/>',
    '<coverage clover="4"/>',
    '<coverage generated="1"><project timestamp="1">',
    '<coverage><testproject>',
  ],
  'go-cover': ['mode: set\na/b.go:1.1,2.2 1 1', 'mode: atomic\r\n', 'mode: count\n'],
  'coverage.py-json': [
    '{"meta":{"branch_coverage":true},"files":{',
    '{"meta":{"format":3,"show_contexts":false},"files":{',
    '{"meta":{"version":"7"},"files":{"src/a.py":{"executed_lines":[',
  ],
  istanbul: ['{"/src/a.js":{"path":"/src/a.js","statementMap":{', '{"/a.js":{"data":{"statementMap":{'],
  'istanbul-summary': [
    '{"total":{"lines":{"total":4,"pct":75}',
    '{"total":{"lines":{"total":4',
    '{"/a.js":{"lines":{"total":4,"covered":3',
    '{"/a.js":{"lines":{"pct":75',
  ],
  'ctest-xml': ['<Site BuildName="x"><Testing>'],
  'failsafe-summary': ['<failsafe-summary result="255">'],
  'testng-results': ['<testng-results failed="1">'],
  'testng-suite': ['<!DOCTYPE suite SYSTEM "https://testng.org/testng-1.0.dtd">\n<suite name="a">'],
  'check-xml': ['<testsuites xmlns="http://check.sourceforge.net/ns"><datetime>'],
  'boost-xml': ['<TestResult>', '<TestLog>'],
  'catch2-xml': ['<Catch name="a">', '<Catch2TestRun name="a">'],
  'doctest-xml': ['<doctest binary="a">'],
  'qtest-xml': ['<TestCase name="tst_A">'],
  cppunit: ['<TestRun><FailedTests></FailedTests>', '<TestRun>\n<SuccessfulTests>'],
  cunit: ['<CUNIT_TEST_RUN_REPORT>', '<CUNIT_TEST_LIST_REPORT>'],
  'unittest++': ['<unittest-results tests="1">'],
  'nunit-2': ['<test-results name="a.dll">'],
  'phpunit-xml': ['<tests>\n<test className="A" methodName="b">', '<phpunit xmlns="urn:x">'],
  'open-test-reporting': [
    '<e:events xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0">',
    '<execution xmlns="https://schemas.opentest4j.org/reporting/hierarchy/0.1.0">',
  ],
  robot: ['<robot generator="Robot 7">'],
  'sonarqube-tests': ['<testExecutions version="1">', '<unitTest version="1">'],
  jmeter: ['<testResults version="1.2">'],
  tap: ['TAP version 13\nok 1 - a', '# a log\nTAP version 14\n', '1..2\nok 1 a\nnot ok 2 b', 'not ok 1\nok 2'],
  'jest-json': ['{"numFailedTests":1,"numTotalTests":18,"openH', '{"numTotalTests":1,"testResults":[]}'],
  'mocha-json': [
    '{\n  "stats": {\n    "suites": 5,\n    "passes": 1\n },\n "tests": [',
    'a log\n{\n"stats": {"passes": 1}, "tests": []',
  ],
  mochawesome: ['{"stats":{"passPercent":1},"results":[', '{"stats":{},"results":[{}],"meta":{}'],
  'playwright-json': ['{"config":{"projects":[],"rootDir":"/a"}', '{"config":{},"suites":[],"stats":{}}'],
  'cucumber-json': ['[{"uri":"a.feature","elements":[{"steps":[', '[{"uri":"a","keyword":"Feature","elements":[]}]'],
  'cucumber-messages': ['{"meta":{"protocolVersion":"27.0.0"}}\n'],
  'pytest-json': ['{"created":1,"exitcode":1,"root":"/a","environment":{}'],
  'gtest-json': ['{"tests":1,"failures":0,"disabled":0,"testsuites":['],
  'rspec-json': ['{"version":"3.13","examples":[{"id":"a","full_description":"b"'],
  'libtest-json': ['{ "type": "suite", "event": "started", "test_count": 2 }\n'],
  'dart-json': ['{"protocolVersion":"0.1.1","runnerVersion":"1.25"'],
  allure: ['{"uuid":"a","historyId":"b"', '{"name":"a","statusDetails":{},"uuid":"b"'],
  newman: ['{"collection":{},"environment":{},"run":{}'],
  bandit: ['{"errors":[],"generated_at":"2026","metrics":{'],
  semgrep: ['{"results":[{"check_id":"a"', '{"errors":[],"paths":{"scanned":[]},"results":[]'],
  eslint: ['[{"filePath":"/a.js","messages":[],"errorCount":0'],
  trivy: ['{"SchemaVersion":2,"ArtifactName":"a"'],
  checkstyle: ['<checkstyle version="10">'],
  'code-climate': ['[{"check_name":"a","fingerprint":"b"'],
  pmd: ['<pmd version="7">', '{"formatVersion":0,"pmdVersion":"7"'],
  spotbugs: ['<BugCollection version="4">'],
  stylelint: ['[{"source":"a.css","deprecations":[],"invalidOptionWarnings":[]'],
  ruff: ['[{"cell":null,"code":"F401","filename":"a.py","noqa_row":1'],
  gitleaks: ['[{"RuleID":"x","Description":"y","StartLine":1,"Secret":"z"'],
  pylint: ['[{"type":"error","symbol":"x","message":"y","message-id":"E0001"'],
  shellcheck: [
    '[{"file":"a.sh","line":1,"endLine":1,"level":"info","code":2086,"fix":null}]',
    '{"comments":[{"file":"a.sh","endLine":1,"level":"info"',
  ],
  hadolint: ['[{"code":"DL3006","column":1,"file":"Dockerfile","level":"warning","line":1'],
  checkov: ['{"check_type":"terraform","results":{', '[{"check_type":"terraform","results":{'],
  'npm-audit': ['{"auditReportVersion":2,"vulnerabilities":{', '{"actions":[],"advisories":{'],
  grype: ['{"matches":[{"vulnerability":{"id":"x"},"artifact":{', '{"matches":[],"descriptor":{'],
  snyk: [
    '{"vulnerabilities":[{"upgradePath":[],"isPatchable":false',
    '{"vulnerabilities":[],"ok":true,"dependencyCount":4',
  ],
  gosec: ['{"Golang errors":{},"Issues":['],
  'golangci-lint': ['{"Issues":[{"FromLinter":"govet"', '{"Issues":[],"Report":{'],
  kics: ['{"kics_version":"2.1"'],
  tflint: ['{"issues":[{"rule":{},"message":"x","callers":[]', '{"issues":[],"errors":[]}'],
  brakeman: ['{"scan_info":{"app_path":"x","brakeman_version":"7"'],
  'dependency-check': ['{"reportSchema":"1.1","scanInfo":{'],
  'osv-scanner': ['{"results":[{"source":{"path":"x"},"packages":['],
  rubocop: ['{"metadata":{"rubocop_version":"1.7"'],
  pyright: ['{"version":"1.1","time":"1","generalDiagnostics":['],
  'pip-audit': ['{"dependencies":[{"name":"x","version":"1","vulns":['],
  staticcheck: ['{"code":"SA5009","severity":"error","location":{"file":"a.go"},"end":{'],
  cargo: ['{"reason":"compiler-message","package_id":"x"'],
  'gitlab-security': [
    '{"version":"15.0.0","vulnerabilities":[{"id":"x","location":{},"identifiers":[',
    '{"version":"15.0.0","vulnerabilities":[],"scan":{"scanner":{',
  ],
  cyclonedx: ['{"bomFormat":"CycloneDX"'],
  spdx: ['{"spdxVersion":"SPDX-2.3"'],
  cppcheck: ['<results version="2">\n<cppcheck version="2.22"/>'],
  'android-lint': ['<issues format="6" by="lint 8.5.0">'],
  'sonarqube-coverage': ['<coverage version="1"><file path="a.cpp">', '<coverage version="1"><lineToCover'],
  opencover: ['<CoverageSession>'],
  dotcover: ['<Root CoveredStatements="1" TotalStatements="2">'],
  ncover: ['<coverageReport>', '<coverage profilerVersion="1.5"><module name="a">'],
  partcover: ['<PartCoverReport>'],
  bullseye: ['<BullseyeCoverage>'],
  'visual-studio-coverage': ['<results>\n  <modules>'],
  emma: ['<report><stats>', '<!-- EMMA -->\n<report><data>'],
  'llvm-cov-json': [
    '{"data":[{"files":[{"branches":[],"filename":"a.c","segments":[',
    '{"data":[{"files":[{"filename":"a.c","summary":{}}],"totals":{',
  ],
  'v8-coverage': ['{"result":[{"scriptId":"1","url":"file:///a.js","functions":['],
  simplecov: [
    '{"RSpec":{"coverage":{"/a/b.rb":{"lines":[1]',
    '{"meta":{"simplecov_version":"0.22.0"},"coverage":{',
    '{"result":{"line":97.5}}',
  ],
  'gcov-text': ['        -:    0:Source:a.c\n', '\n -: 0:Source:a.c'],
  'phpunit-coverage': ['<phpunit xmlns="https://schema.phpunit.de/coverage/1.0">'],
  'gcov-json': ['{"gcc_version":"12","files":['],
  'gcovr-json': ['{"gcovr/format_version":"0.11","files":['],
  'gcovr-summary': ['{"root":".","gcovr/summary_format_version":"0.6","files":['],
  html: ['<!DOCTYPE html>\n<html>', '<html lang="en">', '<HTML>', '\n<!doctype HTML>'],
  empty: ['', ' \n\t'],
  xml: [
    '<results>',
    '<issues>',
    '<?xml version="1.0"?>',
    '<report/>',
    '<suite/>',
    '<events/>',
    '<execution>',
    '<tests/>',
    '<report><page/></report>',
    '<Root/>',
    '<results><error/></results>',
    '<elsewhere a="<testsuites>"/>',
  ],
  json: [
    '{',
    '[]',
    '{"total":{"lines":1}}',
    '{"Action":"x"}',
    '{"a":{"results":{"tool":1,"summary":2}}}',
    '{"uuid":"a"}',
    '{"version":"2","files":[]}',
    '{"coverage":{"/a.rb":[1]}}',
    '{"a":{"lines":{"total":1}}}',
  ],
  text: [
    'hello',
    '<',
    '[INFO] x',
    'ok 1',
    'Ran 3 tests\n<b>',
    'PASS',
    'mode: fast',
    'INFO: x',
    'x SF:a',
    '# a\nx',
    'a - 0:1',
  ],
};

describe('what a file is', () => {
  const table = Object.entries(samples).flatMap(([format, starts]) => starts.map((start) => [format, start] as const));
  it.each(table)('%s: %j', (format, start) => {
    const found = recognise('a.file', start);
    expect(found.format).toBe(format);
    expect(found.name).toBe(knownFormats[found.format].name);
  });

  it('may be told by its name where the content does not say', () => {
    expect(recognise('target/failsafe-reports/failsafe-summary.xml', '<x/>').format).toBe('failsafe-summary');
    expect(recognise('not-failsafe-summary.xml', '<x/>').format).toBe('xml');
    expect(recognise('a/b-result.json', '{"uuid":"a"}').format).toBe('allure');
    expect(recognise('a/b-result.json', '{"id":"a"}').format).toBe('json');
  });

  it('is not told by what stands in the output of a test', () => {
    const output = '\nTAP version 13\nok 1\nok 2\nmode: set\nSF:a\n<html>';
    expect(recognise('a.xml', `<testsuites><system-out>${output}`).format).toBe('junit');
    expect(recognise('a.json', `{"numTotalTests":1,"testResults":[{"message":"x\\"\n${output}`).format).toBe(
      'jest-json',
    );
    expect(recognise('a.xml', `<!-- <testsuites> ${output} --><Site>`).format).toBe('ctest-xml');
    expect(recognise('a.xml', '<!DOCTYPE a [<!ENTITY b "<c>">]><pmd>').format).toBe('pmd');
  });

  it('has a place, also behind a log', () => {
    expect(recognise('a', 'x\n<?xml version="1.0"?>\n<testsuite>')).toMatchObject({ begin: 2, offset: 24 });
    expect(recognise('a', ' \n[{"check_id":1')).toMatchObject({ begin: 2, offset: 2 });
    expect(recognise('a', '[INFO] x\n{"runs":[{"tool":1')).toMatchObject({ format: 'sarif', begin: 9, offset: 9 });
    expect(recognise('a', 'TAP version 13')).toMatchObject({ begin: 0, offset: 0 });
  });

  it('costs no more for a hostile beginning', () => {
    const long = 64 * 1024;
    for (const piece of ['<!', '<!--', '"', '{"', '[', '<a ', 'ok 1\n', '\\"', ':', '<file ', '<test ', '{"a":']) {
      const start = piece.repeat(long / piece.length);
      expect(Object.keys(knownFormats)).toContain(recognise('a', start).format);
      expect(Object.keys(knownFormats)).toContain(recognise('a', `{"a":"${start}`).format);
      expect(Object.keys(knownFormats)).toContain(recognise('a', `<coverage>${start}`).format);
    }
  });
});

describe('a file of a kind that is not read', () => {
  const COVERAGE =
    'PACE reads coverage reports (lcov, Cobertura, JaCoCo, Clover, SonarQube, Istanbul, coverage.py, gcov, gcovr, Go’s cover profile) here.';
  const TESTS = 'PACE reads test reports (JUnit XML, TRX, NUnit 3, xUnit.net, CTRF, `go test -json`) here.';
  const words = (path: string, start: string, wanted: 'tests' | 'sarif' | 'coverage' = 'tests') => {
    const fault = notRead(recognise(path, start), wanted, path, start);
    expect(fault).toBeInstanceOf(EvidenceFault);
    const { file, line, column } = fault.place;
    return `${file}:${line}:${column} ${fault.message}`;
  };
  const table: readonly (readonly [string, string])[] = [
    [
      'bandit.json',
      `1:1 This is Bandit's JSON, and ${TESTS} Run \`bandit -f sarif -o FILE\` and give it a source of \`type: sarif\`.`,
    ],
    ['cover.out', `1:1 This is a coverage profile of Go, and ${TESTS} Give it a source of \`type: coverage\`.`],
    ['gcov.json', `1:1 This is gcov's JSON, and ${TESTS} Give it a source of \`type: coverage\`.`],
    [
      'jest.json',
      `1:1 This is the JSON of Jest or Vitest, and ${TESTS} Use jest-junit, or \`vitest --reporter=junit --outputFile=FILE\`.`,
    ],
    ['mocha.json', `2:1 This is Mocha's JSON, and ${TESTS} Use mocha-junit-reporter.`],
    [
      'robot-output.xml',
      `2:1 This is Robot Framework's output.xml, and ${TESTS} Run \`robot --xunit FILE\`, or \`rebot --xunit FILE output.xml\`.`,
    ],
    [
      'tap.tap',
      `1:1 This is TAP, and ${TESTS} Write JUnit XML instead (\`node --test-reporter=junit\`, \`prove --formatter TAP::Formatter::JUnit\`), or turn it into that.`,
    ],
  ];
  it.each(table)('%s', (name, expected) => {
    expect(words(name, fixture(`unread/${name}`))).toBe(`${name}:${expected}`);
  });

  it('is said to every kind of source', () => {
    expect(words('a', '<testsuites/>', 'sarif')).toBe(
      'a:1:1 This is JUnit XML, and PACE reads SARIF here. Give it a source of `type: junit`.',
    );
    expect(words('a', '{"runs":[{"tool":1', 'coverage')).toBe(
      `a:1:1 This is SARIF, and ${COVERAGE} Give it a source of \`type: sarif\`.`,
    );
    expect(words('a', '<coverage clover="4">', 'coverage')).toBe(
      `a:1:1 This is Clover XML, and ${COVERAGE} Check \`path\`, and which report the tool writes.`,
    );
  });

  it('is said with the source that takes what it becomes', () => {
    const turned = 'Turn it into Cobertura XML (`reportgenerator -reporttypes:Cobertura`).';
    expect(words('a', '<CoverageSession>', 'coverage')).toBe(
      `a:1:1 This is OpenCover's XML, and ${COVERAGE} ${turned}`,
    );
    expect(words('a', '<CoverageSession>')).toBe(
      `a:1:1 This is OpenCover's XML, and ${TESTS} ${turned} Then use a source of \`type: coverage\`.`,
    );
    expect(words('a', '<CUNIT_TEST_RUN_REPORT>', 'sarif')).toBe(
      "a:1:1 This is CUnit's own XML, and PACE reads SARIF here. Turn it into JUnit XML. Then use a source of `type: junit`.",
    );
    expect(words('a', '<html>', 'coverage')).toBe(
      `a:1:1 This is HTML, and ${COVERAGE} Use the report that the same tool writes for machines.`,
    );
  });

  it('that nobody knows', () => {
    expect(words('a.xml', '<?xml version="1.0"?>\n <elsewhere/>')).toBe(
      `a.xml:2:2 This is XML of a kind that PACE does not know (its root element is <elsewhere>), and ${TESTS} Check \`path\`, and which report the tool writes.`,
    );
    expect(words('a.xml', '')).toBe(
      `a.xml:1:1 This is an empty file, and ${TESTS} The tool that writes it may have been stopped.`,
    );
  });

  it('has its remedy in words, or its own kind of source', () => {
    const bare = Object.entries(knownFormats).filter(([, format]) => !readBy(format) && !format.instead);
    expect(bare.map(([name]) => name)).toEqual(['xml', 'json', 'text']);
  });
});
