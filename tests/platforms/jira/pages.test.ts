import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { cloud } from '../../../platforms/jira/cloud.ts';
import type { Call, JiraApi } from '../../../platforms/jira/dialect.ts';
import { paged } from '../../../platforms/jira/pages.ts';

/** A Jira that gives these answers, one after the other, and then no more. */
function jiraWith(answers: readonly unknown[]): { api: JiraApi; starts: unknown[]; sizes: unknown[] } {
  const [starts, sizes]: [unknown[], unknown[]] = [[], []];
  const api: JiraApi = {
    url: 'https://jira.test',
    dialect: async () => cloud,
    likelyDialect: () => cloud,
    call: async <Answer>(_: string, { query = {} }: Call) => {
      if (starts.length >= answers.length) throw new Error('A page was asked for that nobody needs.');
      starts.push(query['startAt']);
      sizes.push(query['maxResults']);
      return answers[starts.length - 1] as Answer;
    },
    send: () => Promise.reject(new Error('A list is only read.')),
  };
  return { api, starts, sizes };
}

async function listed(answers: readonly unknown[], size = 100) {
  const { api, starts, sizes } = jiraWith(answers);
  const items = await collect(
    paged<number>(api, 'listLabels', { path: ['label'] }, { names: ['values', 'names'], size }),
  );
  return { items, starts, sizes };
}

test.each<[string, unknown[], number[]]>([
  ['ends with a page that is not full', [{ values: [1, 2, 3] }, { values: [4, 5, 6] }, { values: [7] }], [0, 3, 6]],
  ['goes on after a page that is full, to an empty one', [{ values: [1, 2, 3] }, { values: [] }], [0, 3]],
  ['is one page where that is not full', [{ values: [1, 2] }], [0]],
  ['may stand by itself', [[1, 2, 3], [4, 5, 6], [7]], [0, 3, 6]],
])('a list without counts %s', async (_, answers, starts) => {
  const last = Math.max(...answers.flatMap((answer) => (Array.isArray(answer) ? answer : Object.values(answer as object).flat())));
  expect(await listed(answers, 3)).toEqual({
    items: Array.from({ length: last }, (_, index) => index + 1),
    starts,
    sizes: starts.map(() => 3),
  });
}); // biome-ignore format: one thought

test.each<[string, unknown[], number[]]>([
  [
    'its number of items',
    [
      { total: 5, values: [1, 2] },
      { total: 5, values: [3, 4, 5] },
    ],
    [0, 2],
  ],
  [
    'a page that says it is the last',
    [
      { isLast: false, values: [1] },
      { isLast: true, values: [2, 3] },
    ],
    [0, 1],
  ],
  [
    'an empty page, whatever was said before',
    [
      { total: 9, values: [1, 2] },
      { total: 9, values: [] },
    ],
    [0, 2],
  ],
  ['a last page before the number that was said', [{ total: 9, isLast: true, values: [1] }], [0]],
  ['more pages than its number says', [{ total: 2, isLast: false, values: [1, 2] }], [0]],
])('a counted list ends with %s; pages may be shorter than was asked for', async (_, answers, starts) => {
  const items = answers.flatMap((answer) => (answer as { values: number[] }).values);
  expect(await listed(answers)).toEqual({ items, starts, sizes: starts.map(() => 100) });
});

test('the list is found by any of its names, and an answer without one is called strange', async () => {
  expect((await listed([{ names: [1, 2] }])).items).toEqual([1, 2]);
  await expect(listed([{ values: 'none' }])).rejects.toMatchObject({ message: expect.stringContaining('values is not a list') });
  await expect(listed([undefined])).rejects.toMatchObject({ message: expect.stringContaining('values is not a list') });
}); // biome-ignore format: one thought

async function searched(answers: readonly unknown[]) {
  const { api } = jiraWith(answers);
  const pages = cloud.search(api, { jql: '', fields: '', expand: '', property: 'pace', fresh: [] });
  return (await collect(pages)).flat().map(({ key }) => key);
}

test.each<[string, unknown[], string[]]>([
  [
    'goes on behind a page of which nothing may be seen',
    [
      { issues: [{ key: 'A-1' }], nextPageToken: 'a' },
      { issues: [], nextPageToken: 'b', isLast: false },
      { issues: [{ key: 'A-2' }], isLast: true },
    ],
    ['A-1', 'A-2'],
  ],
  ['ends without a token', [{ issues: [{ key: 'A-1' }] }], ['A-1']],
  ['ends with a token that is null', [{ issues: [{ key: 'A-1' }], nextPageToken: null }], ['A-1']],
  [
    'ends with the last page, although that names another',
    [{ issues: [{ key: 'A-1' }], nextPageToken: 'a', isLast: true }],
    ['A-1'],
  ],
  ['may find nothing, and say no more than that', [{ isLast: true }], []],
])('a search of Cloud %s', async (_, answers, keys) => {
  expect(await searched(answers)).toEqual(keys);
});

test('a search of Cloud without issues, which does not say that it is the last page, is none', async () => {
  await expect(searched([{}])).rejects.toThrow(/issues is not a list/);
});

test('a search of Cloud that leads back is broken off', async () => {
  const page = (nextPageToken: string) => ({ issues: [{ key: 'A-1' }], nextPageToken });
  await expect(searched([page('a'), page('b'), page('a')])).rejects.toThrow(/leads to one that was there before/);
});
