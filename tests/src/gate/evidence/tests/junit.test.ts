import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJunit } from '../../../../../src/gate/evidence/tests/junit.ts';
import { configOf, contextIn, fixture, heads, lines, workspace } from '../workspace.support.ts';

/** Puts the report into a workspace that its text names. */
function workspaceWith(cwd: string, xml: string): string {
  writeFileSync(join(cwd, 'r.xml'), xml);
  return cwd;
}

async function read(files: Record<string, string>, settings: Record<string, unknown> = {}) {
  return readJunit(configOf({ type: 'junit', path: '**/*.xml', ...settings }), contextIn(workspace(files)));
}

describe('a report as a real tool writes it', () => {
  const table: Record<string, string[]> = {
    surefire: [
      'FAIL com.acme.shop.CartTest appliesDiscount',
      'FAIL com.acme.shop.CartTest connects',
      'ADVISORY com.acme.shop.CartTest isSlow',
    ],
    pytest: ['FAIL tests.test_cart test_tax @tests/test_cart.py:30'],
    'jest-junit': ['PASS all tests'],
    gotestsum: ['ADVISORY example.com/shop/cart TestNetwork', 'FAIL example.com/shop/cart TestTax'],
    'gradle-setup-crash': ['FAIL com.acme.DatabaseTest (suite)'],
    googletest: ['FAIL CartTest Discounts @tests/cart_test.cc:21'],
    'all-skipped': ['FAIL tests were executed'],
  };
  it.each(Object.entries(table))('%s', async (name, expected) => {
    const reading = await read({ 'report.xml': fixture(`junit/${name}.xml`) });
    expect(heads(reading)).toEqual(expected);
  });
});

it('gives the message of the failure, the lines under it, and the words of a flaky one', async () => {
  const reading = await read({ 'report.xml': fixture('junit/surefire.xml') });
  expect(lines(reading)).toEqual([
    'FAIL com.acme.shop.CartTest appliesDiscount | org.opentest4j.AssertionFailedError: expected: <90> but was: <100>⏎\tat com.acme.shop.CartTest.appliesDiscount(CartTest.java:31)',
    'FAIL com.acme.shop.CartTest connects | java.net.ConnectException: Connection refused',
    'ADVISORY com.acme.shop.CartTest isSlow | Passed only when it was run again. java.util.concurrent.TimeoutException: timed out⏎first run',
  ]);
  expect(reading).toMatchObject({ source: 'unit', complete: true, standing: true });
});

it('counts what passed and what was skipped, over all files', async () => {
  const reading = await read({
    'a/jest.xml': fixture('junit/jest-junit.xml'),
    'b/more.xml': '<testsuite name="b"><testcase name="x"/><testcase name="y"><skipped/></testcase></testsuite>',
  });
  expect(lines(reading)).toEqual(['PASS all tests | 3 tests passed, 1 skipped']);
});

it('does not excuse a failure by a pass under the same name in another suite, browser or report', async () => {
  const failing = '<testcase classname="c" name="t"><failure message="no"/></testcase>';
  const passing = '<testcase classname="c" name="t"/>';
  const browsers = `<testsuites><testsuite name="c" hostname="firefox">${failing}</testsuite><testsuite name="c" hostname="chromium">${passing}</testsuite></testsuites>`;
  expect(heads(await read({ 'r.xml': browsers }))).toEqual(['FAIL c t']);
  const split = {
    '1.xml': `<testsuite name="c">${failing}</testsuite>`,
    '2.xml': `<testsuite name="c">${passing}</testsuite>`,
  };
  expect(heads(await read(split))).toEqual(['FAIL c t']);
});

