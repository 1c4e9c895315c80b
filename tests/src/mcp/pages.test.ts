/** How much a page of an answer holds. */
import { expect, test } from 'vitest';
import { roomOfPage } from '../../../src/mcp/pages.ts';

test.each<[string, number, number]>([
  ['as many texts as there is room for', 18_998, 2],
  ['one fewer where they are one byte longer', 18_999, 1],
  ['none that is too long by itself', 100_000, 0],
])('a page has room for %s', (_, size, count) => {
  const hasRoom = roomOfPage();
  const taken = Array.from({ length: 5 }, () => hasRoom('x'.repeat(size)));
  expect(taken.filter(Boolean)).toHaveLength(count);
});

test('what JSON needs for a text counts, not its characters', () => {
  expect(roomOfPage()('"'.repeat(18_999))).toBe(true);
  expect(roomOfPage()('"'.repeat(19_000))).toBe(false);
});
