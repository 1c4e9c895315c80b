/** What is wrong with Markdown epics is told with a code and its place; and hostile files cost no more than long ones. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checked } from '../../../core/epics/checked.ts';
import { faultLine, isError } from '../../../core/epics/faults.ts';
import { BOLD, ONE, QUOTE, TABLE } from './samples.ts';

function faults(text: string): string[] {
  return checked([{ path: 'e.md', text }]).faults.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

const GOOD = `### US-1: A

**Status**: Planned
**Story Points**: 1

**As a** a
**I want** b
**So that** c

#### Acceptance Criteria

- [ ] d
`;

test('a whole story has no faults', () => {
  expect(faults(GOOD)).toEqual([]);
});

test.each([
  ['E001', '# An epic\n\nText.\n', ['E001 1:1']],
  ['E002', GOOD.replace('US-1: A', 'US-1:'), ['E002 1:9']],
  ['E003', `## Epic: checkout for all\n\n${GOOD}`, ['E003 1:10']],
  ['E004', `${GOOD}\n${GOOD}`, ['E004 14:1']],
  ['E101 for code', `${GOOD}\n\`\`\`\n### US-2: B\n`, ['E101 14:1']],
  ['E101 for a comment', `${GOOD}\n<!-- a\n### US-2: B\n`, ['E101 14:1']],
  ['W001', GOOD.replace('**Status**: Planned\n', ''), ['W001 1:1']],
  ['W002', GOOD.replace('**Story Points**: 1\n', ''), ['W002 1:1']],
  ['W003', GOOD.replace('**So that** c\n', ''), ['W003 1:1']],
  ['W004', GOOD.replace('- [ ] d\n', ''), ['W004 1:1']],
  ['W005', GOOD.replace('Planned', 'Sometimes'), ['W005 3:13']],
  ['W006', GOOD.replace('Planned', 'Planned\n**Priority**: 🚀 Fast'), ['W006 4:15']],
  ['W007', GOOD.replace('Points**: 1', 'Points**: many'), ['W007 4:19']],
  ['W008', GOOD.replace('Planned', 'Planned\n**State**: Done'), ['W008 4:12']],
  ['W009', GOOD.replace('Planned', 'Planned\n**Blocks**: US-9'), ['W009 4:13']],
  ['W010', `${GOOD}\n## US-2: B\n`, ['W010 14:4']],
  ['W011', `${GOOD}\n#### Subtasks\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`, ['W011 16:1']],
  ['W013', `${GOOD}\n### US-2 B\n`, ['W013 14:5']],
  ['W012', GOOD.replace('Planned', 'Planned\n**Parent**: US-9'), ['W012 4:13']],
])('%s is told at its line and column', (_, text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('the page lists every code that there is, and no other', () => {
  const page = readFileSync(new URL('../../../docs/epics.md', import.meta.url), 'utf8');
  const sources = ['checked.ts', 'read-epics.ts'].map((name) =>
    readFileSync(new URL(`../../../core/epics/${name}`, import.meta.url), 'utf8'),
  );
  const codes = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map(([, code]) => code))].sort();
  expect(codes(page, /^\| ([EW]\d{3}) \|/gm)).toEqual(codes(sources.join('\n'), /'([EW]\d{3})'/g));
});

test('the samples have no errors', () => {
  for (const text of [TABLE, BOLD, QUOTE, ONE])
    expect(
      checked([{ path: 'e.md', text }])
        .faults.filter(isError)
        .map(faultLine),
    ).toEqual([]);
});

test('what a file says is shown without the power of a terminal', () => {
  const [fault] = checked([{ path: 'e\u001b[31m.md', text: GOOD.replace('Planned', 'x\u001b[31my') }]).faults;
  expect(fault && faultLine(fault)).not.toContain('\u001b');
});

describe('hostile texts', () => {
  const HOSTILE: Readonly<Record<string, (size: number) => string>> = {
    'blanks in a heading': (size) => `### US-1: a${' '.repeat(size)}b\n`,
    'signs of headings': (size) => '#'.repeat(size),
    'blanks before a mark': (size) => `- [ ] ab${' '.repeat(size)}<!-- pace:id`,
    pipes: (size) => `### US-1: a\n\n#### Subtasks\n\n${'|'.repeat(size)}\n${'|-'.repeat(size / 2)}|\n`,
    'rules of tables': (size) => `### US-1: a\n\n| a |\n${'|'.repeat(10)}${' -'.repeat(size)}x\n`,
    rows: (size) => `### US-1: a\n\n| a |\n|---|\n${'| **Status** | x |\n'.repeat(size / 20)}`,
    headings: (size) => '### US-1: a\n'.repeat(size / 12),
    sections: (size) => `### US-1: a\n${'#### Subtasks\n'.repeat(size / 14)}`,
    items: (size) => `### US-1: a\n\n#### Subtasks\n\n${'- [ ] ab\n'.repeat(size / 9)}`,
    quotations: (size) => `### US-1: a\n\n#### Comments\n\n${'> **@a**: b\n\n'.repeat(size / 13)}`,
    'comments that never end': (size) => '<!-- a\n'.repeat(size / 7),
    'kept texts that never end': (size) => '<!-- pace:text 1 -->\n'.repeat(size / 21),
    'kept texts': (size) => '<!-- pace:text -->\n<!-- /pace:text -->\n'.repeat(size / 40),
    links: (size) => `### US-1: a\n**Blocks**: ${'US-2, '.repeat(size / 6)}\n`,
    'bold names': (size) => `### US-1: a\n${'**Status**: Done\n'.repeat(size / 17)}`,
    stars: (size) => `### US-1: a\n${'*'.repeat(size)}\n> ${'*'.repeat(size)}\n`,
    brackets: (size) => `### US-1: a\n\n#### Links\n\n- ${'[a]('.repeat(size / 4)}\n`,
    'nested lists': (size) =>
      Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}- a`)
        .join('\n')
        .repeat(size / 45_000 + 1),
  };

  // what grows with the square of the length takes minutes for these
  test.each(Object.entries(HOSTILE))('of %s, however long, are read', (_, make) => {
    const text = make(600_000);
    expect(checked([{ path: 'e.md', text }]).epics.files[0]?.text).toBe(text);
  });
});
