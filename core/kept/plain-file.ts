/**
 * Files that PACE alone writes, below a folder that it was given: reached through no link, plain, and opened without following. A
 * pipe in a file's place never makes anybody wait. Paths are below that folder, with `/`.
 */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError, PaceError } from '../errors.ts';
import { writeWholeSync } from '../files/write-whole.ts';

/** A link, or no plain file, stands where one is expected. */
export class InTheWay extends PaceError {
  constructor(path: string, what: string) {
    super({
      kind: 'configuration',
      message: `${path} is ${what}, and PACE keeps its state in plain files and folders only.`,
      remedy: `Please remove ${path}: PACE makes what it needs.`,
    });
  }
}

/** More than PACE itself would ever write. */
export class TooLarge extends PaceError {
  constructor(path: string, maxBytes: number) {
    super({
      kind: 'validation',
      message: `${path} is larger than ${Math.round(maxBytes / 1024 / 1024)} MB, and is not PACE's.`,
      remedy: 'Please move it away.',
    });
  }
}

// absent on Windows, which has neither
const CAREFULLY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What is there, links not followed; `undefined` when nothing is. Throws `InTheWay`, or the system's own error. */
export function lookAt(base: string, path: string): Stats | undefined {
  const segments = path.split('/');
  for (let depth = 1; depth < segments.length; depth += 1) {
    const folder = segments.slice(0, depth).join('/');
    const found = statsOf(base, folder);
    // in a file lies nothing
    if (!found || found.isFile()) return undefined;
    if (!found.isDirectory()) throw new InTheWay(folder, nameOf(found));
  }
  return statsOf(base, path);
}

function statsOf(base: string, path: string): Stats | undefined {
  return lstatSync(join(base, path), { throwIfNoEntry: false });
}

/** A plain file, or none. Throws, of a folder what the system says. */
export function lookAtFile(base: string, path: string): Stats | undefined {
  const found = lookAt(base, path);
  if (found) refuseOther(found, path);
  return found;
}

function refuseOther(found: Stats, path: string): void {
  if (found.isFile()) return;
  if (!found.isDirectory()) throw new InTheWay(path, nameOf(found));
  throw Object.assign(new Error('EISDIR: illegal operation on a directory'), { code: 'EISDIR' });
}

export function nameOf(found: Pick<Stats, 'isSymbolicLink' | 'isFIFO' | 'isSocket'>): string {
  if (found.isSymbolicLink()) return 'a link';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

/** `undefined` when there is none. Throws a `PaceError`. */
export function readPlain(base: string, path: string, maxBytes: number): Buffer | undefined {
  return spoken('read', base, path, () => {
    if (!lookAtFile(base, path)) return undefined;
    return withFile(base, path, constants.O_RDONLY, (file) => {
      if (fstatSync(file).size > maxBytes) throw new TooLarge(path, maxBytes);
      return readFileSync(file);
    });
  });
}

/** Whole or not at all; makes the folders. Throws a `PaceError`. */
export function writePlain(base: string, path: string, content: string | Buffer): void {
  spoken('write', base, path, () => {
    lookAtFile(base, path);
    makeFolders(base, path);
    writeWholeSync(join(base, path), content);
  });
}

/** Only where there is nothing yet; `false` when there is. Throws a `PaceError`. */
export function createPlain(
  base: string,
  path: string,
  content: string | Buffer,
  { durable = true }: { readonly durable?: boolean } = {},
): boolean {
  return spoken('write', base, path, () => {
    if (lookAt(base, path)) return false;
    makeFolders(base, path);
    try {
      writeFileSync(join(base, path), content, { flag: 'wx', flush: durable });
      return true;
    } catch (error) {
      // somebody was faster
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** On the disk on return. `false` where there is no file of its own yet: then nothing was written. Throws a `PaceError`. */
export function appendPlain(base: string, path: string, content: string | Buffer): boolean {
  return spoken('write', base, path, () => {
    if (!lookAtFile(base, path)) return false;
    return withFile(base, path, constants.O_WRONLY | constants.O_APPEND, (file) => {
      // a second name of it may be anybody's file
      if (fstatSync(file).nlink > 1) return false;
      writeFileSync(file, content);
      fsyncSync(file);
      return true;
    });
  });
}

/** `false` when there was none. Throws a `PaceError`. */
export function removePlain(base: string, path: string): boolean {
  return spoken('remove', base, path, () => {
    if (!lookAtFile(base, path)) return false;
    unlinkSync(join(base, path));
    return true;
  });
}

/** Another file is never replaced: `false` when there is one, or nothing to move. Throws a `PaceError`. */
export function movePlain(base: string, from: string, to: string): boolean {
  return spoken('write', base, to, () => {
    if (!lookAtFile(base, from) || lookAt(base, to)) return false;
    makeFolders(base, to);
    renameSync(join(base, from), join(base, to));
    return true;
  });
}

/** One that is empty; others stay. */
export function removePlainFolder(base: string, folder: string): void {
  spoken('remove', base, folder, () => {
    if (!lookAt(base, folder)?.isDirectory()) return;
    try {
      rmdirSync(join(base, folder));
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
    }
  });
}

/** Everything in the folder; nothing where there is no such folder. Throws a `PaceError`. */
export function entriesIn(base: string, folder: string): Dirent[] {
  return spoken('read', base, folder, () => {
    const found = lookAt(base, folder);
    if (!found || found.isFile()) return [];
    if (!found.isDirectory()) throw new InTheWay(folder, nameOf(found));
    return readdirSync(join(base, folder), { withFileTypes: true });
  });
}

function withFile<T>(base: string, path: string, flags: number, work: (file: number) => T): T {
  const file = openSync(join(base, path), flags | CAREFULLY);
  try {
    // it may have been put there since it was looked at
    refuseOther(fstatSync(file), path);
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** One after the other: to make them all at once would follow links. */
function makeFolders(base: string, path: string): void {
  const segments = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= segments.length; depth += 1) {
    try {
      mkdirSync(join(base, ...segments.slice(0, depth)));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
  lookAt(base, path);
}

function spoken<T>(deed: 'read' | 'write' | 'remove', base: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PaceError) throw error;
    throw fileError(error, deed, join(base, path));
  }
}
