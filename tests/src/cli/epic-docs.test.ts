/** docs/epics.md says what `pace epic` does: flags, codes, fields; and its lines run, one after the other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descriptions } from '../../../src/commands/catalogue.ts';
import { EXIT_CODES } from '../../../src/commands/exit-codes.ts';
import { lineOptions } from '../../../src/commands/line-options.ts';
import { paceHere } from '../../support/pace-here.ts';
import { linesOf, wordsOf } from '../../support/shell-line.ts';

const page = readFileSync(new URL('../../../docs/epics.md', import.meta.url), 'utf8');
const part = page.slice(page.indexOf('## Into a tracker, and back'));
const [description] = descriptions().filter(({ name }) => name === 'epic');

test('the table of flags has each flag', () => {
  const own = new Set(['--config', '--directory', '--format']);
  const given = [...(description?.arguments ?? []), ...lineOptions('report')];
  const flags = given.flatMap(({ flag, short }) => (flag === undefined || own.has(flag) ? [] : [flag, short ?? flag]));
  const rows = [...part.matchAll(/^\| (`-.*?) \|/gm)].map(([, cell = '']) => cell);
  const told = rows.flatMap((cell) => [...cell.matchAll(/`(-[\w-]+)`/g)].map(([, flag = '']) => flag));
  expect([...new Set(told)].sort()).toEqual([...new Set(flags)].sort());
});

test('the exit codes are those of the program, with its words', () => {
  const rows = [...part.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, code, meaning]) => ({
    code: Number(code),
    meaning,
  }));
  expect(rows).toEqual(EXIT_CODES.epic.map(({ code, meaning }) => ({ code, meaning })));
});

test('every field of the report is named', () => {
  for (const field of description?.fields ?? []) expect(part).toContain(`\`${field}\``);
});

test('every line of the page ends well', async () => {
  const [file = ''] = [...page.matchAll(/```markdown\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  const here = await paceHere({ files: { 'docs/EPIC.md': file } });
  const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => linesOf(block));
  expect(lines.length).toBeGreaterThan(12);
  for (const line of lines) {
    const found = (await here.data('epic', '--list-backups', '--json')) as { backups: { backup_id: string }[] };
    const id = found.backups[0]?.backup_id ?? 'none';
    const [, ...words] = wordsOf(line.replace(/\S+_\d{8}_\d{6}_[0-9a-f]{8}/, id));
    const { code, stderr } = await here.pace(...words);
    expect([line, code, stderr.includes('Error')]).toEqual([line, 0, false]);
  }
  // what --bidirectional had written into it is out again
  expect(await here.workspace.read('docs/EPIC.md')).toMatch(/US-001: Pay by any card\n(?![\s\S]*\*\*Tracker\*\*)/);
  const issues = (await here.data('issue', 'list', '--state', 'all', '--backend', 'local', '--json=title')) as {
    title: string;
  }[];
  expect(issues.map(({ title }) => title).sort()).toEqual([
    'Checkout',
    'Form',
    'Invoices',
    'Pay by any card',
    'Refund',
  ]);
});
