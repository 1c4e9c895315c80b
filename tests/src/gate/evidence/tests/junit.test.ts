import { describe, expect, it } from 'vitest';
import { readJunit } from '../../../../../src/gate/evidence/tests/junit.ts';
import { configOf, contextIn, fixture, heads, lines, workspace } from '../workspace.support.ts';

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
    gotestsum: ['FAIL example.com/shop/cart TestTax', 'ADVISORY example.com/shop/cart TestNetwork'],
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

it('takes the last run of a test that was run again', async () => {
  const failing = '<testcase classname="c" name="t"><failure/></testcase>';
  const passing = '<testcase classname="c" name="t"/>';
  expect(heads(await read({ 'r.xml': `<testsuite>${failing}${failing}${passing}</testsuite>` }))).toEqual([
    'ADVISORY c t',
    'PASS all tests',
  ]);
  expect(heads(await read({ 'r.xml': `<testsuite>${failing}${passing}${failing}</testsuite>` }))).toEqual(['FAIL c t']);
  expect(heads(await read({ 'r.xml': `<testsuite>${passing}${failing}</testsuite>` }))).toEqual(['FAIL c t']);
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
  expect(heads(reading).slice(-2)).toEqual(['FAIL s (suite)', 'FAIL further failing suites']);
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
      'FAIL reading r.xml @r.xml:1:7 | r.xml:1:7: Its root element is <html>; JUnit XML has <testsuites> or <testsuite>.',
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
    ...['fail', 'FAILED', 'failure', 'Error', 'errored'].map((word) => [word, 'FAIL s t'] as const),
    ...['skipped', 'NotRun', 'disabled', 'ignored', 'suppressed'].map((word) => [word, 'FAIL tests were executed'] as const),
    ...['run', 'passed', 'completed', ''].map((word) => [word, 'PASS all tests'] as const),
  ])('may stand in an attribute alone: %j', async (word, expected) => {
    expect(await one(`<testcase name="t" status="${word}"/>`)).toBe(expected);
    expect(await one(`<testcase name="t" result="${word}" status="run"/>`)).toBe(expected);
  }); // biome-ignore format: a table

  it('is a failure also where it is said to be skipped', async () => {
    expect(await one('<testcase name="t"><skipped/><failure/></testcase>')).toBe('FAIL s t');
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
    ['are said once where the text repeats them', '<failure message="m"> at m: x\ny</failure>', 'at m: x⏎y'],
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
    ['does not say its class twice', 'classname="c" name="c t"', undefined, 'FAIL c t'],
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

  it('is told apart by the suite that it stands in, and is the same where all is the same', async () => {
    const inner = (test: string) => `<testsuite name="s">${test}</testsuite>`;
    const apart = `<testsuites><testsuite name="a">${inner(failing)}</testsuite><testsuite name="b">${inner(passing)}</testsuite></testsuites>`;
    expect((await read({ 'r.xml': apart })).findings[0]?.result).toBe('FAIL');
    const same = `<testsuites><testsuite name="a">${inner(failing)}${inner(passing)}</testsuite></testsuites>`;
    expect(heads(await read({ 'r.xml': same }))).toEqual(['ADVISORY s t', 'PASS all tests']);
  });

  it('tells tests apart by class and by file', async () => {
    const xml = (more: string) => `<testsuite><testcase name="t"><failure/></testcase><testcase name="t" ${more}/></testsuite>`;
    for (const more of ['classname="c"', 'file="f"']) expect((await read({ 'r.xml': xml(more) })).findings[0]?.result).toBe('FAIL');
  }); // biome-ignore format: one line

  it('that counts failures is not broken where a suite within it holds them, or a rerun', async () => {
    const outer = (inner: string) => `<testsuites><testsuite name="o" failures="1"><testsuite name="i" failures="1">${inner}</testsuite></testsuite></testsuites>`;
    expect(heads(await read({ 'r.xml': outer(failing) }))).toEqual(['FAIL i t']);
    expect(heads(await read({ 'r.xml': outer('<testcase name="t"><rerunFailure/></testcase>') }))).toEqual(['ADVISORY i t', 'PASS all tests']);
    // the inner one is, and is the failure that the outer one counts
    expect(heads(await read({ 'r.xml': outer(passing) }))).toEqual(['FAIL i (suite)']);
  }); // biome-ignore format: one line

  it('that failed as a whole says why, and which it is', async () => {
    const xml = (failure: string, name = 'name="s"') => ({ 'r.xml': `<testsuite ${name}>${failure}${passing}</testsuite>` });
    expect(lines(await read(xml('<error>no database</error>')))).toEqual(['FAIL s (suite) | no database']);
    expect(lines(await read(xml('<error/>')))).toEqual(['FAIL s (suite) | The suite failed as a whole.']);
    expect(lines(await read(xml('<failure message="x"/>', 'failures="1"')))).toEqual(['FAIL unnamed suite (suite) | x']);
  }); // biome-ignore format: one line

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
  expect(lines(more).slice(-2)).toEqual(['ADVISORY further flaky tests | and 1 more', 'PASS all tests | 51 tests passed']);
}); // biome-ignore format: one line

it('remembers a thousand failures and counts the others', async () => {
  const cases = Array.from({ length: 1_200 }, (_, index) => `<testcase name="t${index}"><failure message="m"/></testcase>`);
  // those that are not remembered pass later, too
  const again = '<testcase name="t1100"/><testcase name="t5"/>';
  const reading = await read({ 'r.xml': `<testsuite name="s">${cases.join('')}${again}</testsuite>` });
  expect(reading.findings.filter(({ result }) => result === 'FAIL')).toHaveLength(51);
  expect(lines(reading)[50]).toBe('FAIL further failing tests | and 1,148 more');
  expect(lines(reading)[51]).toBe('ADVISORY s t1100 | Passed only when it was run again. no message');
  expect(lines(reading)[52]).toBe('ADVISORY s t5 | Passed only when it was run again. m');
}); // biome-ignore format: one line

it('says how many were skipped where nothing was executed', async () => {
  const reading = await read({ 'r.xml': '<testsuite><testcase name="t"><skipped/></testcase></testsuite>' });
  expect(lines(reading)).toEqual(['FAIL tests were executed | No test was executed: 1 test skipped.']);
  expect(lines(await read({ 'r.xml': '<testsuite><testcase name="t"/></testsuite>' }))).toEqual(['PASS all tests | 1 test passed']);
}); // biome-ignore format: one line
