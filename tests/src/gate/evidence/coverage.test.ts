import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../src/gate/evidence/coverage.ts';
import { configOf, contextIn, fixture, lines, workspace } from './workspace.support.ts';

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
    'PASS line coverage | Line coverage is 80.00 % (8 of 10 lines); nothing is required: neither `minimum` nor `max_drop` is set.',
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
    ['a Clover report', '<coverage generated="1"><project><metrics statements="3"/></project></coverage>'],
    ['an empty summary', '{"total":{"lines":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"}}}'],
  ])('%s', async (_, text) => {
    for (const on_missing of ['hold', 'ship']) {
      const reading = await read({ report: text }, { on_missing });
      expect(reading.findings.map(({ check, result }) => [check, result])).toEqual([
        ['lines were measured', on_missing === 'hold' ? 'FAIL' : 'ADVISORY'],
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
    ['a count outside of a file', 'DA:1,1\n', 'r:1: A number stands outside'],
    ['more covered lines than lines', lcov(3, 2), 'r: It counts more covered lines'],
    [
      'more covered lines than lines, in Cobertura',
      '<coverage lines-valid="2" lines-covered="3"/>',
      'r: It counts more covered lines',
    ],
    [
      'a count that is no number',
      '<coverage><class><line hits="many"/></class></coverage>',
      'r:1:37: `hits` is not a number.',
    ],
    [
      'JaCoCo',
      '<report name="x"/>',
      'r:1:19: Its root element is <report>; Cobertura has <coverage>. It looks like JaCoCo;',
    ],
    [
      'the detailed report of Istanbul',
      '{"/a.js":{"path":"/a.js","statementMap":{}}}',
      'r: It is the detailed report.',
    ],
    ['a summary with strange numbers', '{"total":{"lines":{"total":1,"covered":2}}}', 'r: `total` lacks a usable'],
    ['white space', ' \n ', 'r: It holds nothing but white space.'],
  ])('%s', async (_, text, words) => {
    const reading = await read({ r: text }, { minimum: 0 });
    expect(reading.findings.map(({ check, result }) => [check, result])).toEqual([['reading r', 'FAIL']]);
    expect(reading.findings[0]?.evidence).toContain(words);
    expect(reading).toMatchObject({ complete: false });
  });
});
