/** Large reports of every format, written piece by piece. Nobody is in a hurry here: they are only read against the clock. */

export interface LargeReport {
  readonly type: 'junit' | 'sarif' | 'coverage';
  readonly path: string;
  /** What reads the same file and does nothing with it; for plain text the pattern that each line is taken apart with. */
  readonly bare: 'xml' | 'json' | 'json lines' | RegExp;
  readonly write: () => Iterable<string>;
  /** How many times the bare parser it may take, where that is not 2: results of scanners are built of many small objects. */
  readonly limit?: number;
}

/** The least that a parser has to do with a line: to find its numbers. To split a text into lines alone is no parser. */
const LCOV_LINE = /^DA:(\d+),(\d+)/;
const GO_BLOCK = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d+) (\d+)$/;

/** By what they are called in the table. */
export const largeReports: Readonly<Record<string, LargeReport>> = {
  'junit, 100,000 cases, 100 fail': { type: 'junit', path: 'junit.xml', bare: 'xml', write: junit },
  'junit, 100,000 cases, all fail': { type: 'junit', path: 'failing.xml', bare: 'xml', write: failing },
  'trx, 50,000 results': { type: 'junit', path: 'a.trx', bare: 'xml', write: trx },
  'nunit, 50,000 cases': { type: 'junit', path: 'nunit.xml', bare: 'xml', write: nunit },
  'ctrf, 100,000 tests': { type: 'junit', path: 'ctrf.json', bare: 'json', write: ctrf },
  'go test -json, 200,000 events': { type: 'junit', path: 'go.json', bare: 'json lines', write: goTest },
  'sarif, 50,000 results': { type: 'sarif', path: 'scan.sarif', bare: 'json', write: sarif, limit: 2.5 },
  'lcov, 500,000 lines': { type: 'coverage', path: 'lcov.info', bare: LCOV_LINE, write: lcov },
  'cobertura, 300,000 lines': { type: 'coverage', path: 'cobertura.xml', bare: 'xml', write: cobertura },
  'jacoco, 300,000 lines': { type: 'coverage', path: 'jacoco.xml', bare: 'xml', write: jacoco },
  'clover, 300,000 lines': { type: 'coverage', path: 'clover.xml', bare: 'xml', write: clover },
  'go cover profile, 500,000 blocks': { type: 'coverage', path: 'cover.out', bare: GO_BLOCK, write: goCover },
  'coverage.py, 5,000,000 lines': { type: 'coverage', path: 'coverage.json', bare: 'json', write: coveragePy },
};

function* junit(): Generator<string> {
  yield* suites((index) => index % 1_000 === 0);
}

function* failing(): Generator<string> {
  yield* suites(() => true);
}

function* suites(fails: (index: number) => boolean): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
  for (let suite = 0; suite < 1_000; suite += 1) {
    yield `<testsuite name="com.acme.shop.Suite${suite}" tests="100" timestamp="2026-03-02T09:00:00">\n`;
    for (let test = 0; test < 100; test += 1) yield testCase(suite, test, fails(suite * 100 + test));
    yield `<system-out><![CDATA[${'a line that a test printed\n'.repeat(20)}]]></system-out></testsuite>\n`;
  }
  yield '</testsuites>\n';
}

function testCase(suite: number, test: number, fails: boolean): string {
  const attributes = `classname="com.acme.shop.Suite${suite}" name="answers request ${test} with 200 OK" time="0.0${test}"`;
  if (!fails) return `<testcase ${attributes}/>\n`;
  const trace = '    at com.acme.shop.Cart.total(Cart.java:42)\n'.repeat(8);
  return `<testcase ${attributes}><failure message="expected 3 but was 4" type="AssertionError">${trace}</failure></testcase>\n`;
}

const TRX = 'http://microsoft.com/schemas/VisualStudio/TeamTest/2010';

