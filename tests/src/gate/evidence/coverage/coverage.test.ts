import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import { configOf, contextIn, fixture, lines, workspace } from '../workspace.support.ts';

async function read(
  files: Record<string, string>,
  settings: Record<string, unknown> = {},
  baseline: Record<string, number> = {},
) {
  const config = configOf({ type: 'coverage', path: '**/*', ...settings });
  return readCoverage(config, contextIn(workspace(files), { baseline }));
}

describe('a report as a real tool writes it', () => {
  const table: Record<string, [number, string]> = {
    'lcov.info': [70, 'Line coverage is 70.00 % (7 of 10 lines); the minimum is 50 %.'],
    'cobertura.xml': [75, 'Line coverage is 75.00 % (6 of 8 lines); the minimum is 50 %.'],
    'cobertura-without-sums.xml': [50, 'Line coverage is 50.00 % (1 of 2 lines); the minimum is 50 %.'],
    'coverage-summary.json': [75, 'Line coverage is 75.00 % (30 of 40 lines); the minimum is 50 %.'],
  };
  it.each(Object.entries(table))('%s', async (name, [coverage, words]) => {
    const reading = await read({ [name]: fixture(`coverage/${name}`) }, { minimum: 50 });
    expect(lines(reading)).toEqual([`PASS line coverage | ${words}`]);
    expect(reading).toMatchObject({ coverage, complete: true, standing: true });
  });
});

const lcov = (covered: number, total: number, name = 'a') => `SF:${name}\nLF:${total}\nLH:${covered}\nend_of_record\n`;

it('adds up lines over files of several kinds', async () => {
  const reading = await read({
    'a/lcov.info': lcov(0, 10),
    'b.xml': '<coverage lines-valid="90" lines-covered="90"/>',
  });
  expect(reading.coverage).toBe(90);
});

it('fails under the minimum with both numbers, and never rounds up to it', async () => {
  expect(lines(await read({ 'l.info': lcov(79_999, 100_000) }, { minimum: 80 }))).toEqual([
    'FAIL line coverage | Line coverage is 79.99 % (79,999 of 100,000 lines); less than the minimum of 80 %.',
  ]);
  expect(lines(await read({ 'l.info': lcov(8, 10) }, { minimum: 80 }))).toEqual([
    'PASS line coverage | Line coverage is 80.00 % (8 of 10 lines); the minimum is 80 %.',
  ]);
});

it('compares with the last day that shipped', async () => {
  const drop = (before: number, max_drop: number) => read({ 'l.info': lcov(8, 10) }, { max_drop }, { unit: before });
  expect(lines(await drop(85, 2))).toEqual([
    'FAIL line coverage drop | Line coverage is 80.00 % (8 of 10 lines); 5.00 points less than the 85.00 % of the last SHIP, 2 allowed.',
  ]);
  expect(lines(await drop(82, 2))).toEqual([
    'PASS line coverage drop | Line coverage is 80.00 % (8 of 10 lines); 2.00 points less than the 82.00 % of the last SHIP, 2 allowed.',
  ]);
  expect(lines(await drop(70, 0))).toEqual([
    'PASS line coverage drop | Line coverage is 80.00 % (8 of 10 lines); not less than the 70.00 % of the last SHIP, 0 allowed.',
  ]);
});

it('says when there is nothing to compare with, and when nothing is required', async () => {
  expect(lines(await read({ 'l.info': lcov(8, 10) }, { max_drop: 1 }))).toEqual([
    'PASS line coverage drop | Line coverage is 80.00 % (8 of 10 lines); first run, no baseline to compare with.',
  ]);
  expect(lines(await read({ 'l.info': lcov(8, 10) }))).toEqual([
    'PASS line coverage | Line coverage is 80.00 % (8 of 10 lines); nothing is required of it: neither `minimum` nor `max_drop` is set.',
  ]);
});

it('takes a bare rate only where it stands alone', async () => {
  const rate = '<coverage line-rate="0.815"/>';
  expect(await read({ 'a.xml': rate }, { minimum: 80 })).toMatchObject({ coverage: 81.5 });
  const both = await read({ 'a.xml': rate, 'b.info': lcov(1, 1) });
  expect(both.findings[0]?.result).toBe('FAIL');
  expect(both.coverage).toBeUndefined();
});

