/** docs/issues.md and docs/issue-jsonl.md say what the program does: verbs, words, fields, exit codes. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { defineCommands } from '../../../src/cli/groups.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { TRACKER_EXIT_CODES } from '../../../src/commands/exit-codes.ts';
import { ISSUE_FIELDS } from '../../../src/tracker/print/fields.ts';
import { STATE_WORDS, WORDS } from '../../../src/tracker/query/conditions.ts';
import { toLine } from '../../../src/tracker/transfer/jsonl.ts';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const page = read('issues.md');

test('every verb of issues is named', async () => {
  const cli = new Command('pace');
  defineCommands(cli, {} as Shell, ['issue']);
  const verbs = cli.commands[0]?.commands.map((command) => command.name()) ?? [];
  expect(verbs.length).toBeGreaterThan(15);
  expect(verbs.filter((verb) => !new RegExp(`\\b${verb}\\b`).test(page))).toEqual([]);
});

test('every word of a query and every state is in its table', () => {
  const words = [...WORDS, ...STATE_WORDS];
  expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
});

test('every field of JSON is described', () => {
  expect(Object.keys(ISSUE_FIELDS).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  const issue = {
    key: '',
    url: '',
    title: '',
    body: '',
    state: 'open',
    stateName: '',
    labels: [],
    assignees: [],
  } as const;
  const line = toLine('local', { ...issue, createdAt: 0, updatedAt: 0, metadata: {} });
  const lines = read('issue-jsonl.md');
  expect(Object.keys(line).filter((name) => !lines.includes(`\`${name}\``))).toEqual([]);
});

test('the table of exit codes is that of the program', () => {
  const rows = TRACKER_EXIT_CODES.map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});
