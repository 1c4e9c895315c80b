import { describe, expect, it } from 'vitest';
import { parseGoTestJson } from '../../../../../src/gate/evidence/tests/go-test-json.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

const NEVER_ENDED = 'It began and never ended: its process exited, crashed or ran out of time.';

async function lines(content: string): Promise<readonly string[]> {
  return (await told(parseGoTestJson, content)).lines;
}

/** Events of package `p`: `run TestX`, `output TestX text`, `fail` for the package itself. */
function events(...short: readonly string[]): string {
  return short.map((line) => `${event(line)}\n`).join('');
}

function event(short: string, pack = 'p'): string {
  const [Action, Test, ...words] = short.split(' ');
  return JSON.stringify({ Action, Package: pack, Test: Test || undefined, Output: words.join(' ') || undefined });
}

describe('what go 1.26 wrote', () => {
  const table: Record<string, readonly string[]> = {
    outcomes: [
      'passed example.test/shop/calc TestPass',
      'failed example.test/shop/calc TestFail | calc_test.go:10: got 1, want 2',
      'skipped example.test/shop/calc TestSkip',
      'passed example.test/shop/calc TestSame',
      'passed example.test/shop/calc TestTable/one',
      'failed example.test/shop/calc TestTable/two_words | calc_test.go:17: no',
      'passed example.test/shop/calc TestTable/a/b',
      'failed example.test/shop/calc TestParentToo/sub | calc_test.go:23: sub no',
      'failed example.test/shop/calc TestParentToo | calc_test.go:24: the parent itself',
      'passed example.test/shop/calc TestOnlyParent/fine',
      'failed example.test/shop/calc TestOnlyParent | calc_test.go:28: after its subtests',
      'passed example.test/shop/calc TestSecondTime',
      'failed example.test/shop/calc FuzzX/seed#0 | calc_test.go:48: one',
      'failed example.test/shop/calc Example | got:⏎x⏎want:⏎y',
    ],
    'same-name': ['failed example.test/shop/other TestSame | o_test.go:5: other'],
    count: [
      'failed example.test/shop/calc TestSecondTime | calc_test.go:37: the first time',
      'passed example.test/shop/calc TestSecondTime',
    ],
    bench: [
      'failed example.test/shop/bench BenchmarkFails | BenchmarkFails⏎    b_test.go:7: slow',
      'passed example.test/shop/bench BenchmarkSub/x',
      'passed example.test/shop/bench BenchmarkLogs',
      'passed example.test/shop/bench BenchmarkFine',
    ],
    exit: [`failed example.test/shop/exits TestExits | ${NEVER_ENDED}⏎bye`],
    'test-main': ['broken example.test/shop/mainfail | no database⏎FAIL\texample.test/shop/mainfail\t0.002s'],
    'build-failed': [
      'broken example.test/shop/broken | # example.test/shop/broken [example.test/shop/broken.test]⏎broken/b_test.go:5:28: undefined: undefinedThing',
    ],
    empty: [],
    parallel: [
      'passed example.test/shop/parallel TestP/a',
      'failed example.test/shop/parallel TestP/b | p_test.go:7: b',
      'passed example.test/shop/parallel TestQ',
    ],
  };
  it.each(Object.entries(table))('%s', async (name, expected) => {
    expect(await lines(fixture(`go/${name}.json`))).toEqual(expected);
  });

  it('a time-out, a panic and a tear-down that fails', async () => {
    const [passed, hung = ''] = await lines(fixture('go/timeout.json'));
    expect(passed).toBe('passed example.test/shop/hangs TestFine');
    expect(hung).toContain(
      `failed example.test/shop/hangs TestHangs | ${NEVER_ENDED}⏎panic: test timed out after 300ms⏎\trunning tests:⏎`,
    );
    const [, inner, outer = ''] = await lines(fixture('go/panic.json'));
    expect(inner).toBe('failed example.test/shop/panics TestPanics/inner | ');
    expect(outer).toContain('failed example.test/shop/panics TestPanics | panic: assignment to entry in nil map');
    expect((await lines(fixture('go/teardown.json'))).filter((line) => !/^(passed|skipped)/.test(line))).toEqual([
      'broken example.test/sample/flakyinit | teardown: leak found⏎FAIL\texample.test/sample/flakyinit\t0.009s',
    ]);
  });

  it('several packages, all well or not', async () => {
    const all = await lines(fixture('go/green.json'));
    expect([all.length, all.filter((line) => line.startsWith('passed')).length]).toEqual([14, 13]);
    const failed = (await lines(fixture('go/red.json'))).filter((line) => line.startsWith('failed'));
    expect(failed.map((line) => line.split(' | ')[0])).toEqual([
      'failed example.test/sample/calc TestFails',
      'failed example.test/sample/calc TestTable/7+7=ü/日本_sum',
      'failed example.test/sample/calc TestNoise',
      'failed example.test/sample/text TestPanics',
    ]);
  });
});