describe('equal names in one suite', () => {
  const failing = (message = 'no') => `<testcase classname="c" name="t"><failure message="${message}"/></testcase>`;
  const passing = '<testcase classname="c" name="t"/>';
  const other = '<testcase classname="c" name="u"/>';
  const subtest = '<testcase classname="c" name="t/a"><failure message="no"/></testcase>';
  const subtestPasses = '<testcase classname="c" name="t/a"/>';
  const skipped = '<testcase classname="c" name="t"><skipped/></testcase>';
  const property = '<properties><property name="go.version" value="go1.26"/></properties>';
  const surefire =
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd"';
  const suite = async (cases: string, settings: Record<string, unknown> = {}, attributes = '') =>
    lines(await read({ 'r.xml': `<testsuite name="s" ${attributes}>${cases}</testsuite>` }, settings));
  const FAIL = 'FAIL c t | no';
  const FLAKY: [string, string] = [
    'ADVISORY c t | Passed only when it was run again. no',
    'PASS all tests | 1 test passed',
  ];

  it.each<[string, string, string[], Record<string, unknown>?, string?]>([
    ['are members of a family, each of which counts', failing() + passing, [FAIL]],
    ['are attempts where the settings say so, and count once', failing() + failing('x') + passing, FLAKY, { reruns: 'pass' }],
    ['are attempts where gotestsum has written them', property + failing() + passing, FLAKY],
    ['are none where go-junit-report has written them', property + failing() + passing, [FAIL], {}, 'errors="0"'],
    ['are attempts of a test that runs again with each of its subtests', property + subtest + failing() + passing + subtestPasses + passing, ['ADVISORY c t/a | Passed only when it was run again. no', FLAKY[0], 'PASS all tests | 2 tests passed']],
    ['are none of a test whose subtest passes twice', property + subtest + failing() + passing + subtestPasses + passing + subtestPasses, ['FAIL c t/a | no', FAIL]],
    ['are none after a pass', passing + failing(), [FAIL], { reruns: 'pass' }],
    ['are none with a failure after a pass', failing() + passing + failing('x'), [FAIL, 'FAIL c t | x'], { reruns: 'pass' }],
    ['are none where a test passes twice', failing() + passing + other + other, [FAIL], { reruns: 'pass' }],
    ['are none where this test passes twice', property + failing() + passing + passing, [FAIL]],
    ['are one failure where no attempt passes', failing() + failing('x'), [FAIL], { reruns: 'pass' }],
    ['are attempts also where one was skipped', failing() + skipped + passing, FLAKY, { reruns: 'pass' }],
    ['are a failure where one was only skipped then', failing() + skipped, [FAIL], { reruns: 'pass' }],
    ['are no attempts for Surefire, which has marks of its own', failing() + passing, [FAIL], { reruns: 'pass' }, surefire],
    ['hold where a flake is a failure', property + failing() + passing, [FAIL], { reruns: 'fail' }],
    ['hold where the report itself tells of a flake', '<testcase classname="c" name="t"><flakyError message="no"/></testcase>', [FAIL], { reruns: 'fail' }],
  ])('%s', async (_, cases, expected, settings, attributes) => {
    expect(await suite(cases, settings, attributes)).toEqual(expected);
  }); // biome-ignore format: a table

  it('are two tests in two suites, whatever the suites are called', async () => {
    const xml = `<testsuites><testsuite name="c">${failing()}</testsuite><testsuite name="c">${passing}</testsuite></testsuites>`;
    expect(lines(await read({ 'r.xml': xml }, { reruns: 'pass' }))).toEqual([FAIL]);
  });

  it('take linear time, however many there are', async () => {
    const many = property + passing.repeat(60_000);
    expect(await suite(many)).toEqual(['PASS all tests | 60,000 tests passed']);
    const deep = property + failing() + passing + `<testcase classname="c" name="t${'/'.repeat(200_000)}"/>`.repeat(2);
    expect(await suite(deep)).toEqual([FAIL]);
  });

  it('are attempts of another suite than the one inside of it', async () => {
    const xml = `<testsuites>${property}<testsuite name="o">${property}<testsuite name="i">${failing()}${passing}</testsuite></testsuite></testsuites>`;
    expect(lines(await read({ 'r.xml': xml }))).toEqual(FLAKY);
  });

  it('are told apart by class and by file', async () => {
    for (const more of ['classname="d"', 'classname="c" file="f"'])
      expect(await suite(`${failing()}<testcase name="t" ${more}/>`, { reruns: 'pass' })).toEqual([FAIL]);
  });

  it('are no attempts without a name', async () => {
    const unnamed = '<testcase classname="c"><failure message="no"/></testcase><testcase classname="c"/>';
    expect(await suite(unnamed, { reruns: 'pass' })).toEqual(['FAIL c unnamed test | no']);
  });

  it('that pytest writes again with each attempt count once where they pass', async () => {
    const pytest = async (cases: string) =>
      lines(await read({ 'r.xml': `<testsuite name="pytest">${cases}</testsuite>` }));
    expect(await pytest(passing + passing + other)).toEqual(['PASS all tests | 2 tests passed']);
    // a subtest that fails, and the test around it; and an attempt before the one that has failed for good
    expect(await pytest(failing() + passing)).toEqual([FAIL]);
    expect(await pytest(passing + failing())).toEqual([FAIL]);
    expect(await suite(passing + passing)).toEqual(['PASS all tests | 2 tests passed']);
  });

  it('keep every failure of a family, with its own words and place', async () => {
    const row = (line: number) => `<testcase classname="lint" name="m" file="m.py" line="${line}"><failure message="rule ${line}"/></testcase>`;
    expect(await suite(row(1) + row(2) + row(1))).toEqual([
      ...['FAIL lint m @m.py:1 | rule 1', 'FAIL lint m @m.py:2 | rule 2', 'FAIL lint m @m.py:1 | rule 1'],
    ]);
  }); // biome-ignore format: one line
});

