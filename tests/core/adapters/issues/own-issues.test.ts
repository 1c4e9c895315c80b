import { beforeEach, describe, expect, test } from 'vitest';
import type { LifeOptions } from '../../../../core/adapters/issues/life-options.ts';
import { createOpenIssues } from '../../../../core/adapters/issues/open-issues.ts';
import { createOwnIssues } from '../../../../core/adapters/issues/own-issues.ts';
import { isOpen, type Mark, readMark, withMark } from '../../../../core/adapters/issues/own-mark.ts';
import { type Owner, ownerMark } from '../../../../core/adapters/owner.ts';
import { PaceError } from '../../../../core/errors.ts';
import { createFaults, type Faults } from '../../../../core/faults.ts';
import type { Issue, IssueFilter, IssueState } from '../../../../core/ports/index.ts';
import { type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

const LABEL = 'pace-hold';
const DAY = 86_400_000;
const SHOP: Owner = { repository: { name: 'acme/shop', id: '7' }, gate: 'gate', sprint: 's1', branch: '' };
const HOME: Owner = { ...SHOP, isAtHome: true };

let tracker: MemoryTracker;
let world: TestWorld;
let faults: Faults;
let filters: (IssueFilter | undefined)[];
let read: number;

beforeEach(() => {
  world = testWorld();
  tracker = memoryTracker({ now: () => world.now() });
  faults = createFaults(world);
  const { listIssues } = tracker;
  filters = [];
  read = 0;
  tracker.listIssues = async function* (filter) {
    filters.push(filter);
    for await (const issue of listIssues(filter)) {
      read += 1;
      yield issue;
    }
  };
});

function own(more: Partial<Pick<LifeOptions, 'owner' | 'quota'>> = {}) {
  const options = { tracker, world, owner: SHOP, quota: { left: 5 }, faults, open: createOpenIssues(tracker), ...more };
  const remade = ({ title }: Issue) => (title === 'Held' ? { ...MARK, body: '', isTheirs: true } : undefined);
  return createOwnIssues<Mark>({ ...options, kind: 'escalation', label: LABEL, remade });
}

const MARK: Mark = { kind: 'escalation', owner: ownerMark(SHOP), day: 3, state: 'open', body: 'b' };
const isDay3 = ({ day }: Mark) => day === 3;
const draft = { title: 'Held', body: 'Why', labels: [LABEL] };
const twin = (key: string) => `See ${key}.`;
const trouble = (kind: PaceError['kind']) => new PaceError({ kind, message: `it is ${kind}`, remedy: 'wait' });
const said = (key: string) => (tracker.comments.get(key) ?? []).map(({ body }) => body);
const keysOf = (found: readonly { issue: Issue }[]) => found.map(({ issue }) => issue.key);

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
    author: { id: 'me', name: 'Me' },
    createdAt: world.now(),
    updatedAt: world.now(),
    metadata: { pace: MARK },
    ...more,
  };
  tracker.issues.set(key, issue);
  return issue;
}

