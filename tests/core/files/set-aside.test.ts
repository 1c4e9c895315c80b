import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAside, setAside } from '../../../core/files/set-aside.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pace-aside-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (name: string) => readFileSync(join(folder, name), 'utf8');

test('the whole file is kept byte for byte under the next free name, and stays or goes', () => {
  const path = join(folder, 'a.yaml');
  writeFileSync(path, Buffer.from([0, 255, 10]));
  expect(keepAside(path)).toBe(`${path}.unreadable-1`);
  expect(setAside(path)).toBe(`${path}.unreadable-2`);
  expect(readdirSync(folder)).toEqual(['a.yaml.unreadable-1', 'a.yaml.unreadable-2']);
  expect([...readFileSync(`${path}.unreadable-1`)]).toEqual([0, 255, 10]);
});

test('a part of it is kept without touching the file, and over nothing that was kept before', () => {
  const path = join(folder, 'log.jsonl');
  writeFileSync(path, 'good\nbad\n');
  writeFileSync(`${path}.unreadable-1`, 'older');
  expect(keepAside(path, 'bad\n')).toBe(`${path}.unreadable-2`);
  expect([text('log.jsonl'), text('log.jsonl.unreadable-1'), text('log.jsonl.unreadable-2')]).toEqual([
    'good\nbad\n',
    'older',
    'bad\n',
  ]);
});

test('a file that is not there any more is nothing to keep', () => {
  expect([keepAside(join(folder, 'gone')), setAside(join(folder, 'gone'))]).toEqual([undefined, undefined]);
  expect(readdirSync(folder)).toEqual([]);
});