it('does not take tests without a name for one and the same', async () => {
  const cases = '<testcase><failure message="no"/></testcase><testcase/>';
  expect(lines(await read({ 'r.xml': `<testsuite>${cases}</testsuite>` }))).toEqual(['FAIL unnamed test | no']);
});

it('lists fifty failing tests and says how many more there are', async () => {
  const cases = Array.from({ length: 1_234 }, (_, index) => `<testcase name="t${index}"><failure/></testcase>`);
  const reading = await read({ 'r.xml': `<testsuite>${cases.join('')}</testsuite>` });
  expect(reading.findings).toHaveLength(51);
  expect(lines(reading).at(-1)).toBe('FAIL further failing tests | and 1,184 more');
});

it('fails where a suite failed as a whole', async () => {
  const reading = await read({
    'r.xml':
      '<testsuites><testsuite name="s"><error message="no database"/><testcase name="t"/></testsuite></testsuites>',
  });
  expect(lines(reading)).toEqual(['FAIL s (suite) | no database']);
});

it('lists fifty broken suites and says how many more there are', async () => {
  const reading = await read({
    'r.xml': `<testsuites>${'<testsuite name="s" errors="1"/>'.repeat(60)}<testcase name="t"/></testsuites>`,
  });
  expect(heads(reading).slice(-2)).toEqual(['FAIL s (suite)', 'FAIL further failing tests']);
  expect(reading.findings).toHaveLength(51);
  expect(reading.complete).toBe(false);
});

it('fails where the sums of a suite speak of failures and no test case does', async () => {
  const reading = await read({
    'r.xml':
      '<testsuites failures="2"><testsuite name="s" tests="2" failures="2"><testcase name="t"/></testsuite></testsuites>',
  });
  expect(heads(reading)).toEqual(['FAIL s (suite)']);
});

it('fails without any test case, whatever the sums say', async () => {
  const reading = await read({ 'r.xml': '<testsuites tests="12"/>' });
  expect(lines(reading)).toEqual(['FAIL tests were executed | The reports hold no test.']);
  expect(reading.complete).toBe(false);
});

it('keeps long names apart and takes the power from hostile ones', async () => {
  const long = 'x'.repeat(300);
  const reading = await read({
    'r.xml': `<testsuite><testcase name="${long}1"><failure/></testcase><testcase name="${long}2"><failure/></testcase><testcase name="a&#x202e;b&#10;::error::c"><failure message="${'m'.repeat(5_000)}"/></testcase></testsuite>`,
  });
  const [first, second, third] = reading.findings;
  expect(first?.check).toHaveLength(200);
  expect(first?.check).not.toBe(second?.check);
  expect(third?.check).toBe('ab ::error::c');
  expect(third?.evidence).toHaveLength(2_000);
});

it('does not believe a file outside of the workspace', async () => {
  const reading = await read({
    'r.xml':
      '<testsuite><testcase name="t" file="/etc/passwd" line="1"><failure/></testcase><testcase name="u" file="../../x" line="2"><failure/></testcase></testsuite>',
  });
  expect(heads(reading)).toEqual(['FAIL t', 'FAIL u']);
});

describe('a file that is no JUnit report', () => {
  const table: Record<string, [string, string]> = {
    'another root element': [
      '<html><body/></html>',
      'FAIL reading r.xml @r.xml:1:1 | r.xml:1:1: This is HTML, and PACE reads test reports (JUnit XML, TRX, NUnit 3, xUnit.net, CTRF, `go test -json`) here. Use the report that the same tool writes for machines.',
    ],
    'a document that breaks off': [
      '<testsuite>\n<testcase name="t"/>\n',
      'FAIL reading r.xml @r.xml:3:1 | r.xml:3:1: This is not well-formed XML: unclosed tag: testsuite',
    ],
    'an external entity': [
      '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<testsuite><testcase name="&x;"/></testsuite>',
      'FAIL reading r.xml @r.xml:1:55 | r.xml:1:55: It declares entities of its own (<!ENTITY …>), which a report has no need of and PACE refuses.',
    ],
    'an entity nobody declared': [
      '<testsuite name="&constructor;"/>',
      'FAIL reading r.xml @r.xml:1:31 | r.xml:1:31: This is not well-formed XML: undefined entity.',
    ],
    'elements without end': [
      '<testsuite>'.repeat(5_000),
      'FAIL reading r.xml @r.xml:1:2212 | r.xml:1:2212: Its elements are nested more than 200 deep.',
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [text, expected]) => {
    expect(lines(await read({ 'r.xml': text }))).toEqual([expected]);
  });

  it('does not hide what the other reports say', async () => {
    const reading = await read({ 'a.xml': '<testsuite', 'b.xml': '<testsuite><testcase name="t"/></testsuite>' });
    expect(heads(reading)).toEqual(['FAIL reading a.xml @a.xml:1:11', 'PASS tests in the readable reports']);
    expect(reading.complete).toBe(false);
  });
});