describe('nothing measured is not a pass', () => {
  it.each([
    ['an lcov file without lines', 'SF:a\nend_of_record\n'],
    ['a Cobertura report without lines', '<coverage lines-valid="0" lines-covered="0" line-rate="1"/>'],
    [
      'a Clover report without lines',
      '<coverage generated="1"><project><metrics statements="3"/></project></coverage>',
    ],
    ['a JaCoCo report without lines', '<report name="x"/>'],
    ['a Clover report without anything', '<coverage clover="4"/>'],
    ['a SonarQube report without files', '<coverage version="1"/>'],
    ['an Istanbul report without files', '{}'],
    ['a Go profile without blocks', 'mode: set\n'],
    ['an empty summary', '{"total":{"lines":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"}}}'],
  ])('%s', async (_, text) => {
    for (const on_broken of ['hold', 'advisory']) {
      const reading = await read({ report: text }, { on_broken });
      expect(reading.findings.map(({ check, result }) => [check, result])).toEqual([
        ['lines were measured', on_broken === 'hold' ? 'FAIL' : 'ADVISORY'],
      ]);
      expect(reading.coverage).toBeUndefined();
    }
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['an lcov file that breaks off', 'SF:a\nDA:1,1\n', 'r:3: It breaks off'],
    ['a line that lcov does not have', 'SF:a\nhello\nend_of_record\n', 'r:2: This is not a line'],
    ['a line that lacks its count', 'SF:a\nDA:1\nend_of_record\n', 'r:2: Its numbers cannot be read'],
    ['a count outside of a file', 'DA:1,1\n', 'r:1: A number is outside'],
    ['more covered lines than lines', lcov(3, 2), 'r: It counts more covered lines'],
    [
      'more covered lines than lines, in Cobertura',
      '<coverage lines-valid="2" lines-covered="3"/>',
      'r: It counts more covered lines',
    ],
    [
      'a count that is not a number',
      '<coverage><class><line hits="many"/></class></coverage>',
      'r:1:37: `hits` is not a number.',
    ],
    ['a summary with strange numbers', '{"total":{"lines":{"total":1,"covered":2}}}', 'r: `total` lacks a usable'],
    ['white space', ' \n ', 'r:1:1: This is an empty file, and PACE reads coverage'],
  ])('%s', async (_, text, words) => {
    const reading = await read({ r: text }, { minimum: 0 });
    expect(reading.findings.map(({ check, result }) => [check, result])).toEqual([['reading r', 'FAIL']]);
    expect(reading.findings[0]?.evidence).toContain(words);
    expect(reading).toMatchObject({ complete: false });
  });
});

