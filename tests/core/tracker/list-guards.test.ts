import { expect, test } from 'vitest';
import { MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { createListGuards } from '../../../core/tracker/list-guards.ts';

const AT = 'https://git.test/api/v4/projects/1';
const LOOP = 'a page of a list leads to one that was there before';

test('each list has its own pages, whatever else its address asks for, and can begin anew', () => {
  const received = createListGuards('GitLab');
  for (const path of ['/jobs?per_page=9', '/notes?per_page=9', '/notes?sort=asc', '/jobs?per_page=9']) {
    for (const page of ['', '&page=2', '&page=3', '&cursor=x', '&id_after=7'])
      received(new URL(`${AT}${path}${page}`), 1);
  }
  expect(() => received(new URL(`${AT}/jobs?page=3&per_page=9`), 1)).toThrow(LOOP);
  expect(() => received(new URL(`${AT}/notes?sort=asc&cursor=x`), 1)).toThrow(LOOP);
});

test('a list that is taken as a whole is broken off where it is too long', () => {
  const received = createListGuards('GitLab');
  received(new URL(`${AT}/jobs`), MOST_COLLECTED - 2);
  received(new URL(`${AT}/jobs?page=2`), 1);
  received(new URL(`${AT}/notes`), 1);
  expect(() => received(new URL(`${AT}/jobs?page=3`), 1)).toThrow(
    `A list has ${MOST_COLLECTED} entries and does not end`,
  );
});
