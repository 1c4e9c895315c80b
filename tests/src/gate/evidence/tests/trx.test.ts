import { describe, expect, it } from 'vitest';
import { parseTrx } from '../../../../../src/gate/evidence/tests/trx.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

const NAMESPACE = 'http://microsoft.com/schemas/VisualStudio/TeamTest/2010';

interface Parts {
  readonly results?: string;
  readonly definitions?: string;
  readonly summary?: string;
}

function trx({ results = '', definitions = '', summary = '' }: Parts): string {
  const defined = definitions === '' ? '' : `<TestDefinitions>${definitions}</TestDefinitions>`;
  return `<TestRun xmlns="${NAMESPACE}"><Results>${results}</Results>${defined}${summary}</TestRun>`;
}

const result = (name: string, outcome: string, inner = '', id = name) =>
  `<UnitTestResult testId="${id}" testName="${name}" outcome="${outcome}">${inner}</UnitTestResult>`;
const rows = (inner: string) => `<InnerResults>${inner}</InnerResults>`;
const error = (message: string, trace = '') =>
  `<Output><ErrorInfo><Message>${message}</Message><StackTrace>${trace}</StackTrace></ErrorInfo></Output>`;
const definition = (id: string, className: string) =>
  `<UnitTest id="${id}"><TestMethod className="${className}" name="x"/></UnitTest>`;
const summary = (outcome: string, inner = '') => `<ResultSummary outcome="${outcome}">${inner}</ResultSummary>`;
const counters = (words: string) => `<Counters ${words}/>`;
const infos = (...all: readonly [string, string][]) =>
  `<RunInfos>${all.map(([outcome, text]) => `<RunInfo outcome="${outcome}"><Text>${text}</Text></RunInfo>`).join('')}</RunInfos>`;

async function lines(parts: Parts): Promise<readonly string[]> {
  return (await told(parseTrx, trx(parts))).lines;
}

it('reads what `dotnet test` writes, and does not count the echo of a failure', async () => {
  expect((await told(parseTrx, fixture('trx/dotnet-test.trx'))).lines).toEqual([
    'passed Shop.Tests.CartTest Adds',
    'failed Shop.Tests.CartTest Taxes(rate: 19) | @/src/shop/test/CartTest.cs:21 Assert.Equal() Failure: Values differ⏎Expected: 19⏎Actual:   7⏎at Shop.Tests.CartTest.Taxes(Int32 rate) in /src/shop/test/CartTest.cs:line 21⏎   at System.RuntimeMethodHandle.InvokeMethod(Object target, Void** arguments)',
    'passed Shop.Tests.CartTest Taxes(rate: 7)',
    'skipped Shop.Tests.OrderTest Adds',
  ]);
});

describe('an outcome', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Passed', 'passed t'],
    ['Completed', 'passed t'],
    ['Warning', 'passed t'],
    ['NotExecuted', 'skipped t'],
    ['Inconclusive', 'skipped t'],
    ['Failed', 'failed t | '],
    ['Error', 'failed t | Its outcome is `Error`.'],
    ['Min', 'failed t | Its outcome is `Min`.'],
    ['Timeout', 'failed t | Its outcome is `Timeout`.'],
    ['Aborted', 'failed t | Its outcome is `Aborted`.'],
    ['PassedButRunAborted', 'failed t | Its outcome is `PassedButRunAborted`.'],
    ['NotRunnable', 'failed t | Its outcome is `NotRunnable`.'],
    ['InProgress', 'failed t | Its outcome is `InProgress`.'],
    ['Pending', 'failed t | Its outcome is `Pending`.'],
    ['Disconnected', 'failed t | Its outcome is `Disconnected`.'],
    ['Splendid', 'failed t | Its outcome is `Splendid`.'],
  ];
  it.each(table)('%s', async (outcome, expected) => {
    expect(await lines({ results: result('t', outcome) })).toEqual([expected]);
  });

  it('that is absent is an error', async () => {
    expect(await lines({ results: '<UnitTestResult testId="t" testName="t"/>' })).toEqual([
      'failed t | It has no outcome.',
    ]);
  });
});

