/** A table at a terminal. */
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../../core/ports/index.ts';
import { displayWidth } from '../../../../core/text/display-width.ts';
import { age, ISSUES, LABELS } from '../../../../src/tracker/print/shapes.ts';
import { terminalPrinter } from '../../../../src/tracker/print/terminal-table.ts';

const NOW = Date.parse('2026-03-04T09:00:00Z');
const issue = (key: string, more: Partial<Issue> = {}): Issue => ({
  ...{ key, url: '', title: `Issue ${key}`, body: '', state: 'open', stateName: 'Open', labels: [], assignees: [] },
  ...{ createdAt: NOW - 7_200_000, updatedAt: NOW, metadata: {}, ...more },
});
const shown = (issues: readonly Issue[], width = 80, colour = false) =>
  terminalPrinter(ISSUES, { width, colour, now: NOW }).page(issues);

const FULL = issue('12', {
  ...{ title: '日本語 works', state: 'in_progress', stateName: 'In progress', priority: 1, labels: ['ui', 'bug'] },
  ...{ assignees: [{ id: 'a', name: 'Ann' }], createdAt: NOW - 5 * 86_400_000 },
});

test('has a header, and columns for what there is', () => {
  expect(shown([issue('9')])).toBe('Key  State  Title    Age\n  9  Open   Issue 9   2h\n');
  expect(shown([issue('9'), FULL])).toBe(
    'Key  State        Priority  Title         Assigned  Labels   Age\n' +
      '  9  Open                   Issue 9                           2h\n' +
      ' 12  In progress  high      日本語 works  Ann       ui, bug   5d\n',
  );
});

test('has its header once, and keeps its widths', () => {
  const printer = terminalPrinter(ISSUES, { width: 80, colour: false, now: NOW });
  expect([
    printer.start,
    printer.page([issue('1')]),
    printer.page([issue('1000', { title: 'A longer title' })]),
  ]).toEqual(['', 'Key  State  Title    Age\n  1  Open   Issue 1   2h\n', '1000  Open   A longer title   2h\n']);
  expect(printer.end).toBe('');
});

describe('where there is little room', () => {
  test.each([60, 50, 40, 30, 20, 10, 3])('at %i columns no line is longer', (width) => {
    const lines = shown([FULL, issue('9', { title: 'x'.repeat(100), labels: ['y'.repeat(50)] })], width)
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  test('the title gives way first', () => {
    expect(shown([issue('9', { title: 'A title that is much longer than forty columns' })], 40)).toBe(
      'Key  State  Title                    Age\n  9  Open   A title that is much l…   2h\n',
    );
  });
});

test('has colour by state and urgency, around what is seen alone', () => {
  const text = shown([FULL], 80, true);
  expect(text).toBe(
    '\u001b[1mKey  State        Priority  Title         Assigned  Labels   Age\u001b[0m\n' +
      ' 12  \u001b[33mIn progress\u001b[0m  \u001b[33mhigh    \u001b[0m  日本語 works  Ann       \u001b[2mui, bug\u001b[0m   5d\n',
  );
});

test('is harmless whatever others wrote', () => {
  const bad = issue('1', { title: '\u001b[31mred\u001b]0;x\u0007\nsecond\u202e', labels: ['a\u001b[2J'] });
  expect(shown([bad])).toBe('Key  State  Title       Labels  Age\n  1  Open   red second  a        2h\n');
});

test('of what has no columns of its own for a terminal has the usual ones', () => {
  const printer = terminalPrinter(LABELS, { width: 80, colour: false, now: NOW });
  expect(printer.page([{ name: 'bug', color: 'ff0000' }])).toBe('Label  Colour\nbug    #ff0000\n');
});

test.each([
  [0, 'now'],
  [59_999, 'now'],
  [60_000, '1m'],
  [119 * 60_000, '119m'],
  [120 * 60_000, '2h'],
  [47 * 3_600_000, '47h'],
  [48 * 3_600_000, '2d'],
  [13 * 86_400_000, '13d'],
  [14 * 86_400_000, '2w'],
  [700 * 86_400_000, '100w'],
  [731 * 86_400_000, '2y'],
  [-5, 'now'],
])('%i milliseconds are %s', (milliseconds, words) => {
  expect(age(milliseconds)).toBe(words);
});
