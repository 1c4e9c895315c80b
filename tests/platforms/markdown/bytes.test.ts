/** Whatever is written, what is not meant stays byte for byte as it was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stamp } from '../../../core/drivers/documents/document-kind.ts';
import { edited } from '../../../core/drivers/documents/edits.ts';
import type { IssueDraft, IssuePatch } from '../../../core/ports/issue.ts';
import { ISSUE_STATES, PRIORITIES } from '../../../core/ports/issue.ts';
import { normalText } from '../../../core/text/normal-text.ts';
import { readDocuments } from '../../../platforms/markdown/issues.ts';
import { BOLD, ONE, QUOTE, TABLE } from '../../core/epics/samples.ts';
import { anyMarkdown, CORPUS } from '../../support/markdown-anything.ts';
import '../../support/seed.ts';

const PATH = 'docs/a.md';
const stamp: Stamp = { now: Date.UTC(2026, 0, 5), random: () => 0.5, person: { id: 'tester', name: 'tester' } };

function documentsOf(text: string) {
  return readDocuments([{ path: PATH, text, changedAt: 1000 }], { path: PATH, isFolder: false });
}

type Documents = ReturnType<typeof documentsOf>;
type Act = (documents: Documents) => ReturnType<Documents['update']>;

/** The text after an act. */
function textAfter(text: string, act: Act): string {
  const [change] = act(documentsOf(text)).files;
  if (!change) return text;
  if ('create' in change) return change.create;
  return 'edits' in change ? edited(text, change.edits) : '';
}

/** The samples with either end of line, with a mark of the byte order, without a last end, with blanks at the ends of lines. */
const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ['as they are', (text) => text],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with a mark of the byte order', (text) => `\uFEFF${text}`],
  ['without an end of the last line', (text) => text.trimEnd()],
  ['with blanks at the ends of lines', (text) => text.replaceAll(/(?<=[a-z])\n/g, ' \t\n')],
];
const SAMPLES = { TABLE, BOLD, QUOTE, ONE };

/** All lines of the old text that are not in the new one, and the other way round. */
function lineChanges(before: string, now: string) {
  const lines = (text: string) => text.replace('\uFEFF', '').split(/\r?\n/);
  const counts = (all: string[]) => {
    const found = new Map<string, number>();
    for (const line of all) found.set(line, (found.get(line) ?? 0) + 1);
    return found;
  };
  const [old, fresh] = [counts(lines(before)), counts(lines(now))];
  const less = (one: Map<string, number>, other: Map<string, number>) =>
    [...one].filter(([line, count]) => count > (other.get(line) ?? 0)).map(([line]) => line);
  return { gone: less(old, fresh), come: less(fresh, old) };
}

/** Those that have come, without what nobody sees. */
function rowsIn(before: string, now: string): string[] {
  return lineChanges(before, now).come.filter((line) => /^[|-]/.test(line));
}

const anyPatch: fc.Arbitrary<IssuePatch> = fc.oneof(
  fc.constantFrom(...ISSUE_STATES).map((state) => ({ state })),
  fc.constantFrom(...PRIORITIES, null).map((priority) => ({ priority })),
  fc.constantFrom(0, 1, 13, 0.5, null).map((storyPoints) => ({ storyPoints })),
  fc.constantFrom(['a'], ['a', 'b c'], ['with, comma'], []).map((labels) => ({ labels })),
  fc.constantFrom(['ann'], ['Ben B.', 'ann'], []).map((assignees) => ({ assignees })),
  fc.constantFrom('2026-02-28', null).map((dueDate) => ({ dueDate })),
  fc.constantFrom({ a: 1 }, { '-->': '<!--', b: [null] }, {}).map((metadata) => ({ metadata })),
  fc
    .constantFrom('Plain', 'C #', '`<!-- x', 'a | b', 'Done ✅', '### US-1: x', '**Status**: Done')
    .map((title) => ({ title })),
  anyMarkdown.map((body) => ({ body })),
);

