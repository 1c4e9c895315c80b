import { mkdtempSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { readTextFile, type SeenFiles } from '../../../../core/drivers/documents/text-files.ts';

const cwd = mkdtempSync(join(tmpdir(), 'pace-text-files-'));
const path = join(cwd, 'a.md');
afterEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(cwd, { recursive: true }));

/** As if it had been written long ago. */
function later(): void {
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + 60_000);
}

it('reads a file again as soon as it is another one, whatever its times say', async () => {
  const seen: SeenFiles = new Map();
  const read = async () => (await readTextFile(cwd, 'a.md', seen))?.text;
  writeFileSync(path, 'one');
  later();
  expect([await read(), await read()]).toEqual(['one', 'one']);
  const { atime, mtime } = statSync(path);
  unlinkSync(path);
  writeFileSync(path, 'two');
  utimesSync(path, atime, mtime);
  expect(await read()).toBe('two');
  unlinkSync(path);
  expect(await read()).toBeUndefined();
});

it('gives what it has seen while nothing has changed', async () => {
  const seen: SeenFiles = new Map();
  writeFileSync(path, 'one');
  later();
  const first = await readTextFile(cwd, 'a.md', seen);
  expect(await readTextFile(cwd, 'a.md', seen)).toBe(first);
  expect(first?.changedAt).toBe(Math.floor(statSync(path).ctimeMs));
});

it('remembers nothing of a file that was written just now', async () => {
  const seen: SeenFiles = new Map();
  writeFileSync(path, 'one');
  await readTextFile(cwd, 'a.md', seen);
  expect(seen.size).toBe(0);
});

it('does not follow a link that has taken the place of the file out of the workspace', async () => {
  const seen: SeenFiles = new Map();
  writeFileSync(path, 'one');
  later();
  await readTextFile(cwd, 'a.md', seen);
  unlinkSync(path);
  symlinkSync(import.meta.filename, path);
  await expect(readTextFile(cwd, 'a.md', seen)).rejects.toThrow(/leads out of the workspace/);
});