function* trx(): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?>\n<TestRun id="1" xmlns="${TRX}"><Results>\n`;
  for (let test = 0; test < 50_000; test += 1) {
    const outcome = test % 1_000 === 0 ? 'Failed' : 'Passed';
    yield `<UnitTestResult executionId="e${test}" testId="t${test}" testName="Acme.Shop.Cart.Answers${test}" computerName="ci" duration="00:00:00.001" outcome="${outcome}">`;
    if (outcome === 'Failed') yield '<Output><ErrorInfo><Message>expected 3</Message><StackTrace>at Cart</StackTrace></ErrorInfo></Output>';
    yield '</UnitTestResult>\n';
  }
  yield '</Results><TestDefinitions>\n';
  for (let test = 0; test < 50_000; test += 1) {
    yield `<UnitTest name="Answers${test}" storage="shop.dll" id="t${test}"><Execution id="e${test}"/><TestMethod codeBase="shop.dll" className="Acme.Shop.Cart" name="Answers${test}"/></UnitTest>\n`;
  }
  yield '</TestDefinitions><ResultSummary outcome="Failed"><Counters total="50000" executed="50000" passed="49950" failed="50"/></ResultSummary></TestRun>\n';
} // biome-ignore format: lines of the report

function* nunit(): Generator<string> {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<test-run id="0" testcasecount="50000" result="Failed" total="50000" passed="49950" failed="50">\n';
  for (let suite = 0; suite < 500; suite += 1) {
    yield `<test-suite type="TestFixture" id="s${suite}" name="Cart${suite}" fullname="Acme.Cart${suite}" result="Passed">\n`;
    for (let test = 0; test < 100; test += 1) {
      const isRed = (suite * 100 + test) % 1_000 === 0;
      yield `<test-case id="${suite}-${test}" name="Answers${test}" fullname="Acme.Cart${suite}.Answers${test}" methodname="Answers${test}" classname="Acme.Cart${suite}" runstate="Runnable" result="${isRed ? 'Failed' : 'Passed'}" duration="0.001" asserts="1">`;
      if (isRed) yield '<failure><message><![CDATA[expected 3]]></message><stack-trace><![CDATA[at Cart]]></stack-trace></failure>';
      yield '</test-case>\n';
    }
    yield '</test-suite>\n';
  }
  yield '</test-run>\n';
} // biome-ignore format: lines of the report

function* ctrf(): Generator<string> {
  const summary = { tests: 100_000, passed: 99_900, failed: 100, skipped: 0, pending: 0, other: 0, start: 1, stop: 2 };
  yield `{"reportFormat":"CTRF","specVersion":"0.0.0","results":{"tool":{"name":"jest"},"summary":${JSON.stringify(summary)},"tests":[\n`;
  for (let test = 0; test < 100_000; test += 1) {
    const status = test % 1_000 === 0 ? 'failed' : 'passed';
    const one = { name: `answers ${test}`, status, duration: 3, suite: `cart ${test % 900}`, filePath: `src/cart-${test % 900}.test.ts`, retries: 0, flaky: false };
    yield `${test > 0 ? ',\n' : ''}${JSON.stringify(status === 'failed' ? { ...one, message: 'expected 3', trace: 'at cart' } : one)}`;
  }
  yield ']}}\n';
} // biome-ignore format: lines of the report

function* goTest(): Generator<string> {
  for (let test = 0; test < 50_000; test += 1) {
    const event = { Time: '2026-03-02T09:00:00Z', Package: `example.test/p${test % 500}`, Test: `TestAnswers${test}` };
    const action = test % 1_000 === 0 ? 'fail' : 'pass';
    yield `${JSON.stringify({ ...event, Action: 'run' })}\n`;
    yield `${JSON.stringify({ ...event, Action: 'output', Output: `=== RUN   TestAnswers${test}\n` })}\n`;
    yield `${JSON.stringify({ ...event, Action: 'output', Output: `--- ${action}: TestAnswers${test}\n` })}\n`;
    yield `${JSON.stringify({ ...event, Action: action, Elapsed: 0 })}\n`;
  }
  for (let pack = 0; pack < 500; pack += 1) yield `{"Action":"fail","Package":"example.test/p${pack}","Elapsed":1}\n`;
}

function* sarif(): Generator<string> {
  const rules = Array.from({ length: 200 }, (_, index) => ({
    id: `js/rule-${index}`,
    shortDescription: { text: `Rule number ${index}` },
    defaultConfiguration: { level: ['error', 'warning', 'note'][index % 3] },
  }));
  const tool = { driver: { name: 'Scanner', rules } };
  yield `{"version":"2.1.0","runs":[{"tool":${JSON.stringify(tool)},"results":[`;
  for (let index = 0; index < 50_000; index += 1)
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(result(index), null, 1)}`;
  yield ']}]}\n';
}

function result(index: number): unknown {
  return {
    ruleId: `js/rule-${index % 200}`,
    ruleIndex: index % 200,
    message: { text: `The value of variable${index} is used before it was checked, see [here](1).` },
    locations: [{ physicalLocation: location(index) }],
    partialFingerprints: { primaryLocationLineHash: `${(index * 7919).toString(16)}:1` },
    codeFlows: [
      {
        threadFlows: [
          { locations: [1, 2].map((step) => ({ location: { physicalLocation: location(index + step) } })) },
        ],
      },
    ],
  };
}

function location(index: number): unknown {
  return {
    artifactLocation: { uri: `src/module-${index % 900}/file-${index % 37}.ts`, uriBaseId: '%SRCROOT%', index: index % 900 },
    region: { startLine: 1 + (index % 500), startColumn: 1 + (index % 80), endColumn: 20 + (index % 80) },
  };
} // biome-ignore format: lines of the report

/** So many files, of which each line but every fifth was hit. */
function* files(count: number, of: (file: number) => Iterable<string>): Generator<string> {
  for (let file = 0; file < count; file += 1) yield* of(file);
}

function* lcov(): Generator<string> {
  yield* files(1_000, function* (file) {
    yield `TN:\nSF:src/module-${file}.ts\n`;
    for (let line = 1; line <= 500; line += 1) yield `DA:${line},${line % 5}\n`;
    yield 'LF:500\nLH:400\nend_of_record\n';
  });
}

function* cobertura(): Generator<string> {
  yield '<?xml version="1.0" ?>\n<coverage line-rate="0.8" lines-valid="300000" lines-covered="240000" version="1"><sources><source>.</source></sources><packages><package name="p"><classes>\n';
  yield* files(1_000, function* (file) {
    yield `<class name="C${file}" filename="src/C${file}.py" line-rate="0.8"><methods/><lines>\n`;
    for (let line = 1; line <= 300; line += 1) yield `<line number="${line}" hits="${line % 5}"/>\n`;
    yield '</lines></class>\n';
  });
  yield '</classes></package></packages></coverage>\n';
}

function* jacoco(): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="shop"><package name="com/acme">\n';
  yield* files(1_000, function* (file) {
    yield `<sourcefile name="C${file}.java">\n`;
    for (let line = 1; line <= 300; line += 1)
      yield `<line nr="${line}" mi="${line % 5 === 0 ? 3 : 0}" ci="${line % 5 === 0 ? 0 : 3}" mb="0" cb="0"/>\n`;
    yield '<counter type="LINE" missed="60" covered="240"/></sourcefile>\n';
  });
  yield '</package><counter type="LINE" missed="60000" covered="240000"/></report>\n';
}

function* clover(): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<coverage generated="1" clover="3.2.0"><project timestamp="1" name="All files">\n';
  yield* files(1_000, function* (file) {
    yield `<file name="c${file}.ts" path="/w/src/c${file}.ts">\n`;
    for (let line = 1; line <= 300; line += 1) yield `<line num="${line}" count="${line % 5}" type="stmt"/>\n`;
    yield '</file>\n';
  });
  yield '</project></coverage>\n';
}

function* goCover(): Generator<string> {
  yield 'mode: set\n';
  yield* files(1_000, function* (file) {
    for (let block = 1; block <= 500; block += 1)
      yield `example.test/shop/f${file}.go:${block * 2}.10,${block * 2 + 1}.3 2 ${block % 5 === 0 ? 0 : 1}\n`;
  });
}

function* coveragePy(): Generator<string> {
  yield '{"meta":{"format":3,"version":"7.6.0","branch_coverage":false,"show_contexts":false},"files":{\n';
  yield* files(10_000, function* (file) {
    const lines = Array.from({ length: 500 }, (_, index) => index + 1);
    const executed = lines.filter((line) => line % 5 !== 0);
    const missing = lines.filter((line) => line % 5 === 0);
    const summary = { covered_lines: 400, num_statements: 500, missing_lines: 100, excluded_lines: 0, percent_covered: 80 };
    yield `${file > 0 ? ',\n' : ''}"src/f${file}.py":${JSON.stringify({ executed_lines: executed, summary, missing_lines: missing, excluded_lines: [] })}`;
  });
  yield '},"totals":{"covered_lines":400000,"num_statements":500000,"percent_covered":80.0}}\n';
} // biome-ignore format: lines of the report
