import { describe, expect, it } from 'vitest';
import { parseXunitNet } from '../../../../../src/gate/evidence/tests/xunit-net.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

async function lines(inner: string, assembly = 'name="C:\\src\\a.dll"'): Promise<readonly string[]> {
  return (await told(parseXunitNet, `<assemblies><assembly ${assembly}>${inner}</assembly></assemblies>`)).lines;
}

const test = (attributes: string, inner = '') =>
  `<test name="A.B.T" type="A.B" method="T" ${attributes}>${inner}</test>`;

it('reads version 3 of its XML, with the errors beside the tests', async () => {
  expect((await told(parseXunitNet, fixture('nunit/xunit-v2.xml'))).lines).toEqual([
    'broken Shop.OrderTest | @/src/shop/OrderTest.cs:9 test-class-cleanup: System.InvalidOperationException : left open⏎at Shop.OrderTest.Dispose() in /src/shop/OrderTest.cs:line 9',
    'passed Shop.CartTest Adds',
    'failed Shop.CartTest Taxes(rate: 19) @/src/shop/CartTest.cs:18 | @/src/shop/CartTest.cs:21 Assert.Equal() Failure: Values differ⏎Expected: 19⏎Actual:   7⏎at Xunit.Assert.Equal() in /_/src/xunit.assert/Asserts/EqualityAsserts.cs:line 40⏎   at Shop.CartTest.Taxes(Int32 rate) in /src/shop/CartTest.cs:line 21',
    'skipped Shop.CartTest Later',
    'skipped Shop.CartTest Alone',
    'passed Shop.OrderTest Adds',
  ]);
});

describe('a result', () => {
  const table: readonly (readonly [string, string])[] = [
    ['result="Pass"', 'passed A.B T'],
    ['result="Fail"', 'failed A.B T | '],
    ['result="Skip"', 'skipped A.B T'],
    ['result="NotRun"', 'skipped A.B T'],
    ['result="Splendid"', 'failed A.B T | Its result is `Splendid`.'],
    ['', 'failed A.B T | Its result is ``.'],
    ['result="Pass" source-file="b.cs" source-line="0"', 'passed A.B T @b.cs'],
  ];
  it.each(table)('%s', async (attributes, expected) => {
    expect(await lines(test(attributes))).toEqual([expected]);
  });

  it('hears only the words of its failure', async () => {
    const inner =
      '<reason>x</reason><output>y</output><message>z</message><failure><message>no</message><other>w</other></failure>';
    expect(await lines(test('result="Fail"', inner))).toEqual(['failed A.B T | no']);
  });
});

describe('an assembly', () => {
  const table: Record<string, [string, string, readonly string[]]> = {
    'with an error of its own': [
      '<errors><error type="assembly-cleanup"><failure><message>no</message></failure></error></errors>',
      'name="/src/a.dll" errors="1"',
      ['broken a.dll | assembly-cleanup: no'],
    ],
    'with an error without a word': ['<errors><error/></errors>', 'errors="1"', ['broken assembly | error:']],
    'that counts errors which are missing': [
      test('result="Pass"'),
      'name="C:\\src\\a.dll" errors="2"',
      ['passed A.B T', 'broken a.dll | It counts 2 errors and holds 0.'],
    ],
    'that counts failures which are missing': [
      test('result="Fail"'),
      'name="a.dll" total="2" failed="2"',
      [
        'failed A.B T | ',
        'broken a.dll | It counts 2 failed of 2 and holds 1 failed of 1: the other failures are missing from it.',
      ],
    ],
    'that counts as it holds': [
      test('result="Fail"'),
      'name="a.dll" total="1" failed="1" errors="0"',
      ['failed A.B T | '],
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [inner, attributes, expected]) => {
    expect(await lines(inner, attributes)).toEqual(expected);
  });

  it('has tests of its own, whatever another calls its own', async () => {
    const one = `<assembly>${test('result="Fail"')}</assembly>`;
    const content = `<assemblies>${one}${one}</assemblies>`;
    const { runs } = await told(parseXunitNet, content, { wantsKeys: true });
    expect(runs.map(({ key }) => key)).toEqual(['[1,"A.B","A.B.T"]', '[2,"A.B","A.B.T"]']);
    expect((await told(parseXunitNet, content)).runs.map(({ key }) => key)).toEqual([undefined, undefined]);
  });

  it('may be the root', async () => {
    const { lines: found } = await told(parseXunitNet, `<assembly>${test('result="Pass"')}</assembly>`);
    expect(found).toEqual(['passed A.B T']);
  });
});

it('tells what failed before the file breaks off, and where that is', async () => {
  const { lines: found } = await told(parseXunitNet, `<assemblies>\n<assembly>${test('result="Fail"')}`);
  expect(found[0]).toBe('failed A.B T | ');
  expect(found[1]).toMatch(/^fault report:2:\d+: This is not well-formed XML: unclosed tag/);
});

describe('a file that breaks off tells what failed by then', () => {
  const table: Record<string, [string, string[]]> = {
    'in the midst of a test': [
      `<assembly name="a.dll"><test name="A.B.T" type="A.B" result="Fail"><failure><message>no`,
      ['failed A.B T | '],
    ],
    'in the midst of an error': [
      `<assembly name="a.dll"><errors><error type="fatal"><failure><message>no host</message>`,
      ['broken a.dll | fatal: no host'],
    ],
    'in the midst of an assembly': [
      `<assembly name="a.dll" total="2" failed="1">${test('result="Pass"')}`,
      ['passed A.B T', 'broken a.dll | It counts 1 failed of 2 and holds 0 failed of 1: the other failures are missing from it.'],
    ],
  }; // biome-ignore format: a table
  it.each(Object.entries(table))('%s', async (_, [content, expected]) => {
    const { lines: found } = await told(parseXunitNet, content);
    expect(found).toEqual([...expected, expect.stringContaining('fault report:1:')]);
  });
});

it('refuses another root element', async () => {
  expect((await told(parseXunitNet, '<testsuite/>')).lines).toEqual([
    'fault report:1:13: Its root element is <testsuite>; xUnit.net has <assemblies> or <assembly>.',
  ]);
});
