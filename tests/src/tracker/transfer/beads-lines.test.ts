/** Lines of `bd export`, of both its ages, as issues. */
import { describe, expect, test } from 'vitest';
import { parseLine } from '../../../../src/tracker/transfer/parse-line.ts';

function read(value: object) {
  const parsed = parseLine(JSON.stringify(value));
  if (!parsed.ok || !('issue' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed;
}

/** Without its time a line has no members that are not said. */
const BASE = { _type: 'issue', id: 'bd-1ab', title: 'Fix login' };

test('a whole line of bd 1.x is read whole', () => {
  const { issue, notes } = read({
    ...BASE,
    description: 'Steps',
    design: 'Two doors\n',
    acceptance_criteria: '- it opens',
    notes: 'ask ann',
    status: 'closed',
    close_reason: 'Fixed in 1.2',
    issue_type: 'feature',
    priority: 1,
    assignee: 'ann',
    owner: 'cto@example.org',
    created_by: 'ben',
    estimated_minutes: 90,
    external_ref: 'gh-9',
    spec_id: 'docs/spec.md',
    created_at: '2026-05-01T10:00:00.123456789Z',
    updated_at: '2026-05-02T10:00:00+02:00',
    closed_at: '2026-05-03T10:00:00Z',
    due_at: '2026-06-01T12:00:00Z',
    defer_until: '2026-05-20T08:00:00+02:00',
    labels: ['ui', 'auth'],
    dependencies: [
      { issue_id: 'bd-1ab', depends_on_id: 'bd-2cd', type: 'blocks', created_at: '2026-05-01T10:00:00Z' },
      { issue_id: 'bd-1ab', depends_on_id: 'bd-epic', type: 'parent-child' },
      { issue_id: 'bd-1ab', depends_on_id: 'bd-3ef', type: 'related' },
      { issue_id: 'bd-1ab', depends_on_id: 'bd-4', type: 'duplicates' },
      { issue_id: 'bd-1ab', depends_on_id: 'bd-5', type: 'supersedes' },
      { issue_id: 'bd-9', depends_on_id: 'bd-1ab', type: 'blocks' },
    ],
    comments: [
      { id: 'c1', issue_id: 'bd-1ab', author: 'ann', text: 'Done', created_at: '2026-05-03T09:00:00Z' },
      { id: 7, text: 'Nobody said this' },
    ],
    metadata: { sprint: 3 },
    pinned: true,
    ephemeral: false,
    dependency_count: 5,
    comment_count: 2,
  });
  expect(issue).toEqual({
    format: 1,
    tracker: 'beads',
    key: 'bd-1ab',
    url: 'beads:bd-1ab',
    title: 'Fix login',
    body: [
      'Steps',
      '## Design\n\nTwo doors',
      '## Acceptance criteria\n\n- it opens',
      '## Notes\n\nask ann',
      '## Why it was closed\n\nFixed in 1.2',
      '## In beads\n\n- Estimate: 90 minutes\n- Reference: gh-9\n- Owner: cto@example.org\n- Specification: docs/spec.md',
    ].join('\n\n'),
    state: 'done',
    type: 'story',
    priority: 1,
    labels: ['ui', 'auth'],
    assignees: [{ id: 'ann', name: 'ann' }],
    author: { id: 'ben', name: 'ben' },
    dueDate: '2026-06-01',
    deferUntil: '2026-05-20T06:00:00.000Z',
    parent: 'bd-epic',
    links: [
      { type: 'is blocked by', target: 'bd-2cd' },
      { type: 'relates to', target: 'bd-3ef' },
      { type: 'duplicates', target: 'bd-4' },
      { type: 'relates to', target: 'bd-5' },
    ],
    comments: [
      { id: 'c1', body: 'Done', author: { id: 'ann', name: 'ann' }, createdAt: '2026-05-03T09:00:00Z' },
      { id: '7', body: 'Nobody said this', author: null },
    ],
    metadata: {
      sprint: 3,
      beads: { pinned: true, dependencies: [{ type: 'supersedes', target: 'bd-5' }] },
    },
    createdAt: '2026-05-01T10:00:00.123456789Z',
    updatedAt: '2026-05-02T10:00:00+02:00',
    closedAt: '2026-05-03T10:00:00Z',
  });
  expect(notes).toEqual(['the dependency “supersedes” on bd-5 becomes the link “relates to”.']);
});

test('a line of bd before 1.0 says nothing of its kind, and is known by its fields', () => {
  const { issue } = read({
    ...{ id: 'proj-7', title: 'Old', status: 'open', priority: 2, issue_type: 'task', description: '' },
    ...{ created_at: '2025-10-12T16:00:00.5-07:00', updated_at: '2025-10-12T16:00:00-07:00', content_hash: 'abc' },
    comments: [{ id: 1, issue_id: 'proj-7', author: 'ann', text: 'x', created_at: '0001-01-01T00:00:00Z' }],
  });
  expect(issue).toMatchObject({ tracker: 'beads', key: 'proj-7', body: '', type: 'task', priority: 2, metadata: {} });
  expect(issue.createdAt).toBe('2025-10-12T16:00:00.5-07:00');
});

describe('a status', () => {
  test.each<[object, string, readonly string[]]>([
    [{}, 'open', []],
    [{ status: 'open' }, 'open', []],
    [{ status: 'in_progress' }, 'in_progress', []],
    [{ status: 'hooked' }, 'in_progress', []],
    [{ status: 'blocked' }, 'blocked', []],
    [{ status: 'deferred' }, 'open', []],
    [{ status: 'closed' }, 'done', []],
    [{ status: 'closed', close_reason: "won't fix: too dear" }, 'canceled', []],
    [{ status: 'closed', close_reason: 'Duplicate of bd-3' }, 'canceled', []],
    [{ status: 'closed', close_reason: 'all duplicates are gone' }, 'done', []],
    [{ status: 'testing' }, 'open', ['the status “testing” is not known, and reads as open.']],
    [{ status: 'toString' }, 'open', ['the status “toString” is not known, and reads as open.']],
  ])('of %j is %s', (more, state, notes) => {
    const found = read({ ...BASE, ...more });
    expect([found.issue.state, found.notes]).toEqual([state, notes]);
  });

  test('that is no state of ours is kept', () => {
    expect(read({ ...BASE, status: 'deferred' }).issue.metadata).toEqual({ beads: { status: 'deferred' } });
    expect(read({ ...BASE, status: 'closed' }).issue.metadata).toEqual({});
  });
});

test.each<[unknown, unknown]>([
  [{ a: 1 }, { a: 1 }],
  ['{"a":1}', { a: 1 }],
  ['plain words', { beads: { metadata: 'plain words' } }],
  ['[1]', { beads: { metadata: '[1]' } }],
  ['', {}],
  [null, {}],
  [undefined, {}],
])('metadata %j is %j', (metadata, expected) => {
  expect(read({ ...BASE, metadata }).issue.metadata).toEqual(expected);
});

test('what is no issue is passed over, with the reason', () => {
  const parse = (value: object) => parseLine(JSON.stringify(value));
  expect(parse({ _type: 'memory', key: 'auth', value: 'use tokens' })).toEqual({
    ok: true,
    passedOver: 'a memory of bd is not an issue, and is left out.',
    source: 'auth',
  });
  expect(parse({ ...BASE, status: 'tombstone' })).toEqual({
    ok: true,
    passedOver: 'bd has deleted it.',
    source: 'bd-1ab',
  });
});

describe('what is of no known format is refused, and it is said what is read', () => {
  const mistakes = (value: object) => {
    const parsed = parseLine(JSON.stringify(value));
    return 'mistakes' in parsed ? parsed.mistakes : '';
  };

  test('an issue as an API of GitHub gives it', () => {
    expect(
      mistakes({ title: 'x', number: 1, user: {}, html_url: '', node_id: '', locked: false, closed_at: null }),
    ).toBe(
      'This is of no format that is known: “number”, “user”, “html_url”, “node_id”, “locked”, …. Lines of `pace issue export` are read, and of `bd export`. The fields of the former are `format`, `tracker`, `key`, `url`, `title`, `body`, `state`, `stateName`, `type`, `priority`, `labels`, `assignees`, `milestone`, `parent`, `storyPoints`, `dueDate`, `sprint`, `deferUntil`, `author`, `createdAt`, `updatedAt`, `metadata`, `links`, `comments`; with `"format": 1` others are ignored.',
    );
  });

  test.each<[object, string]>([
    [
      { _type: 'event', id: 'x' },
      '_type: “event” is not read. Of `bd export` lines of the type “issue” are; those of the type “memory” are passed over.',
    ],
    [{ _type: 'issue', title: 'x' }, 'id is missing.'],
    [{ ...BASE, priority: 5 }, 'priority: Too big: expected number to be <=4.'],
    [{ ...BASE, created_at: 'soon' }, 'created_at: Invalid ISO datetime.'],
    [{ ...BASE, dependencies: [{ type: 'blocks' }] }, 'dependencies.0.depends_on_id is missing.'],
  ])('%j', (value, words) => {
    expect(mistakes(value)).toBe(words);
  });
});
