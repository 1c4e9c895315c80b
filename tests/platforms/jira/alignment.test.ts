import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignment, bestPairs } from '../../../platforms/jira/alignment.ts';

const letters = (text: string) => [...text];

describe('Two lists side by side', () => {
  it.each<[string, string, string]>([
    ['', '', ''],
    ['abc', '', ''],
    ['abc', 'abc', 'abc'],
    ['abcd', 'axcd', 'acd'],
    ['abcbdab', 'bdcaba', 'bcba'],
    ['aab', 'ab', 'ab'],
  ])('of %j and %j have %j', (one, other, shared) => {
    const pairs = alignment(letters(one), letters(other));
    expect(pairs.map(([at]) => one[at]).join('')).toHaveLength(shared.length);
    for (const [a, b] of pairs) expect(one[a]).toBe(other[b]);
  });

  const key = fc.constantFrom('a', 'b', 'c');
  const inOrder = (pairs: readonly [number, number][]) =>
    pairs.every(([a, b], at) => at === 0 || (a > (pairs[at - 1]?.[0] ?? -1) && b > (pairs[at - 1]?.[1] ?? -1)));

  it('are matched in their order', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 30 }), fc.array(key, { maxLength: 30 }), (one, other) => {
        const pairs = alignment(one, other);
        expect(inOrder(pairs)).toBe(true);
        expect(pairs.every(([a, b]) => one[a] === other[b])).toBe(true);
      }),
      { seed: 20261130 },
    );
  });

  it('are matched in passing where they are very long', () => {
    const [one, other] = [
      Array.from({ length: 1_500 }, (_, at) => `a${at}`),
      Array.from({ length: 1_500 }, (_, at) => `a${at + 1}`),
    ];
    const pairs = alignment(['x', ...one], ['y', ...other]);
    expect(inOrder(pairs)).toBe(true);
    expect(pairs).toHaveLength(1_499);
    expect(pairs[0]).toEqual([2, 1]);
    const same = alignment(
      ['x', ...Array.from({ length: 20_000 }, () => 'a')],
      [...Array.from({ length: 20_000 }, () => 'a'), 'y'],
    );
    expect([same.length, inOrder(same)]).toEqual([20_000, true]);
  });

  it('can be paired by what the pairs are worth together', () => {
    const worth = [
      [0.5, 5, 0],
      [0, 4, 0],
      [0, 0, 3],
    ];
    expect(bestPairs(3, 3, (a, b) => worth[a]?.[b] ?? 0)).toEqual([
      [0, 1],
      [2, 2],
    ]);
    expect(bestPairs(2, 2, () => 0)).toEqual([]);
  });
});
