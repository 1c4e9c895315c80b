import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestCommon } from '../../../src/sync/longest-common.ts';

test.each<[string, number[], number[], [number, number][] | undefined]>([
  ['nothing', [], [], []],
  ['nothing of one', [], [1], []],
  [
    'all',
    [1, 2],
    [1, 2],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    'one that is put in between',
    [1, 2],
    [1, 9, 2],
    [
      [0, 0],
      [1, 2],
    ],
  ],
  [
    'one that is gone',
    [1, 9, 2],
    [1, 2],
    [
      [0, 0],
      [2, 1],
    ],
  ],
  [
    'a replaced one',
    [1, 8, 2],
    [1, 9, 2],
    [
      [0, 0],
      [2, 2],
    ],
  ],
  ['one of several equal ones', [1, 1, 1], [1], [[0, 0]]],
  [
    'the longer part',
    [1, 2, 3],
    [3, 1, 2],
    [
      [0, 1],
      [1, 2],
    ],
  ],
  ['of two as long, that of the first', [1, 2], [2, 1], [[1, 0]]],
  ['nothing', [1, 2], [3, 4], []],
])('finds %s', (_, one, other, matches) => {
  expect(longestCommon(one, other)).toEqual(matches);
});

function lengthOf(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const rest = [one.slice(1), other.slice(1)] as const;
  if (one[0] === other[0]) return 1 + lengthOf(...rest);
  return Math.max(lengthOf(rest[0], other), lengthOf(one, rest[1]));
}

test('what it finds is equal, in order in both, and nothing longer is', () => {
  const sequence = fc.array(fc.nat(3), { maxLength: 8 });
  fc.assert(
    fc.property(sequence, sequence, (one, other) => {
      const matches = longestCommon(one, other) ?? [];
      for (const [at, [left, right]] of matches.entries()) {
        const [leftBefore, rightBefore] = matches[at - 1] ?? [-1, -1];
        expect(one[left]).toBe(other[right]);
        expect([left > leftBefore, right > rightBefore]).toEqual([true, true]);
      }
      expect(matches.length).toBe(lengthOf(one, other));
    }),
  );
});

const counted = (from: number, length: number) => Array.from({ length }, (_, at) => from + at);

test('compares up to a million times, and then no more', () => {
  const one = [-1, ...counted(0, 999)];
  expect(longestCommon(one, [...counted(0, 999), -2])).toEqual(counted(0, 999).map((at) => [at + 1, at]));
  expect(longestCommon(one, [...counted(0, 1_000), -2])).toBeUndefined();
});

test('compares long sequences that differ in one place only', () => {
  const one = counted(0, 20_000);
  const other = one.with(10_000, -1);
  expect(longestCommon(one, other)).toEqual(one.toSpliced(10_000, 1).map((at) => [at, at]));
  expect(longestCommon(one, one.slice(1))).toEqual(counted(1, 19_999).map((at) => [at, at - 1]));
});
