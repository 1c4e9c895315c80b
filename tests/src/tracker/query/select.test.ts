/** Flags and queries: what they choose, and how they are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IssueDraft } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import { parseQuery } from '../../../../src/tracker/query/query.ts';
import {
  explainSelection,
  type ListFlags,
  selectIssues,
  selectionOf,
  settledSelection,
} from '../../../../src/tracker/query/select.ts';
import { type MemoryOptions, memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

const NOW = Date.parse('2026-03-02T09:30:00Z');
const DAY = 86_400_000;
const chosen = (query: string, flags: ListFlags = {}) => selectionOf(flags, query, NOW);

function refused(query: string, flags: ListFlags = {}): string[] {
  try {
    chosen(query, flags);
  } catch (error) {
    expect(error).toMatchObject({ kind: 'configuration' });
    return error instanceof Error ? error.message.split('\n') : [];
  }
  throw new Error('It was accepted.');
}

describe('a query', () => {
  test('says everything that flags say', () => {
    const query =
      'state:blocked label:"good first issue" label:x any-label:a,b assignee:@me author:ann milestone:none type:Bug priority:high parent:#7 since:2026-03-01 created-until:yesterday sort:updated:asc limit:3 crash "two words"';
    const flags = {
      state: 'blocked',
      label: ['good first issue', 'x'],
      'any-label': 'a,b',
      assignee: '@me',
      author: 'ann',
      milestone: 'none',
      type: 'Bug',
      priority: 'high',
      parent: '#7',
      since: '2026-03-01',
      'created-until': 'yesterday',
      sort: 'updated:asc',
      limit: '3',
      text: 'crash "two words"',
    };
    const expected = {
      filter: {
        states: ['blocked'],
        labels: ['good first issue', 'x'],
        anyLabels: ['a', 'b'],
        assignee: '@me',
        author: 'ann',
        milestone: null,
        type: 'bug',
        priority: 1,
        parent: '7',
        updatedSince: Date.parse('2026-03-01'),
        createdUntil: Date.parse('2026-03-02') - 1,
        sort: { by: 'updated', direction: 'asc' },
        text: 'crash "two words"',
      },
      without: [],
      limit: 3,
    };
    expect(chosen(query)).toEqual(expected);
    expect(chosen('', flags)).toEqual(expected);
    expect(chosen(query, flags)).toEqual({
      ...expected,
      filter: {
        ...expected.filter,
        labels: [...expected.filter.labels, ...expected.filter.labels],
        anyLabels: ['a', 'b', 'a', 'b'],
        text: 'crash "two words" crash "two words"',
      },
    });
  });

  test('leaves out with a dash', () => {
    expect(chosen('-label:bug -assignee:none -milestone:v1 -crash')).toEqual({
      filter: { state: 'open' },
      without: [{ labels: ['bug'] }, { assignee: null }, { milestone: 'v1' }, { text: 'crash' }],
      limit: 50,
    });
    expect(chosen('-state:blocked').filter).toEqual({ states: ['open', 'in_progress', 'in_review'] });
    expect(chosen('state:all -state:blocked,canceled').filter).toEqual({
      states: ['open', 'in_progress', 'in_review', 'done'],
    });
  });

  test('an address is text that somebody looks for', () => {
    expect(chosen('https://example.org/a?b#c -http://x').filter.text).toBe('https://example.org/a?b#c');
  });

  test('flags and a query narrow each other', () => {
    expect(chosen('state:blocked,done', { state: 'open' }).filter).toEqual({ states: ['blocked'] });
    expect(chosen('since:7d', { since: '3d' }).filter.updatedSince).toBe(NOW - 3 * DAY);
    expect(chosen('until:7d', { until: '3d' }).filter.updatedUntil).toBe(NOW - 7 * DAY);
  });

  test('all mistakes are told at once, each with its place and what there is', () => {
    expect(refused('labl:x state:opne "open', { since: 'soon', sort: 'title', limit: '0', priority: 'huge' })).toEqual([
      '--query, character 1: “labl” is not a word of a query. Did you mean "label"? Available: state, label, any-label, assignee, author, milestone, parent, sprint, type, priority, text, since, until, created-since, created-until, due, due-since, due-until, is, sort, limit.',
      '--query, character 19: a quote is opened and never closed.',
      '--since: “soon” is not a time. Please write 2026-11-01, 2026-11-01T10:00Z, 7d, 12h, today or yesterday.',
      '--sort: “title” is not a sort order. Available: created, updated, priority, each also with :asc or :desc.',
      '--limit: “0” is not a limit. Please pass a whole number from 1 to 100000, or all.',
      '--priority: “huge” is not a priority. Available: critical, high, medium, low, lowest, or 0 to 4.',
      '--query, character 8: “opne” is not a state. Did you mean "open"? Available: open, closed, all, todo, in_progress, in_review, blocked, done, canceled.',
    ]);
  });

  test.each([
    ['state:open', { state: 'closed' }, /no issue can be in the state “open”/],
    ['assignee:ann', { assignee: 'bob' }, /assignee is “bob” elsewhere, and cannot be “ann” as well/],
    ['milestone:v1', { milestone: 'none' }, /milestone is “none” elsewhere/],
    ['-label:bug', { label: ['bug'] }, /“bug” is asked for and left out/],
    ['-assignee:none', { assignee: 'none' }, /“none” is asked for and left out/],
    ['until:2026-01-01', { since: '2026-02-01' }, /after the one and before the other/],
    ['sort:created', { sort: 'updated' }, /the order is updated:desc elsewhere/],
    ['limit:3', { limit: '4' }, /another limit is given/],
    ['-sort:created', {}, /sort cannot be negated/],
    ['label:', {}, /label needs a value/],
    ['-', {}, /text needs a value/],
  ])('%s is refused beside %j', (query, flags, words) => {
    expect(refused(query, flags)).toEqual([expect.stringMatching(words)]);
  });

  test('any text is read to its end or refused with a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const { terms, mistakes } = parseQuery(query);
        expect(terms.length + mistakes.length > 0).toBe(/\S/.test(query));
        for (const { where } of [...terms, ...mistakes]) expect(where).toMatch(/^--query, character [1-9]\d*$/);
      }),
    );
  });
});

async function bench(options: MemoryOptions = {}) {
  const world = testWorld();
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  const drafts: IssueDraft[] = [
    { title: 'a', body: '', labels: ['bug'], priority: 1 },
    { title: 'b', body: '', labels: ['bug', 'wontfix'], priority: 0 },
    { title: 'c', body: '', type: 'bug', assignees: ['@me'] },
    { title: 'd', body: '', state: 'blocked' },
  ];
  for (const draft of drafts) {
    world.advance(1000);
    await tracker.createIssue(draft);
  }
  const titles = async (query: string, flags: ListFlags = {}) => {
    const selection = await settledSelection(tracker, selectionOf(flags, query, world.now()));
    return (await collect(selectIssues(tracker, selection))).map(({ title }) => title);
  };
  return { tracker, driver, titles };
}

describe('the issues', () => {
  test.each([
    ['', ['d', 'c', 'b', 'a']],
    ['label:bug -label:wontfix', ['a']],
    ['-assignee:@me', ['d', 'b', 'a']],
    ['assignee:@me', ['c']],
    ['-assignee:none', ['c']],
    ['label:priority:high', ['a']],
    ['label:type:bug', ['c']],
    ['-label:priority:critical label:bug', ['a']],
    ['sort:priority limit:2', ['b', 'a']],
    ['limit:1 -state:blocked', ['c']],
  ])('of %j', async (query, expected) => {
    expect(await (await bench()).titles(query)).toEqual(expected);
    // what the server cannot filter or sort is done here, with the same outcome
    expect(await (await bench({ filters: [], sorts: [] })).titles(query)).toEqual(expected);
  });

  test('a label stays a label where the tracker has no such field', async () => {
    const world = testWorld();
    const driver = memoryDriver({ world, lacks: { priority: 'no', type: 'no' } });
    const tracker = completeTracker({ driver, name: 'Memory', world });
    const selection = await settledSelection(tracker, chosen('label:priority:high label:type:bug'));
    expect(selection.filter.labels).toEqual(['priority:high', 'type:bug']);
  });

  test('abilities are not asked for when no label could be a field', async () => {
    const { tracker, driver } = await bench();
    const before = driver.requests().all;
    await settledSelection(tracker, chosen('label:bug'));
    expect(driver.requests().all).toBe(before);
  });

  test('what is looked at where is explained', async () => {
    const { tracker } = await bench({ filters: ['state', 'labels'], sorts: ['updated'] });
    expect(explainSelection(tracker, chosen('label:a author:x sort:updated -type:bug'))).toBe(
      'Memory checks: state, labels, sort.\nChecked here, in what it sends: author, not type.',
    );
    expect(explainSelection(tracker, chosen('(label:a OR is:ready) -(author:x type:y) is:claimed -is:overdue'))).toBe(
      'Memory checks: state.\nChecked here, in what it sends: OR, -( … ), claimed, not state and dueUntil.',
    );
  });
});

describe('the borders', () => {
  test('of a limit are 1 and 100000, or all of them; 50 where none is named', () => {
    const limit = (value: string) => chosen(`limit:${value}`).limit;
    expect([limit('1'), limit('100000'), limit('all'), chosen('').limit]).toEqual([
      1,
      100_000,
      Number.POSITIVE_INFINITY,
      50,
    ]);
    for (const value of ['0', '-1', '100001', '1.5', 'x']) {
      expect(refused(`limit:${value}`)).toEqual([
        `--query, character 1: “${value}” is not a limit. Please pass a whole number from 1 to 100000, or all.`,
      ]);
    }
    expect(chosen('limit:3', { limit: '3' }).limit).toBe(3);
  });

  test('of a time belong to it: since and until may be the same moment', () => {
    const { filter } = chosen('since:2026-03-01T10:00Z until:2026-03-01T10:00Z');
    expect(filter.updatedSince).toBe(filter.updatedUntil);
    expect(refused('since:2026-03-01T10:01Z until:2026-03-01T10:00Z')).toEqual([
      'updated time: it cannot be after the one and before the other.',
    ]);
    expect(refused('created-since:2026-03-02 created-until:2026-03-01')).toEqual([
      'created time: it cannot be after the one and before the other.',
    ]);
    expect(chosen('created-since:2026-03-02 until:2026-03-01').without).toEqual([]);
  });

  test('of a time narrow each other, whichever comes first', () => {
    expect(chosen('since:1d since:3d').filter.updatedSince).toBe(NOW - DAY);
    expect(chosen('since:3d since:1d').filter.updatedSince).toBe(NOW - DAY);
    expect(chosen('created-until:1d created-until:3d').filter.createdUntil).toBe(NOW - 3 * DAY);
    expect(chosen('created-until:3d created-until:1d').filter.createdUntil).toBe(NOW - 3 * DAY);
  });
});

describe('states', () => {
  test.each([
    ['open', { state: 'open' }],
    ['closed', { state: 'closed' }],
    ['all', { state: 'all' }],
    ['todo', { states: ['open'] }],
    ['in-progress', { states: ['in_progress'] }],
    ['IN_REVIEW', { states: ['in_review'] }],
    ['done,canceled', { state: 'closed' }],
    ['canceled,done', { state: 'closed' }],
    ['todo, in_progress ,in_review,blocked', { state: 'open' }],
    ['open,closed', { state: 'all' }],
    ['open,done', { states: ['open', 'in_progress', 'in_review', 'blocked', 'done'] }],
  ])('%s', (word, expected) => {
    expect(chosen(`state:"${word}"`).filter).toEqual(expected);
  });

  test('that leave nothing are refused, and one that there is not names all', () => {
    expect(refused('state:open state:done')).toEqual([expect.stringMatching(/no issue can be in the state “done”/)]);
    expect(refused('state:done -state:closed')).toEqual([
      expect.stringMatching(/no issue can be in the state “closed”/),
    ]);
    expect(refused('state:open,opne')).toEqual([
      '--query, character 1: “opne” is not a state. Did you mean "open"? Available: open, closed, all, todo, in_progress, in_review, blocked, done, canceled.',
    ]);
  });

  test('a state that is left out does not count as a word about the state', () => {
    expect(selectionOf({}, '-state:done', NOW, 'open').filter).toEqual({ state: 'open' });
    expect(selectionOf({}, '-state:done', NOW, 'all').filter.states).toEqual([
      'open',
      'in_progress',
      'in_review',
      'blocked',
      'canceled',
    ]);
  });
});

describe('contradictions', () => {
  test.each([
    ['label:a -label:a', 'labels: “a” is asked for and left out at the same time.'],
    ['label:b label:a -label:a', 'labels: “a” is asked for and left out at the same time.'],
    ['milestone:none -milestone:none', 'milestone: “none” is asked for and left out at the same time.'],
    ['priority:high -priority:1', 'priority: “1” is asked for and left out at the same time.'],
    ['type:BUG -type:bug', 'type: “bug” is asked for and left out at the same time.'],
    ['author:ann author:bob', '--query, character 12: author is “ann” elsewhere, and cannot be “bob” as well.'],
    [
      'sort:created sort:created:asc',
      '--query, character 14: the order is created:desc elsewhere, and cannot be created:asc as well.',
    ],
    ['limit:3 limit:all', '--query, character 9: another limit is given elsewhere.'],
    ['-any-label:a', '--query, character 1: any-label cannot be negated with “-”.'],
    ['-limit:1', '--query, character 1: limit cannot be negated with “-”.'],
    ['-since:1d', '--query, character 1: since cannot be negated with “-”.'],
    [
      'sort:created:up',
      expect.stringContaining(
        '“created:up” is not a sort order. Available: created, updated, priority, each also with :asc or :desc.',
      ),
    ],
    [
      'priority:5',
      expect.stringContaining('“5” is not a priority. Available: critical, high, medium, low, lowest, or 0 to 4.'),
    ],
  ])('%s', (query, words) => {
    expect(refused(query)).toEqual([words]);
  });

  test.each([
    'crash -crash',
    'label:a label:a',
    'priority:high priority:1',
    'type:bug type:Bug',
    'sort:created sort:created:desc',
    'label:a -label:b',
  ])('%s is none', (query) => expect(() => chosen(query)).not.toThrow());
});

test('a term of a query knows words in any case, quotes in a value, and a dash alone in a word', () => {
  expect(chosen('LABEL:x Type:Bug').filter).toMatchObject({ labels: ['x'], type: 'bug' });
  expect(chosen('assignee:"Ann Other"').filter.assignee).toBe('Ann Other');
  expect(chosen('label:a:b').filter.labels).toEqual(['a:b']);
  expect(chosen('parent:#12').filter.parent).toBe('12');
  expect(chosen('-"two words"').without).toEqual([{ text: '"two words"' }]);
  expect(refused('"')).toEqual(['--query, character 1: a quote is opened and never closed.']);
});

test('who is meant by @me is asked once, and stands in what is left out, too', async () => {
  const { tracker, driver } = await bench();
  const before = driver.requests().all;
  const settled = await settledSelection(tracker, chosen('author:@me -assignee:@me'));
  expect([settled.filter.author, settled.without]).toEqual(['me', [{ assignee: 'me' }]]);
  expect(driver.requests().all - before).toBe(1);
  const both = await settledSelection(tracker, chosen('author:@me label:type:bug -label:priority:high limit:7'));
  expect(both).toEqual({
    filter: { state: 'open', author: 'me', type: 'bug' },
    without: [{ priority: 1 }],
    limit: 7,
  });
});

test('what is said of a field is stronger than a label for it', async () => {
  const { tracker } = await bench();
  const settled = await settledSelection(tracker, chosen('priority:low label:priority:high label:ui'));
  expect(settled.filter).toEqual({ state: 'open', priority: 3, labels: ['ui'] });
});

describe('what an issue can be', () => {
  test.each([
    ['is:claimed', { claimed: true }],
    ['is:unclaimed', { claimed: false }],
    ['-is:claimed', { claimed: false }],
    ['-is:unclaimed', { claimed: true }],
    ['is:Ready -is:blocked', { ready: true, blocked: false }],
    ['is:deferred', { deferred: true }],
    ['is:done', { states: ['done'] }],
    ['-is:in-progress', { states: ['open', 'in_review', 'blocked'] }],
    ['sprint:none', { sprint: null }],
    ['sprint:"Sprint 4"', { sprint: 'Sprint 4' }],
  ])('%s', (query, expected) => {
    const state = 'states' in expected ? {} : { state: 'open' };
    expect(chosen(query)).toEqual({ filter: { ...state, ...expected }, without: [], limit: 50 });
  });

  test('flags say the same', () => {
    expect(chosen('', { is: ['ready', 'unclaimed'] }).filter).toEqual({ state: 'open', ready: true, claimed: false });
    expect(refused('is:claimed', { is: ['unclaimed'] })).toEqual([
      '--query, character 1: no issue is claimed and is not at the same time.',
    ]);
    expect(refused('', { is: ['claimed', 'unclaimed'] })).toEqual([
      '--unclaimed: no issue is claimed and is not at the same time.',
    ]);
  });

  test('and nothing else, with a suggestion', () => {
    expect(refused('is:redy')).toEqual([
      '--query, character 1: “redy” is nothing that an issue can be. Did you mean "ready"? Available: claimed, unclaimed, blocked, ready, deferred, overdue.',
    ]);
    expect(refused('claimed:true')).toEqual([
      expect.stringMatching(
        /^--query, character 1: “claimed” is not a word of a query\. Please write is:claimed\. Available: /,
      ),
    ]);
  });
});

describe('due dates', () => {
  test.each([
    ['due:2026-12-24', { dueDate: '2026-12-24' }],
    ['due:today', { dueDate: '2026-03-02' }],
    ['due:Tomorrow', { dueDate: '2026-03-03' }],
    ['due:yesterday', { dueDate: '2026-03-01' }],
    ['due:3d', { dueDate: '2026-03-05' }],
    ['due:1w', { dueDate: '2026-03-09' }],
    ['due:none', { dueDate: null }],
    ['due:overdue', { dueUntil: '2026-03-01' }],
    ['is:overdue', { dueUntil: '2026-03-01' }],
    ['due-since:today due-until:7d', { dueSince: '2026-03-02', dueUntil: '2026-03-09' }],
    ['due-since:1d due-since:3d due-until:9d due-until:8d', { dueSince: '2026-03-05', dueUntil: '2026-03-10' }],
    ['due-since:3d due-since:1d due-until:8d due-until:9d', { dueSince: '2026-03-05', dueUntil: '2026-03-10' }],
    ['due-since:today due-until:today', { dueSince: '2026-03-02', dueUntil: '2026-03-02' }],
  ])('%s', (query, expected) => {
    expect(chosen(query)).toEqual({ filter: { state: 'open', ...expected }, without: [], limit: 50 });
  });

  test('that are left out', () => {
    expect(chosen('-due:none -due:overdue').without).toEqual([
      { dueDate: null },
      { state: 'open', dueUntil: '2026-03-01' },
    ]);
  });

  test.each([
    [
      'due:soon',
      '“soon” is not a day. Please write 2026-12-24, today, tomorrow, yesterday, or 3d and 2w for so far from today.',
    ],
    ['due-until:3h', expect.stringContaining('“3h” is not a day.')],
    ['due-since:2026-02-30', expect.stringContaining('“2026-02-30” is not a day.')],
    ['-due-until:3d', 'due-until cannot be negated with “-”.'],
  ])('%s is refused', (query, words) => {
    expect(refused(query)).toEqual([
      typeof words === 'string' ? `--query, character 1: ${words}` : expect.objectContaining({}) && words,
    ]);
  });

  test('that nothing can have are refused', () => {
    expect(refused('due-since:2d due-until:1d')).toEqual([
      'due date: it cannot be after the one and before the other.',
    ]);
    expect(refused('state:closed due:overdue')).toEqual(['--query, character 14: what is closed is not overdue.']);
    expect(chosen('state:all due:overdue').filter).toEqual({ state: 'open', dueUntil: '2026-03-01' });
  });
});

describe('alternatives', () => {
  test.each<[string, object]>([
    ['label:a OR label:b', { state: 'open', anyLabels: ['a', 'b'] }],
    ['(label:a OR label:b) type:bug', { state: 'open', anyLabels: ['a', 'b'], type: 'bug' }],
    ['label:a OR type:bug', { state: 'open', anyOf: [{ labels: ['a'] }, { type: 'bug' }] }],
    ['label:a type:bug OR crash', { state: 'open', anyOf: [{ labels: ['a'], type: 'bug' }, { text: 'crash' }] }],
    ['label:a AND type:bug', { state: 'open', labels: ['a'], type: 'bug' }],
    ['(label:a type:bug)', { state: 'open', anyOf: [{ labels: ['a'], type: 'bug' }] }],
    ['-(label:a type:bug)', { state: 'open', noneOf: [{ labels: ['a'], type: 'bug' }] }],
    ['-(label:a OR type:bug)', { state: 'open', noneOf: [{ labels: ['a'] }, { type: 'bug' }] }],
    [
      '(label:a OR label:b) (label:c OR label:d)',
      { state: 'open', anyLabels: ['a', 'b'], anyOf: [{ labels: ['c'] }, { labels: ['d'] }] },
    ],
    [
      '(type:a OR is:ready) (type:c OR author:d)',
      {
        state: 'open',
        anyOf: [{ type: 'a' }, { ready: true }],
        noneOf: [{ noneOf: [{ type: 'c' }, { author: 'd' }] }],
      },
    ],
    [
      '(type:a OR (author:b OR -label:c)) x',
      {
        state: 'open',
        text: 'x',
        anyOf: [{ type: 'a' }, { anyOf: [{ author: 'b' }, { noneOf: [{ labels: ['c'] }] }] }],
      },
    ],
    // each alternative means what is meant without a word about the state, unless it says one
    ['label:a OR state:closed', { anyOf: [{ state: 'open', labels: ['a'] }, { state: 'closed' }] }],
    ['state:closed (label:a OR type:b)', { state: 'closed', anyOf: [{ labels: ['a'] }, { type: 'b' }] }],
    ['fn() (g(x) OR h(y))', { state: 'open', text: 'fn()', anyOf: [{ text: 'g(x)' }, { text: 'h(y)' }] }],
    ['("a b" OR label:"c d")', { state: 'open', anyOf: [{ text: '"a b"' }, { labels: ['c d'] }] }],
    ['https://example.org/(x)', { state: 'open', text: 'https://example.org/(x)' }],
    ['a or b', { state: 'open', text: 'a or b' }],
  ])('%s', (query, filter) => {
    const selection = chosen(query);
    const { state = 'all', ...rest } = selection.filter;
    expect({ ...(state === 'all' ? {} : { state }), ...rest }).toEqual(filter);
    expect(selection.without).toEqual([]);
  });

  test('the order and the limit are those of the whole', () => {
    expect(chosen('label:a sort:priority OR (type:b limit:3)')).toMatchObject({
      filter: { sort: { by: 'priority', direction: 'desc' } },
      limit: 3,
    });
    expect(refused('label:a limit:3 OR type:b limit:4')).toEqual([
      '--query, character 27: another limit is given elsewhere.',
    ]);
  });

  test.each([
    ['OR a', ['--query, character 1: OR stands between two conditions, and there is none before it.']],
    ['a OR', ['--query, character 4: OR stands between two conditions, and there is none after it.']],
    ['a OR OR b', ['--query, character 6: OR stands between two conditions, and there is none before it.']],
    ['AND a', ['--query, character 1: AND stands between two conditions, and there is none before it.']],
    ['(a', ['--query, character 1: a parenthesis is opened and never closed. In a text, put it in quotes.']],
    ['x ()', ['--query, character 3: there is nothing between the parentheses.']],
    ['(a OR )', ['--query, character 7: OR stands between two conditions, and there is none after it.']],
    [
      '(labl:a OR b)',
      [expect.stringContaining('--query, character 2: “labl” is not a word of a query. Did you mean "label"?')],
    ],
    ['(state:open state:done OR b)', [expect.stringContaining('no issue can be in the state “done”')]],
  ])('%s is refused', (query, mistakes) => expect(refused(query)).toEqual(mistakes));

  test.each([
    ['label:bug OR type:bug', ['c', 'b', 'a']],
    ['label:wontfix OR state:blocked', ['d', 'b']],
    ['-(label:bug OR is:blocked)', ['c']],
    ['(label:type:bug OR label:priority:high)', ['c', 'a']],
    ['(assignee:@me OR label:wontfix) -label:wontfix', ['c']],
    ['is:blocked OR label:wontfix sort:priority', ['b', 'd']],
  ])('the issues of %j', async (query, expected) => {
    expect(await (await bench()).titles(query)).toEqual(expected);
    expect(await (await bench({ filters: [], sorts: [] })).titles(query)).toEqual(expected);
  });
});
