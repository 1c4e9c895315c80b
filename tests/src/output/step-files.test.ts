import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stepFiles } from '../../../src/output/step-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-step-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const env = () => ({
  GITHUB_OUTPUT: at('output'),
  GITHUB_STEP_SUMMARY: at('summary'),
  GITHUB_ENV: at('gone'),
  GITHUB_PATH: '',
});

test('what others have written is taken out, and what was there before stays, byte for byte', async () => {
  const bytes = Buffer.from([0x61, 0xff, 0x0a, 0xc3, 0xa9]);
  await writeFile(at('output'), bytes);
  await writeFile(at('summary'), '# Mine\n');
  const files = stepFiles(env());
  expect(files.restore()).toEqual([]);
  await writeFile(at('output'), 'decision=SHIP\n', { flag: 'a' });
  expect(files.restore()).toEqual(['GITHUB_OUTPUT']);
  expect(await readFile(at('output'))).toEqual(bytes);
  expect(files.restore()).toEqual([]);
});

test('what PACE has kept is its own', async () => {
  await writeFile(at('summary'), '');
  const files = stepFiles(env());
  await writeFile(at('summary'), '# PACE\n');
  files.keep('GITHUB_STEP_SUMMARY');
  await writeFile(at('summary'), '# PACE: SHIP\n');
  expect(files.restore()).toEqual(['GITHUB_STEP_SUMMARY']);
  expect(await readFile(at('summary'), 'utf8')).toBe('# PACE\n');
});

test.each([
  ['a link', () => symlink(at('victim'), at('output'))],
  ['a folder', () => mkdir(join(at('output'), 'deep'), { recursive: true })],
  ['nothing', async () => undefined],
])('%s in the place of a file is replaced by the file', async (_, put) => {
  await writeFile(at('victim'), 'untouched');
  await writeFile(at('output'), 'a=b\n');
  const files = stepFiles(env());
  await rm(at('output'));
  await put();
  expect(files.restore()).toEqual(['GITHUB_OUTPUT']);
  expect([(await lstat(at('output'))).isFile(), await readFile(at('output'), 'utf8')]).toEqual([true, 'a=b\n']);
  expect(await readFile(at('victim'), 'utf8')).toBe('untouched');
});

test('what was no plain file at first is left alone', async () => {
  await writeFile(at('victim'), 'untouched');
  await symlink(at('victim'), at('output'));
  const files = stepFiles(env());
  await writeFile(at('victim'), 'changed');
  await writeFile(at('gone'), 'new');
  expect(files.restore()).toEqual([]);
  expect([await readFile(at('victim'), 'utf8'), await readFile(at('gone'), 'utf8')]).toEqual(['changed', 'new']);
});
