import { expect, it } from 'vitest';
import { createBlocks } from '../../../../../src/gate/evidence/coverage/blocks.ts';

it('blocks are told as they were added', () => {
  const blocks = createBlocks();
  expect([blocks.size, blocks.counted(), [...blocks]]).toEqual([0, undefined, []]);
  blocks.add([3, 10, 5, 2, 4], true);
  blocks.add([7, 1, 7, 30, 2], false);
  expect([...blocks]).toEqual([
    { from: 3, to: 5, statements: 4, ran: true },
    { from: 7, to: 7, statements: 2, ran: false },
  ]);
  expect([...blocks.entries()]).toEqual([
    [[3, 10, 5, 2, 4], true],
    [[7, 1, 7, 30, 2], false],
  ]);
  expect([blocks.size, blocks.counted()]).toEqual([2, { covered: 4, total: 6 }]);
});

it('a block that is told twice counts once, and has run when any of them tells so', () => {
  const blocks = createBlocks();
  blocks.add([1, 1, 2, 2, 3], false);
  blocks.add([1, 1, 2, 2, 3], true);
  blocks.add([1, 1, 2, 2, 3], false);
  expect([blocks.size, blocks.counted()]).toEqual([1, { covered: 3, total: 3 }]);
});

it('each of the four numbers of a place tells blocks apart', () => {
  const blocks = createBlocks();
  for (const numbers of [[1, 1, 1, 1, 1], [2, 1, 1, 1, 1], [1, 2, 1, 1, 1], [1, 1, 2, 1, 1], [1, 1, 1, 2, 1]] as const) blocks.add([...numbers], true); // biome-ignore format: a list
  expect(blocks.size).toBe(5);
});

it('many blocks stay known, with the largest numbers that a profile may have', () => {
  const one = createBlocks();
  const other = createBlocks();
  const most = 999_999_999;
  for (let block = 0; block < 5_000; block += 1) {
    one.add([block, block % 7, most - block, most, 1], block % 2 === 0);
    other.add([block + 2_500, (block + 2_500) % 7, most - block - 2_500, most, 1], true);
  }
  one.addAll(other);
  expect([one.size, one.counted()]).toEqual([7_500, { covered: 6_250, total: 7_500 }]);
  expect([...one].at(-1)).toEqual({ from: 7_499, to: most - 7_499, statements: 1, ran: true });
});
