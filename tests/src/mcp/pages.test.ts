/** Pages of lists that change between two calls: nothing is passed over. */
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { cursorOf, following, pageOf, placeOf } from '../../../src/mcp/pages.ts';

const issue = (key: number, createdAt = key): Issue => ({
  ...{ key: String(key), url: '', title: '', body: '', state: 'open', stateName: 'open', labels: [], assignees: [] },
  ...{ createdAt, updatedAt: 0, metadata: {} },
});

async function* listOf(...issues: Issue[]): AsyncGenerator<Issue> {
  yield* issues;
}

const keys = async (issues: AsyncIterable<Issue>) => (await collect(issues)).map(({ key }) => Number(key));
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);

describe('what follows a place', () => {
  const place = { position: 3, key: '5', createdAt: 5 };
  const newest = (...numbers: number[]) =>
    keys(following(listOf(...numbers.map((number) => issue(number))), place, true));

  test.each<[string, number[], number[]]>([
    ['where nothing has changed', [7, 6, 5, 4, 3], [4, 3]],
    ['where new ones have come before it', [9, 8, 7, 6, 5, 4, 3], [4, 3]],
    ['where those before it have left', [5, 4, 3], [4, 3]],
    ['where it has left itself', [7, 6, 4, 3], [4, 3]],
    ['where all that was shown has left', [4, 3], [4, 3]],
    ['where nothing follows', [7, 6, 5], []],
    ['where all has left', [], []],
  ])('in a list by creation, %s', async (_, numbers, expected) => {
    expect(await newest(...numbers)).toEqual(expected);
  });

  test('of issues that were created at once none is passed over, though one may come twice', async () => {
    const same = [issue(7, 5), issue(6, 5), issue(4, 5), issue(3, 4)];
    expect(await keys(following(listOf(...same), place, true))).toEqual([7, 6, 4, 3]);
    expect(await keys(following(listOf(issue(7, 5), issue(5, 5), issue(4, 5)), place, true))).toEqual([4]);
  });

  test('in another order it is found by its key', async () => {
    const list = listOf(issue(1), issue(9), issue(5), issue(2), issue(8));
    expect(await keys(following(list, place, false))).toEqual([2, 8]);
  });

  test('there, where it has left, what follows it is taken by its number', async () => {
    expect(await keys(following(listOf(issue(1), issue(9), issue(2), issue(8)), place, false))).toEqual([2, 8]);
  });

  test.each([
    [202, 1],
    [203, 203],
  ])('there it is looked for behind so many newcomers, and no more: %i before it, %i given', async (count, given) => {
    const others = Array.from({ length: count }, (_, index) => issue(1000 + index));
    const rest = await keys(following(listOf(...others, issue(5), issue(1)), place, false));
    expect([rest.length, rest.at(-1)]).toEqual([given, 1]);
  });
});

describe('a page', () => {
  const page = (most: number, size: number, count = 5) =>
    pageOf(listOf(...down(count, 1).map((number) => issue(number))), {
      most,
      before: 0,
      textOf: () => 'x'.repeat(size),
    });

  test.each<[string, number, number, number, boolean]>([
    ['all of it', 5, 10, 5, true],
    ['more than there is', 6, 10, 5, true],
    ['as many as are asked for', 4, 10, 4, false],
    ['as many as there is room for', 5, 18_998, 2, false],
    ['one fewer where they are one byte longer', 5, 18_999, 1, false],
    ['one at least, however long', 5, 100_000, 1, false],
  ])('holds %s', async (_, most, size, shown, isLast) => {
    const { items, isLast: ended } = await page(most, size);
    expect([items.length, ended]).toEqual([shown, isLast]);
  });
});

test('a cursor says where the page ended, and nothing else is taken for one', () => {
  const place = { position: 12, key: 'PROJ-1', createdAt: 1_772_442_000_000 };
  expect(placeOf(cursorOf(place))).toEqual(place);
  for (const wrong of ['', '12', '12:5', '12:5:', 'x:5:1', '12:5:a b', '1234567890:5:1']) {
    expect(() => placeOf(wrong)).toThrow('is not a cursor of a list');
  }
});