describe('a package', () => {
  const table: Record<string, [string, readonly string[]]> = {
    'fails as a whole where no test of it has': [
      events('run TestA', 'pass TestA', 'output  leak found', 'fail'),
      ['passed p TestA', 'broken p | leak found'],
    ],
    'fails by its tests alone where one has': [
      events('run TestA', 'fail TestA', 'output  FAIL', 'fail'),
      ['failed p TestA | '],
    ],
    'has failed again where it runs again': [
      events('run TestA', 'fail TestA', 'fail', 'start', 'run TestA', 'pass TestA', 'fail'),
      ['failed p TestA | ', 'passed p TestA', 'broken p | '],
    ],
    'that passes leaves no test open': [events('run TestA', 'pass'), [`failed p TestA | ${NEVER_ENDED}`]],
    'without tests says nothing': [events('start', 'output  ? p [no test files]', 'skip'), []],
    'with benchmarks that end without an event': [
      events('run BenchmarkA', 'output BenchmarkA BenchmarkA-2 10 28 ns/op', 'run BenchmarkB', 'pass'),
      ['passed p BenchmarkB', 'passed p BenchmarkA'],
    ],
    'that fails in a benchmark without a word': [
      events('run BenchmarkA', 'output BenchmarkA panic: no', 'fail'),
      ['broken p | '],
    ],
    'whose benchmark logs': [events('run BenchmarkA', 'bench BenchmarkA', 'pass'), ['passed p BenchmarkA']],
    'that was not told by name': ['{"Action":"fail","Output":""}\n', ['broken go test | ']],
    'whose tests begin without an event': [
      events('pass TestA', 'skip TestB', 'pass'),
      ['passed p TestA', 'skipped p TestB'],
    ],
    'with actions that are not known': [
      events('run TestA', 'attr TestA', 'dance TestA', 'pass TestA', 'pass'),
      ['passed p TestA'],
    ],
    'whose subtest and test both never ended': [
      events('run TestA', 'run TestA/b', 'output TestA/b working', 'fail'),
      [`failed p TestA/b | ${NEVER_ENDED}⏎working`],
    ],
    'in which only marks were printed beside a subtest': [
      events(
        'run TestA',
        'output TestA === NAME  TestA',
        'run TestA/b/c',
        'output TestA/b/c === CONT  TestA/b/c',
        'output TestA/b/c     --- FAIL: TestA/b/c (0.00s)',
        'fail TestA/b/c',
        'fail TestA/b',
        'output TestA --- FAIL: TestA (0.00s)',
        'fail TestA',
        'fail',
      ),
      ['failed p TestA/b/c | '],
    ],
  };
  it.each(Object.entries(table))('%s', async (_, [content, expected]) => {
    expect(await lines(content)).toEqual(expected);
  });

  it('knows a test in the next run of it, and none of `-count` in the same run', async () => {
    const content = events('fail TestA', 'pass TestA', 'fail', 'pass TestA', 'pass');
    const { runs } = await told(parseGoTestJson, content, { wantsKeys: true });
    expect(runs.map(({ outcome, key }) => [outcome, key])).toEqual([
      ['failed', '["p","TestA",1]'],
      ['passed', '["p","TestA",2]'],
      ['passed', '["p","TestA",1]'],
    ]);
    const without = await told(parseGoTestJson, content);
    expect(without.runs.map(({ key }) => key)).toEqual([undefined, undefined, undefined]);
  });
});