for (const [form, made] of FORMS)
  describe(`samples ${form}`, () => {
    for (const [name, sample] of Object.entries(SAMPLES)) {
      const text = made(sample);
      const keys = documentsOf(text).issues.map(({ key }) => key);

      test(`${name}: what is written is read, other issues stay, and the same again changes nothing`, () => {
        fc.assert(
          fc.property(fc.constantFrom(...keys), anyPatch, (key, patch) => {
            const before = documentsOf(text).issues;
            const now = textAfter(text, (documents) => documents.update(key, patch, stamp));
            const issues = documentsOf(now).issues;
            const issue = issues.find((one) => one.key === key);
            for (const [field, value] of Object.entries(patch)) {
              const there: unknown = issue?.[field as 'title'];
              if (field === 'body') expect(normalText(String(there))).toBe(normalText(String(value)));
              else if (field === 'assignees') expect(issue?.assignees.map(({ id }) => id)).toEqual(value);
              else expect(there).toEqual(value ?? undefined);
            }
            const field = Object.keys(patch)[0] ?? '';
            const others = (all: typeof issues) =>
              all.map((one) => (one.key === key ? { ...one, [field]: 0, stateName: '', updatedAt: 0 } : one));
            expect(others(issues)).toEqual(others(before));
            expect(textAfter(now, (documents) => documents.update(key, patch, stamp))).toBe(now);
          }),
          { numRuns: 60 },
        );
      });
    }
  });

test('a field that is there changes in its own place, and no other sign of the file does', () => {
  for (const [, made] of FORMS) {
    const text = made(TABLE);
    const now = textAfter(text, (documents) => documents.update('US-001', { priority: 3 }, stamp));
    expect(now).toBe(text.replace('🟡 High', 'Low'));
    const done = textAfter(text, (documents) => documents.transition('US-001', { state: 'done' }, stamp));
    expect(done).toBe(text.replace('🔄 In Progress', '✅ Done'));
    const titled = textAfter(text, (documents) => documents.update('US-001', { title: 'Pay' }, stamp));
    expect(titled).toBe(text.replace('Pay by card', 'Pay'));
  }
});

test('a field that is not there gets a line of its own in the form of the others', () => {
  const change = (text: string, key: string) =>
    lineChanges(
      text,
      textAfter(text, (documents) => documents.update(key, { labels: ['a', 'b'] }, stamp)),
    );
  expect(change(TABLE, 'US-001')).toEqual({ gone: [], come: ['| **Labels** | a, b |'] });
  expect(change(BOLD, 'PAY_11')).toEqual({ gone: [], come: ['**Labels**: a, b'] });
  expect(change(QUOTE, 'US-1')).toEqual({ gone: [], come: ['> **Labels**: a, b'] });
});

test('a row of a table changes in one cell, and gets its id', () => {
  const key = documentsOf(TABLE).issues.find(({ title }) => title === 'Gateway')?.key ?? '';
  const now = textAfter(TABLE, (documents) => documents.transition(key, { state: 'done' }, stamp));
  expect(now).toBe(
    TABLE.replace(
      '| 2 | Gateway | Calls the bank | 3 | Planned |',
      `| 2 | Gateway <!-- pace:id ${key} --> | Calls the bank | 3 | ✅ Done |`,
    ),
  );
  const renamed = textAfter(now, (documents) => documents.update(key, { title: 'Bank' }, stamp));
  expect(documentsOf(renamed).issues.find((issue) => issue.key === key)?.title).toBe('Bank');
});

test('only what is done has a tick; what never will be has a dash, and what goes on has none', () => {
  const [, , second] = documentsOf(BOLD)
    .issues.filter(({ type }) => type === 'subtask')
    .map(({ key }) => key);
  const key = second ?? '';
  const line = (state: (typeof ISSUE_STATES)[number]) =>
    /^- \[(.)\] Given up/m.exec(textAfter(BOLD, (documents) => documents.transition(key, { state }, stamp)))?.[1];
  expect(ISSUE_STATES.map((state) => [state, line(state)])).toEqual([
    ['open', ' '],
    ['in_progress', ' '],
    ['in_review', ' '],
    ['blocked', ' '],
    ['done', 'x'],
    ['canceled', '-'],
  ]);
  const going = textAfter(BOLD, (documents) => documents.transition(key, { state: 'in_progress' }, stamp));
  expect(documentsOf(going).issues.find((issue) => issue.key === key)?.state).toBe('in_progress');
  // a person's tick comes before what was kept
  const ticked = going.replace(/\[ \] Given up/, '[x] Given up');
  expect(documentsOf(ticked).issues.find((issue) => issue.key === key)?.state).toBe('done');
});