describe('a mark', () => {
  test.each<[string, Record<string, unknown>]>([
    ['of another kind', { pace: { ...MARK, kind: 'advisory' } }],
    ['without an owner', { pace: { ...MARK, owner: undefined } }],
    ['of half an owner', { pace: { ...MARK, owner: { ...MARK.owner, gate: undefined } } }],
    ['without a day', { pace: { ...MARK, day: '3' } }],
    ['of another gate', { pace: { ...MARK, owner: { ...MARK.owner, gate: 'web' } } }],
    ['of another branch', { pace: { ...MARK, owner: { ...MARK.owner, branch: 'release/1' } } }],
    ['of another repository', { pace: { ...MARK, owner: { ...MARK.owner, id: '8' } } }],
    ['that is not there', {}],
  ])('%s is none of ours, in whatever list', async (_, metadata) => {
    put('1', { metadata });
    put('2', { metadata, state: 'done' });
    expect(keysOf(await own().open())).toEqual([]);
    expect(keysOf(await own().closed([LABEL]))).toEqual([]);
    expect(await own().byKey('1')).toEqual(metadata['pace'] === undefined ? expect.anything() : undefined);
    await own().createOnce(isDay3, MARK, draft, twin);
    expect(tracker.writes).toEqual(['create 3']);
  });

  test('of another kind is not read as this one', () => {
    expect(readMark(put('1'), 'escalation')).toEqual(MARK);
    expect(readMark(put('1'), 'story')).toBeUndefined();
  });

  test('stands beside what others keep there', () => {
    expect(withMark(put('1', { metadata: { other: 1, pace: {} } }), MARK)).toEqual({ other: 1, pace: MARK });
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
  test('the open ones come from one list, oldest first, of every sprint', async () => {
    put('10', { createdAt: 20 });
    put('9', { createdAt: 20 });
    put('3', { createdAt: 10, metadata: { pace: { ...MARK, owner: { ...MARK.owner, sprint: 's0' } } } });
    put('4', { state: 'done' });
    const mine = own();
    expect(keysOf(await mine.open())).toEqual(['3', '9', '10']);
    expect(keysOf(await mine.open())).toEqual(['3', '9', '10']);
    expect(filters).toEqual([{ state: 'open' }]);
  });

  test('one that has lost its label is found among the newest hundred; an older one by its label', async () => {
    put('1');
    put('2', { labels: [] });
    for (let key = 3; key <= 101; key += 1) put(String(key), { labels: [], metadata: {}, title: 'Other' });
    expect(keysOf(await own().open())).toEqual(['1', '2']);
    put('102', { labels: [], metadata: {}, title: 'Other' });
    expect(keysOf(await own().open())).toEqual(['1']);
  });

  test('the closed ones come with all the labels, the newest hundred of them, oldest first; each list is asked for once', async () => {
    for (let key = 1; key <= 10_000; key += 1) put(String(key), { state: 'done' });
    put('10001', { state: 'done', metadata: {} });
    const mine = own();
    const found = await mine.closed([LABEL]);
    expect(found).toHaveLength(99);
    expect(found[0]?.issue.key).toBe('9902');
    expect(keysOf(await mine.closed([LABEL]))).toEqual(keysOf(found));
    expect(await mine.closed([LABEL, 'pace-day-4'])).toEqual([]);
    expect(filters).toEqual([
      { state: 'closed', labels: [LABEL] },
      { state: 'closed', labels: [LABEL, 'pace-day-4'] },
    ]);
    expect(read).toBe(100);
  });

  test.each(['not-found', 'validation'] as const)('a key that is refused as %s leads to none of ours', async (kind) => {
    put('1');
    tracker.failNext('getIssue', trouble(kind));
    expect(await own().byKey('1')).toBeUndefined();
  });

  test('any other trouble with a key is told: nobody knows whether it is there', async () => {
    put('1');
    tracker.failNext('getIssue', trouble('transient'));
    await expect(own().byKey('1')).rejects.toThrow('it is transient');
  });

  test('a key leads on to where people have moved the issue', async () => {
    put('1');
    tracker.person.move('1', 'SHOP-9');
    expect((await own().byKey('1'))?.issue.key).toBe('SHOP-9');
  });

  test('what cannot be told for want of an id makes the whole look fail', async () => {
    put('1', { metadata: { pace: { ...MARK, owner: { ...MARK.owner, repository: 'acme/old' } } } });
    const owner = { ...SHOP, repository: { name: 'acme/shop' }, isUncertain: true };
    await expect(own({ owner }).open()).rejects.toThrow('It cannot be told whether');
  });
});

describe('what was written', () => {
  test('is known from then on, instead of what was listed', async () => {
    put('1');
    const second = put('2');
    const mine = own();
    await mine.open();
    const changed = { ...second, title: 'Held again' };
    expect(mine.wrote(changed)).toEqual({ issue: changed, mark: MARK });
    expect((await mine.open())[1]?.issue).toEqual(changed);
    tracker.failNext('getIssue', trouble('transient'));
    expect((await mine.byKey('2'))?.issue).toEqual(changed);
    mine.wrote({ ...changed, state: 'done' });
    expect(keysOf(await mine.open())).toEqual(['1']);
    expect(filters).toHaveLength(1);
  });

  test('is known of a closed one, too', async () => {
    const issue = put('1', { state: 'done' });
    const mine = own();
    await mine.closed([LABEL]);
    const changed = mine.wrote({ ...issue, metadata: { pace: { ...MARK, state: 'resolved' } } });
    expect(await mine.closed([LABEL])).toEqual([changed]);
    mine.wrote({ ...issue, state: 'open' });
    expect(await mine.closed([LABEL])).toEqual([]);
    expect(keysOf(await mine.open())).toEqual(['1']);
  });

  test('a tracker that drops the mark is told', () => {
    expect(() => own().wrote(put('1', { metadata: {} }))).toThrow(/1 has lost what marks it as PACE's/);
  });
});

describe('one that has lost its mark', () => {
  const bare = (more: Partial<Issue> = {}) => put('1', { metadata: {}, labels: [], ...more });
  const owner = HOME;

  test('is known by title and author where nothing but our own can lie, and is left to whoever rewrote it', async () => {
    const issue = bare();
    expect(await own({ owner }).open()).toEqual([{ issue, mark: { ...MARK, body: '', isTheirs: true } }]);
    expect(await own({ owner }).createOnce(isDay3, MARK, draft, twin)).toMatchObject({ isNew: false });
    expect(tracker.writes).toEqual([]);
  });

  test.each<[string, Partial<Issue>]>([
    ['of another title', { title: 'Held too' }],
    ['of somebody else', { author: { id: 'mallory', name: 'Me' } }],
    ['whose mark is another’s', { metadata: { pace: { kind: 'other' } } }],
    ['that is closed', { state: 'done' }],
  ])('is not taken where it is one %s', async (_, more) => {
    bare(more);
    expect(await own({ owner }).open()).toEqual([]);
    expect(await own({ owner }).createOnce(isDay3, MARK, draft, twin)).toMatchObject({ isNew: true });
  });

  test('is nobody’s in a tracker that repositories share: a title names none of them', async () => {
    bare();
    expect(await own().open()).toEqual([]);
  });

  test.each<[string, Owner, IssueState]>([
    ['closed', HOME, 'done'],
    ['in a shared tracker', SHOP, 'open'],
  ])('is known under the key that was written down, also where it is %s', async (_, asked, state) => {
    bare({ state });
    expect((await own({ owner: asked }).byKey('1'))?.mark.isTheirs).toBe(true);
    bare({ title: 'Something else' });
    expect(await own({ owner: asked }).byKey('1')).toBeUndefined();
  });

  describe('and whose token is no user’s', () => {
    beforeEach(() => {
      tracker.user = undefined;
    });

    test.each<[string, Partial<Issue>, boolean | undefined, boolean]>([
      ['the label, by one who may write', { labels: [LABEL] }, true, true],
      ['the label, by a stranger', { labels: [LABEL] }, false, false],
      ['the label, where all may write', { labels: [LABEL] }, undefined, true],
      ['no label, by one who may write', {}, true, false],
    ])('is told by the label and its author’s rights: %s', async (_, more, mayWrite, isOurs) => {
      bare(more);
      if (mayWrite !== undefined) tracker.isTrusted = async () => mayWrite;
      expect(keysOf(await own({ owner }).open())).toEqual(isOurs ? ['1'] : []);
    });
  });

  test('is told by the label where the tracker names no author', async () => {
    const { author: _, ...anonymous } = bare();
    tracker.issues.set('1', anonymous);
    expect(await own({ owner }).open()).toEqual([]);
    tracker.issues.set('1', { ...anonymous, labels: [LABEL] });
    expect(keysOf(await own({ owner }).open())).toEqual(['1']);
  });

  test('asks once whose token it is', async () => {
    for (const key of ['1', '2', '3']) put(key, { metadata: {} });
    const { getCurrentUser } = tracker;
    let asked = 0;
    tracker.getCurrentUser = () => {
      asked += 1;
      return getCurrentUser();
    };
    expect(await own({ owner }).open()).toHaveLength(3);
    expect(asked).toBe(1);
  });
});

describe('a copied mark', () => {
  const mallory = { id: 'mallory', name: 'Mallory' };
  const warnings = () => world.lines.filter((line) => line.startsWith('warn'));

  test('of somebody who may not write is refused and warned of, once for each author', async () => {
    const asked: string[] = [];
    tracker.isTrusted = async ({ key, author }) => {
      asked.push(key);
      return author?.id === 'me';
    };
    put('1', { labels: [], author: mallory });
    put('2', { labels: [], author: mallory });
    put('3', { labels: [] });
    put('4', { labels: [LABEL], author: mallory });
    expect(keysOf(await own().open())).toEqual(['3', '4']);
    expect(await own().byKey('1')).toBeUndefined();
    expect(asked).toEqual(['3', '2', '1']);
    expect(warnings()).toEqual([
      `warn: Issue 2 claims to be PACE's but was opened by somebody without write access: it is not taken over.`,
      `warn: Issue 1 claims to be PACE's but was opened by somebody without write access: it is not taken over.`,
    ]);
  });

  test('of nobody known is asked for by itself', async () => {
    tracker.isTrusted = async ({ key }) => key === '2';
    for (const key of ['1', '2']) {
      const { author: _, ...anonymous } = put(key, { labels: [] });
      tracker.issues.set(key, anonymous);
    }
    expect(keysOf(await own().open())).toEqual(['2']);
  });
});

describe('giving back what was lost', () => {
  test('writes the labels that are missing, and the mark, in one go', async () => {
    const issue = put('1', { labels: ['theirs'], metadata: { other: 1 } });
    const mine = own();
    const restored = await mine.restored({ issue, mark: MARK }, [LABEL, 'pace-day-3']);
    expect(restored).toEqual({ issue: tracker.issues.get('1'), mark: MARK });
    expect(restored.issue).toMatchObject({
      labels: ['theirs', LABEL, 'pace-day-3'],
      metadata: { other: 1, pace: MARK },
      body: 'Why',
    });
    expect(tracker.writes).toEqual(['update 1']);
  });

  test.each<[string, string[], Mark, string[]]>([
    ['nothing is lost', [LABEL], MARK, []],
    ['a label is', [], MARK, ['update 1']],
    ['the mark says something else', [LABEL], { ...MARK, body: 'new' }, ['update 1']],
  ])('where %s', async (_, labels, mark, writes) => {
    const issue = put('1', { labels });
    expect((await own().restored({ issue, mark }, [LABEL])).mark).toEqual(mark);
    expect(tracker.writes).toEqual(writes);
  });
});

test('one that is opened again keeps its mark, also where only its key has told whose it is', async () => {
  const issue = put('1', { state: 'done', metadata: {} });
  const mine = own();
  expect(await mine.reopened({ issue, mark: MARK })).toEqual({ issue: tracker.issues.get('1'), mark: MARK });
  expect(tracker.issues.get('1')?.state).toBe('open');
  expect(keysOf(await mine.open())).toEqual(['1']);
});

test('a comment that is refused is a fault, and no more', async () => {
  put('1');
  tracker.locked.add('1');
  await own().say('1', 'Day 3 ships');
  expect(faults.list).toEqual([expect.objectContaining({ operation: 'addComment', message: 'Issue 1 is locked.' })]);
});

describe('creating once', () => {
  test('looks through the newest of 30 days, creates, and looks for a twin of this very moment', async () => {
    const created = await own().createOnce(isDay3, MARK, draft, twin);
    expect(created).toEqual({ issue: tracker.issues.get('1'), mark: MARK, isNew: true });
    expect(filters).toEqual([
      { state: 'all', createdSince: world.now() - 30 * DAY },
      { state: 'all', createdSince: world.now() - DAY / 24 },
    ]);
    expect(tracker.writes).toEqual(['create 1']);
  });

  test.each([
    [100, []],
    [101, ['create 102']],
  ])('one that has lost its label is found as the newest but %i, or not', async (place, writes) => {
    put('1', { labels: [] });
    for (let key = 2; key <= place; key += 1) put(String(key), { labels: [], metadata: {} });
    await own().createOnce(isDay3, MARK, draft, twin);
    expect(tracker.writes).toEqual(writes);
  });

  test('of those that are there the oldest is the one', async () => {
    put('1', { state: 'done' });
    put('2', { state: 'canceled' });
    expect(await own().createOnce(isDay3, MARK, draft, twin)).toMatchObject({ issue: { key: '1' }, isNew: false });
  });

  test('a closed one beyond a hundred newer ones is found by its labels', async () => {
    put('1', { state: 'done' });
    put('2', { state: 'canceled' });
    put('3', { state: 'done', metadata: { pace: { ...MARK, day: 2 } } });
    for (let key = 4; key <= 103; key += 1) put(String(key), { labels: [], metadata: {} });
    expect(await own().createOnce(isDay3, MARK, draft, twin)).toMatchObject({ issue: { key: '1' }, isNew: false });
    expect(filters.at(-1)).toEqual({ state: 'closed', labels: [LABEL] });
    expect(tracker.writes).toEqual([]);
  });

  test('among a hundred, the labels are not asked for', async () => {
    for (let key = 1; key <= 99; key += 1) put(String(key), { metadata: {}, title: 'Other' });
    await own().createOnce(isDay3, MARK, draft, twin);
    expect(filters.every((filter) => filter?.state === 'all')).toBe(true);
  });

  test.each(['transient', 'unexpected'] as const)(
    'an answer that was lost as %s: what was made is taken',
    async (kind) => {
      tracker.failNext('createIssue', trouble(kind), 'after');
      expect((await own().createOnce(isDay3, MARK, draft, twin)).issue.key).toBe('1');
      expect(tracker.issues.size).toBe(1);
    },
  );

  test('a part that was refused when the rest was there: what was made is taken', async () => {
    const partly = new PaceError({ kind: 'validation', message: 'No label.', remedy: '', done: ['the issue'] });
    tracker.failNext('createIssue', partly, 'after');
    expect((await own().createOnce(isDay3, MARK, draft, twin)).issue.key).toBe('1');
    expect(tracker.issues.size).toBe(1);
  });

  test('an answer that was lost, and nothing was made: the trouble is told', async () => {
    tracker.failNext('createIssue', trouble('transient'));
    await expect(own().createOnce(isDay3, MARK, draft, twin)).rejects.toThrow('it is transient');
    expect(filters.length).toBe(2);
  });

  test('a refusal is believed at once', async () => {
    tracker.failNext('createIssue', trouble('permission'), 'after');
    await expect(own().createOnce(isDay3, MARK, draft, twin)).rejects.toThrow('it is permission');
    expect(filters.length).toBe(1);
  });

  test('a tracker that drops the mark is told', async () => {
    const { createIssue } = tracker;
    tracker.createIssue = (asked) => createIssue({ ...asked, metadata: {} });
    await expect(own().createOnce(isDay3, MARK, draft, twin)).rejects.toThrow(/1 has lost what marks it as PACE's/);
  });

  test('a run creates no more than it may', async () => {
    const quota = { left: 1 };
    await own({ quota }).createOnce(isDay3, MARK, draft, twin);
    const another = { ...MARK, day: 4 };
    await expect(own({ quota }).createOnce(({ day }) => day === 4, another, draft, twin)).rejects.toMatchObject({
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

  const moment = Date.parse('2026-03-02T09:00:00Z');
  test.each<[string, Parameters<typeof put>, boolean]>([
    ['made earlier', ['10', { createdAt: moment - 5 }], true],
    ['made at the same time with a lower number', ['8', {}], true],
    ['made at the same time with a higher number', ['10', {}], false],
    ['made later', ['8', { createdAt: Number.MAX_SAFE_INTEGER }], false],
    ['closed at once', ['8', { state: 'done' }], false],
    ['of another day', ['8', { metadata: { pace: { ...MARK, day: 4 } } }], false],
    ['made more than an hour earlier', ['8', { createdAt: moment - DAY / 24 - 1 }], false],
  ])('a twin that was %s', async (_, other, stays) => {
    raced(other);
    const mine = own();
    const [key] = other;
    const kept = await mine.createOnce(isDay3, MARK, draft, twin);
    expect([kept.issue.key, kept.isNew]).toEqual([stays ? key : '9', !stays]);
    const closed = { state: 'canceled', metadata: { pace: { ...MARK, state: 'resolved', isTwin: true } } };
    expect(tracker.issues.get('9')).toMatchObject(stays ? closed : { state: 'open', metadata: { pace: MARK } });
    expect(said('9')).toEqual(stays ? [`See ${key}.`] : []);
    expect(said(key)).toEqual([]);
  });
});

describe('twins that a race has left', () => {
  test('are closed but for the oldest, each with a word', async () => {
    for (const key of ['1', '2', '3']) put(key, { createdAt: Number(key) });
    const mine = own();
    expect((await mine.withoutTwins((await mine.open()).toReversed(), twin))?.issue.key).toBe('1');
    expect([...tracker.issues.values()].map(({ state }) => state)).toEqual(['open', 'canceled', 'canceled']);
    expect(['1', '2', '3'].map(said)).toEqual([[], ['See 1.'], ['See 1.']]);
    expect(keysOf(await mine.open())).toEqual(['1']);
  });

  test('stand for nothing once they are closed, until a person opens them again', async () => {
    for (const key of ['1', '2']) put(key, { createdAt: Number(key) });
    await own().withoutTwins(await own().open(), twin);
    expect(tracker.issues.get('2')).toMatchObject({ metadata: { pace: { ...MARK, state: 'resolved', isTwin: true } } });
    const isOfAnotherDay = { metadata: { pace: { ...MARK, day: 4 } } };
    tracker.person.edit('1', isOfAnotherDay);
    expect(keysOf(await own().closed(draft.labels))).toEqual([]);
    expect(await own().createOnce(isDay3, MARK, draft, twin)).toMatchObject({ issue: { key: '3' }, isNew: true });
    tracker.person.edit('2', { state: 'open' });
    expect(keysOf(await own().open())).toContain('2');
  });

  test('there are none where there is one, or nothing', async () => {
    const mine = own();
    expect(await mine.withoutTwins([], twin)).toBeUndefined();
    put('1');
    expect((await mine.withoutTwins(await own().open(), twin))?.issue.key).toBe('1');
    expect(tracker.writes).toEqual([]);
  });
});
