/** Lines of one's own for each thing. */
import { describe, expect, test } from 'vitest';
import { ISSUE_FIELDS, type ShownIssue } from '../../../../src/tracker/print/fields.ts';
import { isTemplate, templateFields, templatePrinter } from '../../../../src/tracker/print/template.ts';

const issue: ShownIssue = {
  ...{ key: '12', url: 'https://x/12', title: 'Two\nlines \u001b[31mred', body: '', state: 'open', stateName: 'Open' },
  ...{
    labels: ['a', 'b'],
    assignees: [
      { id: 'u1', name: 'Ann' },
      { id: 'u2', name: 'Ben' },
    ],
    priority: 0,
  },
  ...{ createdAt: 0, updatedAt: 0, metadata: { step: 3 }, links: [{ type: 'blocks', target: '13' }] },
};
const line = (template: string) => templatePrinter(ISSUE_FIELDS, template).page([issue]);

test.each([
  ['{key} {title}', '12 Two lines red\n'],
  ['{key}\\t{labels}\\n{assignees}', '12\ta, b\nAnn, Ben\n'],
  ['{priority}|{milestone}|{number}', '0||12\n'],
  ['{links} {metadata}', 'blocks 13 {"step":3}\n'],
  ['{{key}} {key}} {key', '{key} 12} {key\n'],
  ['\\\\t{key}\\x', '\\t12\\x\n'],
  ['{createdAt}', '1970-01-01T00:00:00.000Z\n'],
])('%j gives %j', (template, expected) => {
  expect(line(template)).toBe(expected);
});

test('has a line for each, and nothing around them', () => {
  const printer = templatePrinter(ISSUE_FIELDS, '{key}');
  expect([printer.start, printer.page([issue, issue]), printer.page([]), printer.end]).toEqual([
    '',
    '12\n12\n',
    '',
    '',
  ]);
});

describe('a template', () => {
  test.each([
    ['{key}', true],
    ['x {title}', true],
    ['table', false],
    ['{}', false],
    ['{1}', false],
  ])('is %j: %s', (format, is) => {
    expect(isTemplate(format)).toBe(is);
  });

  test('names fields, each once; those that there are not are refused with the list', () => {
    expect(templateFields(ISSUE_FIELDS, '{key} {title} {key}')).toEqual(['key', 'title']);
    expect(() => templateFields(ISSUE_FIELDS, '{key} {titel} {x}')).toThrow(
      '--format: there is no field “titel”. Did you mean "title"?\n--format: there is no field “x”.',
    );
  });
});
