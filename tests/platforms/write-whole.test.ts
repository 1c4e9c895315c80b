import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeWhole } from '../../platforms/write-whole.ts';

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
