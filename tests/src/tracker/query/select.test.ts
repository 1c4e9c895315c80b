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
      '--query, character 1: “labl” is not a word of a query. Did you mean "label"? Available: state, label, any-label, assignee, author, milestone, parent, type, priority, text, since, until, created-since, created-until, sort, limit.',
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
        const { words, mistakes } = parseQuery(query);
        expect(words.length + mistakes.length > 0).toBe(/\S/.test(query));
        for (const { where } of [...words, ...mistakes]) expect(where).toMatch(/^--query, character [1-9]\d*$/);
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
