/** What is read of Markdown epics in every dialect, and what is not mistaken for something of them. */
import { describe, expect, test } from 'vitest';
import { readEpics } from '../../../core/epics/read-epics.ts';
import { textOfStory } from '../../../core/epics/story-text.ts';
import { valuesOfSection, valuesOfSubtask } from '../../../core/epics/values.ts';
import { BOLD, ONE, QUOTE, TABLE } from './samples.ts';

function read(text: string, path = 'docs/shop.md') {
  const { sections, files } = readEpics([{ path, text }]);
  const by = (key: string) => {
    const section = sections.find((one) => one.key === key);
    if (!section) throw new Error(`no ${key} among ${sections.map((one) => one.key)}`);
    return { section, values: valuesOfSection(section), subtasks: section.subtasks.map(valuesOfSubtask) };
  };
  return { sections, by, lines: files[0]?.lines.all ?? [], keys: sections.map(({ kind, key }) => `${kind} ${key}`) };
}

describe('an epic with its fields in tables', () => {
  const { by, keys, lines } = read(TABLE);
  const { section, values, subtasks } = by('US-001');

  test('has its epic and its stories, and nothing out of code, comments and lists', () => {
    expect(keys).toEqual(['epic SHOP-100', 'story US-001', 'story US-002']);
    expect(section.within).toBe('SHOP-100');
  });

  test('tells the title without signs, and the fields', () => {
    const { title, state, stateName, priority, points, assignees } = values;
    expect({ title, state, stateName, priority, points, assignees }).toEqual({
      ...{ title: 'Pay by card', state: 'in_progress', stateName: '🔄 In Progress', priority: 1, points: 5 },
      assignees: [],
    });
  });

  test('has as body the triple, criteria, notes and commits, and neither fields nor subtasks, links and comments', () => {
    expect(values.body).toMatch(
      /^\*\*As a\*\* customer[\s\S]+#### Technical Notes[\s\S]+US-999[\s\S]+`abc1234` \| Add the form \|$/,
    );
    for (const word of ['Subtask', 'Comments', 'Links', 'Looks good', 'Story Points'])
      expect(values.body).not.toContain(word);
  });

  test('tells the parts of its text', () => {
    expect(textOfStory(section, lines)).toEqual({
      triple: { role: 'customer', want: 'to pay by card', benefit: 'I need no cash' },
      criteria: [
        { text: 'The card is checked', isDone: false, line: 23 },
        { text: 'A receipt is sent', isDone: true, line: 24 },
      ],
      notes: expect.stringContaining('Use the `cards` service.'),
      commits: [{ hash: 'abc1234', message: 'Add the form' }],
    });
  });

  test('has subtasks with the columns of their table', () => {
    expect(subtasks.map(({ title, body, points, state }) => [title, body, points, state])).toEqual([
      ['Form', 'The form | its fields', 2, 'done'],
      ['Gateway', 'Calls the bank', 3, 'open'],
    ]);
    expect(section.subtasks.every(({ key }) => /^US-001\.[0-9a-f]{6}$/.test(key))).toBe(true);
  });

  test('has links and comments', () => {
    expect(values.links).toEqual([
      { type: 'blocks', target: 'US-002' },
      { type: 'relates to', target: 'SHOP-7' },
    ]);
    expect(section.comments.map(({ by: who, at, body }) => [who, at, body])).toEqual([
      ['ann', Date.UTC(2026, 0, 2), 'Looks good.\nAnd more.'],
      ['ben', undefined, 'When?'],
    ]);
  });

  test('gives each value its place in the text', () => {
    for (const one of [section.title, ...section.fields, ...section.subtasks.map(({ title }) => title)])
      expect(TABLE.slice(one.start, one.end)).toBe(one.text);
  });

  test('reads a table whose head is a field, and points that are no number as none', () => {
    const { values: second } = by('US-002');
    expect([second.points, second.stateName]).toEqual([undefined, 'Planned']);
    expect(second.body).toContain('US-003');
  });

  test('has what the epic is for as its body, without the heading that only leads on', () => {
    expect(by('SHOP-100').values).toMatchObject({ title: 'Checkout', body: 'What the checkout is for.' });
  });
});

