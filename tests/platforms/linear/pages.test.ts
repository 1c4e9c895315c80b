import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { allOf } from '../../../platforms/linear/pages.ts';
import { pageSizeOf } from '../../../platforms/linear/selection.ts';
import type { WirePage } from '../../../platforms/linear/wire.ts';

const OF = ['id', 'name'];
const MOST = pageSizeOf(OF);

interface Node {
  readonly id: string;
}

function page(ids: readonly number[], next?: string, more: object = {}): WirePage<Node> {
  const nodes = ids.map((id) => ({ id: String(id) }));
  return { nodes, pageInfo: { hasNextPage: next !== undefined, endCursor: next ?? null, ...more } };
}

function refused(vendorMessage: string, kind: 'validation' | 'transient' = 'validation'): PaceError {
  return new PaceError({ kind, message: 'Linear has refused the query.', remedy: '', vendorMessage });
}

/** What is asked for, as size and place, and what comes of it. */
async function read(answers: readonly (WirePage<Node> | PaceError | undefined)[], begin?: number) {
  const asked: [number, string | undefined][] = [];
  const ids = await collect(
    allOf<Node>({
      of: OF,
      ...(begin === undefined ? {} : { begin }),
      ask: async (first, after) => {
        const answer = answers[asked.length];
        asked.push([first, after]);
        if (asked.length > answers.length) throw new Error('A page was asked for that nobody needs.');
        if (answer instanceof PaceError) throw answer;
        return answer;
      },
    }),
  ).then(
    (nodes) => nodes.map(({ id }) => Number(id)),
    (error: unknown) => error,
  );
  return { ids, asked };
}

test('the first page is as small as is wanted, the others are as large as may be', async () => {
  expect(await read([page([1, 2], 'b'), page([3], 'c'), page([4])], 2)).toEqual({
    ids: [1, 2, 3, 4],
    asked: [
      [2, undefined],
      [MOST, 'b'],
      [MOST, 'c'],
    ],
  });
  expect((await read([page([])])).asked).toEqual([[MOST, undefined]]);
  expect((await read([page([])], MOST + 1)).asked).toEqual([[MOST, undefined]]);
});

test('a node that has moved to the next page comes once', async () => {
  expect((await read([page([1, 2], 'b'), page([2, 3])])).ids).toEqual([1, 2, 3]);
});

test('a query that is too complex is asked for half as much, and so are the pages after it', async () => {
  const complex = refused('Query too complex');
  expect(await read([complex, complex, page([1], 'b'), page([2])], 80)).toEqual({
    ids: [1, 2],
    asked: [
      [80, undefined],
      [40, undefined],
      [20, undefined],
      [20, 'b'],
    ],
  });
});

test.each([
  ['at the smallest page', 10, [10]],
  ['below the smallest page', 4, [4]],
  ['once the pages cannot get smaller', 15, [15, 10]],
  ['just above the smallest page', 11, [11, 10]],
])('a query that is too complex %s fails with what Linear said', async (_, begin, sizes) => {
  const complex = refused('Query too complex');
  const { ids, asked } = await read([complex, complex], begin);
  expect([ids, asked.map(([first]) => first)]).toEqual([complex, sizes]);
});

test.each([
  ['says nothing of complexity', refused('Argument Validation Error')],
  ['is no refusal', refused('too complex for now', 'transient')],
])('an error that %s is not tried again', async (_, error) => {
  expect(await read([error], 80)).toEqual({ ids: error, asked: [[80, undefined]] });
});

test.each([
  ['no list', undefined],
  ['the same place again', page([2], 'a')],
  ['no place although there is more', page([2], undefined, { hasNextPage: true })],
])('%s is called a strange answer, instead of asking for ever', async (_, answer) => {
  const { ids, asked } = await read([page([1], 'a'), answer]);
  expect([ids, asked.length]).toMatchObject([{ message: expect.stringContaining('Linear') }, 2]);
});
