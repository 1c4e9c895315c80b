/** What is printed: fields, tables, Markdown, JSON that comes piece by piece. */
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { CHANGES, DETECTIONS, TESTS } from '../../../../src/tracker/print/backend-shapes.ts';
import { fieldNames, ISSUE_FIELDS, PERSON_FIELDS, picked } from '../../../../src/tracker/print/fields.ts';
import {
  idPrinter,
  jsonPrinter,
  markdownPrinter,
  type Printer,
  type Shape,
  tablePrinter,
} from '../../../../src/tracker/print/formats.ts';
import { IMPORTS } from '../../../../src/tracker/print/import-shape.ts';
import { issueText } from '../../../../src/tracker/print/issue-text.ts';
import { pagesOf } from '../../../../src/tracker/print/pages.ts';
import { plannedText } from '../../../../src/tracker/print/planned-text.ts';
import {
  CLAIMS,
  COMMENTS,
  ISSUES,
  LABELS,
  LINKS,
  MILESTONES,
  PEOPLE,
  TRANSITIONS,
} from '../../../../src/tracker/print/shapes.ts';

const issue = (key: string, more: Partial<Issue> = {}): Issue => ({
  key,
  url: `https://example.org/${key}`,
  title: `Issue ${key}`,
  body: 'text',
  state: 'open',
  stateName: 'Open',
  labels: [],
  assignees: [],
  createdAt: Date.parse('2026-03-02T09:00:00Z'),
  updatedAt: Date.parse('2026-03-02T10:00:00Z'),
  metadata: {},
  ...more,
});

function printed<Item>(printer: Printer<Item>, ...pages: Item[][]): string {
  return printer.start + pages.map((page) => printer.page(page)).join('') + printer.end;
}

describe('fields', () => {
  test('name people, and tell nobody’s e-mail address; what a tracker calls an issue inside stays inside', () => {
    const ada = { id: 'ada', name: 'Ada', email: 'ada@example.org' };
    const comment = { id: '1', body: 'Said.', author: ada, createdAt: 0 };
    const shown = { ...issue('12', { id: '4711', assignees: [ada], author: ada }), comments: [comment] };
    const told = JSON.stringify([picked(ISSUE_FIELDS, shown), picked(PERSON_FIELDS, ada)]);
    expect(told).not.toMatch(/example\.org"|4711/);
    expect(JSON.parse(told)[0]).toMatchObject({
      assignees: [{ id: 'ada', name: 'Ada' }],
      author: { id: 'ada', name: 'Ada' },
    });
  });

  test('are all there; what is not set is null, what was not asked for is absent', () => {
    const plain = JSON.parse(JSON.stringify(picked(ISSUE_FIELDS, issue('12'))));
    expect(plain).toEqual({
      key: '12',
      number: 12,
      url: 'https://example.org/12',
      title: 'Issue 12',
      body: 'text',
      state: 'open',
      stateName: 'Open',
      type: null,
      priority: null,
      labels: [],
      assignees: [],
      milestone: null,
      parent: null,
      storyPoints: null,
      dueDate: null,
      sprint: null,
      deferUntil: null,
      author: null,
      createdAt: '2026-03-02T09:00:00.000Z',
      updatedAt: '2026-03-02T10:00:00.000Z',
      metadata: {},
    });
    expect(picked(ISSUE_FIELDS, issue('PROJ-1'), ['number', 'key'])).toEqual({ number: null, key: 'PROJ-1' });
  });

  test('that there are not are refused with the list', () => {
    expect(fieldNames(ISSUE_FIELDS, 'key, title')).toEqual(['key', 'title']);
    expect(() => fieldNames(ISSUE_FIELDS, 'key,titel')).toThrow(
      expect.objectContaining({
        message: '--json: there is no field “titel”. Did you mean "title"?',
        remedy: expect.stringContaining('The fields are: key, number, url, title,'),
      }),
    );
  });
});

describe('a table', () => {
  test('keeps the widths of its first page', () => {
    const first = [issue('9'), issue('10', { stateName: 'In progress', labels: ['a', 'b'] })];
    expect(printed(tablePrinter(ISSUES), first, [issue('1000', { stateName: 'X' })])).toBe(
      ' 9  Open         Issue 9\n10  In progress  Issue 10  [a, b]\n1000  X            Issue 1000\n',
    );
  });

  test('is harmless whatever others wrote', () => {
    const bad = issue('1', { title: '\u001b[31mred\u001b]0;x\u0007\nsecond\u202e', labels: ['a\u001b[2J'] });
    expect(printed(tablePrinter(ISSUES), [bad])).toBe('1  Open  red second  [a]\n');
    expect(printed(markdownPrinter(ISSUES), [issue('1', { title: 'a | b <img> @all' })])).toBe(
      '| Key | State | Title | Labels |\n| --- | --- | --- | --- |\n| 1 | Open | a \\| b &lt;img&gt; @\u2060all |  |\n',
    );
  });
});

test('ids are one per line', () => {
  expect(printed(idPrinter(ISSUES), [issue('1')], [issue('2')])).toBe('1\n2\n');
});

test('JSON is well-formed wherever it ends', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.jsonValue())), (pages) => {
      const printer = jsonPrinter<fc.JsonValue>((value) => JSON.stringify(value, null, 2));
      expect(JSON.parse(printed(printer, ...pages))).toEqual(JSON.parse(JSON.stringify(pages.flat())));
    }),
  );
});

