import { describe, expect, test } from 'vitest';
import type { Finding, FindingResult } from '../../../../src/gate/finding.ts';
import { findingsMarkdown, findingsText, ordered, proofOf } from '../../../../src/gate/report/findings-table.ts';

const finding = (result: FindingResult, more: Partial<Finding> = {}): Finding => ({
  ...{ source: 'unit', check: 'adds', result, evidence: 'expected 1' },
  ...more,
});
const WAIVER = { reason: 'known', owner: 'ann', expires: '2026-12-31' };

test('what blocks comes first; within a result the order stays', () => {
  const results = ['PASS', 'PARTIAL', 'ADVISORY', 'WAIVED', 'UNKNOWN', 'FAIL', 'PASS', 'FAIL'] as const;
  const found = results.map((result, index) => finding(result, { check: String(index) }));
  expect(ordered(found).map(({ result, check }) => `${result} ${check}`)).toEqual([
    ...['FAIL 5', 'FAIL 7', 'UNKNOWN 4', 'WAIVED 3', 'ADVISORY 2', 'PARTIAL 1', 'PASS 0', 'PASS 6'],
  ]);
});

test.each<[Partial<Finding>, string]>([
  [{}, 'expected 1'],
  [{ evidence: 'one\ntwo' }, 'one two'],
  [{ file: 'a.ts' }, 'expected 1 (a.ts)'],
  [{ file: 'a.ts', line: 7 }, 'expected 1 (a.ts:7)'],
  [{ line: 7 }, 'expected 1'],
  [{ waiver: WAIVER }, 'expected 1 Waived by ann until 2026-12-31: known.'],
])('the proof of %o is %j', (more, expected) => {
  expect(proofOf(finding('FAIL', more))).toBe(expected);
});

describe('as Markdown', () => {
  const rows = (found: readonly Finding[]) => findingsMarkdown(found).split('\n').slice(2);

  test('it is a table, or says that there is nothing', () => {
    expect(findingsMarkdown([])).toBe('Nothing was judged.');
    expect(findingsMarkdown([finding('PASS'), finding('FAIL', { check: 'a | b' })]).split('\n')).toEqual([
      '| Result | Evidence | Check | Proof |',
      '| --- | --- | --- | --- |',
      expect.stringMatching(/^\| 🔴\u00a0FAIL \| unit \| a .*b \| expected 1 \|$/),
      '| ✅\u00a0PASS | unit | adds | expected 1 |',
    ]);
  });

  test('it has a hundred rows, and counts the others', () => {
    const many = (count: number) => Array.from({ length: count }, () => finding('PASS'));
    expect(rows(many(100))).toHaveLength(100);
    expect(rows(many(100)).at(-1)).toContain('adds');
    const more = rows(many(103));
    expect([more.length, more.at(-1)]).toEqual([101, '| | | … and 3 more | in `.pace/` |']);
    // the worst are among those that are shown
    expect(rows([...many(100), finding('FAIL')])[0]).toContain('FAIL');
  });

  test.each([
    ['https://a.example/x', '[adds](<https://a.example/x>)'],
    ['HTTP://a.example', '[adds](<HTTP://a.example>)'],
    ['https://a.example/a b>c', '[adds](<https://a.example/a%20b%3Ec>)'],
    ['https://a.example/a%20b', '[adds](<https://a.example/a%20b>)'],
    ['https://a.example/%zz', '[adds](<https://a.example/%25zz>)'],
    ['javascript:alert(1)', 'adds'],
    ['ftp://a.example', 'adds'],
    ['see https://a.example', 'adds'],
  ])('it links to web pages alone: %s', (url, expected) => {
    expect(rows([finding('PASS', { url })])[0]?.split(' | ')[2]).toBe(expected);
  });
});

describe('as text', () => {
  test('it has a line for each, the words of the results and the sources below one another', () => {
    const found = [finding('PASS', { source: 'a' }), finding('ADVISORY', { source: 'abc', evidence: '' })];
    expect(findingsText(found)).toEqual(['🟠 ADVISORY abc  adds', '✅ PASS     a    adds — expected 1']);
    expect(findingsText(found, (result, word) => `<${result === 'PASS' ? word : ''}>`)[1]).toBe(
      '✅ <PASS    > a    adds — expected 1',
    );
    expect(findingsText([])).toEqual([]);
  });

  test('a long source makes no more room than thirty characters', () => {
    const found = [finding('FAIL', { source: 'x'.repeat(50) }), finding('PASS', { source: 'a' })];
    const [first, second] = findingsText(found);
    expect(first).toMatch(/^🔴 FAIL {5}x{29}… {2}adds/);
    expect(second).toBe(`✅ PASS     a${' '.repeat(29)}  adds — expected 1`);
  });

  test('it has a hundred lines, and counts the others', () => {
    const many = (count: number) => Array.from({ length: count }, () => finding('PASS'));
    expect(findingsText(many(100))).toHaveLength(100);
    expect(findingsText(many(101)).slice(99)).toEqual([expect.stringContaining('adds'), '… and 1 more in .pace/']);
  });
});
