import { beforeEach, describe, expect, test } from 'vitest';
import { createOwnIssues, isOpen, type Mark, readMark, sayOnce } from '../../../../core/adapters/issues/own-issues.ts';
import { PaceError } from '../../../../core/errors.ts';
import type { Issue, IssueFilter, IssueState } from '../../../../core/ports/index.ts';
import { type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

const LABEL = 'pace-hold';
const DAY = 86_400_000;

let tracker: MemoryTracker;
let world: TestWorld;
let filters: (IssueFilter | undefined)[];

beforeEach(() => {
  world = testWorld();
  tracker = memoryTracker({ now: () => world.now() });
  const { listIssues } = tracker;
  filters = [];
  tracker.listIssues = (filter) => {
    filters.push(filter);
    return listIssues(filter);
  };
});

function own(quota = { left: 5 }) {
  return createOwnIssues<Mark>({ tracker, world, kind: 'escalation', label: LABEL, quota });
}

const mark: Mark = { kind: 'escalation', fingerprint: 'f1', day: 3, state: 'open', body: 'b' };
const draft = { title: 'Held', body: 'Why', labels: [LABEL] };
const twin = (key: string) => `See ${key}.`;
const trouble = (kind: PaceError['kind']) => new PaceError({ kind, message: `it is ${kind}`, remedy: 'wait' });

function put(key: string, more: Partial<Issue> = {}): Issue {
  const issue: Issue = {
    key,
    url: `https://tracker.test/${key}`,
    title: 'Held',
    body: 'Why',
    state: 'open',
    stateName: 'open',
    labels: [LABEL],
    assignees: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    metadata: { pace: mark },
    ...more,
  };
  tracker.issues.set(key, issue);
  return issue;
}

describe('a mark', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of another kind', { pace: { ...mark, kind: 'advisory' } }],
    ['without a fingerprint', { pace: { ...mark, fingerprint: 7 } }],
    ['without a day', { pace: { ...mark, day: '3' } }],
    ['that is not there', {}],
  ])('%s is none', async (_, metadata) => {
    expect(readMark(put('1', { metadata }), 'escalation')).toBeUndefined();
    expect(await own().all()).toEqual([]);
  });

  test.each<[IssueState, boolean]>([
    ['open', true],
    ['in_progress', true],
    ['done', false],
    ['canceled', false],
  ])('on an issue that is %s: open is %s', (state, open) => {
    expect(isOpen(put('1', { state }))).toBe(open);
  });
});

describe('finding', () => {
  test('asks for closed ones too, newest first, once; the oldest of twins is the one', async () => {
    const [first, second, other] = [
      put('1', { state: 'done' }),
      put('2'),
      put('3', { metadata: { pace: { ...mark, fingerprint: 'f2' } } }),
    ];
    const mine = own();
    expect((await mine.all()).map(({ issue }) => issue)).toEqual([other, second, first]);
    expect((await mine.twins('f1')).map(({ issue }) => issue)).toEqual([second, first]);
    expect((await mine.find('f1'))?.issue).toEqual(first);
    expect(await mine.find('f9')).toBeUndefined();
    expect(filters).toEqual([{ labels: [LABEL], state: 'all' }]);
  });

  test.each(['not-found', 'validation'] as const)('a remembered key that is refused as %s is no end', async (kind) => {
    const issue = put('1');
    tracker.failNext('getIssue', trouble(kind));
    expect(await own().find('f1', 'SHOP-7')).toEqual({ issue, mark });
  });

  test('any other trouble with it is: nobody knows whether it is there', async () => {
    put('1');
    tracker.failNext('getIssue', trouble('transient'));
    await expect(own().find('f1', '1')).rejects.toThrow('it is transient');
  });
});