describe('a name', () => {
  it('has its class, whether definitions stand before the results or after them', async () => {
    const results = result('Adds', 'Failed', '', '1') + result('Adds', 'Passed', '', '2');
    const definitions =
      definition('1', 'Shop.CartTest') + definition('2', 'Shop.OrderTest, Shop.Tests, Version=1.0.0.0');
    const expected = ['failed Shop.CartTest Adds | ', 'passed Shop.OrderTest Adds'];
    expect(await lines({ results, definitions })).toEqual(expected);
    const before = `<TestRun xmlns="${NAMESPACE}"><TestDefinitions>${definitions}</TestDefinitions><Results>${results}</Results></TestRun>`;
    expect((await told(parseTrx, before)).lines).toEqual(expected);
  });

  it('does not say the class twice', async () => {
    const results =
      result('A.B.Adds(x: 1)', 'Failed', '', '1') +
      result('A.B', 'Failed', '', '2') +
      result('A.BAdds', 'Failed', '', '3');
    const definitions = definition('1', 'A.B') + definition('2', 'A.B') + definition('3', 'A.B');
    expect(await lines({ results, definitions })).toEqual([
      'failed A.B Adds(x: 1) | ',
      'failed A.B | ',
      'failed A.B A.BAdds | ',
    ]);
  });

  it('is made up where there is none', async () => {
    expect(await lines({ results: '<UnitTestResult outcome="Failed"/>' })).toEqual(['failed unnamed test | ']);
  });

  it('is the key of attempts where they are asked for', async () => {
    const content = trx({ results: result('a', 'Failed', '', '1') + result('a', 'Passed', '', '1') });
    const { runs } = await told(parseTrx, content, { wantsKeys: true });
    expect(runs.map(({ key }) => key)).toEqual(['["1","a"]', '["1","a"]']);
    expect((await told(parseTrx, content)).runs.map(({ key }) => key)).toEqual([undefined, undefined]);
  });
});

describe('rows of data', () => {
  const table: Record<string, [string, readonly string[]]> = {
    'are the tests, one by one': [
      result(
        'Taxes',
        'Failed',
        error('one row failed') + rows(result('Taxes (7)', 'Passed') + result('Taxes (19)', 'Failed', error('no'))),
      ),
      ['passed Taxes (7)', 'failed Taxes (19) | no'],
    ],
    'that all pass': [result('Taxes', 'Passed', rows(result('Taxes (7)', 'Passed'))), ['passed Taxes (7)']],
    'that fail below a pass': [result('Taxes', 'Passed', rows(result('Taxes (7)', 'Failed'))), ['failed Taxes (7) | ']],
    'below a test that failed by itself': [
      result('Taxes', 'Failed', error('clean-up') + rows(result('Taxes (7)', 'Passed'))),
      ['passed Taxes (7)', 'failed Taxes | clean-up'],
    ],
    'of an ordered test': [
      `<TestResultAggregation testId="o" testName="o" outcome="Failed">${rows(result('a', 'Passed') + result('b', 'Failed', rows(result('b1', 'Failed'))))}</TestResultAggregation>`,
      ['passed a', 'failed b1 | '],
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [results, expected]) => {
    expect(await lines({ results })).toEqual(expected);
  });
});

