import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { oddIn, withoutOdd } from '../../../core/tracker/odd-records.ts';
import { toBoard } from '../../../platforms/monday/board.ts';
import { columnsOf } from '../../../platforms/monday/columns.ts';
import { toComment } from '../../../platforms/monday/comments.ts';
import platform from '../../../platforms/monday/index.ts';
import { BODY_LIMIT, measure, readTexts, writtenData, writtenTexts } from '../../../platforms/monday/metadata.ts';
import { errorIn, waitIn } from '../../../platforms/monday/refusals.ts';
import { fromHtml, toHtml } from '../../../platforms/monday/rich-text.ts';
import type { WireBoard, WireColumn, WireItem, WireUpdate } from '../../../platforms/monday/shapes.ts';
import { createStates } from '../../../platforms/monday/states.ts';
import { toIssue } from '../../../platforms/monday/wire.ts';
import { MARKDOWN, words } from '../../contract/issue-tracker/texts.ts';

function golden<Read>(name: string): Read {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as Read;
}

function column(id: string, type: string, title: string, settings: unknown = {}): WireColumn {
  return { id, type, title, archived: false, settings };
}

const LABELS = ['Working on it', 'Done', 'Stuck', 'Shipped it'].map((label, id) => ({
  ...{ id, color: id, label, index: id },
  ...{ is_done: label === 'Shipped it', is_deactivated: false },
}));

const COLUMNS = [
  column('name', 'name', 'Name'),
  column('subtasks_mkq1', 'subtasks', 'Subitems'),
  column('person', 'people', 'Person'),
  column('status_1', 'status', 'Priority', { labels: [] }),
  column('status', 'status', 'Status', { labels: LABELS }),
  column('date4', 'date', 'Due date'),
  column('numbers', 'numbers', 'Estimated SP'),
  column('dropdown_mkq2', 'dropdown', 'Labels', { labels: [{ id: 1, label: 'pace-hold' }] }),
  column('long_text', 'long_text', 'Notes from people'),
  column('text_mkq3', 'text', 'PACE data'),
  column('board_relation', 'board_relation', 'Epic'),
  column('dependent_on', 'dependency', 'Waits for'),
];

const WIRE: WireBoard = { id: '1234567890', name: 'Release', state: 'active', groups: [], columns: COLUMNS };
const board = toBoard({ boards: [WIRE], tags: [] }, { board: '1234567890' }, 0);
const states = createStates(undefined);