describe('creating once', () => {
  test('looks through the newest of 30 days, creates, and looks for an older twin', async () => {
    const created = await own().createOnce(mark, draft, twin);
    expect(created).toEqual({ issue: tracker.issues.get('1'), mark });
    expect(filters).toEqual([
      { state: 'all', createdSince: world.now() - 30 * DAY },
      { labels: [LABEL], state: 'all' },
    ]);
    expect(tracker.writes).toEqual(['create 1']);
  });

  test.each([
    [100, []],
    [101, ['create 102']],
  ])('one that has lost its label is found as the newest but %i, or not', async (place, writes) => {
    put('1', { labels: [] });
    for (let key = 2; key <= place; key += 1) put(String(key), { labels: [], metadata: {} });
    await own().createOnce(mark, draft, twin);
    expect(tracker.writes).toEqual(writes);
  });

  test.each(['transient', 'unexpected'] as const)(
    'an answer that was lost as %s: what was made is taken',
    async (kind) => {
      tracker.failNext('createIssue', trouble(kind), 'after');
      expect((await own().createOnce(mark, draft, twin)).issue.key).toBe('1');
      expect(tracker.issues.size).toBe(1);
    },
  );

  test('an answer that was lost, and nothing was made: the trouble is told', async () => {
    tracker.failNext('createIssue', trouble('transient'));
    await expect(own().createOnce(mark, draft, twin)).rejects.toThrow('it is transient');
    expect(filters.length).toBe(2);
  });

  test('a refusal is believed at once', async () => {
    tracker.failNext('createIssue', trouble('permission'), 'after');
    await expect(own().createOnce(mark, draft, twin)).rejects.toThrow('it is permission');
    expect(filters.length).toBe(1);
  });

  test('a tracker that drops the mark is told', async () => {
    const { createIssue } = tracker;
    tracker.createIssue = (asked) => createIssue({ ...asked, metadata: {} });
    await expect(own().createOnce(mark, draft, twin)).rejects.toThrow(/1 has lost what marks it as PACE's/);
  });

  test('a run creates no more than it may', async () => {
    const quota = { left: 1 };
    await own(quota).createOnce(mark, draft, twin);
    const another = { ...mark, fingerprint: 'f2' };
    await expect(own(quota).createOnce(another, draft, twin)).rejects.toMatchObject({
      kind: 'rate-limit',
      message: 'This run has created as many issues as a run may: no more are opened.',
      remedy: expect.stringContaining('gate.max_new_issues'),
    });
    expect(tracker.issues.size).toBe(1);
  });

  /** Another run's issue appears between our last look and our own. */
  function raced(other: Parameters<typeof put>): void {
    tracker.createIssue = async ({ title, body, labels = [], metadata = {} }) => {
      put(...other);
      return put('9', { title, body, labels, metadata });
    };
  }

  test.each<[string, Parameters<typeof put>, boolean]>([
    ['made earlier', ['10', { createdAt: 5 }], true],
    ['made at the same time with a lower number', ['8', {}], true],
    ['made at the same time with a higher number', ['10', {}], false],
    ['made later', ['8', { createdAt: Number.MAX_SAFE_INTEGER }], false],
    ['of another day', ['8', { createdAt: 5, metadata: { pace: { ...mark, fingerprint: 'f2' } } }], false],
  ])('a twin that was %s', async (_, other, stays) => {
    raced(other);
    const mine = own();
    const [key] = other;
    await mine.all();
    const kept = await mine.createOnce(mark, draft, twin);
    expect(kept.issue.key).toBe(stays ? key : '9');
    const closed = { state: 'canceled', metadata: { pace: { ...mark, state: 'resolved' } } };
    expect(tracker.issues.get('9')).toMatchObject(stays ? closed : { state: 'open', metadata: { pace: mark } });
    expect((tracker.comments.get('9') ?? []).map(({ body }) => body)).toEqual(stays ? [`See ${key}.`] : []);
    expect((await mine.twins('f1')).map(({ issue }) => issue.key)).toEqual([stays ? key : '9']);
  });
});

test('what was written is known from then on, instead of what was listed', async () => {
  const [first, second] = [put('1'), put('2')];
  const mine = own();
  await mine.all();
  const changed = { ...first, title: 'Held again' };
  expect(mine.wrote(changed)).toEqual({ issue: changed, mark });
  expect((await mine.all()).map(({ issue }) => issue)).toEqual([changed, second]);
  expect(filters.length).toBe(1);
});

test.each([
  ['Day 3 ships at `a1`.', 'Day 3 ships at a1', []],
  ['**Day** 3\n\nships.', 'Day 3 ships', []],
  ['Day 3 ships', 'Day 3 holds', ['comment 1']],
  ['Tag 3 läuft', 'Tag 3 lauft', ['comment 1']],
  ['ab', 'a b', ['comment 1']],
])('%j was said last: to say %j writes %j', async (last, text, writes) => {
  put('1');
  tracker.comments.set('1', [
    { id: '1', body: text, createdAt: 1 },
    { id: '2', body: last, createdAt: 2 },
  ]);
  await sayOnce(tracker, '1', text);
  expect(tracker.writes).toEqual(writes);
});
