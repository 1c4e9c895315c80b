import { describe, expect, it } from 'vitest';
import { parseNunit } from '../../../../../src/gate/evidence/tests/nunit.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

async function lines(inner: string, run = 'result="Passed"'): Promise<readonly string[]> {
  return (await told(parseNunit, `<test-run ${run}>${inner}</test-run>`)).lines;
}

const test = (attributes: string, inner = '') =>
  `<test-case name="T" fullname="A.B.T" classname="A.B" ${attributes}>${inner}</test-case>`;
const suite = (attributes: string, inner = '') =>
  `<test-suite type="TestFixture" name="B" fullname="A.B" ${attributes}>${inner}</test-suite>`;
const failure = (message: string, trace = '') =>
  `<failure><message>${message}</message><stack-trace>${trace}</stack-trace></failure>`;

it('reads what nunit3-console writes: each assertion, warnings, and no suite for what is in it', async () => {
  expect((await told(parseNunit, fixture('nunit/nunit3-console.xml'))).lines).toEqual([
    'passed Shop.CartTest Adds',
    'skipped Shop.CartTest Later',
    'failed Shop.CartTest Warns | warning: @/src/shop/CartTest.cs:40 slow⏎at Shop.CartTest.Warns() in /src/shop/CartTest.cs:line 40',
    'passed Shop.CartTest Taxes(7)',
    'failed Shop.CartTest Taxes(19) | @/src/shop/CartTest.cs:21 Expected: 19 But was: 7⏎at Shop.CartTest.Taxes(Int32 rate) in /src/shop/CartTest.cs:line 21 | @/src/shop/CartTest.cs:22 not rounded⏎at Shop.CartTest.Taxes(Int32 rate) in /src/shop/CartTest.cs:line 22',
    'failed Shop.CartTest Throws | @/src/shop/Cart.cs:3 System.InvalidOperationException : no cart⏎at Shop.Cart.Open() in /src/shop/Cart.cs:line 3',
  ]);
});

describe('a result', () => {
  const table: readonly (readonly [string, string])[] = [
    ['result="Passed"', 'passed A.B T'],
    ['result="Failed"', 'failed A.B T | '],
    ['result="Failed" label="Error"', 'failed A.B T | Failed: Error'],
    ['result="Failed" label=""', 'failed A.B T | '],
    ['result="Failed:Cancelled"', 'failed A.B T | '],
    ['result="Skipped" label="Explicit"', 'skipped A.B T'],
    ['result="Skipped:Ignored"', 'skipped A.B T'],
    ['result="Inconclusive"', 'skipped A.B T'],
    ['result="Warning"', 'failed A.B T | warning: Its result is `Warning`.'],
    ['result="Splendid"', 'failed A.B T | Its result is `Splendid`.'],
    ['', 'failed A.B T | Its result is ``.'],
  ];
  it.each(table)('%s', async (attributes, expected) => {
    expect(await lines(test(attributes))).toEqual([expected]);
  });

  it('of an assertion that warns beside one that fails', async () => {
    const assertion = (result: string, message: string) =>
      `<assertion result="${result}"><message>${message}</message></assertion>`;
    const assertions = `<assertions>${assertion('Warning', 'slow')}${assertion('Passed', 'x')}${assertion('Error', 'no')}${assertion('Failed', '')}</assertions>`;
    expect(await lines(test('result="Failed"', `${failure('all of it')}${assertions}`))).toEqual([
      'failed A.B T | warning: slow | no',
    ]);
  });

  it('is the failure as a whole where no assertion says a word', async () => {
    const assertions = '<assertions><assertion result="Failed"/></assertions>';
    const reason = '<reason><message>not this</message></reason>';
    expect(await lines(test('result="Failed"', `${reason}${failure('all of it')}${assertions}`))).toEqual([
      'failed A.B T | all of it',
    ]);
  });

  it('lists fifty assertions', async () => {
    const all = '<assertion result="Failed"><message>no</message></assertion>'.repeat(51);
    const [line = ''] = await lines(test('result="Failed"', `<assertions>${all}</assertions>`));
    expect(line.split(' | ')).toHaveLength(51);
  });
});