describe('lines are counted', () => {
  const section = (name: string, ...records: string[]) => `SF:${name}\n${records.join('\n')}\nend_of_record\n`;
  const measured = async (text: string) => (await read({ r: text })).findings[0]?.evidence.replace(/; .*/, '');

  it.each([
    ['one by one in lcov', section('a', 'DA:1,0', 'DA:2,3', 'DA:3,-1'), '(1 of 3 lines)'],
    ['once over several runs of one file', section('a', 'DA:1,0', 'DA:2,1') + section('a', 'DA:1,2', 'DA:2,0', 'DA:3,0'), '(2 of 3 lines)'],
    ['in each of several files', section('a', 'DA:1,1') + section('b', 'DA:1,0'), '(1 of 2 lines)'],
    ['sooner than the sums under them', section('a', 'DA:1,1', 'DA:2,0', 'LF:9', 'LH:9'), '(1 of 2 lines)'],
    ['by the largest sum of several runs', section('a', 'LF:4', 'LH:3') + section('a', 'LF:5', 'LH:2'), '(3 of 5 lines)'],
    ['with what else stands in a record left out', section('a', 'FN:1,main', 'FNDA:1,main', 'BRDA:1,0,0,1', 'BRF:4', 'BRH:4', 'DA:1,1,abc=='), '(1 of 1 line)'],
    ['with the line ends of Windows', 'TN:\r\nSF:a\r\nDA:1,1\r\nDA:2,0\r\n\r\nend_of_record\r\n', '(1 of 2 lines)'],
    ['without a last line end', 'SF:a\nDA:1,1\nend_of_record', '(1 of 1 line)'],
    ['in Cobertura by its sums', '<coverage lines-valid="10" lines-covered="4"><line hits="1"/></coverage>', '(4 of 10 lines)'],
    ['in Cobertura one by one where a sum is missing', '<coverage lines-valid="10"><line hits="1"/><line hits="0"/><line hits=" 7 "/></coverage>', '(2 of 3 lines)'],
    ['in Cobertura one by one where the other sum is missing', '<coverage lines-covered="10"><line hits="1"/></coverage>', '(1 of 1 line)'],
    ['in Cobertura one by one where the sums say none', '<coverage lines-valid="0" lines-covered="0"><line hits="1"/></coverage>', '(1 of 1 line)'],
    ['in Cobertura without the copies under methods', '<coverage><class><methods><method><lines><line hits="1"/><line hits="1"/></lines></method></methods><lines><line hits="1"/><line hits="0"/></lines></class><class><methods/><lines><line hits="0"/></lines></class></coverage>', '(1 of 3 lines)'],
    ['in Cobertura without those that say nothing', '<coverage><line/><line hits=""/><line hits="2"/><branch hits="0"/></coverage>', '(1 of 1 line)'],
    ['in Istanbul by its total', '{"total":{"lines":{"total":4,"covered":3}},"/a.js":{"lines":{"total":9,"covered":9}}}', '(3 of 4 lines)'],
    ['in Istanbul over its files where there is no total', '{"/a.js":{"lines":{"total":4,"covered":3}},"/b.js":{"lines":{"total":6,"covered":1}}}', '(4 of 10 lines)'],
  ])('%s', async (_, text, expected) => {
    expect(await measured(text)).toContain(expected);
  }); // biome-ignore format: a table

  it.each([
    ['a rate above 1', '<coverage line-rate="1.01"/>', 'r: Its line-rate is more than 1.'],
    ['a file of Istanbul without lines', '{"/a.js":{"lines":{"total":1,"covered":1}},"/b.js":{}}', 'r: `/b.js` lacks'],
    ['a file of Istanbul that is none', '{"/a.js":7,"total":{"lines":{"total":1,"covered":1}}}', 'r: `/a.js` lacks'],
    ['the detailed report of Istanbul without counters', '{"/a.js":{"statementMap":{}}}', 'r: `/a.js` lacks a usable `statementMap` and `s`.'],
    ['a total of Istanbul without its lines', '{"total":{"lines":{"covered":1}}}', 'r: `total` lacks'],
    ['a total of Istanbul without what is covered', '{"total":{"lines":{"total":1}}}', 'r: `total` lacks'],
    ['a list in the place of Istanbul’s object', '[1]', 'r:1:1: This is JSON of a kind that PACE does not know, and PACE reads coverage reports'],
    ['another root element', '<feed/>', 'r:1:1: This is XML of a kind that PACE does not know (its root element is <feed>), and PACE reads coverage reports'],
    ['an lcov file without a file', 'TN:\n', 'r:1: It names no file'],
    ['an lcov file with a count too many', 'SF:a\nLF:1,2\nend_of_record\n', 'r:2: Its numbers cannot be read'],
    ['a line of lcov without end', `TN:a\n${'x'.repeat(300_000)}`, 'r:2: This line is far too long for a report of coverage.'],
  ])('not in %s', async (_, text, words) => {
    const reading = await read({ r: text }, { minimum: 0 });
    expect(reading.findings.map(({ result }) => result)).toEqual(['FAIL']);
    expect(reading.findings[0]?.evidence).toContain(words);
    expect(reading.coverage).toBeUndefined();
  }); // biome-ignore format: a table

  it('a rate of exactly 1 is all of them', async () => {
    expect((await read({ r: '<coverage line-rate="1"/>' })).coverage).toBe(100);
    expect((await read({ r: '<coverage line-rate="0"/>' })).coverage).toBe(0);
    expect((await read({ r: '<coverage line-rate=" 12.5e-02 "/>' })).coverage).toBe(12.5);
    expect((await read({ r: '<coverage line-rate="1e0"/>' })).coverage).toBe(100);
    expect((await read({ r: '<coverage line-rate=""/>' })).coverage).toBeUndefined();
  });
});

it('a part of the reports is no measurement', async () => {
  const reading = await read({ 'a.info': lcov(10, 10), 'b.info': 'broken' }, { minimum: 50 });
  expect(reading.findings.map(({ check }) => check)).toEqual(['reading b.info']);
  expect([reading.coverage, reading.complete]).toEqual([undefined, false]);
});

it('what may be dropped may be dropped exactly, in spite of the digits that a baseline was kept with', async () => {
  const verdict = async (before: number, covered: number, max_drop: number) =>
    (await read({ 'l.info': lcov(covered, 30) }, { max_drop }, { unit: before })).findings[0]?.result;
  // 20 of 30 lines are 66.66666…, kept as 66.6667
  expect(await verdict(66.6667, 20, 0)).toBe('PASS');
  expect(await verdict(66.67, 20, 0)).toBe('FAIL');
  expect(await verdict(100, 27, 10)).toBe('PASS');
  expect(await verdict(100, 26, 10)).toBe('FAIL');
});

it('what equals the minimum passes, in spite of the noise of floating point numbers', async () => {
  const verdict = async (covered: number, total: number, minimum: number) =>
    (await read({ 'l.info': lcov(covered, total) }, { minimum })).findings[0]?.result;
  expect(await verdict(57, 100, 57)).toBe('PASS');
  expect(await verdict(29, 100, 29)).toBe('PASS');
  expect(await verdict(5_699, 10_000, 57)).toBe('FAIL');
  expect(await verdict(0, 1, 0)).toBe('PASS');
});

it('names the place of a report that measured nothing', async () => {
  const { findings } = await read({ 'l.info': 'SF:a\nend_of_record\n' });
  expect(findings[0]).toMatchObject({ check: 'lines were measured', file: 'l.info' });
});