describe('what became of a test', () => {
  const one = async (inner: string) => heads(await read({ 'r.xml': `<testsuite name="s">${inner}</testsuite>` }))[0];
  it.each([
    ...['fail', 'FAILED', 'failure', 'Error', 'errored', 'Timed Out', 'time-out', 'hook_error', 'crashed', 'aborted'].map((word) => [word, 'FAIL s t'] as const),
    ...['skipped', 'NotRun', 'disabled', 'ignored', 'suppressed'].map((word) => [word, 'FAIL tests were executed'] as const),
    ...['run', 'passed', 'completed', ''].map((word) => [word, 'PASS all tests'] as const),
  ])('may stand in an attribute alone: %j', async (word, expected) => {
    expect(await one(`<testcase name="t" status="${word}"/>`)).toBe(expected);
    expect(await one(`<testcase name="t" result="${word}" status="run"/>`)).toBe(expected);
  }); // biome-ignore format: a table

  it('is skipped where that stands beside a failure: it may fail, or is known to', async () => {
    expect(await one('<testcase name="t"><skipped/><failure/></testcase><testcase name="u"/>')).toBe('PASS all tests');
    expect(await one('<testcase name="t"><failure/><skipped/></testcase><testcase name="u"/>')).toBe('PASS all tests');
  });

  it.each([
    ['Unable to find executable', 'FAIL t t'],
    ['Required Files Missing', 'FAIL t t'],
    ['Fixture dependency failed', 'FAIL t t'],
    ['SKIP_RETURN_CODE=77', 'PASS all tests'],
    ['SKIP_REGULAR_EXPRESSION_MATCHED', 'PASS all tests'],
    ['Disabled', 'PASS all tests'],
    ['', 'PASS all tests'],
  ])('is a failure where CTest could not run it: %s', async (message, expected) => {
    const test = `<testcase name="t" classname="t" status="notrun"><skipped message="${message}"/></testcase>`;
    expect(await one(`${test}<testcase name="u"/>`)).toBe(expected);
    // of another tool the same words are only a reason to skip
    expect(await one(`${test.replace('classname="t"', 'classname="c"')}<testcase name="u"/>`)).toBe('PASS all tests');
  });

  it('that CTest could not run says why', async () => {
    const test =
      '<testcase name="t" classname="t" status="notrun"><skipped message="Unable to find executable"/></testcase>';
    expect(lines(await read({ 'r.xml': `<testsuite name="s">${test}</testsuite>` }))).toEqual([
      'FAIL t t | Not run: Unable to find executable',
    ]);
  });

  it.each(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError'])('is flaky with a %s, and failed where it failed too', async (name) => {
    expect(await one(`<testcase name="t"><${name}/></testcase>`)).toBe('ADVISORY s t');
    expect(await one(`<testcase name="t"><${name}/><error/></testcase>`)).toBe('FAIL s t');
  }); // biome-ignore format: one line

  it('does not come from what stands inside of a failure, or of nothing', async () => {
    const inner = '<failure message="no"><testcase name="u"/><skipped/><error message="x"/></failure>';
    expect(lines(await read({ 'r.xml': `<testsuite name="s"><testcase name="t">${inner}</testcase></testsuite>` }))).toEqual(['FAIL s t | no']);
    expect(await one('<skipped/><rerunFailure message="x"/><testcase name="t"/>')).toBe('PASS all tests');
  }); // biome-ignore format: one line

  it('cannot be told of a test in a test', async () => {
    expect(await one('<testcase name="t"><testcase name="u"/></testcase>')).toMatch(/^FAIL reading r\.xml/);
  });
});