describe('pages', () => {
  async function* list(log: string[], waits: readonly number[], length: number): AsyncGenerator<number> {
    for (let item = 0; item < length; item += 1) {
      // a turn of the event loop is what counts as waiting
      if (waits.includes(item)) for (let turns = 0; turns < 3; turns += 1) await turn();
      log.push(`made ${item}`);
      yield item;
    }
  }

  test('end where the list makes wait', async () => {
    const pages = await collect(pagesOf(list([], [3, 5], 7)));
    expect(pages).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(await collect(pagesOf(list([], [], 5), 2))).toEqual([[0, 1], [2, 3], [4]]);
    expect(await collect(pagesOf(list([], [], 0)))).toEqual([]);
  });

  test('the list is asked for one item ahead at most, and closed', async () => {
    const log: string[] = [];
    for await (const page of pagesOf(list(log, [], 1000), 2)) if (page.includes(0)) break;
    expect(log).toEqual(['made 0', 'made 1', 'made 2']);
  });

  test('trouble comes after what was there before it', async () => {
    const seen: number[][] = [];
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('down');
    }
    await expect(
      (async () => {
        for await (const page of pagesOf(failing())) seen.push(page);
      })(),
    ).rejects.toThrow('down');
    expect(seen).toEqual([[1]]);
  });
});

test('a dry run tells what would be sent, and what would change', () => {
  expect(
    plannedText([
      { operation: 'createIssue', key: '', sent: { title: 'A\u001b[2J', body: '' } },
      {
        operation: 'updateIssue',
        key: '7',
        sent: {},
        changes: { title: { before: 'a', after: 'b' }, milestone: { before: 'v1', after: undefined } },
      },
    ]),
  ).toBe('Would create an issue:\n  title: A\n  body: “”\nWould change 7:\n  title: a → b\n  milestone: v1 → none\n');
  expect(plannedText([])).toBe('Nothing would be sent.\n');
});

