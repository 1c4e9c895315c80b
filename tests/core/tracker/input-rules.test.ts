import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssueFilter, IssuePatch } from '../../../core/ports/issue.ts';
import {
  checkClaim,
  checkComment,
  checkDraft,
  checkFilter,
  checkLabel,
  checkMilestone,
  checkPatch,
  tidied,
  tidiedLabel,
} from '../../../core/tracker/input-rules.ts';

const FINE: IssueDraft = {
  title: 'Tïtle 👩‍👩‍👧 with “all” of it',
  body: 'Any\n\ttext.',
  state: 'blocked',
  type: 'Bug',
  priority: 4,
  labels: ['a b', 'größe', 'x'.repeat(255)],
  assignees: ['@me', 'ann@example.org'],
  milestone: 'v1.0',
  parent: '#12',
  storyPoints: 0.125,
  dueDate: '2028-02-29',
  metadata: { a: [1, { b: null }] },
};

/** The words with which the check refuses. */
function said(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (!(error instanceof PaceError)) throw error;
    expect([error.kind, error.remedy === '']).toEqual(['validation', false]);
    return error.message;
  }
  return 'nothing';
}

/** What a program without types may hand in. */
function untyped<Type>(value: unknown): Type {
  return value as Type;
}

const BAD_FIELDS: [string, object, RegExp][] = [
  ['a title of blanks', { title: ' \t\u200b ' }, /title is empty/],
  ['a title that is a number', { title: 7 }, /title is not text but “7”/],
  ['a title of two lines', { title: 'a\nb' }, /“a b” has line breaks or control/],
  ['a title of two lines, as Unicode has them', { title: 'a\u2028b' }, /line breaks/],
  ['a title with a terminal sequence', { title: 'a\u001b[31mb' }, /control characters/],
  ['a body that is a list', { body: ['a'] }, /body is not text but “\["a"\]”/],
  ['a state that is none', { state: 'finished' }, /no state “finished”/],
  ['a priority that is none', { priority: 7 }, /no priority “7”/],
  ['a priority as a text', { priority: '1' }, /no priority “1”/],
  ['an empty type', { type: '' }, /type is empty/],
  ['an empty label', { labels: ['a', ' '] }, /label is empty/],
  ['a label with a control character', { labels: ['a\u0000b'] }, /“ab” cannot be a label/],
  ['a label of two lines', { labels: ['a\r\nb'] }, /“a b” cannot be a label/],
  ['a label that nobody can read', { labels: ['x'.repeat(256)] }, /has 256 characters; 255/],
  ['labels that are a text', { labels: 'bug' }, /labels are not a list/],
  ['a label that is an object', { labels: [{ name: 'bug' }] }, /label is not text but “{"name":"bug"}”/],
  ['assignees that are a text', { assignees: 'ann' }, /assignees are not a list/],
  ['an assignee without a name', { assignees: [''] }, /name of an assignee is empty/],
  ['a milestone that is a number', { milestone: 3 }, /milestone is not text/],
  ['an empty parent', { parent: '' }, /parent is empty/],
  ['negative points', { storyPoints: -1 }, /“-1” cannot be story points/],
  ['points that are no number', { storyPoints: Number.NaN }, /“NaN” cannot be/],
  ['endless points', { storyPoints: Number.POSITIVE_INFINITY }, /“Infinity” cannot be/],
  ['points as a text', { storyPoints: '3' }, /“3” cannot be/],
  ['a million points', { storyPoints: 1_000_000 }, /“1000000” cannot be/],
  ['a fraction that no label holds', { storyPoints: 1 / 3 }, /cannot be story points/],
  ['a day that there is not', { dueDate: '2026-02-30' }, /“2026-02-30” is not a date/],
  ['a month that there is not', { dueDate: '2026-13-01' }, /is not a date/],
  ['a leap day in another year', { dueDate: '2027-02-29' }, /is not a date/],
  ['a day with a time', { dueDate: '2026-12-31T00:00:00Z' }, /is not a date/],
  ['a day in words', { dueDate: 'tomorrow' }, /is not a date/],
  ['metadata that is a list', { metadata: [1] }, /not a JSON object/],
  ['metadata that is no JSON', { metadata: { a: 1n } }, /not a JSON object/],
];

describe('a new issue', () => {
  test('with everything in it is fine', () => {
    expect(said(() => checkDraft(FINE))).toBe('nothing');
    expect(said(() => checkDraft({ title: 'x', body: '', storyPoints: 0, labels: [], metadata: {} }))).toBe('nothing');
  });

  test.each(BAD_FIELDS)('with %s is refused', (_, field, words) => {
    expect(said(() => checkDraft(untyped({ ...FINE, ...field })))).toMatch(words);
  });

  test('goes on with types in lower case and without half characters', () => {
    expect(tidied({ title: 'a\ud83d', body: '\udc00b', type: 'Bug' })).toEqual({
      title: 'a\ufffd',
      body: '\ufffdb',
      type: 'bug',
    });
    expect(tidied({ labels: ['a\ud83d'], addLabels: ['b'] })).toEqual({ labels: ['a\ufffd'], addLabels: ['b'] });
  });
});

