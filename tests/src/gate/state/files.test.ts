import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFiles, writeFiles } from '../../../../src/gate/state/files.ts';
import { checkout } from '../parts.support.ts';

const none = () => false;
const filesOf = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

describe('reading', () => {
  test('gives kept files alone, without those that are skipped, and none where there is no folder', async () => {
    const cwd = checkout({ 'day-1/decision.yaml': 'x', 'day-1/gate.md': 'x', 'pace.db': 'x', 'journal.jsonl': 'x' });
    const { files, left } = await readFiles(cwd, (path) => path === 'pace.db');
    expect([[...files.keys()], left]).toEqual([['day-1/decision.yaml', 'journal.jsonl'], []]);
    expect(await readFiles(join(cwd, 'nowhere'), none)).toEqual({ files: new Map(), left: [] });
  });

  test('leaves what is larger than 50 MiB', async () => {
    const cwd = checkout({ 'pace.db': '', 'other.db': '' });
    truncateSync(join(cwd, 'pace.db'), 50 * 1024 * 1024);
    truncateSync(join(cwd, 'other.db'), 50 * 1024 * 1024 + 1);
    const { files, left } = await readFiles(cwd, none);
    expect([[...files.keys()], left]).toEqual([['pace.db'], ['other.db']]);
  });

  test('leaves a database whose log is open; an empty log is none', async () => {
    const cwd = checkout({ 'a.db': 'x', 'a.db-wal': 'x', 'b.db': 'x', 'b.db-wal': '', 'c.db': 'x' });
    const { files, left } = await readFiles(cwd, none);
    expect([[...files.keys()], left]).toEqual([['b.db', 'c.db'], ['a.db']]);
  });

  test('does not follow links', async () => {
    const cwd = checkout({ 'real/day-1/decision.yaml': 'x', 'real/journal.jsonl': 'x' });
    mkdirSync(join(cwd, 'state'));
    symlinkSync(join(cwd, 'real/day-1'), join(cwd, 'state/day-1'));
    symlinkSync(join(cwd, 'real/journal.jsonl'), join(cwd, 'state/journal.jsonl'));
    expect((await readFiles(join(cwd, 'state'), none)).files.size).toBe(0);
    symlinkSync(join(cwd, 'real'), join(cwd, 'linked'));
    await expect(readFiles(join(cwd, 'linked'), none)).rejects.toMatchObject({ kind: 'configuration' });
  });
});

describe('writing', () => {
  test('makes of the files what is wanted, and touches no others', async () => {
    const before = { 'a.db': 'same', 'day-1/decision.yaml': 'old', 'b.db': 'gone' };
    const cwd = checkout({ ...before, 'mine.txt': 'mine', 'a.db': 'written by somebody else' });
    await writeFiles(
      cwd,
      filesOf(before),
      filesOf({ 'a.db': 'same', 'day-1/decision.yaml': 'new', 'day-2/decision.yaml': 'x' }),
    );
    const { files } = await readFiles(cwd, none);
    expect(Object.fromEntries([...files].map(([path, bytes]) => [path, String(bytes)]))).toEqual({
      // it is as it was to be, so that it is not written
      'a.db': 'written by somebody else',
      'day-1/decision.yaml': 'new',
      'day-2/decision.yaml': 'x',
    });
    expect(readFileSync(join(cwd, 'mine.txt'), 'utf8')).toBe('mine');
  });

  test.each([
    ['the folder', '.', 'journal.jsonl'],
    ['a day', 'day-1', 'day-1/decision.yaml'],
  ])('refuses where %s is a link', async (_, link, path) => {
    const cwd = checkout({ 'outside/keep.txt': 'x' });
    const dir = join(cwd, 'state');
    mkdirSync(dirname(join(dir, link)), { recursive: true });
    symlinkSync(join(cwd, 'outside'), join(dir, link));
    await expect(writeFiles(dir, new Map(), filesOf({ [path]: 'x' }))).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('is a link'),
    });
    writeFileSync(join(cwd, 'outside/after.txt'), '');
    expect((await readFiles(join(cwd, 'outside'), none)).files.size).toBe(0);
  });
});
