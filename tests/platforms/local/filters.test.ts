import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  ISSUE_STATES,
  type Issue,
  type IssueDraft,
  type IssueFilter,
  PRIORITIES,
  SORTS,
} from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { fits, sorted } from '../../../core/tracker/issue-filter.ts';
import { type Bench, newBench, removeFolders } from './folders.ts';

const LABELS = ['bug', 'Bug fix', 'ÄRGER', 'a"b', '%', 'x OR y'];
const DAYS = ['2026-03-01', '2026-03-02', '2026-12-31'];
const PEOPLE = ['anna', 'Ben B.', 'Ünal', "o'neil"];
const TYPES = ['bug', 'story', 'own word'];
const MILESTONES = ['M1', 'Größe'];
/** Words that share parts, some that an index of words or a search language could stumble over. */
const WORDS = [
  ...[
    'error',
    'Errors',
    'ERROR_CODE',
    'terror',
    'x',
    'xx',
    'İstanbul',
    'ΟΔΟΣ',
    'straße',
    'foo-bar',
    'foo',
    'bar.',
    '日本語',
  ],
  ...['"', '"OR"', '*', 'NOT', 'NEAR(', '%', '_', "'", '👍', 'a\u0000b', 'b', '\\', ';--', '0'],
];

const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(' '));
const draft = fc.record(
  {
    title: text.map((words) => words.replaceAll('\u0000', '') || 'Title'),
    body: text.map((words) => words.replaceAll(' ', '\n')),
    state: fc.constantFrom(...ISSUE_STATES),
    labels: fc.subarray(LABELS),
    assignees: fc.subarray(PEOPLE),
    type: fc.constantFrom(...TYPES),
    priority: fc.constantFrom(...PRIORITIES),
    milestone: fc.constantFrom(...MILESTONES),
    parent: fc.constantFrom('1', '2'),
    dueDate: fc.constantFrom(...DAYS),
  },
  { requiredKeys: ['title', 'body'] },
);

function cased(names: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...names, 'nobody has this'), fc.boolean())
    .map(([name, up]) => (up ? name.toUpperCase() : name));
}

const time = fc.integer({ min: -1, max: 40 }).map((steps) => START + steps * 1000);
const plain = {
  state: fc.constantFrom('open', 'closed', 'all'),
  states: fc.subarray([...ISSUE_STATES]),
  labels: fc.array(cased(LABELS), { maxLength: 2 }),
  anyLabels: fc.array(cased(LABELS), { maxLength: 2 }),
  type: cased(TYPES),
  priority: fc.constantFrom(...PRIORITIES),
  assignee: fc.option(cased(PEOPLE)),
  author: cased(['tester', 'Somebody']),
  milestone: fc.option(cased(MILESTONES)),
  parent: fc.option(fc.constantFrom('1', '2', '01', 'x', '999')),
  text: fc.oneof(
    text,
    fc.constantFrom('err', 'RR', 'i', '"foo-bar"', '"error errors"', 'oo-b', 'ß', 'σ', '本', 'stanbul'),
  ),
  createdSince: time,
  createdUntil: time,
  updatedSince: time,
  updatedUntil: time,
  sprint: fc.constantFrom(null, 'Sprint 1'),
  dueDate: fc.option(fc.constantFrom(...DAYS)),
  dueSince: fc.constantFrom(...DAYS),
  dueUntil: fc.constantFrom(...DAYS),
};
const within: fc.Arbitrary<IssueFilter> = fc.oneof(
  fc.record(plain, { requiredKeys: [] }),
  fc.constantFrom('labels', 'assignee', 'text', 'milestone').chain((name) => fc.record({ [name]: plain[name] })),
  fc.record({ noneOf: fc.array(fc.record({ labels: plain.labels }), { maxLength: 2 }), state: plain.state }),
);
const filter: fc.Arbitrary<IssueFilter> = fc.oneof(
  fc.record(
    { ...plain, sort: fc.record({ by: fc.constantFrom(...SORTS), direction: fc.constantFrom('asc', 'desc') }) },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      state: plain.state,
      anyOf: fc.array(within, { minLength: 1, maxLength: 3 }),
      noneOf: fc.array(within, { maxLength: 2 }),
      sort: fc.record({ by: fc.constantFrom(...SORTS), direction: fc.constantFrom('asc', 'desc') }),
    },
    { requiredKeys: [] },
  ),
);

const START = Date.parse('2026-03-02T09:00:00Z');

async function fill({ tracker, world }: Bench, drafts: readonly IssueDraft[]): Promise<Issue[]> {
  for (const title of MILESTONES) await tracker.createMilestone({ title });
  for (const title of ['First', 'Second']) await tracker.createIssue({ title, body: '' });
  for (const [index, one] of drafts.entries()) {
    if (index % 3 === 0) world.advance(1000);
    const { key } = await tracker.createIssue(one);
    if (index % 4 === 0) await tracker.updateIssue(index % 8 === 0 ? key : '1', { body: `${one.body} changed` });
  }
  return collect(tracker.listIssues());
}

