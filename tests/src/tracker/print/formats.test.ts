/** What is printed: fields, tables, Markdown, JSON that comes piece by piece. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { fieldNames, ISSUE_FIELDS, picked } from '../../../../src/tracker/print/fields.ts';
import {
  idPrinter,
  jsonPrinter,
  markdownPrinter,
  type Printer,
  tablePrinter,
} from '../../../../src/tracker/print/formats.ts';
import { pagesOf } from '../../../../src/tracker/print/pages.ts';
import { plannedText } from '../../../../src/tracker/print/planned-text.ts';
import { ISSUES } from '../../../../src/tracker/print/shapes.ts';

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

  test('fits a terminal', () => {
    const text = printed(tablePrinter(ISSUES, 20), [issue('1', { title: 'a long title that goes on' })]);
    expect(text).toBe('1  Open  a long tit…\n');
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
      if (waits.includes(item)) await new Promise((resolve) => setTimeout(resolve, 20));
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