describe('the words of a failure', () => {
  const words = async (failure: string) =>
    lines(await read({ 'r.xml': `<testsuite><testcase name="t">${failure}</testcase></testsuite>` }))[0]?.split(
      ' | ',
    )[1];
  it.each([
    ['are its message', '<failure message="m" type="T"/>', 'm'],
    ['are its type where it has no message', '<failure type="T"/>', 'T'],
    ['are its text where it has neither', '<failure>  a\nb  </failure>', 'a⏎b'],
    ['are message and text', '<failure message="m">text</failure>', 'm⏎text'],
    ['are said once where the text begins with them', '<failure message="m"> m: x\ny</failure>', 'm: x⏎y'],
    ['are said once where the text has them after the name of the error', '<failure message="m">Error: m\ny</failure>', 'Error: m⏎y'],
    ['are said once where they have several lines', '<failure message="m&#10;n">m\nn\ny</failure>', 'm⏎n⏎y'],
    ['are not lost where a frame of the stack has the same word', '<failure message="Timeout">at Timeout.listOnTimeout</failure>', 'Timeout⏎at Timeout.listOnTimeout'],
    ['are what was printed where there are none', '<failure message=""/><system-out>1 != 2</system-out>', '1 != 2'],
    ['are what was printed to both, too', '<failure/><system-out>a</system-out><system-err>b</system-err>', 'a⏎b'],
    ['are the end of what was printed', `<failure/><system-out>${'x'.repeat(3_000)}end</system-out>`, `${'x'.repeat(1_997)}end`],
    ['are not lost where the text is one line', '<failure message="m">other</failure>', 'm⏎other'],
    ['are text of several parts', '<failure>\n<![CDATA[a]]>b <![CDATA[c]]></failure>', 'ab c'],
    ['are whole where a section had to be split', '<failure message="m"><![CDATA[a]]]]><![CDATA[>b]]></failure>', 'm⏎a]]>b'],
    ['may hold what ends a section', '<failure message="]]>!">a]]>b</failure>', ']]>!⏎a]]>b'],
    ['lose the colours that XML forbids', '<failure message="\u001b[31mm">&#27;[0ma\ufffeb</failure>', '�[31mm⏎�[0ma�b'],
    ['are those of the first of two', '<failure message="m">x</failure><error message="n">y</error>', 'm⏎x'],
    ['are those of the second where the first says nothing', '<failure/><error message="n">y</error>', 'n⏎y'],
    ['are said to be missing', '<failure> </failure>', 'no message'],
    ['do not come from other elements', '<failure message="m"/><system-out>out</system-out>', 'm'],
  ])('%s', async (_, failure, expected) => {
    expect(await words(failure)).toBe(expected);
  }); // biome-ignore format: a table

  it('are bounded, wherever they stand', async () => {
    const long = 'x'.repeat(1_990);
    expect(await words(`<failure message="${'m'.repeat(9_000)}">text</failure>`)).toBe('m'.repeat(2_000));
    expect(await words(`<failure>${long}<![CDATA[${'y'.repeat(50)}]]>z</failure>`)).toBe(`${long}${'y'.repeat(10)}`);
  });
});

describe('the name of a test', () => {
  const named = async (attributes: string, suite = 'name="s"') =>
    heads(await read({ 'r.xml': `<testsuite ${suite}><testcase ${attributes}><failure/></testcase></testsuite>` }))[0];
  it.each([
    ['has its class in front', 'classname="c" name="t"', undefined, 'FAIL c t'],
    ['has its suite in front where there is no class', 'name="t"', undefined, 'FAIL s t'],
    ['stands alone where there is neither', 'name="t"', '', 'FAIL t'],
    ['says a class that begins it', 'classname="c" name="c t"', undefined, 'FAIL c c t'],
    ['says a class that only ends it', 'classname="c" name="t c"', undefined, 'FAIL c t c'],
    ['is trimmed', 'classname=" c " name=" t "', undefined, 'FAIL c t'],
    ['is said to be missing', 'classname="c" name=" "', undefined, 'FAIL c unnamed test'],
    ['has a file and a line', 'name="t" file="a.ts" line=" 7 "', undefined, 'FAIL s t @a.ts:7'],
    ['has a file without a line that is none', 'name="t" file="a.ts" line="0"', undefined, 'FAIL s t @a.ts'],
    ['has a file without a line that is a word', 'name="t" file="a.ts" line="1e3"', undefined, 'FAIL s t @a.ts'],
    ['has the file of its suite, its own line', 'name="t" line="7"', 'name="s" file="b.ts"', 'FAIL s t @b.ts:7'],
    ['has no line without a file', 'name="t" line="7"', undefined, 'FAIL s t'],
  ])('%s', async (_, attributes, suite, expected) => {
    expect(await named(attributes, suite)).toBe(expected);
  });

  it('has the name and the file of the suite around its own suite', async () => {
    const xml = '<testsuites><testsuite name="outer" file="o.ts"><testsuite><testcase name="t"><failure/></testcase></testsuite></testsuite></testsuites>';
    expect(heads(await read({ 'r.xml': xml }))).toEqual(['FAIL outer t @o.ts']);
  }); // biome-ignore format: one line
});

