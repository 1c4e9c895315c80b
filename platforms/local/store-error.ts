/** SQLite's result codes in our words. https://sqlite.org/rescode.html */
import { statSync } from 'node:fs';
import { PaceError } from '../../core/errors.ts';

/** Primary result codes. `BUSY`: somebody else holds the lock. */
export const BUSY = 5;
export const READONLY = 8;
export const CANTOPEN = 14;

/** An error of `node:sqlite`; with `code` only that primary result code. */
export function isSqliteError(error: unknown, code?: number): error is Error & { errcode: number } {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  // the upper bytes say more about the same trouble
  return code === undefined || (error.errcode & 0xff) === code;
}

export function storeError(error: Error & { errcode: number }, deed: 'read' | 'write', path: string): PaceError {
  const found = isFolder(path) ? folderInstead(path) : translations.get(error.errcode & 0xff)?.(path, deed);
  return new PaceError({
    kind: 'unexpected',
    message: `Cannot ${deed} ${path}: ${error.message}.`,
    remedy: 'Please report this with the log of this run. The file was left as it is.',
    ...found,
    vendorMessage: error.message,
    cause: error,
  });
}

type Translation = (path: string, deed: string) => Pick<PaceError, 'kind' | 'message' | 'remedy'>;

const notWritable: Translation = (path, deed) => ({
  kind: 'permission',
  message: `Cannot ${deed} ${path}: the file or its folder is not writable.`,
  remedy: `Please allow the user that runs PACE to write ${path} and its folder, or set PACE_DATABASE to another file.`,
});

const damaged: Translation = (path) => ({
  kind: 'configuration',
  message: `${path} is damaged, or is not a SQLite database.`,
  remedy: `Please restore it from a copy, or move it away: PACE then starts with an empty tracker. It was left as it is.`,
});

const diskTrouble: Translation = (path, deed) => ({
  kind: 'transient',
  message: `Cannot ${deed} ${path}: the disk is full or failing.`,
  remedy: 'Please free some space on the disk, then run PACE again. Nothing was changed.',
});

const inUse: Translation = (path) => ({
  kind: 'transient',
  message: `${path} has been in use by another process for too long.`,
  remedy: 'Please end the other process that writes to it, or run PACE again later. Nothing was changed.',
});

const translations = new Map<number, Translation>([
  [3, notWritable],
  [BUSY, inUse],
  [6, inUse],
  [READONLY, notWritable],
  [10, diskTrouble],
  [11, damaged],
  [13, diskTrouble],
  [CANTOPEN, notWritable],
  [23, notWritable],
  [26, damaged],
]);

function folderInstead(path: string): Pick<PaceError, 'kind' | 'message' | 'remedy'> {
  return {
    kind: 'configuration',
    message: `${path} is a folder, and should be the file that holds the issues.`,
    remedy: 'Please set `local.database` in pace.config.yaml (or PACE_DATABASE) to a file.',
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
