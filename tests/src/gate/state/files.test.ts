import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { readFiles, writeFiles } from '../../../../src/gate/state/files.ts';
import { testWorld } from '../../../support/world.ts';
import { checkout } from '../parts.support.ts';

const keptIn = (root: string) => openKept(testWorld({ env: { PATH: process.env['PATH'] } }), root);
const filesOf = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

describe('reading', () => {
  test('gives kept files alone, and none where there is no folder', () => {
    const cwd = checkout({
      'day-1/decision.yaml': 'x',
      'day-1/gate.md': 'x',
      'pace.db': 'x',
      'change-1/decision.yaml': 'x',
    });
    const { files, left } = readFiles(keptIn(cwd));
    expect([[...files.keys()], left]).toEqual([['day-1/decision.yaml', 'pace.db'], []]);
    expect(readFiles(keptIn(join(cwd, 'nowhere')))).toEqual({ files: new Map(), left: [] });
  });

  test('leaves to its commits what git tracks', () => {
    const cwd = checkout({ '.pace/day-7/review-pr.md': 'x', '.pace/day-8/review-pr.md': 'x' });
    execFileSync('git', ['init', '--quiet', cwd]);
    execFileSync('git', ['add', '.pace/day-7'], { cwd });
    expect([...readFiles(keptIn(join(cwd, '.pace'))).files.keys()]).toEqual(['day-8/review-pr.md']);
  });

  test('leaves what is larger than 50 MiB', () => {
    const cwd = checkout({ 'pace.db': '', 'other.db': '' });
    truncateSync(join(cwd, 'pace.db'), 50 * 1024 * 1024);
    truncateSync(join(cwd, 'other.db'), 50 * 1024 * 1024 + 1);
    const { files, left } = readFiles(keptIn(cwd));
    expect([[...files.keys()], left]).toEqual([['pace.db'], ['other.db']]);
  });

  test('says nothing of what was set aside for its size, and keeps what is smaller', () => {
    const cwd = checkout({ 'journal.jsonl.unreadable-1': '', 'journal.jsonl.unreadable-2': 'x' });
    truncateSync(join(cwd, 'journal.jsonl.unreadable-1'), 50 * 1024 * 1024 + 1);
    const { files, left } = readFiles(keptIn(cwd));
    expect([[...files.keys()], left]).toEqual([['journal.jsonl.unreadable-2'], []]);
  });

  test('leaves a database whose log is open; an empty log is none', () => {
    const cwd = checkout({ 'a.db': 'x', 'a.db-wal': 'x', 'b.db': 'x', 'b.db-wal': '', 'c.db': 'x' });
    const { files, left } = readFiles(keptIn(cwd));
    expect([[...files.keys()], left]).toEqual([['b.db', 'c.db'], ['a.db']]);
  });

  test('follows no link: where one stands, nothing is read at all', () => {
    const cwd = checkout({ 'real/day-1/decision.yaml': 'x', 'real/journal.jsonl': 'x', 'state/pace.db': 'x' });
    symlinkSync(join(cwd, 'real/journal.jsonl'), join(cwd, 'state/journal.jsonl'));
    symlinkSync(join(cwd, 'real'), join(cwd, 'linked'));
    for (const root of ['state', 'linked']) expect(readFiles(keptIn(join(cwd, root))).files.size).toBe(0);
  });
});

describe('writing', () => {
  test('makes of the files what is wanted, and touches no others', () => {
    const before = { 'a.db': 'same', 'day-1/decision.yaml': 'old', 'b.db': 'gone' };
    const cwd = checkout({ ...before, 'mine.txt': 'mine', 'a.db': 'written by somebody else' });
    writeFiles(
      keptIn(cwd),
      filesOf(before),
      filesOf({ 'a.db': 'same', 'day-1/decision.yaml': 'new', 'day-2/decision.yaml': 'x' }),
    );
    const { files } = readFiles(keptIn(cwd));
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
  ])('goes through no link: %s', (_, link, path) => {
    const cwd = checkout({ 'outside/keep.txt': 'x' });
    const root = join(cwd, 'state');
    mkdirSync(dirname(join(root, link)), { recursive: true });
    symlinkSync(join(cwd, 'outside'), join(root, link));
    const kept = keptIn(root);
    writeFiles(kept, new Map(), filesOf({ [path]: 'x' }));
    expect(kept.refusal?.message).toContain('is a link');
    expect(kept.read(path)?.toString()).toBe('x');
    expect(readFiles(keptIn(join(cwd, 'outside'))).files.size).toBe(0);
  });
});