describe('a suite', () => {
  const failing = '<testcase name="t"><failure/></testcase>';
  const passing = '<testcase name="t"/>';
  it.each([
    ['is told apart by its package', '<testsuite name="s" package="a">', '<testsuite name="s" package="b">'],
    ['is told apart by its id', '<testsuite name="s" id="1">', '<testsuite name="s" id="2">'],
    ['is told apart by its name', '<testsuite name="a">', '<testsuite name="b">'],
  ])('%s', async (_, one, other) => {
    const xml = `<testsuites>${one}${failing}</testsuite>${other}${passing}</testsuite></testsuites>`;
    expect((await read({ 'r.xml': xml })).findings[0]?.result).toBe('FAIL');
  });

  it('that counts failures is not broken where a suite within it holds them, or a rerun', async () => {
    const outer = (inner: string) => `<testsuites><testsuite name="o" failures="1"><testsuite name="i" failures="1">${inner}</testsuite></testsuite></testsuites>`;
    expect(heads(await read({ 'r.xml': outer(failing) }))).toEqual(['FAIL i t']);
    expect(heads(await read({ 'r.xml': outer('<testcase name="t"><rerunFailure/></testcase>') }))).toEqual(['ADVISORY i t', 'PASS all tests']);
    // the inner one is, and is the failure that the outer one counts
    expect(heads(await read({ 'r.xml': outer('') }))).toEqual(['FAIL i (suite)']);
  }); // biome-ignore format: one line

  it('that failed as a whole says why, and which it is', async () => {
    const xml = (failure: string, name = 'name="s"') => ({ 'r.xml': `<testsuite ${name}>${failure}${passing}</testsuite>` });
    expect(lines(await read(xml('<error>no database</error>')))).toEqual(['FAIL s (suite) | no database']);
    expect(lines(await read(xml('<error/>')))).toEqual(['FAIL s (suite) | The suite failed as a whole.']);
    expect(lines(await read(xml('<failure message="x"/>', 'failures="1"')))).toEqual(['FAIL unnamed suite (suite) | x']);
  }); // biome-ignore format: one line

  it.each([
    ['is believed where all its tests are there: Qt counts what was printed', 'tests="1" failures="0" errors="29"', 'PASS all tests'],
    ['is not where a test is missing', 'tests="2" failures="1" errors="0"', 'FAIL s (suite)'],
    ['is not where it counts more than it holds', 'failures="2"', 'FAIL s (suite)'],
    ['is believed where it counts as many as it holds', 'failures="1"', 'PASS all tests'],
  ])('%s', async (_, counts, expected) => {
    expect(heads(await read({ 'r.xml': `<testsuite name="s" ${counts}>${passing}</testsuite>` }))).toEqual([expected]);
  }); // biome-ignore format: a table

  it('counts errors beside failures', async () => {
    const xml = '<testsuite name="s" failures="1" errors="2"><testcase name="t"/></testsuite>';
    expect(lines(await read({ 'r.xml': xml }))[0]).toContain('It counts 3 as failed');
  });
});

it('lists fifty flaky tests, and is read whole as long as all of them are listed', async () => {
  const flaky = (count: number) => ({
    'r.xml': `<testsuite>${Array.from({ length: count }, (_, index) => `<testcase name="t${index}"><flakyError/></testcase>`).join('')}</testsuite>`,
  });
  expect(await read(flaky(50))).toMatchObject({ complete: true, findings: { length: 51 } });
  const more = await read(flaky(51));
  expect(more.complete).toBe(false);
  expect(lines(more).slice(-2)).toEqual(['PASS all tests | 51 tests passed', 'ADVISORY further advisory tests | and 1 more']);
}); // biome-ignore format: one line

