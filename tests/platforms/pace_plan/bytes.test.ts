/** What a change writes, and that it leaves all else alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited } from '../../../core/drivers/documents/edits.ts';
import type { IssueDraft, IssuePatch, IssueState } from '../../../core/ports/issue.ts';
import { ISSUE_STATES } from '../../../core/ports/issue.ts';
import { normalText } from '../../../core/text/normal-text.ts';
import { readDocuments } from '../../../platforms/pace_plan/issues.ts';
import { SEED } from '../../support/seed.ts';
import { DAYS, STORIES, THEMES } from './samples.ts';

const [PLAN, STAMP] = ['plan.yaml', { now: 0, random: Math.random, person: { id: 'ann', name: 'ann' } }];

const read = (text: string) => readDocuments([{ path: PLAN, text, changedAt: 1 }], PLAN);

function after(text: string, { files }: ReturnType<ReturnType<typeof read>['update']>): string {
  const [change] = files;
  if (!change) return text;
  return 'edits' in change ? edited(text, change.edits) : 'create' in change ? change.create : '';
}

const updated = (text: string, key: string, patch: IssuePatch) => after(text, read(text).update(key, patch, STAMP));
const created = (text: string, draft: Partial<IssueDraft> = {}) =>
  after(text, read(text).create({ title: 'New', body: '', ...draft }, STAMP));
const issueIn = (text: string, key: string) => read(text).issues.find((issue) => issue.key === key);

describe('a plan is read', () => {
  test.each([
    [
      'of days',
      DAYS,
      [
        ['day-1', 'Put things into a cart', 'open'],
        ['day-2', 'Pay: by card', 'open'],
        ['day-3', 'Refund', 'open'],
      ],
    ],
    [
      'of stories',
      STORIES,
      [
        ['story-1', 'A cart', 'done'],
        ['story-2', "It's paid", 'in_progress'],
        ['story-4', 'A refund of all', 'blocked'],
      ],
    ],
    [
      'of days with stories',
      THEMES,
      [
        ['day-1', 'The cart', 'in_progress'],
        ['cart-add', 'Add', 'done'],
        ['day-1.2', 'Remove', 'open'],
        ['day-2', 'Pay', 'open'],
      ],
    ],
  ])('%s', (_, text, wanted) => {
    expect(read(text).issues.map(({ key, title, state }) => [key, title, state])).toEqual(wanted);
  });

  test('with what stands in its days', () => {
    expect(issueIn(DAYS, 'day-1')?.body).toBe('Begin small.\n\n# no comment');
    expect(issueIn(THEMES, 'cart-add')).toMatchObject({
      parent: 'day-1',
      sections: [{ name: 'Acceptance criteria', text: '- Ten things fit' }],
    });
  });

  test('with all mistakes at once, each with its place', () => {
    const text = 'days:\n  - day: one\n    target: a\n  - day: 2\n    tarjet: b\n';
    expect(() => read(text)).toThrow(/^plan\.yaml:2:10: .*\nplan\.yaml:5:5: /);
    expect(() => read('stories:\n  - id: a\n  - id: b\n  - id: a\n')).toThrow(
      /plan\.yaml:4:9: Two of this plan are called `a`/,
    );
  });
});

describe('a change', () => {
  test.each<readonly [name: string, text: string, key: string, patch: IssuePatch, from: string, to: string]>([
    ['title before a comment', DAYS, 'day-1', { title: 'A cart' }, 'Put things into a cart ', 'A cart '],
    ['title in quotes', DAYS, 'day-2', { title: 'Pay # 1' }, '"Pay: by card"', '"Pay # 1"'],
    ['title in single quotes', STORIES, 'story-2', { title: "It's free" }, "'It''s paid'", "'It''s free'"],
    ['folded title', STORIES, 'story-4', { title: 'Refund' }, '>-\n    A refund\n    of all\n', 'Refund\n'],
    ['title that is a number', STORIES, 'story-1', { title: '42' }, 'A cart', '"42"'],
    ['theme', THEMES, 'day-2', { title: 'Pay later' }, 'theme: Pay', 'theme: Pay later'],
    ['state', STORIES, 'story-2', { state: 'done' }, 'in_progress ', 'shipped '],
    ['state that was not said', DAYS, 'day-2', { state: 'done' }, '    notes:\n', '    notes:\n    status: shipped\n'],
    ['state in brackets', DAYS, 'day-3', { state: 'blocked' }, 'short}', 'short, status: hold}'],
    [
      'text in a block',
      DAYS,
      'day-1',
      { body: 'Begin.\n\n* x' },
      '|\n      Begin small.\n\n      # no comment\n',
      '|-\n      Begin.\n\n      * x\n',
    ],
    ['text that is empty', DAYS, 'day-2', { body: 'One' }, '    notes:\n', '    notes: One\n'],
    ['text in quotes', THEMES, 'day-1.2', { body: '' }, '        notes: "One\\nTwo"\n', ''],
    ['text in brackets', DAYS, 'day-3', { body: '' }, ', notes: short', ''],
  ])('of a %s is that alone', (_, text, key, patch, from, to) => {
    expect(updated(text, key, patch)).toBe(text.replace(from, to));
  });

  test('of what others name as well is refused', () => {
    const text = 'days:\n  - day: 1\n    target: &t Cart\n  - day: 2\n    target: *t\n';
    expect(() => updated(text, 'day-1', { title: 'Other' })).toThrow(/has no place where this title could be written/);
    expect(updated(text, 'day-2', { title: 'Other' })).toBe(text.replace('*t', 'Other'));
  });
});

describe('what is new', () => {
  test('is a day in a plan of days, a story in a plan of stories', () => {
    expect(created(DAYS)).toBe(`${DAYS.trimEnd()}\n  - day: 4\n    target: New\n`);
    expect(created(THEMES)).toBe(`${THEMES}  - day: 3\n    theme: New\n`);
    expect(created(STORIES)).toBe(`${STORIES}- id: story-5\n  title: New\n  status: pending\n`);
    expect(created('days: [{day: 1}]')).toBe('days: [{day: 1}, { day: 2, target: "New" }]');
  });

  test('makes the file, or the list', () => {
    const story = 'stories:\n  - id: story-1\n    title: New\n    status: pending\n';
    expect(readDocuments([], PLAN).create({ title: 'New', body: '' }, STAMP).files).toEqual([
      { path: PLAN, create: story },
    ]);
    expect(created('release: v1 # one')).toBe(`release: v1 # one\n${story}`);
  });
});

const TEXTS = [DAYS, STORIES, THEMES].flatMap((text) => [
  text,
  `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  text.trimEnd(),
]);
const anyTitle = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    'null',
    'true',
    '1e3',
    '- x',
    'a: b',
    'a # b',
    "it's",
    '"x"',
    '*a',
    '&a',
    '!x',
    '%x',
    '2025-01-01',
    '[x]',
    '{x}',
    '| x',
    'a,b',
  ),
);
const anyBody = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.constantFrom('# a', '---', '- x', 'a: b', '', '    code', '\ttab', '...', "'", '"', 'x  '), {
      maxLength: 6,
    })
    .map((lines) => lines.join('\n')),
);

describe('whatever is written', () => {
  const RUNS = { numRuns: 300, seed: SEED };
  const anyPlace = fc
    .constantFrom(...TEXTS)
    .chain((text) => fc.constantFrom(...read(text).issues.map(({ key }) => ({ text, key }))));

  test('comes back, is written once, and changes no other issue and no comment', () => {
    fc.assert(
      fc.property(anyPlace, anyTitle, anyBody, ({ text, key }, given, body) => {
        const title = given.trim() || 'x';
        const now = updated(text, key, { title, body });
        const issue = issueIn(now, key);
        expect(issue?.title).toBe(title.trim());
        expect(issue?.body).toBe(normalText(body));
        expect(updated(now, key, { title, body })).toBe(now);
        const told = (all: string) => read(all).issues.filter((one) => one.key !== key);
        expect(told(now)).toEqual(told(text));
        for (const comment of ['# The plan of', '# first', '# the heart', '# since', '# kept'])
          expect(now.includes(comment)).toBe(text.includes(comment));
      }),
      RUNS,
    );
  });

  test('of states comes back', () => {
    const state = fc.constantFrom<IssueState>(...ISSUE_STATES);
    fc.assert(
      fc.property(anyPlace, state, state, ({ text, key }, one, other) => {
        const now = updated(updated(text, key, { state: one }), key, { state: other });
        expect(issueIn(now, key)?.state).toBe(other);
        expect(updated(now, key, { state: other })).toBe(now);
      }),
      RUNS,
    );
  });

  test('that is new comes back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS, '', '# only\n', 'release: 1'), anyTitle, anyBody, (text, given, body) => {
        const title = given.trim() || 'x';
        const now = created(text, { title, body });
        const [issue] = read(now).issues.filter((one) => !read(text).issues.some(({ key }) => key === one.key));
        expect([issue?.title, issue?.body]).toEqual([title, normalText(body)]);
      }),
      RUNS,
    );
  });

  test('that is hidden comes back, and goes without a trace', () => {
    const patch = { labels: ['a', 'b'], assignees: ['ann'], metadata: { a: [1] } };
    for (const [text, key] of [
      [STORIES, 'story-1'],
      [THEMES, 'day-2'],
    ] as const) {
      const now = updated(text, key, patch);
      expect(issueIn(now, key)).toMatchObject({ labels: ['a', 'b'], assignees: [{ id: 'ann' }], metadata: { a: [1] } });
      expect(updated(now, key, { labels: [], assignees: [], metadata: {} })).toBe(text);
    }
  });
});
