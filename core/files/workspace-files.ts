/** Small text files that people and other programs read while we write them. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, posix } from 'node:path';
import { fileError, fileErrorCode, PaceError } from '../errors.ts';

/** Writes the file whole or not at all, and makes its folder. A reader sees the old text or the new one. */
export function writeAtomically(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeBeside(path, text);
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

function writeBeside(path: string, text: string): void {
  // the global, which is loaded when it is used: a list of issues writes no file
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    writeDurably(temporary, text);
    renameSync(temporary, path);
    keepName(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new name is part of the folder, which some systems do not let us open: there it is theirs to keep. */
function keepName(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // the file itself is on the disk
  }
}

/** `undefined` when there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR') return undefined;
    throw fileError(error, 'read', path);
  }
}

/** The path, in its shortest form with `/`; refused when it leads out of the workspace. */
export function insideWorkspace(path: string): string {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  if (!isAbsolute(normal) && !isAbsolute(path) && normal !== '.' && !normal.startsWith('..')) return normal;
  throw new PaceError({
    kind: 'validation',
    message: `${JSON.stringify(path.slice(0, 200))} is not a path below the workspace.`,
    remedy: 'Please give a relative path without `..`.',
  });
}
