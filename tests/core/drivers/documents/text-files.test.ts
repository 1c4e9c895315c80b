/** Files of people: read when they have changed, written only over what was read. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTextFile, replaceTextFile, textFileReader } from '../../../../core/drivers/documents/text-files.ts';
import { refusal } from '../../../contract/refusal.ts';

let folder: string;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pace-text-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that changes is read again, also one of the same length and with the time of its last write set back', async () => {
  const read = textFileReader(folder);
  const long = new Date(Date.UTC(2020, 0));
  for (const text of ['one', 'two', 'six', 'ten', 'four']) {
    write('a.md', text);
    utimesSync(join(folder, 'a.md'), long, long);
    expect((await read('a.md'))?.text).toBe(text);
    expect((await read('a.md'))?.text).toBe(text);
  }
  rmSync(join(folder, 'a.md'));
  expect(await read('a.md')).toBeUndefined();
});

test('a link out of the workspace is not followed, also where a file stood before', async () => {
  const read = textFileReader(folder);
  write('a.md', 'one');
  await read('a.md');
  const outside = mkdtempSync(join(tmpdir(), 'pace-outside-'));
  writeFileSync(join(outside, 'secret.md'), 'secret');
  rmSync(join(folder, 'a.md'));
  symlinkSync(join(outside, 'secret.md'), join(folder, 'a.md'));
  await refusal(() => read('a.md'), { kinds: ['configuration'] });
  rmSync(outside, { recursive: true });
});

test('what somebody has written meanwhile is never written over', async () => {
  write('a.md', 'read');
  write('a.md', 'written since');
  expect(await replaceTextFile(folder, 'a.md', { before: 'read', text: 'ours' })).toBe(false);
  expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('written since');
  expect(await replaceTextFile(folder, 'a.md', { before: 'written since', text: 'ours' })).toBe(true);
  expect((await readTextFile(folder, 'a.md'))?.text).toBe('ours');
});

test('what is no text in UTF-8 is refused, and not mended', async () => {
  writeFileSync(join(folder, 'a.md'), Buffer.from([0x61, 0xff, 0x62]));
  await refusal(() => readTextFile(folder, 'a.md'), { kinds: ['validation'] });
});