describe('a linter', () => {
  const found = async (failure: string, suite = 'name="/x/src/a.css"') =>
    lines(await read({ 'r.xml': `<testsuite ${suite}><testcase name="t">${failure}</testcase></testsuite>` }));
  it.each([
    ['warns by its type', '<failure type="warning" message="m"/>', 'ADVISORY'],
    ['warns in capitals', '<failure type="Warning" message="m"/>', 'ADVISORY'],
    ['warns in short', '<failure type="WARN" message="m"/>', 'ADVISORY'],
    ['informs', '<failure type="info" message="m"/>', 'ADVISORY'],
    ['warns with the id of a rule', '<error type="style:unusedVariable" message="m"/>', 'ADVISORY'],
    ['warns as a compiler does', '<failure message="a.cpp:6:3: warning: overflow"/>', 'ADVISORY'],
    [
      'warns as ESLint does',
      '<failure message="m"><![CDATA[line 6, col 3, Warning - m (rule)]]></failure>',
      'ADVISORY',
    ],
    [
      'warns as ESLint does, in the text alone',
      '<failure><![CDATA[line 6, col 3, Warning - m (rule)]]></failure>',
      'ADVISORY',
    ],
    ['fails by its type', '<failure type="error" message="m"/>', 'FAIL'],
    ['fails with a word that only begins so', '<failure type="WarningAsError" message="m"/>', 'FAIL'],
    ['warns as SwiftLint does', '<failure message="Too long">warning:\nLine:1 </failure>', 'ADVISORY'],
    ['fails as SwiftLint does', '<failure message="Too long">error:\nLine:1 </failure>', 'FAIL'],
    ['warns without a message', '<failure type="clang">a.cpp:6:3: warning: overflow</failure>', 'ADVISORY'],
    ['gives notice', '<failure type="Notice" message="m"/>', 'ADVISORY'],
    [
      'fails beside what the compiler warned of',
      '<failure message="test failed">a.cpp:3: warning: unused</failure>',
      'FAIL',
    ],
    [
      'fails to compile after a warning',
      '<failure>a.cpp:3:1: warning: unused\na.cpp:5:1: error: no such name</failure>',
      'FAIL',
    ],
    [
      'fails by an exception after a warning',
      '<failure message="a.py:3: Warning: old&#10;AssertionError: 1"/>',
      'FAIL',
    ],
    ['fails as pytest shows it', '<failure>a.py:3: Warning: old\nE   ValueError: 1</failure>', 'FAIL'],
    ['fails with a message that speaks of a warning', '<failure message="no warning: expected one"/>', 'FAIL'],
  ])('%s', async (_, failure, result) => {
    expect((await found(failure))[0]).toMatch(new RegExp(`^${result} `));
  });

  it('has every finding of one file listed, a warning beside an error', async () => {
    const two =
      '<error type="error" message="a.cpp:8:11: out of bounds"/><error type="warning" message="a.cpp:6:1: unused"/>';
    expect(await found(two, 'name="Cppcheck"')).toEqual([
      'FAIL Cppcheck t | a.cpp:8:11: out of bounds',
      'ADVISORY Cppcheck t | a.cpp:6:1: unused',
    ]);
  });

  it('has the line from its text, and the file from its suite', async () => {
    const cwd = workspace({ 'r.xml': '' });
    const xml = `<testsuite name="${cwd}/src/a.js"><testcase name="t"><failure message="m"><![CDATA[line 3, col 5, Error - m]]></failure></testcase></testsuite>`;
    const reading = await readJunit(configOf({ type: 'junit', path: 'r.xml' }), contextIn(workspaceWith(cwd, xml)));
    expect(heads(reading)).toEqual([`FAIL ${cwd}/src/a.js t @src/a.js:3`]);
    // a suite that is called by words has no file
    expect(await found('<failure message="m">line 3, col 5, Error - m</failure>', 'name="lint"')).toEqual([
      'FAIL lint t | m⏎line 3, col 5, Error - m',
    ]);
  });

  it('names the place of code that ESLint could not parse', async () => {
    const cwd = workspace({ 'r.xml': '' });
    const error = '<error message="Parsing error: )"><![CDATA[line 3, col 9, Error - Parsing error: )]]></error>';
    const xml = `<testsuite package="org.eslint" name="${cwd}/src/a.js" tests="1" errors="1"><testcase name="org.eslint.null" classname="a">${error}</testcase></testsuite>`;
    const reading = await readJunit(configOf({ type: 'junit', path: 'r.xml' }), contextIn(workspaceWith(cwd, xml)));
    expect(lines(reading)).toEqual([
      'FAIL a org.eslint.null @src/a.js:3 | Parsing error: )⏎line 3, col 9, Error - Parsing error: )',
    ]);
  });

  it('that found nothing may leave an empty report', async () => {
    const empty = { 'r.xml': '<testsuites/>' };
    expect(await read(empty, { empty: 'pass' })).toMatchObject({
      findings: [{ check: 'tests were executed', result: 'PASS', evidence: 'The reports hold no test.' }],
      complete: true,
      saysNothing: false,
    });
    expect((await read(empty)).findings[0]?.result).toBe('FAIL');
  });
});