describe('a name', () => {
  const table: readonly (readonly [string, string])[] = [
    ['<test-case name="T(1)" fullname="A.B.T(1)" result="Passed"/>', 'passed A.B T(1)'],
    ['<test-case fullname="A.B.T" result="Passed"/>', 'passed A.B.T'],
    ['<test-case name="T" fullname="elsewhere" result="Passed"/>', 'passed T'],
    ['<test-case result="Passed"/>', 'passed unnamed test'],
  ];
  it.each(table)('%s', async (content, expected) => {
    expect(await lines(content)).toEqual([expected]);
  });

  it('is the key of attempts only within its suite, and where they are asked for', async () => {
    const two = suite('', test('result="Failed"') + test('result="Passed"')) + suite('', test('result="Passed"'));
    const content = `<test-run>${two}</test-run>`;
    const { runs } = await told(parseNunit, content, { wantsKeys: true });
    expect(runs.map(({ key }) => key)).toEqual(['[2,"A.B.T","T"]', '[2,"A.B.T","T"]', '[3,"A.B.T","T"]']);
    expect((await told(parseNunit, content)).runs.map(({ key }) => key)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a suite', () => {
  const table: Record<string, [string, readonly string[]]> = {
    'whose set-up fails is told beside its tests': [
      suite(
        'result="Failed" site="SetUp"',
        failure('no database', '   at A.B.Up() in C:\\src\\b.cs:line 3') +
          test('result="Failed" site="Parent"', failure('OneTimeSetUp: no database')),
      ),
      [
        'failed A.B T | OneTimeSetUp: no database',
        'broken A.B | @C:\\src\\b.cs:3 no database⏎at A.B.Up() in C:\\src\\b.cs:line 3',
      ],
    ],
    'whose tear-down fails': [
      suite('result="Failed" site="TearDown"', test('result="Passed"')),
      ['passed A.B T', 'broken A.B | Its tear-down has failed.'],
    ],
    'whose set-up fails without a word': [
      suite('result="Failed" site="SetUp"'),
      ['broken A.B | Its set-up has failed.'],
    ],
    'as Unity writes it': [
      suite('result="Failed(TearDown)"', test('result="Passed"')) +
        suite('result="Failed(Child)"', test('result="Failed"')),
      ['passed A.B T', 'broken A.B | Its tear-down has failed.', 'failed A.B T | '],
    ],
    'that fails by a test of it says nothing': [
      suite(
        'result="Failed" site="Child"',
        suite('result="Failed" site="Child"', failure('children') + test('result="Failed"')),
      ),
      ['failed A.B T | '],
    ],
    'that fails with no test in it': [
      suite('result="Failed" site="Child"', test('result="Passed"')),
      ['passed A.B T', 'broken A.B | It has failed, and no test in it.'],
    ],
    'that could not be loaded': [
      `<test-suite type="Assembly" name="a.dll" fullname="/src/a.dll" result="Failed" label="Invalid">${failure('not found')}</test-suite>`,
      ['broken a.dll | not found'],
    ],
    'that says in a reason why it could not be loaded': [
      '<test-suite type="Assembly" name="b.dll" result="Failed" label="Invalid"><reason><message>File not found</message></reason></test-suite>',
      ['broken b.dll | File not found'],
    ],
    'that says only that it is not valid': [
      '<test-suite type="Project" name="C:\\src\\a.csproj" result="Failed" label="Invalid"/>',
      ['broken a.csproj | Failed: Invalid'],
    ],
    'that warns, or that was left out': [
      suite('result="Warning"', test('result="Passed"')) +
        suite('result="Skipped"') +
        suite('result="Inconclusive"') +
        suite(''),
      ['passed A.B T'],
    ],
    'that broke is told once for all that hold it': [
      suite('result="Failed" site="Child"', suite('result="Failed" site="SetUp"')),
      ['broken A.B | Its set-up has failed.'],
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [inner, expected]) => {
    expect(await lines(inner)).toEqual(expected);
  });
});

describe('a run', () => {
  const table: Record<string, [string, string, readonly string[]]> = {
    'that has failed without a test': [
      'result="Failed"',
      test('result="Passed"'),
      ['passed A.B T', 'broken test run | It has failed, and no test in it.'],
    ],
    'that counts failures which are missing': [
      'result="Passed" total="3" failed="2"',
      test('result="Failed"'),
      [
        'failed A.B T | ',
        'broken test run | It counts 2 failed of 3 and holds 1 failed of 1: the other failures are missing from it.',
      ],
    ],
    'that counts all there is, and more failures': [
      'result="Passed" testcasecount="1" failed="2"',
      test('result="Passed"'),
      ['passed A.B T'],
    ],
    'that counts warnings apart': [
      'result="Warning" total="1" failed="0"',
      test('result="Warning"'),
      ['failed A.B T | warning: Its result is `Warning`.'],
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [run, inner, expected]) => {
    expect(await lines(inner, run)).toEqual(expected);
  });
});

it('tells what failed before the file breaks off, and where that is', async () => {
  const { lines: found } = await told(parseNunit, `<test-run>\n${suite('', test('result="Failed"', failure('no')))}`);
  expect(found[0]).toBe('failed A.B T | no');
  expect(found[1]).toMatch(/^fault report:2:\d+: This is not well-formed XML: unclosed tag: test-run/);
});

describe('a file that breaks off tells what failed by then', () => {
  it('in the midst of a test', async () => {
    const whole = test('result="Failed"', failure('no tax'));
    const { lines: found } = await told(parseNunit, `<test-run>${suite('', whole).split('<stack-trace>')[0]}`);
    expect(found).toEqual(['failed A.B T | no tax', expect.stringContaining('fault report:1:')]);
  });

  it('in the midst of a suite', async () => {
    const { lines: found } = await told(
      parseNunit,
      '<test-run result="Failed" total="2" failed="1"><test-suite name="B" fullname="A.B" result="Failed">',
    );
    expect(found).toEqual([
      'broken A.B | It has failed, and the file breaks off before it says why.',
      'broken test run | It counts 1 failed of 2 and holds 0 failed of 0: the other failures are missing from it.',
      expect.stringContaining('fault report:1:'),
    ]);
  });
});

it('refuses another root element, and elements without end', async () => {
  expect((await told(parseNunit, '<test-results/>')).lines).toEqual([
    'fault report:1:16: Its root element is <test-results>; NUnit 3 has <test-run>.',
  ]);
  const deep = await told(parseNunit, `<test-run>${'<test-suite result="Failed">'.repeat(300)}`);
  expect(deep.lines).toEqual([
    'broken test run | It has failed, and the file breaks off before it says why.',
    expect.stringContaining('Its elements are nested more than 200 deep.'),
  ]);
});