describe('what monday sends', () => {
  test.each(['item', 'item-bare'])('is read as it is meant: %s', (name) => {
    expect(toIssue(board, states, golden<WireItem>(name))).toEqual(golden(`${name}.golden`));
  });

  test.each([null, undefined, ''])(
    'a label without a number is refused: a search for it would find nothing (%j)',
    (id) => {
      const columns = [column('d', 'dropdown', 'Labels', { labels: [{ id, label: 'pace-hold' }] })];
      expect(() => toBoard({ boards: [{ ...WIRE, columns }], tags: [] }, {}, 0)).toThrow('id is not text');
    },
  );

  test.each(['update', 'update-rich'])('is read as it is meant: %s', (name) => {
    expect(toComment(golden<WireUpdate>(name))).toEqual(golden(`${name}.golden`));
  });

  const whole = golden<Issue>('item.golden');

  test.each([
    { name: 'a name that is none', change: { name: 7 }, shown: { title: '(no title)' }, odd: 'name is not text' },
    {
      name: 'a time that is none',
      change: { created_at: 'yesterday' },
      shown: { createdAt: whole.updatedAt },
      odd: 'created_at is not a time',
    },
    {
      name: 'a creator without an id',
      change: { creator: { name: 'Ada' } },
      shown: { author: { id: '(no id)', name: 'Ada' } },
      odd: 'id is not text',
    },
  ])('is shown as far as it reads with $name', ({ change, shown, odd }) => {
    const found = toIssue(board, states, { ...golden<WireItem>('item'), ...change } as unknown as WireItem);
    expect(oddIn(found)).toEqual([odd]);
    expect(withoutOdd(found)).toEqual({ ...whole, ...shown });
  });

  test('is a title at least when its values are not a list', () => {
    const item = { ...golden<WireItem>('item'), column_values: {} } as unknown as WireItem;
    const { key, url, title, author, createdAt, updatedAt } = whole;
    expect(withoutOdd(toIssue(board, states, item))).toEqual({
      ...{ key, url, title, author, createdAt, updatedAt, body: '', metadata: {}, labels: [], assignees: [] },
      ...{ state: 'open', stateName: '(unknown)' },
    });
  });

  test('is refused with no id', () => {
    const item = { ...golden<WireItem>('item'), id: null } as unknown as WireItem;
    expect(() => toIssue(board, states, item)).toThrow(/makes no sense \(id is not text/);
  });

  test('has no names for people whose names hold commas', () => {
    const item = golden<WireItem>('item');
    const values = item.column_values.map((value) =>
      value.id === 'person' ? { ...value, text: 'Lovelace, Ada, Grace Hopper' } : value,
    );
    const { assignees } = toIssue(board, states, { ...item, column_values: values });
    expect(assignees.map(({ name }) => name)).toEqual(['7001', '7002']);
  });
});

describe('columns', () => {
  const named = (setting?: string, columns = COLUMNS) =>
    Object.fromEntries(Object.entries(columnsOf(columns, setting)).map(([role, { id }]) => [role, id]));

  test('are found by type and usual title, else by a type that only they can have', () => {
    expect(named()).toEqual({
      status: 'status',
      labels: 'dropdown_mkq2',
      description: 'long_text',
      data: 'text_mkq3',
      assignees: 'person',
      due_date: 'date4',
      points: 'numbers',
      priority: 'status_1',
      parent: 'board_relation',
      dependencies: 'dependent_on',
    });
  });

  test('are never taken for a guess where the title says another thing', () => {
    const columns = [
      column('a', 'status', 'Priority'),
      column('b', 'numbers', 'Budget'),
      column('c', 'dropdown', 'Team'),
    ];
    expect(named(undefined, columns)).toEqual({ priority: 'a' });
  });

  test('are named by title or id, and archived ones are not there', () => {
    expect(named('labels=labels; status=status_1')).toMatchObject({ labels: 'dropdown_mkq2', status: 'status_1' });
    const archived = COLUMNS.map((each) => ({ ...each, archived: each.id === 'status' }));
    expect(named(undefined, archived)['status']).toBeUndefined();
  });

  test.each([
    { setting: 'state=Status', words: /“state” is not a field.*status, labels/ },
    {
      setting: 'status=Nope',
      words: /no column “Nope” of the type Status for status. Available: “Priority”, “Status”/,
    },
    { setting: 'points=Status', words: /no column “Status” of the type Numbers/ },
  ])('that are named wrongly are refused with what there is: $setting', ({ setting, words }) => {
    expect(() => named(setting)).toThrow(words);
  });
});

describe('states', () => {
  test('are read by label, an unknown one by what monday counts as done', () => {
    const words = ['', 'DONE', 'stuck', 'Shipped it', 'Anything'].map((label) => states.toState(board, label));
    expect(words).toEqual(['open', 'done', 'blocked', 'done', 'open']);
  });

  test('that are configured go before the usual ones, and what is not there is refused', () => {
    const own = createStates('done=Shipped it; in_progress=Cooking; open=Waiting');
    expect(own.choose(board, { state: 'done' })).toBe('Shipped it');
    expect(own.toState(board, 'Done')).toBe('open');
    for (const state of ['in_progress', 'open', 'canceled'] as const) {
      expect(() => own.choose(board, { state })).toThrow(
        `Nothing stands for the state ${state} here. Available: “Working on it”, “Done”, “Stuck”, “Shipped it”.`,
      );
    }
  });

  test('open is no status where no label says so', () => {
    expect(states.choose(board, { state: 'open' })).toBeNull();
    expect(states.writable(board)).toEqual(['open', 'in_progress', 'blocked', 'done']);
  });

  test('no status is a place to go to and to come from, by its name too', () => {
    const toOthers = states.others(board, 'Stuck');
    expect(toOthers.at(-1)).toEqual({ name: 'No status', state: 'open' });
    expect(toOthers.map(({ name }) => name)).not.toContain('Stuck');
    expect(states.others(board, '').map(({ name }) => name)).not.toContain('No status');
    expect(states.choose(board, { state: 'open', name: 'No status' })).toBeNull();
    expect(states.choose(board, { state: 'blocked', name: 'Stuck' })).toBe('Stuck');
  });
});

describe('texts', () => {
  const { columns } = board;
  const item = (values: Readonly<Record<string, string>>): WireItem => ({
    ...golden<WireItem>('item'),
    column_values: Object.entries(values).map(([id, text]) => ({ id, text })),
  });

  test('come back with their metadata, however long they are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3000 }).map((part) => part.toWellFormed());
    const body = fc.oneof(
      text,
      fc.tuple(text, text, text).map((parts) => parts.join('')),
      fc.constant('🚦'.repeat(1500)),
    );
    fc.assert(
      fc.property(body, fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (body, given) => {
        const metadata = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        const written = writtenTexts(columns, { body, metadata });
        expect(written['long_text']?.length).toBeLessThanOrEqual(2000);
        expect(written['text_mkq3']).not.toMatch(/[<>&]/);
        const found = readTexts(columns, item(written));
        expect({ body: found.body, metadata: found.metadata }).toEqual({ body, metadata });
      }),
      { numRuns: 60 },
    );
  });

  test('that go on elsewhere say so, and can be edited before that', () => {
    const body = 'x'.repeat(5000);
    const written = writtenTexts(columns, { body, metadata: { a: 1 } });
    expect(written['long_text']).toMatch(/x\n\n\[… the rest is in the column “PACE data”\]$/);
    const edited = item({ ...written, long_text: `Seen. ${written['long_text']}` });
    expect(readTexts(columns, edited).body).toBe(`Seen. ${body}`);
    const { rest } = readTexts(columns, edited);
    expect(writtenData(columns, { metadata: { b: 2 }, rest })['text_mkq3']).toBe(
      JSON.stringify({ metadata: { b: 2 }, rest }),
    );
  });

  test('of somebody else in the column for data are no metadata', () => {
    for (const text of ['null', 'nonsense', '[1]', '{"metadata":7,"rest":{}}'])
      expect(readTexts(columns, item({ long_text: 'Text.', text_mkq3: text }))).toEqual({
        body: 'Text.',
        metadata: {},
        rest: '',
      });
  });

  test('of every size within the limit fit into the values of an item', () => {
    for (const character of ['x', '"', '<', '\n', 'ü', '🚦']) {
      let body = '';
      while (measure(body + character.repeat(500), undefined) <= BODY_LIMIT) body += character.repeat(500);
      const values = Object.values(writtenTexts(columns, { body, metadata: {} }));
      expect(Buffer.byteLength(values.join(''))).toBeLessThan(60_000);
    }
  });

  test('without a column are refused with the way to add it', () => {
    const bare = columnsOf([column('status', 'status', 'Status')], undefined);
    expect(writtenTexts(bare, { body: '', metadata: {} })).toEqual({});
    expect(() => writtenTexts(bare, { body: 'Text.', metadata: {} })).toThrow(
      'monday cannot keep the text of an issue.',
    );
    const long = columnsOf([column('d', 'long_text', 'PACE data'), column('t', 'long_text', 'Description')], undefined);
    expect(() => writtenTexts(long, { body: '', metadata: { a: 'x'.repeat(3000) } })).toThrow(
      /of the type Long text holds 2000/,
    );
  });
});

