import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, newSeed } from '../../../.ci/mutation/draw.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const someDraw = { size: fc.integer({ min: 0, max: 400 }), count: fc.integer({ min: 0, max: 500 }), seed: fc.string() };

describe('the draw', () => {
  test('is the same for a seed and another for another one', () => {
    expect(draw(numbers(50_000), 300, '7')).toEqual(draw(numbers(50_000), 300, '7'));
    expect(draw(numbers(50_000), 300, '8')).not.toEqual(draw(numbers(50_000), 300, '7'));
  });

  test('has as many as are wanted, or all where there are fewer, in their order and none twice', () => {
    fc.assert(
      fc.property(fc.record(someDraw), ({ size, count, seed }) => {
        const drawn = draw(numbers(size), count, seed);
        expect(drawn).toHaveLength(Math.min(size, count));
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      }),
    );
  });

  test('takes of every stretch of the list its share', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const drawn = draw(numbers(1000), 100, seed);
        for (const from of [0, 250, 500, 750]) {
          expect(drawn.filter((at) => at >= from && at < from + 250)).toHaveLength(25);
        }
      }),
    );
  });

  test('can take every item', () => {
    const drawn = new Set(numbers(400).flatMap((seed) => draw(numbers(40), 4, String(seed))));
    expect([...drawn].sort((a, b) => a - b)).toEqual(numbers(40));
  });
});

test('a new seed can be typed again', () => {
  expect(newSeed()).toMatch(/^\d{1,6}$/);
});
