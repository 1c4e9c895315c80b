/** Columns of a terminal. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from '../../../core/text/display-width.ts';

test.each([
  ['', 0],
  ['abc ~', 5],
  ['äöü', 3],
  ['e\u0301', 1],
  ['\u0301', 0],
  ['日本語', 6],
  ['한국', 4],
  ['ｆｕｌｌ', 8],
  ['👍', 2],
  ['👍🏽', 2],
  ['🇩🇪', 2],
  ['👩\u200d👩\u200d👧', 2],
  ['☺', 1],
  ['☺\ufe0f', 2],
  ['1\ufe0f\u20e3', 2],
  ['𠀀', 2],
  ['नि', 1],
  ['→…', 2],
])('%j takes %i', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

describe('cut to a width', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['日本語', 2, '…'],
    ['ab', 1, '…'],
    ['ab', 0, ''],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('%j at %i is %j', (text, width, expected) => {
    expect(cutToWidth(text, width)).toBe(expected);
  });

  test('never takes more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, width) => {
        expect(displayWidth(cutToWidth(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('is filled up on either side', () => {
  expect([padToWidth('日', 4), padToWidth('日', 4, 'start'), padToWidth('日本語', 4)]).toEqual([
    '日  ',
    '  日',
    '日本語',
  ]);
});