describe('several epics in a file, with fields in lines', () => {
  const { by, keys } = read(BOLD);

  test('has each epic with its stories', () => {
    expect(keys).toEqual(['epic PAY-1', 'story PAY_10', 'story PAY_11', 'epic PAY-2', 'story 12']);
    expect(['PAY_10', 'PAY_11', '12'].map((key) => by(key).section.within)).toEqual(['PAY-1', 'PAY-1', 'PAY-2']);
    expect([by('PAY-1').values.title, by('PAY-1').values.state, by('PAY-2').values.title]).toEqual([
      'Payments',
      'in_progress',
      'PAY-2',
    ]);
  });

  test('tells fields with the colon on either side, and links between commas', () => {
    const { points, priority, links, body } = by('PAY_10').values;
    expect({ points, priority, body }).toEqual({ points: 3, priority: 0, body: 'Text of the story.' });
    expect(links.map(({ type, target }) => `${type} ${target}`)).toEqual(['depends on PAY_11', 'depends on OTHER-9']);
  });

  test('reads check lists: points, description, what is done, and what never will be', () => {
    expect(by('PAY_10').subtasks.map(({ title, body, points, state }) => [title, body, points, state])).toEqual([
      ['Done one', 'said here', 2, 'done'],
      ['Second', 'what it is', undefined, 'open'],
      ['Given up', '', undefined, 'canceled'],
    ]);
  });

  test('never takes for done what says that it is not', () => {
    expect([by('PAY_11').values.state, by('12').values.state]).toEqual(['canceled', 'open']);
  });
});

test('fields in a quotation are read, and the block of a tracker is none of the body', () => {
  const { by, keys } = read(QUOTE);
  expect(keys).toEqual(['epic shop', 'story US-1']);
  const { values, section } = by('US-1');
  expect(values).toMatchObject({ priority: 3, state: 'in_review', points: 8, body: 'Text.' });
  expect(section.tracker?.values).toMatchObject({ tracker: 'Jira', 'last synced': '2026-01-02 10:00 UTC' });
});

test('a story in a file of its own has its heading at the top', () => {
  const { by, keys } = read(ONE, 'docs/epic/US-7.md');
  expect(keys).toEqual(['story US-7']);
  const { values, subtasks } = by('US-7');
  expect(values).toMatchObject({ state: 'done', points: 2 });
  expect(values.body).toContain('## Acceptance Criteria');
  expect(subtasks.map(({ title, body, points }) => [title, body, points])).toEqual([
    ['Write', '', 2],
    ['Read', 'when there is time', undefined],
  ]);
});

test('in a folder the story with a file of its own comes before the same one of EPIC.md, and belongs to its epic', () => {
  const { sections } = readEpics([
    { path: 'e/EPIC.md', text: '# Epic: E-1 - All\n\n### US-7: Old\n\n### US-8: Other\n' },
    { path: 'e/US-7.md', text: ONE },
  ]);
  expect(sections.map(({ key, path, within }) => [key, path, within])).toEqual([
    ['E-1', 'e/EPIC.md', undefined],
    ['US-8', 'e/EPIC.md', 'E-1'],
    ['US-7', 'e/US-7.md', 'E-1'],
  ]);
});

test('a subtask without an id stays the same when rows are numbered anew and change places', () => {
  const table = (rows: string) => `### US-1: S\n\n#### Subtasks\n\n| # | Task |\n|---|---|\n${rows}`;
  const keysOf = (rows: string) =>
    new Map(read(table(rows)).sections[0]?.subtasks.map(({ title, key }) => [title.text, key]));
  expect(keysOf('| 2 | One |\n| 1 | Two |\n')).toEqual(keysOf('| 1 | Two |\n| 2 | One |\n'));
});

test('the ends of lines and a mark of the byte order change nothing', () => {
  for (const end of ['\r\n', '\r'])
    for (const bom of ['', '\uFEFF']) {
      const { by } = read(bom + TABLE.replaceAll('\n', end));
      expect(by('US-001').values).toEqual(read(TABLE).by('US-001').values);
    }
});

test('a row that says which issue it is keeps its id whatever it is called, and another one that is called so has another', () => {
  const table = (rows: string) => `### US-1: S\n\n#### Subtasks\n\n| # | Task |\n|---|---|\n${rows}`;
  const keysOf = (rows: string) =>
    read(table(rows)).sections[0]?.subtasks.map(({ title, key }) => [title.text, key]) ?? [];
  const [[, own = ''] = []] = keysOf('| 1 | One |\n');
  const mark = `<!-- pace:id ${own} -->`;
  expect(keysOf(`| 1 | One |\n| 2 | One ${mark} |\n`)).toEqual([
    ['One', `${own}-2`],
    ['One', own],
  ]);
  expect(keysOf(`| 1 | One |\n| 2 | Other ${mark} |\n`)).toEqual([
    ['One', `${own}-2`],
    ['Other', own],
  ]);
});

test('a page of the folder that has neither a story nor the id of an epic is none of its issues', () => {
  const { sections } = readEpics([
    { path: 'e/EPIC.md', text: '# All\n' },
    { path: 'e/US-7.md', text: ONE },
    { path: 'e/design.md', text: '# Design\n\nText.\n' },
    { path: 'e/more.md', text: '# E-9: More\n\n**Status**: Done\n\n### US-8: Eight\n' },
  ]);
  expect(sections.map(({ key }) => key)).toEqual(['EPIC', 'US-7', 'E-9', 'US-8']);
});
