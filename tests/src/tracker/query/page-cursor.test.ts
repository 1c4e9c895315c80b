/** Pages of a list: each issue once, whatever comes and goes meanwhile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue, IssueSort } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { sorted } from '../../../../core/tracker/issue-filter.ts';
import {
  afterPlace,
  narrowed,
  placesIn,
  readCursor,
  toCursor,
  URGENCY,
} from '../../../../src/tracker/query/page-cursor.ts';

const issue = (key: number, more: Partial<Issue> = {}): Issue => ({
  ...{ key: String(key), url: '', title: '', body: '', state: 'open', stateName: '', labels: [], assignees: [] },
  ...{ createdAt: key, updatedAt: key, metadata: {}, ...more },
});

async function* listOf(issues: readonly Issue[]): AsyncGenerator<Issue> {
  yield* issues;
}

const keys = (issues: readonly Issue[]) => issues.map(({ key }) => key);

describe('a cursor', () => {
  const place = { by: 'updated', direction: 'asc', value: 5, age: 3, key: 'P-1' } as const;

  test('is read as it was made, and has no sign that a shell would take', () => {
    expect(readCursor(toCursor(place), { by: 'updated', direction: 'asc' })).toEqual(place);
    expect(toCursor(place)).toMatch(/^[\w-]+$/);
  });

  test.each([
    '',
    'x',
    '12',
    Buffer.from('[1,"created","desc",1,"1"]').toString('base64url'),
    Buffer.from('[3,"created","desc",1,1,"1"]').toString('base64url'),
    Buffer.from('[2,"created","desc",1,null,"1"]').toString('base64url'),
    Buffer.from('[2,"created","desc",1,1,""]').toString('base64url'),
  ])('is not %j', (text) => {
    expect(() => readCursor(text)).toThrow('--page: this is not a cursor.');
  });

  test('of another order is refused', () => {
    expect(() => readCursor(toCursor(place))).toThrow('--page: this cursor is of a list in another order.');
    expect(() => readCursor(toCursor(place), { by: 'updated', direction: 'desc' })).toThrow('in another order');
  });
});

test.each<[string, object, object]>([
  ['created', { by: 'created', direction: 'desc', value: 5, age: 5, key: '5' }, { createdUntil: 5 }],
  ['updated', { by: 'updated', direction: 'desc', value: 5, age: 5, key: '5' }, { updatedUntil: 5 }],
  ['created:asc', { by: 'created', direction: 'asc', value: 5, age: 5, key: '5' }, {}],
  ['priority', { by: 'priority', direction: 'desc', value: 5, age: 5, key: '5' }, {}],
])('less is fetched of a list by %s', (_, place, added) => {
  const filter = { state: 'open' } as const;
  expect(narrowed({}, filter, place as Parameters<typeof narrowed>[2])).toEqual({ ...filter, ...added });
  const own = { ...filter, createdUntil: 3, updatedUntil: 3 };
  expect(narrowed({}, own, place as Parameters<typeof narrowed>[2])).toEqual(own);
});

test('pages hold every issue once and in order, wherever they end, and when issues come and go', async () => {
  const sorts: readonly IssueSort[] = [
    { by: 'created', direction: 'desc' },
    { by: 'created', direction: 'asc' },
    { by: 'updated', direction: 'desc' },
    { by: 'priority', direction: 'desc' },
  ];
  const some = fc.array(fc.record({ at: fc.nat(4), priority: fc.constantFrom(undefined, 0, 1, 4) }), { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(some, fc.constantFrom(...sorts), fc.nat(30), fc.boolean(), async (given, sort, end, isGone) => {
      const made = given.map(({ at, priority }, index) =>
        issue(index + 1, {
          createdAt: at,
          updatedAt: at,
          ...(priority === undefined ? {} : { priority: priority as 0 | 1 | 4 }),
        }),
      );
      // newest first, and of the same moment the higher number
      const base = made.toSorted((a, b) => b.createdAt - a.createdAt || Number(b.key) - Number(a.key));
      const list = sort.direction === 'desc' ? sorted(base, sort) : sorted(base.toReversed(), sort);
      const last = list[Math.min(end, list.length - 1)];
      if (!last) return;
      const rest = keys(list.slice(list.indexOf(last) + 1));
      const later = list.filter((each) => !isGone || each !== last);
      const placeOf = placesIn({}, sort);
      const place = readCursor(toCursor(placeOf(last)), sort);
      const found = keys(await collect(afterPlace(listOf(later), place, placeOf)));
      expect(found).toEqual(rest);
    }),
  );
});

test('what the embedded tracker took over stands by its number', () => {
  expect(placesIn({ ordersByNumber: true })(issue(7, { createdAt: 1 }))).toEqual({
    by: 'created',
    direction: 'desc',
    value: 7,
    age: 7,
    key: '7',
  });
});

test('less of what is ordered by numbers is not told by a time', () => {
  const place = { by: 'created', direction: 'desc', value: 7, age: 7, key: '7' } as const;
  expect(narrowed({ ordersByNumber: true }, { state: 'open' }, place)).toEqual({ state: 'open' });
});

test('what can be begun stands by its priority, then by its age, then by its key; what has none is last', async () => {
  const placeOf = placesIn({}, URGENCY);
  const list = [
    ...[issue(9, { priority: 0, createdAt: 9 }), issue(3, { priority: 2, createdAt: 1 })],
    ...[issue(5, { priority: 2, createdAt: 4 }), issue(10, { priority: 2, createdAt: 4 })],
    ...[issue(2, { priority: 2, createdAt: 6 }), issue(1), issue(8)],
  ];
  for (const [index, last] of list.entries()) {
    const place = readCursor(toCursor(placeOf(last)), URGENCY);
    const rest = keys(list.slice(index + 1));
    expect(keys(await collect(afterPlace(listOf(list), place, placeOf)))).toEqual(rest);
    expect(keys(await collect(afterPlace(listOf(list.slice(index + 1)), place, placeOf)))).toEqual(rest);
    expect(keys(await collect(afterPlace(listOf(list.toSpliced(index, 1)), place, placeOf)))).toEqual(rest);
  }
  expect(() => readCursor(toCursor(placesIn({})(issue(1))), URGENCY)).toThrow('in another order');
});
