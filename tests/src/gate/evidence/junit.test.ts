import { describe, expect, it } from 'vitest';
import { readJunit } from '../../../../src/gate/evidence/junit.ts';
import { configOf, contextIn, fixture, heads, lines, workspace } from './workspace.support.ts';

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