describe('a long cell', () => {
  interface Row {
    readonly short: string;
    readonly usual: string;
    readonly long: string;
  }
  const shape: Shape<Row> = {
    fields: {},
    columns: [
      { title: 'Short', of: ({ short }) => short, max: 5 },
      { title: 'Usual', of: ({ usual }) => usual },
      { title: 'Long', of: ({ long }) => long, max: 300 },
    ],
    id: ({ usual }) => usual,
  };
  const row = (length: number): Row => ({
    short: 'a'.repeat(length),
    usual: 'b'.repeat(length),
    long: 'c'.repeat(length),
  });
  const cells = (length: number) => [
    length > 5 ? 'aaaa…' : 'a'.repeat(length),
    length > 120 ? `${'b'.repeat(119)}…` : 'b'.repeat(length),
    length > 300 ? `${'c'.repeat(299)}…` : 'c'.repeat(length),
  ];

  test.each([5, 6, 120, 121, 300, 301])(
    'of %i characters is cut to what its column shows, in a table and in Markdown',
    (length) => {
      expect(printed(tablePrinter(shape), [row(length)])).toBe(`${cells(length).join('  ')}\n`);
      expect(printed(markdownPrinter(shape), [row(length)]).split('\n')[2]).toBe(`| ${cells(length).join(' | ')} |`);
    },
  );

  test('that is an id is never cut', () => {
    expect(printed(idPrinter(shape), [row(400)])).toBe(`${'b'.repeat(400)}\n`);
  });
});

test('a table leaves no gap for what is empty, and no blanks at the end of a line', () => {
  const rows = [issue('1', { stateName: '' }), issue('2', { stateName: '', labels: ['x'] })];
  expect(printed(tablePrinter(ISSUES), rows)).toBe('1  Issue 1\n2  Issue 2  [x]\n');
  expect(printed(tablePrinter(ISSUES), [issue('1', { title: '' })])).toBe('1  Open\n');
  expect(printed(tablePrinter(ISSUES), [], [issue('1')])).toBe('1  Open  Issue 1\n');
});

test.each<[string, Shape<never>, object, string]>([
  [
    'comment',
    COMMENTS,
    { id: '7', body: 'Two\nlines', author: { id: 'a', name: 'Ann' }, createdAt: 0 },
    '7  1970-01-01 00:00 UTC  Ann  Two lines',
  ],
  ['comment of nobody', COMMENTS, { id: '7', body: 'x', createdAt: 0 }, '7  1970-01-01 00:00 UTC  x'],
  ['link', LINKS, { type: 'blocks', target: '2' }, 'blocks  2'],
  ['label', LABELS, { name: 'bug', color: 'd73a4a', description: 'Wrong' }, 'bug  #d73a4a  Wrong'],
  ['bare label', LABELS, { name: 'bug' }, 'bug'],
  [
    'milestone',
    MILESTONES,
    { title: 'v1', state: 'open', dueDate: '2026-01-02', description: 'x' },
    'v1  open  2026-01-02  x',
  ],
  ['person', PEOPLE, { id: 'a', name: 'Ann' }, 'a  Ann'],
  ['transition', TRANSITIONS, { name: 'Doing', state: 'in_progress' }, 'Doing  in_progress'],
  ['claim', CLAIMS, { key: '1', agent: 'ann', until: 59_999 }, '1  ann  1970-01-01 00:00 UTC'],
  ['test of a backend', TESTS, { check: 'token', ok: false, detail: 'no' }, 'token  failed  no'],
  ['detection', DETECTIONS, { tracker: 'local', because: 'found', missing: [] }, 'local  found'],
  ['change of a backend', CHANGES, { name: 'a', file: 'f' }, 'a  f'],
  [
    'imported line',
    IMPORTS,
    { line: 3, source: '1', outcome: 'created', key: '2', notes: ['a.', 'b.'] },
    '3  1  created  2  a. b.',
  ],
])('a %s is one row', (_, shape, item, row) => {
  expect(printed(tablePrinter<never>(shape), [item as never])).toBe(`${row}\n`);
});

