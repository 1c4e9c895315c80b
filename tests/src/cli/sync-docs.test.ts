/** docs/sync.md says what the program does: verbs, flags, fields, outputs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descriptions } from '../../../src/commands/catalogue.ts';
import { lineOptions } from '../../../src/commands/line-options.ts';
import { syncOutputs } from '../../../src/output/sync-counts.ts';
import { LEFT_KINDS, WRITTEN_KINDS } from '../../../src/sync/engine.ts';
import { reportOf } from '../../support/sync-engine.ts';

const page = readFileSync(new URL('../../../docs/sync.md', import.meta.url), 'utf8');
const verbs = descriptions().filter(({ name }) => name.startsWith('sync '));

test('every verb is in the table of commands, with its words', () => {
  expect(verbs.length).toBe(9);
  const rows = [...page.matchAll(/^\| `pace (sync \w+)[^|]*\|/gm)].map(([, name]) => name);
  expect(rows).toEqual(verbs.map(({ name }) => name));
});

test('the table of flags has each flag, and the verbs that have it', () => {
  const own = new Set(['--config', '--directory', '--take', '--text', '--file', '--format']);
  const verbsOf = new Map<string, string[]>();
  for (const { name, arguments: given, answer } of verbs) {
    for (const { flag } of [...given, ...lineOptions(answer)]) {
      if (flag === undefined || own.has(flag)) continue;
      verbsOf.set(flag, [...(verbsOf.get(flag) ?? []), name.replace('sync ', '')]);
    }
  }
  const rows = [...page.matchAll(/^\| `(--[\w-]+)[^|]*\| ([^|]*) \|/gm)].map(
    ([, flag = '', of = '']) => [flag, of] as const,
  );
  const all = verbs.map(({ name }) => name.replace('sync ', ''));
  const told = new Map(rows.map(([flag, of]) => [flag, of === 'all' ? all : of.split(', ')]));
  // `--all` means something of its own at each of its verbs, and stands beside them
  verbsOf.delete('--all');
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(verbsOf));
  for (const flag of ['--take', '--text', '--file', '--all']) expect(page).toContain(`\`${flag}`);
});

test('every field of the JSON, every kind of line and every output is named', () => {
  const fields = new Set(verbs.flatMap(({ answer, fields: each }) => (answer === 'report' ? each : [])));
  const words = [...fields, ...WRITTEN_KINDS, ...LEFT_KINDS].filter((word) => word !== 'pairs');
  expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  const outputs = Object.keys(
    syncOutputs([{ pair: null, names: { a: 'a', b: 'b' }, flow: 'both', report: reportOf() }]),
  );
  expect(outputs.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