describe('updates', () => {
  const normal = (markdown: string) => fromHtml(toHtml(markdown));

  test('come back as they were written, but for the choice of signs', () => {
    const text = MARKDOWN.replaceAll('_emphasis_', '*emphasis*');
    expect(normal(MARKDOWN)).toBe(text);
    expect(normal('First: https://example.org/run?a=1&b=2.\n\nClaimed by `me` until `2026`.')).toBe(
      'First: https://example.org/run?a=1&b=2.\n\nClaimed by `me` until `2026`.',
    );
  });

  test('whatever is written, no word is lost, and what is read is written as it was', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...[
          '# ',
          '\n',
          '\n\n',
          '- ',
          '1. ',
          '3. ',
          '> ',
          '```',
          '```yaml\n',
          '`',
          '**',
          '*',
          '_',
          '~~',
          '|',
          '---',
          '===',
        ],
        ...[
          '[a](https://x.org)',
          '![i](https://x.org/i.png)',
          '| a | b |\n| - | - |\n| 1 | 2 |\n',
          'https://x.org/a?b=1 ',
        ],
        ...['<b>', '    ', '- [ ] ', '&amp;', '\\', '](', '![', '!', 'a@b.org ', '\n  - ', '\n   3. '],
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (markdown) => {
        const once = normal(markdown);
        const twice = normal(once);
        expect(words(twice)).toEqual(words(once));
        expect(normal(twice)).toBe(twice);
      }),
      { numRuns: 1000, seed: 4711 },
    );
  });

  test('keep the lines and the indentation of code, and what it is', () => {
    expect(toHtml('```sh\n  a  b\n\n\tc\n```')).toBe('<pre><code class="language-sh">  a  b<br><br>\tc</code></pre>');
    expect(fromHtml('<pre>a<br />&nbsp; b\n\nc</pre>')).toBe('```\na\n  b\n\nc\n```');
  });

  test('half characters and zeros do no harm, nor does depth', () => {
    expect(toHtml('a\ud83d\0b')).toBe('<p>a\ufffdb</p>');
    expect(() => normal('> '.repeat(5000))).not.toThrow();
  });

  test('that hold an address alone show it, where nothing hides its end', () => {
    const link = (address: string) => `<a href="${address}" target="_blank">${address}</a>`;
    expect(fromHtml(`See ${link('https://x.org/a_b?c=1')}, ${link('https://x.org/')}.`)).toBe(
      'See https://x.org/a_b?c=1, https://x.org/.',
    );
    expect(fromHtml(`${link('https://x.org/a')}b ${link('https://x.org/(a)')} <b>${link('https://x.org')}</b>`)).toBe(
      '<https://x.org/a>b <https://x.org/(a)> **<https://x.org>**',
    );
  });

  test('name the people who are mentioned, with their address where there is one', () => {
    const user = 'class="user_mention_editor router" data-mention-type="User" data-mention-id="8"';
    expect(
      fromHtml(`<p><a ${user} href="https://acme.monday.com/users/8">@Ana Lima</a> and <a ${user}>@Ben</a></p>`),
    ).toBe('[@Ana Lima](https://acme.monday.com/users/8) and @Ben');
  });
});