describe('what was told before a report broke off', () => {
  const broken = '<testsuite name="s"><testcase name="a"><failure message="no"/></testcase><testcase name="b"/>';
  it('stands, whatever a broken or missing report does', async () => {
    expect(heads(await read({ 'r.xml': broken }, { on_broken: 'advisory', on_missing: 'ship' }))).toEqual([
      'FAIL s a',
      'ADVISORY reading r.xml @r.xml:1:94',
    ]);
  });

  const midst: Record<string, [string, string]> = {
    'in the midst of its failure': ['<testcase name="a"><failure message="no tax"><![CDATA[x', 'FAIL s a | no tax'],
    'between its failure and its end': ['<testcase name="a"><failure>no tax</failure>', 'FAIL s a | no tax'],
    'in the output of a test that has failed': ['<testcase name="a" status="failed"><system-out>x', 'FAIL s a | no message'],
    'in a failure of the suite': ['<failure message="no host">x', 'FAIL s (suite) | no host'],
  }; // biome-ignore format: a table
  it.each(Object.entries(midst))('holds %s', async (_, [open, expected]) => {
    const found = lines(await read({ 'r.xml': `<testsuite name="s">${open}` }, { on_broken: 'advisory' }));
    expect(found).toEqual([expected, expect.stringContaining('ADVISORY reading r.xml')]);
  });

  it('holds also where only the head of a suite tells of a failure', async () => {
    const xml = '<testsuites failures="2"><testsuite name="s" tests="3" failures="2"><testcase name="a"/>';
    expect(lines(await read({ 'r.xml': xml }, { on_broken: 'advisory' }))[0]).toBe(
      'FAIL s (suite) | It counts 2 as failed, and the file breaks off before that.',
    );
  });

  it('is no failure where it was skipped, or not yet known to have failed', async () => {
    const skipped = '<testsuite name="s"><testcase name="a"><failure/><skipped/>';
    const open = '<testsuite name="s"><testcase name="a"><flakyFailure message="no"/>';
    expect(heads(await read({ 'a.xml': skipped, 'b.xml': open }, { on_broken: 'advisory' }))).toEqual([
      'ADVISORY reading a.xml @a.xml:1:60',
      'ADVISORY reading b.xml @b.xml:1:68',
    ]);
  });

  it('is no pass', async () => {
    const passing = '<testsuite name="s"><testcase name="b"/>';
    expect(heads(await read({ 'r.xml': passing }, { on_broken: 'advisory' }))).toEqual([
      'ADVISORY reading r.xml @r.xml:1:41',
    ]);
  });

  it('is a failure also where attempts had begun', async () => {
    const xml = '<testsuite name="s"><testcase name="a"><failure message="no"/></testcase>';
    expect(heads(await read({ 'r.xml': xml }, { reruns: 'pass', on_broken: 'advisory' }))[0]).toBe('FAIL s a');
  });
});

describe('tests that are not reliable', () => {
  const context = (titles: string[]) => ({ failedBefore: new Set(titles) });
  const recovered = async (xml: string, titles: string[]) =>
    (await readJunit(configOf({ type: 'junit', path: 'r.xml' }), contextIn(workspace({ 'r.xml': xml }), context(titles)))).recovered;
  it('are those that had failed on this commit and pass now', async () => {
    const xml = '<testsuite name="s"><testcase name="a"/><testcase name="b"/><testcase name="c"><failure/></testcase></testsuite>';
    expect(await recovered(xml, ['unit: s a', 'unit: s c', 'other: s b'])).toEqual(['s a']);
    expect(await recovered(xml, [])).toBeUndefined();
  });

  it('are those that were run again', async () => {
    expect(await recovered('<testsuite name="s"><testcase name="a"><flakyFailure/></testcase></testsuite>', [])).toEqual(['s a']);
  });
}); // biome-ignore format: a table

it('says how many were skipped where nothing was executed', async () => {
  const reading = await read({ 'r.xml': '<testsuite><testcase name="t"><skipped/></testcase></testsuite>' });
  expect(lines(reading)).toEqual(['FAIL tests were executed | No test was executed: 1 test skipped.']);
  expect(lines(await read({ 'r.xml': '<testsuite><testcase name="t"/></testsuite>' }))).toEqual(['PASS all tests | 1 test passed']);
}); // biome-ignore format: one line