/** What the filter says, looked at one by one; numbers give the order of what is equal. */
function expected(issues: readonly Issue[], wanted: IssueFilter): string[] {
  const fitting = issues.filter((issue) => fits(issue, wanted));
  const { sort = { by: 'created', direction: 'desc' } } = wanted;
  return sorted(sort.direction === 'asc' ? fitting.toReversed() : fitting, sort).map(({ key }) => key);
}

afterEach(removeFolders);

describe('SQL finds what the conditions say', () => {
  test('of any issues and any filter, in any order', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(draft, { minLength: 20, maxLength: 60 }),
        fc.array(filter, { minLength: 60, maxLength: 60 }),
        async (drafts, filters) => {
          const bench = newBench();
          const issues = await fill(bench, drafts);
          for (const wanted of filters) {
            const found = await collect(bench.driver.listIssues(wanted));
            expect({ wanted, keys: found.map(({ key }) => key) }).toEqual({ wanted, keys: expected(issues, wanted) });
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  // more than a set that is taken whole, so that the order decides which index is read, and page follows page
  test('of more issues than are taken whole', { timeout: 120_000 }, async () => {
    const bench = newBench();
    const drafts = fc.sample(draft, { numRuns: 300, seed: 1 });
    await fill(bench, drafts.slice(0, 60));
    for (let round = 0; round < 12; round += 1) {
      bench.world.advance(1000);
      await bench.driver.batch?.create?.(drafts);
    }
    const issues = await collect(bench.tracker.listIssues());
    expect(issues.length).toBe(3662);
    for (const wanted of fc.sample(filter, { numRuns: 150, seed: 2 })) {
      const found = await collect(bench.driver.listIssues(wanted));
      expect({ wanted, keys: found.map(({ key }) => key) }).toEqual({ wanted, keys: expected(issues, wanted) });
    }
  });
});

test.each([
  ['" OR *', []],
  ['*', ['2']],
  ['err*', []],
  ['error OR terror', []],
  ['NOT error', []],
  ['words:error', []],
  ['{words}', []],
  ['"', ['3']],
  ["'; DROP TABLE issue; --", []],
  ['%', ['4']],
  ['_', []],
  ['NEAR(error', []],
  ['^error', []],
  ['error', ['1']],
  ['ERROR    message', ['1']],
  ['"error message"', []],
  ['"the error"', ['1']],
])('a search for %j is one for these words, whatever a search language makes of them', async (query, keys) => {
  const { tracker } = newBench();
  for (const body of ['message: the error', 'a * b', 'a " b', '100 %']) await tracker.createIssue({ title: 'x', body });
  expect((await tracker.searchIssues(query)).map(({ key }) => key)).toEqual(keys);
  expect((await collect(tracker.listIssues())).length).toBe(4);
});

test('a search follows changed texts', async () => {
  const { tracker } = newBench();
  const { key } = await tracker.createIssue({ title: 'Before', body: 'old words' });
  await tracker.createIssue({ title: 'Other', body: 'Old too' });
  await tracker.updateIssue(key, { title: 'After', body: 'new words' });
  const found = async (query: string) => (await tracker.searchIssues(query)).map((issue) => issue.key);
  expect([await found('old'), await found('before'), await found('after new word')]).toEqual([['2'], [], ['1']]);
});

test('a list shows each issue once, also when its order changes meanwhile', async () => {
  const { tracker, driver, world } = newBench();
  for (let index = 0; index < 120; index += 1) {
    world.advance(1000);
    await tracker.createIssue({ title: `No. ${index}`, body: '' });
  }
  const keys: string[] = [];
  for await (const { key } of driver.listIssues({ sort: { by: 'updated', direction: 'asc' } })) {
    keys.push(key);
    if (keys.length > 60) continue;
    world.advance(1000);
    await tracker.addComment(key, 'Comes last now.');
  }
  expect(keys.length).toBe(120);
  expect(new Set(keys).size).toBe(120);
});

describe('without a condition, every order', () => {
  // with and without a priority, changed and untouched, more than a page of each
  async function mixed(): Promise<Bench> {
    const bench = newBench();
    for (let index = 0; index < 260; index += 1) {
      if (index % 5 !== 0) bench.world.advance(1000);
      const priority = PRIORITIES[index % 8];
      const { key } = await bench.tracker.createIssue({
        ...{ title: `No. ${index}`, body: '' },
        ...(priority === undefined ? {} : { priority }),
      });
      if (index % 3 === 0) await bench.tracker.updateIssue(String(Math.ceil(Number(key) / 2)), { body: 'changed' });
    }
    return bench;
  }

  test.each(SORTS.flatMap((by) => [{ by, direction: 'asc' } as const, { by, direction: 'desc' } as const]))(
    '%o has all issues, what is equal by its number',
    { timeout: 120_000 },
    async (sort) => {
      const bench = await mixed();
      const issues = await collect(bench.tracker.listIssues());
      for (const wanted of [{ sort }, { sort, states: ['open', 'done'] }] as const) {
        const found = await collect(bench.driver.listIssues(wanted));
        expect(found.map(({ key }) => key)).toEqual(expected(issues, wanted));
        expect(found).toHaveLength(260);
      }
    },
  );
});