describe('refusals', () => {
  test.each([
    {
      body: { error_code: 'ComplexityException', status_code: 429, error_message: 'Budget exhausted', errors: ['x'] },
      error: { message: 'Budget exhausted', extensions: { code: 'ComplexityException', status_code: 429 } },
    },
    { body: { errors: ['Not Authenticated'] }, error: { message: 'Not Authenticated', extensions: {} } },
    { body: { errors: [{ message: 'No.' }] }, error: undefined },
    { body: { data: {} }, error: undefined },
  ])('of older forms are understood: $body', ({ body, error }) => {
    expect(errorIn(body)).toEqual(error);
  });

  test('say for how long to stay away', () => {
    const now = Date.parse('2026-03-02T22:30:00Z');
    expect(waitIn({ code: 'COMPLEXITY_BUDGET_EXHAUSTED', retry_in_seconds: 7 }, now)).toBe(7000);
    expect(waitIn({ code: 'DAILY_LIMIT_EXCEEDED' }, now)).toBe(90 * 60_000);
    expect(waitIn({ code: 'maxConcurrencyExceeded' }, now)).toBeUndefined();
  });
});

describe('addresses', () => {
  test.each([
    { url: 'https://acme.monday.com/boards/123/pulses/456', found: { key: '456', settings: { board: '123' } } },
    {
      url: 'https://acme.monday.com/boards/123/views/7/pulses/456?x=1',
      found: { key: '456', settings: { board: '123' } },
    },
    { url: 'https://acme.monday.com/boards/123', found: undefined },
    { url: 'https://monday.com.example.org/boards/123/pulses/456', found: undefined },
    { url: 'https://notmonday.com/boards/123/pulses/456', found: undefined },
  ])('$url', ({ url, found }) => {
    expect(platform.readIssueUrl(new URL(url))).toEqual(found);
  });
});
