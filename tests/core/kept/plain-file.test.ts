import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  appendPlain,
  createPlain,
  entriesIn,
  InTheWay,
  lookAt,
  lookAtFile,
  movePlain,
  readPlain,
  removePlain,
  removePlainFolder,
  writePlain,
} from '../../../core/kept/plain-file.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-plain-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

let base = '';
let outside = '';
beforeEach(() => {
  base = mkdtempSync(join(TEMPORARY, 'one-'));
  outside = mkdtempSync(join(TEMPORARY, 'outside-'));
});

function put(name: string, text = 'text'): string {
  mkdirSync(dirname(join(base, name)), { recursive: true });
  writeFileSync(join(base, name), text);
  return join(base, name);
}

const text = (name: string) => readFileSync(join(base, name), 'utf8');

describe('a plain file', () => {
  test('is written with its folders, read, appended to, moved and removed', () => {
    writePlain(base, 'a/b/c', 'one');
    expect(readPlain(base, 'a/b/c', 3)?.toString()).toBe('one');
    expect([appendPlain(base, 'a/b/c', '+two'), text('a/b/c')]).toEqual([true, 'one+two']);
    writePlain(base, 'a/b/c', Buffer.from([0, 255]));
    expect([...readFileSync(join(base, 'a/b/c'))]).toEqual([0, 255]);
    expect([movePlain(base, 'a/b/c', 'd/e'), existsSync(join(base, 'a/b/c')), existsSync(join(base, 'd/e'))]).toEqual([
      true,
      false,
      true,
    ]);
    expect([removePlain(base, 'd/e'), removePlain(base, 'd/e'), readdirSync(join(base, 'd'))]).toEqual([
      true,
      false,
      [],
    ]);
  });

  test('is read up to a size, and what is larger is said', () => {
    put('a', 'x'.repeat(1024 * 1024));
    expect(readPlain(base, 'a', 1024 * 1024)?.length).toBe(1024 * 1024);
    expect(() => readPlain(base, 'a', 1024 * 1024 - 1)).toThrow("a is larger than 1 MB, and is not PACE's.");
  });

  test('is created once, and never in the place of another', () => {
    expect([createPlain(base, 'a/b', 'one'), createPlain(base, 'a/b', 'two', { durable: false }), text('a/b')]).toEqual(
      [true, false, 'one'],
    );
    mkdirSync(join(base, 'folder'));
    expect([
      createPlain(base, 'folder', 'x'),
      movePlain(base, 'a/b', 'folder'),
      movePlain(base, 'none', 'new'),
    ]).toEqual([false, false, false]);
    put('other');
    expect([movePlain(base, 'a/b', 'other'), text('a/b'), text('other')]).toEqual([false, 'one', 'text']);
  });

  test('that is not there, or would lie in a file, is none', () => {
    put('below/file');
    for (const path of ['none', 'none/x', 'below/file/x', 'below/file/x/y']) {
      expect([
        readPlain(base, path, 9),
        lookAt(base, path),
        removePlain(base, path),
        appendPlain(base, path, 'x'),
      ]).toEqual([undefined, undefined, false, false]);
    }
    expect(() => writePlain(base, 'below/file/x', 'y')).toThrow(/^Cannot write .*below\/file\/x/);
    expect(() => createPlain(base, 'below/file/x', 'y')).toThrow(/^Cannot write .*below\/file\/x/);
    expect([entriesIn(base, 'below/file'), entriesIn(base, 'none')]).toEqual([[], []]);
  });

  test('that has a second name is not appended to', () => {
    linkSync(put('a'), join(outside, 'second'));
    expect([appendPlain(base, 'a', 'more'), text('a')]).toEqual([false, 'text']);
    writePlain(base, 'a', 'new');
    expect([text('a'), readFileSync(join(outside, 'second'), 'utf8')]).toEqual(['new', 'text']);
  });
});

describe('a folder', () => {
  test('is listed, and removed when it is empty', () => {
    put('a/b');
    put('a/c/d');
    expect(
      entriesIn(base, 'a')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['b', 'c']);
    removePlainFolder(base, 'a');
    removePlainFolder(base, 'none');
    removePlainFolder(base, 'a/b');
    mkdirSync(join(base, 'empty'));
    removePlainFolder(base, 'empty');
    expect(readdirSync(base)).toEqual(['a']);
  });

  test('in the place of a file is the system’s trouble', () => {
    mkdirSync(join(base, 'a'));
    expect(() => readPlain(base, 'a', 9)).toThrow(/^Cannot read .*\/a \(EISDIR: illegal operation on a directory\)/);
    expect(() => removePlain(base, 'a')).toThrow(/^Cannot remove .*EISDIR/);
    for (const write of [writePlain, appendPlain])
      expect(() => write(base, 'a', 'x')).toThrow(/^Cannot write .*EISDIR/);
    expect(() => lookAtFile(base, 'a')).toThrow('EISDIR');
    expect(lookAt(base, 'a')?.isDirectory()).toBe(true);
  });
});

describe('what is in the way', () => {
  const message = (path: string, what: string) =>
    `${path} is ${what}, and PACE keeps its state in plain files and folders only.`;
  const deeds: Record<string, (path: string) => unknown> = {
    read: (path) => readPlain(base, path, 9),
    write: (path) => writePlain(base, path, 'x'),
    append: (path) => appendPlain(base, path, 'x'),
    remove: (path) => removePlain(base, path),
    move: (path) => movePlain(base, path, 'elsewhere'),
    look: (path) => lookAtFile(base, path),
  };

  test.each(Object.keys(deeds))('is a link, to a file, to a folder or to nothing: %s', (deed) => {
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(join(outside, 'secret'), join(base, 'file'));
    symlinkSync(join(outside, 'none'), join(base, 'dangling'));
    symlinkSync(outside, join(base, 'folder'));
    for (const path of ['file', 'dangling', 'folder'])
      expect(() => deeds[deed]?.(path)).toThrow(message(path, 'a link'));
    for (const path of ['folder/secret', 'folder/none', 'folder/deep/none']) {
      expect(() => deeds[deed]?.(path)).toThrow(new InTheWay('folder', 'a link').message);
    }
    expect([readdirSync(outside), readFileSync(join(outside, 'secret'), 'utf8')]).toEqual([['secret'], 'secret']);
  });

  test.each(Object.keys(deeds))('is a pipe: %s', (deed) => {
    execFileSync('mkfifo', [join(base, 'pipe')]);
    expect(() => deeds[deed]?.('pipe')).toThrow(message('pipe', 'a pipe'));
    expect(() => deeds[deed]?.('pipe/below')).toThrow(message('pipe', 'a pipe'));
  });

  test('is told with what to do', () => {
    symlinkSync('nowhere', join(base, 'a'));
    expect(() => readPlain(base, 'a', 9)).toThrow(
      expect.objectContaining({ kind: 'configuration', remedy: 'Please remove a: PACE makes what it needs.' }),
    );
    expect(() => entriesIn(base, 'a')).toThrow(message('a', 'a link'));
    expect(() => removePlainFolder(base, 'a/b')).toThrow(message('a', 'a link'));
    expect(() => movePlain(base, put('b').slice(base.length + 1), 'a/x')).toThrow(message('a', 'a link'));
    // it is there, whatever it is
    expect([createPlain(base, 'a', 'x'), movePlain(base, 'b', 'a')]).toEqual([false, false]);
  });

  test('is a device', () => {
    expect(() => readPlain('/dev', 'null', 9)).toThrow(message('null', 'a device'));
  });
});