describe('what stands between the events', () => {
  it('is not minded', async () => {
    const content = `go: downloading x v1\r\n{"level":"info"}\n{ not json\n[1]\n\n${events('pass TestA', 'pass')}warning: old`;
    expect(await lines(content)).toEqual(['passed p TestA']);
  });

  it('tells of packages that were not built, as go before 1.24 does', async () => {
    const build = '# example.test/b\nb/b.go:3:1: undefined: x\nFAIL\texample.test/b [build failed]\n';
    expect(await lines(`${build}${events('pass TestA', 'pass')}FAIL\n`)).toEqual([
      'broken example.test/b | # example.test/b⏎b/b.go:3:1: undefined: x⏎FAIL\texample.test/b [build failed]',
      'passed p TestA',
    ]);
  });

  it('does not tell twice what the events say', async () => {
    expect(await lines(`${events('fail TestA', 'fail')}FAIL\tp\t0.1s\nFAIL\n`)).toEqual(['failed p TestA | ']);
    expect(await lines(`${events('pass TestA', 'pass')}FAIL\n`)).toEqual(['passed p TestA', 'broken go test | FAIL']);
    expect(await lines(`${events('pass TestA', 'pass')}FAILED to upload\n`)).toEqual(['passed p TestA']);
  });
});

it('tells of a build that failed, once where several packages need it, and also where none does', async () => {
  const build =
    '{"ImportPath":"d","Action":"build-output","Output":"no d"}\n{"ImportPath":"d","Action":"build-fail"}\n';
  const needs = (name: string) => `{"Action":"fail","Package":"${name}","FailedBuild":"d"}\n`;
  expect(await lines(`${build}${needs('p')}${needs('q')}`)).toEqual(['broken p | no d', 'broken q | no d']);
  expect(await lines(build)).toEqual(['broken d | no d']);
  expect(await lines('{"ImportPath":"d","Action":"build-output","Output":"a warning"}\n')).toEqual([]);
});

it('hears a failure of names of any depth in linear time', async () => {
  const name = `T${'/a'.repeat(100_000)}`;
  const deep = ['run', 'fail'].map((Action) => JSON.stringify({ Action, Package: 'p', Test: name })).join('\n');
  const end = events('run T', 'fail T', 'fail');
  const found = await lines(`${deep}\n${end}`);
  expect(found.map((line) => line.slice(0, 12))).toEqual(['failed p T/a', 'failed p T |']);
});

describe('a stream that breaks off', () => {
  const table: Record<string, [string, readonly string[]]> = {
    'while a test runs': [
      events('fail TestA', 'run TestB', 'run TestB/c'),
      ['failed p TestA | ', 'fault report:3: It breaks off: p TestB/c began and never ended.'],
    ],
    'between two tests': [
      events('start', 'pass TestA'),
      ['passed p TestA', 'fault report:2: It breaks off: p began and never ended.'],
    ],
    'in a package without a name': [
      '{"Action":"start"}\n',
      ['fault report:1: It breaks off: the test process began and never ended.'],
    ],
    'in the middle of a line': [
      `${events('fail TestA')}{"Time":"2026-03-02T09:0`,
      ['failed p TestA | ', 'fault report:2: This line begins as an event and is not valid JSON.'],
    ],
    'in a line that is not its last': [
      `{"Action":"out\n${events('pass')}`,
      ['fault report:1: This line begins as an event and is not valid JSON.'],
    ],
    'before any event': ['go: downloading\n', ['fault report:1: It holds no event of `go test -json`.']],
  };
  it.each(Object.entries(table))('%s', async (_, [content, expected]) => {
    expect(await lines(content)).toEqual(expected);
  });
});

it('keeps the beginning and the end of what a test prints', async () => {
  const noise = Array.from({ length: 5_000 }, (_, index) => `output TestA line ${index}\n`);
  const [line = ''] = await lines(events('run TestA', ...noise, 'output TestA the end', 'fail TestA', 'fail'));
  expect(line.length).toBeLessThan(2_100);
  expect(line).toMatch(/^failed p TestA \| line 0⏎line 1⏎.*⏎\[…\]⏎.*the end$/);
});

it('is read in UTF-16, as PowerShell writes it', async () => {
  const content = Buffer.from(`\ufeff${events('fail Testü', 'fail').replaceAll('\n', '\r\n')}`, 'utf16le');
  expect((await told(parseGoTestJson, content)).lines).toEqual(['failed p Testü | ']);
});

it('is not led astray by names of the language, deep nesting or endless lines', async () => {
  const deep = `{"Action":"output","Package":"p","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`;
  const long = event(`output TestA ${'x'.repeat(1_000_000)}`);
  const content = `${deep}${long}\n${events('fail __proto__', 'fail constructor', 'pass TestA', 'fail')}`;
  expect(await lines(content)).toEqual(['failed p __proto__ | ', 'failed p constructor | ', 'passed p TestA']);
});