describe('a change', () => {
  test('of everything, or of nothing, is fine', () => {
    expect(said(() => checkPatch('1', FINE))).toBe('nothing');
    expect(said(() => checkPatch('1', {}))).toBe('nothing');
    const cleared = { priority: null, milestone: null, parent: null, storyPoints: null, dueDate: null };
    expect(said(() => checkPatch('1', { ...cleared, body: '', addLabels: ['a'], removeLabels: ['b'] }))).toBe(
      'nothing',
    );
  });

  test.each(BAD_FIELDS)('with %s is refused', (_, field, words) => {
    expect(said(() => checkPatch('1', untyped({ ...FINE, ...field })))).toMatch(words);
  });

  test.each<[string, IssuePatch, RegExp]>([
    ['replaces the labels and adds one', { labels: ['a'], addLabels: ['b'] }, /cannot go together/],
    ['replaces the labels and removes one', { labels: [], removeLabels: ['b'] }, /cannot go together/],
    [
      'adds and removes the same label',
      { addLabels: ['a', 'B'], removeLabels: ['b'] },
      /“B” is to be added and removed/,
    ],
    ['adds an empty label', { addLabels: [''] }, /label is empty/],
    ['removes an empty label', { removeLabels: [''] }, /label is empty/],
    ['makes the issue its own parent', { parent: '12' }, /#12 cannot be its own parent/],
  ])('that %s is refused', (_, patch, words) => {
    expect(said(() => checkPatch('#12', patch))).toMatch(words);
  });

  test('may name an absent list of labels beside others', () => {
    const patch = untyped<IssuePatch>({ labels: ['a'], addLabels: undefined, removeLabels: undefined });
    expect(said(() => checkPatch('1', patch))).toBe('nothing');
  });
});

describe('a comment', () => {
  test.each<[string, unknown, RegExp]>([
    ['a text', 'Text.', /^nothing$/],
    ['nothing', '', /comment is empty/],
    ['blanks', ' \n\t', /comment is empty/],
    ['no text', null, /comment is not text but “null”/],
  ])('of %s', (_, markdown, words) => {
    expect(said(() => checkComment(markdown))).toMatch(words);
  });
});

describe('a filter', () => {
  test('with everything in it is fine', () => {
    const filter: IssueFilter = {
      state: 'all',
      states: ['open', 'done'],
      labels: ['a'],
      anyLabels: [],
      priority: 0,
      assignee: null,
      createdSince: 0,
      updatedUntil: Date.UTC(2100, 0),
      sort: { by: 'priority', direction: 'asc' },
    };
    expect(said(() => checkFilter(filter))).toBe('nothing');
    expect(said(() => checkFilter({}))).toBe('nothing');
  });

  test.each<[string, object, RegExp]>([
    ['a state that is none', { state: 'done' }, /no state “done” in a filter/],
    ['an unknown state among others', { states: ['open', 'x'] }, /no state “x”/],
    ['an empty label', { labels: [''] }, /label is empty/],
    ['an empty label to choose from', { anyLabels: [''] }, /label is empty/],
    ['a priority that is none', { priority: -1 }, /no priority “-1”/],
    ['a time that is none', { createdSince: Number.NaN }, /`createdSince` is not a time: “NaN”/],
    ['a time as a text', { updatedSince: '2026-01-01' }, /`updatedSince` is not a time/],
    ['a time beyond all dates', { createdUntil: 1e300 }, /`createdUntil` is not a time/],
    ['an order that is none', { sort: { by: 'title', direction: 'asc' } }, /no order “{"by":"title"/],
    ['a direction that is none', { sort: { by: 'created', direction: 'up' } }, /no order/],
  ])('with %s is refused', (_, filter, words) => {
    expect(said(() => checkFilter(untyped(filter)))).toMatch(words);
  });
});

describe('a label and a milestone of the catalogue', () => {
  test('may be changed in part', () => {
    expect(said(() => checkLabel({ description: '' }))).toBe('nothing');
    expect(said(() => checkLabel({ name: 'größe 1', color: 'A1b2c3' }))).toBe('nothing');
    expect(said(() => checkMilestone({ title: 'v1', dueDate: '2026-12-31' }))).toBe('nothing');
    expect(said(() => checkMilestone({ state: 'closed' }))).toBe('nothing');
    expect(said(() => checkLabel({ color: '#A1B2C3' }))).toBe('nothing');
    expect(tidiedLabel({ name: 'a', color: '#A1B2C3' })).toEqual({ name: 'a', color: 'a1b2c3' });
    expect(tidiedLabel({ name: '#a' })).toEqual({ name: '#a' });
  });

  test.each<[string, () => void, RegExp]>([
    ['a label without a name', () => checkLabel({ name: ' ' }), /label is empty/],
    ['a colour in words', () => checkLabel({ color: 'blue' }), /“blue” is not a colour/],
    ['a short colour', () => checkLabel({ color: '#abc' }), /is not a colour/],
    ['a milestone without a title', () => checkMilestone({ title: '' }), /milestone is empty/],
    ['a day that there is not', () => checkMilestone({ dueDate: '2026-02-30' }), /is not a date/],
  ])('are refused with %s', (_, check, words) => {
    expect(said(check)).toMatch(words);
  });
});

describe('a claim', () => {
  test.each<[string, { agent: unknown; forMs: unknown }, RegExp]>([
    ['by an agent, for a time', { agent: 'agent-1', forMs: 1 }, /^nothing$/],
    ['by nobody', { agent: ' ', forMs: 1 }, /name of an agent is empty/],
    ['by a name of two lines', { agent: 'a\nb', forMs: 1 }, /cannot be a name of an agent/],
    ['for no time', { agent: 'a', forMs: 0 }, /for “0” ms/],
    ['for a time that is none', { agent: 'a', forMs: Number.NaN }, /for “NaN” ms/],
    ['for ever', { agent: 'a', forMs: Number.POSITIVE_INFINITY }, /for “Infinity” ms/],
  ])('%s', (_, request, words) => {
    expect(said(() => checkClaim(request))).toMatch(words);
  });
});