describe('a run that went wrong beside its tests', () => {
  const passed = result('t', 'Passed');
  const failed = result('t', 'Failed');
  const crash = 'The active test run was aborted. Reason: Test host process crashed';
  const table: Record<string, [Parts, readonly string[]]> = {
    'a test host that crashed': [
      {
        results: passed,
        summary: summary('Failed', counters('total="1" passed="1" failed="0"') + infos(['Error', crash])),
      },
      ['passed t', `broken test run | ${crash}`],
    ],
    'the same as .NET 7 writes it': [
      { results: failed, summary: summary('Failed', infos(['Min', crash])) },
      ['failed t | ', `broken test run | ${crash}`],
    ],
    'an error without words': [
      { results: passed, summary: summary('Failed', '<RunInfos><RunInfo outcome="Error"/></RunInfos>') },
      ['passed t', 'broken test run | An error of the run, without words.'],
    ],
    'a warning, which is none': [
      { results: passed, summary: summary('Completed', infos(['Warning', 'No test matches'])) },
      ['passed t'],
    ],
    'an echo of a failure that is not there': [
      { results: passed, summary: summary('Failed', infos(['Error', '[xUnit.net 00:00:00.14]     A.B [FAIL]'])) },
      ['passed t', 'broken test run | [xUnit.net 00:00:00.14]     A.B [FAIL]'],
    ],
    'a failed run without a failed test': [
      { results: passed, summary: summary('Failed') },
      ['passed t', 'broken test run | Its outcome is `Failed`, and no test in it has failed.'],
    ],
    'a failed run with one': [{ results: failed, summary: summary('Failed') }, ['failed t | ']],
    'an aborted run': [
      { results: failed, summary: summary('Aborted') },
      ['failed t | ', 'broken test run | Its outcome is `Aborted`.'],
    ],
    'a run without an outcome': [
      { results: passed, summary: '<ResultSummary/>' },
      ['passed t', 'broken test run | Its outcome is `Error`, and no test in it has failed.'],
    ],
    "the word of xUnit.net's stylesheet": [{ results: passed, summary: summary('Complete') }, ['passed t']],
    'failures that are counted and missing': [
      {
        results: passed,
        summary: summary('Completed', counters('total="5" failed="1" error="1" timeout="1" aborted="1"')),
      },
      [
        'passed t',
        'broken test run | It counts 4 failed of 5 and holds 0 failed of 1: the other failures are missing from it.',
      ],
    ],
    'numbers that contradict while no test is missing': [
      { results: passed, summary: summary('Completed', counters('total="1" failed="1"')) },
      ['passed t'],
    ],
    'no summary at all': [{ results: passed }, ['passed t']],
  };
  it.each(Object.entries(table))('%s', async (_, [parts, expected]) => {
    expect(await lines(parts)).toEqual(expected);
  });

  it('lists a hundred errors and counts the rest', async () => {
    const all = Array.from({ length: 103 }, (_, index): [string, string] => ['Error', `no ${index}`]);
    const found = await lines({ results: failed, summary: summary('Failed', infos(...all, ['Error', 'x [FAIL]'])) });
    expect(found).toHaveLength(102);
    expect(found.slice(-2)).toEqual(['broken test run | no 99', 'broken test run | and 3 more errors of the run']);
  });
});

it('tells what failed before the file breaks off, and where that is', async () => {
  const content = trx({ results: `\n${result('a', 'Failed', error('no'))}${result('b', 'Passed')}` });
  const { lines } = await told(parseTrx, content.slice(0, content.indexOf('</Results>')));
  expect(lines.slice(0, 2)).toEqual(['failed a | no', 'passed b']);
  expect(lines[2]).toMatch(/^fault report:2:\d+: This is not well-formed XML: unclosed tag: Results/);
});

it('tells a result that has failed also where the file breaks off in the midst of it', async () => {
  const content = trx({ results: result('a', 'Failed', error('no tax')) });
  const { lines } = await told(parseTrx, content.slice(0, content.indexOf('</Message>') + 10));
  expect(lines).toEqual(['failed a | no tax', expect.stringContaining('fault report:')]);
});

describe('a hostile file', () => {
  it('of another kind', async () => {
    expect((await told(parseTrx, '<testsuite/>')).lines).toEqual([
      'fault report:1:13: Its root element is <testsuite>; TRX has <TestRun>.',
    ]);
  });

  it('with rows in rows without end', async () => {
    const { lines } = await told(parseTrx, trx({ results: '<InnerResults><UnitTestResult>'.repeat(150) }));
    expect(lines.at(-1)).toContain('Its elements are nested more than 200 deep.');
  });

  it('with entities of its own', async () => {
    const { lines } = await told(parseTrx, `<!DOCTYPE TestRun [<!ENTITY a "b">]>${trx({})}`);
    expect(lines.at(-1)).toContain('It declares entities of its own');
  });

  it('with endless words, of which both ends are kept', async () => {
    const results = result('t', 'Failed', error(`begin ${'x'.repeat(100_000)} end`, 'y'.repeat(100_000)));
    const [line = ''] = await lines({ results });
    expect(line.length).toBeLessThan(4_100);
    expect(line).toMatch(/^failed t \| begin x+⏎\[…\]⏎x+ end⏎y+⏎\[…\]⏎y+$/);
  });

  it('with more failures than keep their words', async () => {
    const found = await lines({ results: result('t', 'Failed', error('no')).repeat(2_001) });
    expect(found.slice(-2)).toEqual(['failed t | no', 'failed t | ']);
  });
});