test('an issue in full, for people, has what is set and nothing else', () => {
  const plain = issueText(issue('7', { body: '' }));
  expect(plain).toBe('7  Issue 7\nOpen\n2026-03-02 09:00 UTC  https://example.org/7\n');
  const all = issueText({
    ...issue('7', {
      ...{
        labels: ['a', 'b'],
        author: { id: 'x', name: 'Ann' },
        type: 'bug',
        priority: 0,
        milestone: 'v1',
        parent: '1',
      },
      ...{ storyPoints: 0, dueDate: '2026-01-02', sprint: 'S', links: [{ type: 'blocks', target: '2' }] },
      assignees: [
        { id: 'x', name: 'Ann' },
        { id: 'y', name: 'Bob' },
      ],
    }),
    claim: { key: '7', agent: 'bot', until: 0 },
    comments: [
      { id: '1', body: 'First\u001b[31m', author: { id: 'x', name: 'Ann' }, createdAt: 0 },
      { id: '2', body: 'Second', createdAt: 60_000 },
    ],
  });
  expect(all).toBe(`7  Issue 7
Open  [a, b]
2026-03-02 09:00 UTC by Ann  https://example.org/7
Type: bug
Priority: critical
Assigned to: Ann, Bob
Milestone: v1
Parent: 1
Points: 0
Due: 2026-01-02
Sprint: S
Links: blocks 2
Claimed: by bot until 1970-01-01 00:00 UTC

text

--- 1970-01-01 00:00 UTC by Ann (1)
First

--- 1970-01-01 00:01 UTC (2)
Second
`);
});

test('a dry run cuts what is long, and knows every kind of write', () => {
  const body = 'x'.repeat(121);
  expect(plannedText([{ operation: 'addComment', key: '7', sent: { body, list: ['a'], none: null } }])).toBe(
    `Would comment on 7:\n  body: ${'x'.repeat(119)}…\n  list: ["a"]\n  none: none\n`,
  );
  expect(plannedText([{ operation: 'somethingElse', key: '7', sent: undefined }])).toBe('Would somethingElse 7:\n');
});

test('a key is a number in JSON where it is one, up to fifteen digits', () => {
  const number = (key: string) => picked(ISSUE_FIELDS, issue(key), ['number'])['number'];
  expect(['0', '999999999999999', '1000000000000000', 'PROJ-1', '1a', '-1'].map(number)).toEqual([
    0,
    999_999_999_999_999,
    null,
    null,
    null,
    null,
  ]);
});

const LONG = 'x'.repeat(2000);

test.each<[string, Shape<never>, object, number[]]>([
  ['an issue', ISSUES, issue(LONG, { stateName: LONG, title: LONG, labels: [LONG] }), [120, 40, 120, 300]],
  ['a comment', COMMENTS, { id: LONG, body: LONG, author: { id: '', name: LONG }, createdAt: 0 }, [120, 20, 40, 120]],
  ['a link', LINKS, { type: LONG, target: LONG }, [120, 120]],
  ['a label', LABELS, { name: LONG, color: LONG, description: LONG }, [120, 120, 120]],
  ['a milestone', MILESTONES, { title: LONG, state: LONG, dueDate: LONG, description: LONG }, [120, 120, 120, 120]],
  ['a person', PEOPLE, { id: LONG, name: LONG }, [120, 120]],
  ['a transition', TRANSITIONS, { name: LONG, state: LONG }, [120, 120]],
  ['a claim', CLAIMS, { key: LONG, agent: LONG, until: 0 }, [120, 120, 20]],
  [
    'an imported line',
    IMPORTS,
    { line: LONG, source: LONG, outcome: LONG, key: LONG, notes: [LONG] },
    [120, 120, 120, 120, 1000],
  ],
  ['a test of a backend', TESTS, { check: LONG, ok: true, detail: LONG }, [120, 2, 1000]],
  ['a detection', DETECTIONS, { tracker: LONG, because: LONG }, [120, 1000]],
  ['a change of a backend', CHANGES, { name: LONG, file: LONG }, [120, 120]],
])('of %s so much is shown of each cell, in a table and in Markdown', (_, shape, item, lengths) => {
  const table = printed(tablePrinter<never>(shape), [item as never]).trimEnd();
  expect(table.split(/ {2,}/).map(({ length }) => length)).toEqual(lengths);
  const markdown =
    printed(markdownPrinter<never>(shape), [item as never])
      .trimEnd()
      .split('\n')[2] ?? '';
  expect(
    markdown
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('\\', '').length),
  ).toEqual(lengths);
});
