import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeDrafts, writeWhole } from '../../../core/files/write-whole.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-write-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const folder = () => mkdtempSync(join(TEMPORARY, 'one-'));

test('a file is replaced whole, its folders are made, and no draft stays', async () => {
  const root = folder();
  const path = join(root, 'a/b/file.txt');
  await writeWhole(path, 'old and long');
  await writeWhole(path, Buffer.from([0, 255, 10]));
  expect([...readFileSync(path)]).toEqual([0, 255, 10]);
  expect(readdirSync(join(root, 'a/b'))).toEqual(['file.txt']);
});

test('what stands in the way is named with what to do, and nothing is left behind', async () => {
  const root = folder();
  writeFileSync(join(root, 'a'), 'a file');
  await expect(writeWhole(join(root, 'a/file.txt'), '')).rejects.toMatchObject({
    name: 'PaceError',
    kind: 'configuration',
    remedy: expect.stringContaining('please move it away'),
  });
  expect(readdirSync(root)).toEqual(['a']);
});

const isOurs = () => true;

test('drafts that killed programs have left are removed, and nothing else', async () => {
  const root = folder();
  const [old, uuid] = ['file.txt.0a1b2c3d.tmp', 'a/note.md.ed18ae65-3590-412c-8e6d-31b3b7678bc6.tmp'];
  const others = ['a/file.txt', 'file.txt.0a1b2c3e.tmp', 'mine.tmp'];
  for (const name of [old, uuid, ...others]) await writeWhole(join(root, name), 'half');
  const now = Date.now() + 61_000;
  utimesSync(join(root, 'file.txt.0a1b2c3e.tmp'), now / 1000, now / 1000);
  await removeDrafts(root, { now, isOurs });
  expect(readdirSync(root, { recursive: true }).sort()).toEqual(['a', ...others, uuid].sort());
  await removeDrafts(root, { now, isOurs, deep: true });
  expect(readdirSync(root, { recursive: true }).sort()).toEqual(['a', ...others].sort());
  await removeDrafts(join(root, 'nowhere'), { now, isOurs, deep: true });
});

test('drafts behind a link are not looked for: it may lead elsewhere, or round in circles', async () => {
  const [root, elsewhere] = [folder(), folder()];
  const draft = join(elsewhere, 'file.txt.0a1b2c3d.tmp');
  await writeWhole(draft, 'half');
  for (const name of ['one', 'two']) symlinkSync(root, join(root, name));
  symlinkSync(elsewhere, join(root, 'out'));
  await removeDrafts(root, { now: Date.now() + 61_000, isOurs, deep: true });
  expect(readdirSync(elsewhere)).toEqual(['file.txt.0a1b2c3d.tmp']);
});

test('what belongs to somebody, is a link or a folder is no draft', async () => {
  const [root, elsewhere] = [folder(), folder()];
  const name = (stem: string) => `${stem}.0a1b2c3d.tmp`;
  await writeWhole(join(root, 'a', name('theirs')), 'half');
  await writeWhole(join(elsewhere, 'data'), 'precious');
  symlinkSync(join(elsewhere, 'data'), join(root, name('link')));
  mkdirSync(join(root, name('folder')));
  const asked: string[] = [];
  const isOurs = (path: string) => {
    asked.push(path);
    return false;
  };
  await removeDrafts(root, { now: Date.now() + 61_000, isOurs, deep: true });
  expect(readdirSync(root).sort()).toEqual(['a', name('folder'), name('link')]);
  expect([asked, readdirSync(join(root, 'a'))]).toEqual([[`a/${name('theirs')}`], [name('theirs')]]);
});