describe('new issues', () => {
  const drafts: readonly IssueDraft[] = [
    { title: 'A story', body: 'Text.' },
    { title: 'An epic', body: '', type: 'epic' },
    {
      title: 'Everything',
      body: '# One\n\n### US-5: Two\n\n**Status**: Done',
      labels: ['a'],
      priority: 0,
      metadata: { a: 1 },
      state: 'in_review',
    },
  ];

  test('stand between what was there, which stays as it was', () => {
    for (const [, made] of FORMS)
      for (const sample of Object.values(SAMPLES).slice(0, 3))
        for (const draft of drafts) {
          const text = made(sample);
          const before = documentsOf(text).issues;
          const now = textAfter(text, (documents) => documents.create(draft, stamp));
          const issues = documentsOf(now).issues;
          const [issue, ...more] = issues.filter(({ key }) => !before.some((one) => one.key === key));
          expect(more).toEqual([]);
          expect([issue?.title, issue?.body, issue?.state]).toEqual([draft.title, draft.body, draft.state ?? 'open']);
          // the age of what nobody has dated is told by its place
          const undated = (all: typeof issues) => all.map((one) => ({ ...one, createdAt: 0 }));
          expect(undated(issues.filter(({ key }) => key !== issue?.key))).toEqual(undated(before));
          const { gone } = lineChanges(text, now);
          expect(gone).toEqual([]);
        }
  });

  test('have ids that go on from the highest, and none is given twice, also when the last was taken out', () => {
    const draft = { title: 'New', body: '' };
    const first = documentsOf(TABLE).create(draft, stamp);
    expect(first.key).toBe('US-003');
    const text = textAfter(TABLE, (documents) => documents.create(draft, stamp));
    const without = text.replace(/### US-003: New[\s\S]*?(?=<!-- pace:last)/, '');
    expect(documentsOf(without).issues.some(({ key }) => key === 'US-003')).toBe(false);
    expect(documentsOf(without).create(draft, stamp).key).toBe('US-004');
    expect(documentsOf(BOLD).create(draft, stamp).key).toBe('13');
  });

  test('that are subtasks become rows of the table that is there, or items of its list', () => {
    const row = textAfter(TABLE, (documents) =>
      documents.create({ title: 'Third | x', body: 'Said', type: 'subtask', parent: 'US-001' }, stamp),
    );
    expect(rowsIn(TABLE, row)).toEqual([
      expect.stringMatching(/^\| 3 \| Third \\\| x <!-- pace:id US-001\.[0-9a-f]{6} --> \| Said \| \| Planned \|$/),
    ]);
    const item = textAfter(BOLD, (documents) =>
      documents.create({ title: 'Fourth', body: '', type: 'subtask', parent: 'PAY_10' }, stamp),
    );
    expect(rowsIn(BOLD, item)).toEqual([expect.stringMatching(/^- \[ \] Fourth <!-- pace:id /)]);
    const fresh = textAfter(QUOTE, (documents) =>
      documents.create({ title: 'First', body: 'a\n\nb', type: 'subtask', parent: 'US-1' }, stamp),
    );
    const [issue] = documentsOf(fresh).issues.filter(({ type }) => type === 'subtask');
    expect([issue?.title, issue?.body, issue?.parent]).toEqual(['First', 'a\n\nb', 'US-1']);
  });
});

test('any text can be the body of any story, with whatever stands behind it', () => {
  for (const body of CORPUS)
    for (const key of ['US-001', 'US-002', 'SHOP-100']) {
      const now = textAfter(TABLE, (documents) => documents.update(key, { body }, stamp));
      const issue = documentsOf(now).issues.find((one) => one.key === key);
      expect(normalText(issue?.body ?? '')).toBe(normalText(body));
    }
});

test('a row goes to another story with all that is known of it, and stays the same issue', () => {
  const draft = { title: 'A | b', body: 'One\n\nTwo', type: 'subtask', parent: 'US-001' } as const;
  const more = {
    labels: ['x'],
    assignees: ['ann'],
    priority: 1,
    storyPoints: 3,
    metadata: { a: 1 },
    state: 'in_review',
  } as const;
  let text = textAfter(TABLE, (documents) => documents.create({ ...draft, ...more }, stamp));
  const key = documentsOf(text).issues.find(({ title }) => title === 'A | b')?.key ?? '';
  text = textAfter(text, (documents) => documents.comment?.(key, 'Said.', stamp) ?? { key, files: [] });
  text = textAfter(
    text,
    (documents) => documents.link?.(key, { type: 'blocks', target: 'US-002' }, stamp) ?? { key, files: [] },
  );
  const before = documentsOf(text);
  const moved = textAfter(text, (documents) => documents.update(key, { parent: 'US-002' }, stamp));
  const after = documentsOf(moved);
  const issueIn = (documents: Documents) => documents.issues.find((issue) => issue.key === key);
  expect(issueIn(after)).toEqual({ ...issueIn(before), parent: 'US-002' });
  expect(after.comments(key)).toEqual(before.comments(key));
  expect(moved).toContain(TABLE.slice(0, TABLE.indexOf('### US-002')).trimEnd().slice(0, 400));
  expect(() => after.update(key, { parent: null }, stamp)).toThrow(/is a row of it/);
});

test('whatever stands around it, a value changes in its own place, and all other bytes stay', () => {
  let seen = 0;
  const story = (key: string, text: string) =>
    `### ${key}: Title\n\n| Field | Value |\n|---|---|\n| **Status** | Planned |\n| **Priority** | - |\n\n${text}\n\n`;
  fc.assert(
    fc.property(anyMarkdown, anyMarkdown, anyMarkdown, (before, between, behind) => {
      const text = `# E\n\n${before}\n\n${story('US-1', between)}${story('US-2', behind)}`;
      // what is never ended takes the stories with it, and what is there twice is refused
      fc.pre(/^(?:[^\r\n]*\r?\n)*### US-2: Title$/m.test(text));
      let documents: Documents;
      try {
        documents = documentsOf(text);
      } catch {
        return;
      }
      if (!documents.issues.some(({ key, state, type }) => key === 'US-2' && state === 'open' && type === 'story'))
        return;
      seen += 1;
      const now = textAfter(text, (all) => all.transition('US-2', { state: 'done' }, stamp));
      const at = text.lastIndexOf('### US-2: Title');
      expect(now).toBe(text.slice(0, at) + text.slice(at).replace('| Planned |', '| Done |'));
      const high = textAfter(now, (all) => all.update('US-2', { priority: 1 }, stamp));
      expect(high).toBe(now.slice(0, at) + now.slice(at).replace('| - |', '| High |'));
      const back = textAfter(
        textAfter(high, (all) => all.update('US-2', { priority: null }, stamp)),
        (all) => all.transition('US-2', { state: 'open' }, stamp),
      );
      expect(back).toBe(text);
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(150);
});

test('a text with subtasks and links in its midst changes in the line that changes', () => {
  for (const [, made] of FORMS) {
    const text = made(TABLE);
    const body = documentsOf(text).issues.find(({ key }) => key === 'US-001')?.body ?? '';
    const changes: readonly (readonly [string, string])[] = [
      ['to pay by card', 'to pay by any card'],
      ['- [ ] The card is checked', '- [x] The card is checked'],
      ['Use the `cards` service.', 'Use the new service.'],
      ['Add the form', 'Add a form'],
    ];
    for (const [before, after] of changes) {
      const now = textAfter(text, (documents) =>
        documents.update('US-001', { body: body.replace(before, after) }, stamp),
      );
      expect(now).toBe(text.replace(before, after));
    }
    const more = textAfter(text, (documents) => documents.update('US-001', { body: `${body}\n\nOne more.` }, stamp));
    expect(documentsOf(more).issues.find(({ key }) => key === 'US-001')?.body).toBe(`${body}\n\nOne more.`);
    expect(lineChanges(text, more).gone).toEqual([]);
  }
});
