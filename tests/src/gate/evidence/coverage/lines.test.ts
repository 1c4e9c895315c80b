import { describe, expect, it } from 'vitest';
import { createLines, type Lines } from '../../../../../src/gate/evidence/coverage/lines.ts';

function linesOf(told: readonly (readonly [number, boolean])[]): Lines {
  const lines = createLines();
  for (const [line, ran] of told) lines.add(line, ran);
  return lines;
}

const sorted = (lines: Lines) => [...lines].sort(([one], [other]) => one - other);

describe('lines that are told of', () => {
  it('count once, and have run when any word of them says so', () => {
    const lines = linesOf([[3, false], [1, true], [3, true], [1, false], [2, false], [2, false], [0, true]]); // biome-ignore format: a list
    expect([lines.size, lines.covered]).toEqual([4, 3]);
    expect([...lines]).toEqual([[0, true], [1, true], [2, false], [3, true]]); // biome-ignore format: a list
    expect([0, 1, 2, 3, 4, -1].map((line) => lines.get(line))).toEqual([true, true, false, true, undefined, undefined]);
  });

  it('may lie wherever they want, without taking the memory of what is between them', () => {
    const far = [63, 64, 65, 96, 1_000, 123_456_789_012_345, -1, -2] as const;
    for (const ran of [true, false]) {
      const lines = linesOf(far.map((line) => [line, ran]));
      expect([lines.size, lines.covered]).toEqual([8, ran ? 8 : 0]);
      expect(far.map((line) => lines.get(line))).toEqual(far.map(() => ran));
      expect(sorted(lines)).toEqual(far.toSorted((one, other) => one - other).map((line) => [line, ran]));
    }
    const many = linesOf(Array.from({ length: 20_000 }, (_, index) => [index * 1_000_000, true]));
    expect([many.size, many.covered]).toEqual([20_000, 20_000]);
  });

  it('stay known when lines between them come later', () => {
    const lines = linesOf([[500, false], [501, true]]); // biome-ignore format: a list
    for (let line = 0; line < 1_000; line += 1) if (line !== 500 && line !== 501) lines.add(line, line % 2 === 0);
    expect([lines.get(500), lines.get(501), lines.size, lines.covered]).toEqual([false, true, 1_000, 500]);
    lines.add(500, true);
    lines.add(501, false);
    expect([lines.get(500), lines.get(501), lines.size, lines.covered]).toEqual([true, true, 1_000, 501]);
    expect(sorted(lines).map(([line]) => line)).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });
});

describe('many lines at once', () => {
  it.each([
    ['in order', [1, 2, 3, 500]],
    ['in no order', [500, 3, 70, 1, 2_000, 4, 90, 1]],
    ['far from one another', [5, 1_000_000, 6, 123_456_789_012_345, 7, 90]],
    ['none', []],
  ])('%s', (_, told) => {
    for (const ran of [true, false]) {
      const before = [[2, false], [3, true], [90, false]] as const; // biome-ignore format: a list
      const lines = linesOf(before);
      lines.addAll(told, ran);
      const oneByOne = linesOf([...before, ...told.map((line) => [line, ran] as const)]);
      expect(sorted(lines)).toEqual(sorted(oneByOne));
      expect([lines.size, lines.covered]).toEqual([oneByOne.size, oneByOne.covered]);
      lines.addAll(told, true);
      expect(told.map((line) => lines.get(line))).toEqual(told.map(() => true));
    }
  });

  it('also where another one lies far from them', () => {
    const lines = linesOf([[1_000, false]]);
    lines.addAll([...Array(2_000).keys()], true);
    expect([lines.size, lines.covered, lines.get(1_000)]).toEqual([2_000, 2_000, true]);
  });
});
