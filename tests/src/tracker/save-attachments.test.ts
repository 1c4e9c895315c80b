import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Attachment } from '../../../core/ports/index.ts';
import { safeName, saveAttachments } from '../../../src/tracker/save-attachments.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pace-files-'));
  folders.push(folder);
  return folder;
}

const named = (...names: string[]): Attachment[] =>
  names.map((name, index) => ({ id: String(index), name, url: `https://x.test/${index}` }));
const read = async ({ id }: Attachment) => new TextEncoder().encode(`file ${id}`);

describe('a safe name', () => {
  test.each([
    ['a.png', 'a.png'],
    ['Ärger 🚦.tar.gz', 'Ärger 🚦.tar.gz'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\boot.ini', '_.._boot.ini'],
    ['/abs/olute', '_abs_olute'],
    ['C:\\x', 'C_x'],
    ['.bashrc', 'bashrc'],
    ['..', 'attachment'],
    ['', 'attachment'],
    [' . ', 'attachment'],
    ['ends. ', 'ends'],
    ['CON', '_CON'],
    ['con .txt', '_con .txt'],
    ['COM¹.log', '_COM¹.log'],
    ['CONOUT$', '_CONOUT$'],
    ['COM10', 'COM10'],
    ['-rf', '_-rf'],
    ['a-b', 'a-b'],
    ['nul.txt', '_nul.txt'],
    ['console.txt', 'console.txt'],
    ['a<b>c|d?.txt', 'a_b_c_d_.txt'],
    [`${'x'.repeat(146)}.png`, `${'x'.repeat(146)}.png`],
    [`${'x'.repeat(147)}.png`, `${'x'.repeat(146)}.png`],
    ['é'.repeat(100), 'é'.repeat(75)],
    [`a.${'x'.repeat(200)}`, `a.${'x'.repeat(148)}`],
  ])('of %j is %j', (given, safe) => {
    expect(safeName(given)).toBe(safe);
  });

  test('has nothing that a terminal or a path would take for a sign', () => {
    expect(safeName('a\u0000b\n\u001b[31mc\u202egnp.exe')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('files are saved', () => {
  test('in the folder, which is made', async () => {
    const cwd = newFolder();
    const { saved, failed } = await saveAttachments(named('a.txt', '../b.txt'), read, { cwd, folder: 'deep/er' });
    expect(failed).toEqual([]);
    expect(saved.map(({ path }) => path)).toEqual([join('deep', 'er', 'a.txt'), join('deep', 'er', '_b.txt')]);
    expect(readdirSync(cwd)).toEqual(['deep']);
    expect(readdirSync(join(cwd, 'deep', 'er')).sort()).toEqual(['_b.txt', 'a.txt']);
    expect(readFileSync(join(cwd, 'deep', 'er', 'a.txt'), 'utf8')).toBe('file 0');
  });

  test('beside what has their names, which stays: a file, a folder, a link to nowhere', async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'a.txt'), 'mine');
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'b'));
    const { saved } = await saveAttachments(named('a.txt', 'a.txt', 'b'), read, { cwd, folder: '.' });
    expect(saved.map(({ path }) => path)).toEqual(['a (2).txt', 'a (3).txt', 'b (2)']);
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('mine');
    expect(readdirSync(cwd).sort()).toEqual(['a (2).txt', 'a (3).txt', 'a.txt', 'b', 'b (2)']);
  });

  test('though one of them cannot be read, of which nothing is left', async () => {
    const cwd = newFolder();
    const trouble = new PaceError({ kind: 'not-found', message: 'Gone.', remedy: 'Ask.' });
    const some = (one: Attachment) => (one.id === '0' ? Promise.reject(trouble) : read(one));
    const { saved, failed } = await saveAttachments(named('a', 'b'), some, { cwd, folder: '.' });
    expect(saved.map(({ name }) => name)).toEqual(['b']);
    expect(failed).toEqual([{ name: 'a', error: trouble }]);
    expect(readdirSync(cwd)).toEqual(['b']);
  });

  test('nowhere when the folder is a file', async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'f'), 'mine');
    const { saved, failed } = await saveAttachments(named('a'), read, { cwd, folder: 'f' });
    expect([saved, failed.map(({ name }) => name)]).toEqual([[], ['a']]);
    expect(readFileSync(join(cwd, 'f'), 'utf8')).toBe('mine');
  });

  test('no further when somebody ends it', async () => {
    const cwd = newFolder();
    const place = { cwd, folder: '.', signal: AbortSignal.abort(new Error('enough')) };
    await expect(saveAttachments(named('a'), read, place)).rejects.toThrow('enough');
    expect(readdirSync(cwd)).toEqual([]);
  });
});
