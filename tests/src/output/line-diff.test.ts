import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineDiff } from '../../../src/output/line-diff.ts';

const shown = (before: string, after: string, most = 99) =>
  lineDiff(before, after, most).map(({ sign, text }) => `${sign}${text}`);

describe('a difference of two texts', () => {
  test.each<[string, string, string[]]>([
    ['a', 'a', []],
    ['a\nb\nc', 'a\nc', ['-b']],
    ['a\nc', 'a\nb\nc', ['+b']],
    ['a\nb\nc\nd', 'a\nx\nc\ny', ['-b', '+x', '-d', '+y']],
    ['', 'a\nb', ['-', '+a', '+b']],
    ['a\na\nb', 'a\nb', ['-a']],
  ])('of %j and %j is what goes and what comes', (before, after, lines) => {
    expect(shown(before, after)).toEqual(lines);
  });

  test('is cut where it is long, and says how many lines more there are', () => {
    expect(shown('', '1\n2\n3', 2)).toEqual(['-', '+1', '…2 more lines']);
    expect(shown('', '1\n2', 2)).toEqual(['-', '+1', '…1 more line']);
  });

  test('of texts that are too long to be compared line by line has all of both', () => {
    const lines = (name: string) => Array.from({ length: 2100 }, (_, index) => `${name}${index}`);
    const [before, after] = [['same', ...lines('a')].join('\n'), ['same', ...lines('b')].join('\n')];
    expect(shown(before, after, 5000)).toEqual([
      ...lines('a').map((each) => `-${each}`),
      ...lines('b').map((each) => `+${each}`),
    ]);
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map((lines) => lines.join('\n'));

  test('has exactly the lines by which the two differ, and none that both keep', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after, 99);
        const of = (sign: string) => lines.filter((line) => line.sign === sign).length;
        const [old, now] = [before.split('\n').length, after.split('\n').length];
        expect(old - of('-')).toBe(now - of('+'));
        expect(lines.length === 0).toBe(before === after);
        const mirrored = lineDiff(after, before, 99);
        expect(mirrored.length).toBe(lines.length);
      }),
    );
  });
});
